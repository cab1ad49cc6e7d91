// A form as an .xlsx file with its sheets survey, choices and settings, for Kobo, ODK or a spreadsheet program.
import type { FormOutline } from '@attune/forms'
import { toWorkbook, type Sheet } from '@attune/xlsform'
import { main, toBook, workbookParts, xml } from './table-file.ts'
import { toSheetRow } from './table-text.ts'
import { makeZip } from './zip-file.ts'

export async function makeFormFile(outline: FormOutline, at: Date): Promise<Buffer> {
  const { sheets } = toWorkbook(outline)
  const zip = makeZip(at)
  const parts: [name: string, content: string][] = [
    ...Object.entries({ ...workbookParts, ...toBook(sheets.map(({ name }) => name)) }),
    ...sheets.map((sheet, at): [string, string] => [`xl/worksheets/sheet${at + 1}.xml`, toSheetXml(sheet)]),
  ]
  for (const [name, content] of parts) {
    const part = zip.add(name)
    await part.write(xml + content)
    await part.end()
  }
  return zip.finish()
}

function toSheetXml({ rows }: Sheet): string {
  const width = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ column }) => column)))
  const lines = rows.map(({ cells }, at) => {
    const texts = new Map(cells.map(({ column, text }) => [column, text]))
    return toSheetRow(
      Array.from({ length: width }, (_, column) => texts.get(column + 1) ?? null),
      at === 0,
    )
  })
  return `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${lines.join('')}</sheetData></worksheet>`
}
