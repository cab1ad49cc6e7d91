// A table written row by row: CSV with the byte-order mark that Excel needs to read UTF-8, or an .xlsx workbook of one sheet.
import { createHash } from 'node:crypto'
import { toCsvLine, toSheetRow, type TableCell } from './table-text.ts'
import { makeZip } from './zip-file.ts'

export type TableFile = {
  readonly name: string
  readonly write: (rows: readonly (readonly TableCell[])[]) => Promise<void>
  /** Ends the file. Returns the SHA-256 of its bytes in hex. */
  readonly end: () => Promise<string>
}

type Write = (content: string | Uint8Array) => Promise<void>

export async function beginCsv(write: Write, heads: readonly string[]): Promise<TableFile> {
  const hash = createHash('sha256')
  const put = async (text: string) => {
    const bytes = Buffer.from(text)
    hash.update(bytes)
    await write(bytes)
  }
  await put(`\uFEFF${toCsvLine(heads)}`)
  return { name: 'records.csv', write: (rows) => put(rows.map((row) => toCsvLine(row)).join('')), end: async () => hash.digest('hex') }
}

export const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const types = 'http://schemas.openxmlformats.org/package/2006/content-types'
export const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
export const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const workbookParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="records" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
}

export async function beginXlsx(write: Write, heads: readonly string[], at: Date): Promise<TableFile> {
  const zip = makeZip(at)
  for (const [name, content] of Object.entries(workbookParts)) {
    const part = zip.add(name)
    await part.write(xml + content)
    await part.end()
  }
  const sheet = zip.add('xl/worksheets/sheet1.xml')
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  await sheet.write(`${xml}<worksheet xmlns="${main}">${frozen}<sheetData>${toSheetRow(heads, true)}`)
  return {
    name: 'records.xlsx',
    write: (rows) => sheet.write(rows.map((row) => toSheetRow(row)).join('')),
    async end() {
      await sheet.write('</sheetData></worksheet>')
      await sheet.end()
      const bytes = zip.finish()
      await write(bytes)
      return createHash('sha256').update(bytes).digest('hex')
    },
  }
}
