import { mostRows, toFaultyWorkbook, toSoundText, type Cell, type Row, type Workbook } from '../workbook.ts'

/**
 * Reads one file with all sheets, as pyxform lays it out: the first column names a sheet, the rows below it leave that column empty.
 * Quotes, commas and line breaks after RFC 4180; rows and columns are numbered as in the file, where a spreadsheet program shows them.
 */
export function readCsv(text: string): Workbook {
  const records = readCsvRecords(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  if (records === undefined) return toFaultyWorkbook('file-quotes')
  const sheets = new Map<string, { name: string; rows: Row[] }>()
  let current: { name: string; rows: Row[] } | undefined
  for (const [index, record] of records.entries()) {
    const name = (record[0] ?? '').trim()
    if (name !== '') {
      current = { name, rows: [] }
      sheets.set(name, current)
    }
    const cells = record.flatMap((cell, at): Cell[] => (at === 0 || cell.trim() === '' ? [] : [{ column: at + 1, text: toSoundText(cell) }]))
    if (current !== undefined && cells.length > 0 && current.rows.length <= mostRows + 1) current.rows.push({ number: index + 1, cells })
  }
  return { sheets: [...sheets.values()] }
}

/** The fields of each record of a file (RFC 4180, with this separator); undefined where a quote is opened and never closed. */
export function readCsvRecords(text: string, separator: ',' | ';' = ','): string[][] | undefined {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const field = readField(text, at, separator)
    if (field === undefined) return undefined
    record.push(field.text)
    at = field.end
    const sign = text[at]
    if (sign === separator) {
      at += 1
      if (at === text.length) record.push('')
      else continue
    }
    records.push(record)
    record = []
    at += sign === '\r' && text[at + 1] === '\n' ? 2 : sign === separator ? 0 : 1
  }
  return records
}

function readField(text: string, start: number, separator: ',' | ';'): { text: string; end: number } | undefined {
  if (text[start] !== '"') {
    const rest = separator === ',' ? /[,\r\n]/g : /[;\r\n]/g
    rest.lastIndex = start
    const end = rest.exec(text)?.index ?? text.length
    return { text: text.slice(start, end), end }
  }
  const parts: string[] = []
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return undefined
    parts.push(text.slice(at, quote))
    if (text[quote + 1] !== '"') {
      // What stands between a closing quote and the next comma belongs to the field, as spreadsheet programs have it.
      const tail = readField(text, quote + 1, separator)
      return text[quote + 1] === undefined
        ? { text: parts.join(''), end: quote + 1 }
        : { text: parts.join('') + (tail?.text ?? ''), end: tail?.end ?? quote + 1 }
    }
    parts.push('"')
    at = quote + 2
  }
}
