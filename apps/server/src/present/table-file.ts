// A table written row by row: CSV with the byte-order mark that Excel needs to read UTF-8, or an .xlsx workbook of one sheet or several.
import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { makeCsvBytes } from './csv-bytes.ts'
import { toSheetRow, toXmlText, type TableCell } from './table-text.ts'
import { makeZip } from './zip-file.ts'

export type TableFile = {
  readonly name: string
  readonly write: (rows: readonly (readonly TableCell[])[]) => Promise<void>
  /** Ends the file. Returns the SHA-256 of its bytes in hex. */
  readonly end: () => Promise<string>
}

type Write = (content: string | Uint8Array) => Promise<void>

/** `write` is done with the bytes that it is given when it resolves. */
export async function beginCsv(write: Write, heads: readonly string[]): Promise<TableFile> {
  const hash = createHash('sha256')
  const toCsvBytes = makeCsvBytes()
  const put = async (bytes: Uint8Array) => {
    hash.update(bytes)
    await write(bytes)
  }
  await put(Buffer.from('\uFEFF'))
  await put(toCsvBytes([heads]))
  return { name: 'records.csv', write: (rows) => put(toCsvBytes(rows)), end: async () => hash.digest('hex') }
}

export const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const types = 'http://schemas.openxmlformats.org/package/2006/content-types'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const workbookParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="records" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
}

/** The parts of a workbook that name its sheets. */
export function toBook(names: readonly string[]): Record<string, string> {
  const numbers = names.map((_, at) => at + 1)
  const overrides = numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${kind}.worksheet+xml"/>`)
  const links = numbers.map((number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`)
  const sheets = names.map((name, at) => `<sheet name="${toXmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
  return {
    '[Content_Types].xml': workbookParts['[Content_Types].xml']!.replace(/<Override[^>]*worksheet\+xml"\/>/, overrides.join('')),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}">${links.join('')}<Relationship Id="rId${names.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  }
}

const frozen =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'

export async function beginXlsx(write: Write, heads: readonly string[], at: Date): Promise<TableFile> {
  const book = await beginWorkbook(write, [{ name: 'records', heads }], at)
  return { name: 'records.xlsx', write: (rows) => book.write([rows]), end: book.end }
}

export type SheetHeads = { readonly name: string; readonly heads: readonly string[] }
type Rows = readonly (readonly TableCell[])[]

/**
 * A workbook of these sheets. `write` takes the next rows of each. A zip is written one part after the other, so the rows of all sheets but the first
 * wait, packed, until the first has ended.
 */
export async function beginWorkbook(write: Write, sheets: readonly SheetHeads[], at: Date) {
  const zip = makeZip(at)
  for (const [name, content] of Object.entries({ ...workbookParts, ...toBook(sheets.map(({ name }) => name)) })) {
    const part = zip.add(name)
    await part.write(xml + content)
    await part.end()
  }
  const begin = async (number: number) => {
    const part = zip.add(`xl/worksheets/sheet${number}.xml`)
    await part.write(`${xml}<worksheet xmlns="${main}">${frozen}<sheetData>${toSheetRow(sheets[number - 1]!.heads, true)}`)
    return part
  }
  const finish = async (part: Awaited<ReturnType<typeof begin>>) => {
    await part.write('</sheetData></worksheet>')
    await part.end()
  }
  const first = await begin(1)
  const waiting = sheets.slice(1).map((): Buffer[] => [])
  const toXml = (rows: Rows) => rows.map((row) => toSheetRow(row)).join('')
  return {
    async write([rows = [], ...others]: readonly Rows[]): Promise<void> {
      if (rows.length > 0) await first.write(toXml(rows))
      for (const [at, more] of others.entries()) if (more.length > 0) waiting[at]!.push(deflateRawSync(toXml(more)))
    },
    /** Ends the file. Returns the SHA-256 of its bytes in hex. */
    async end(): Promise<string> {
      await finish(first)
      for (const [at, packed] of waiting.entries()) {
        const part = await begin(at + 2)
        for (const rows of packed) await part.write(inflateRawSync(rows))
        await finish(part)
      }
      const bytes = zip.finish()
      await write(bytes)
      return createHash('sha256').update(bytes).digest('hex')
    },
  }
}
