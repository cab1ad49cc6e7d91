import { mostRows, toSoundText, type Cell, type Row, type Sheet, type Workbook } from '../workbook.ts'

/**
 * Reads sheets written as Markdown tables: the first column names the sheet, the rows below it leave that column empty.
 * Lines that start with `#` are remarks, `\|` is a bar inside a cell, and rows of dashes are skipped.
 * Rows are numbered within their sheet, the header row being 1.
 *
 * @example readMarkdown('| survey |\n| | type | name | label |\n| | text | a | A |').sheets[0]?.name // 'survey'
 */
export function readMarkdown(text: string): Workbook {
  const sheets: { name: string; rows: Row[] }[] = []
  for (const line of text.split('\n')) {
    const cells = parseTableLine(line)
    if (cells === undefined) continue
    const name = cells[0] ?? ''
    if (name !== '') {
      const again = sheets.findIndex((sheet) => sheet.name === name)
      if (again >= 0) sheets.splice(again, 1)
      sheets.push({ name, rows: [] })
    }
    const filled = toCells(cells)
    const sheet = sheets.at(-1)
    if (sheet === undefined || filled.length === 0 || sheet.rows.length > mostRows + 1) continue
    sheet.rows.push({ number: sheet.rows.length + 1, cells: filled })
  }
  return { sheets: sheets as Sheet[] }
}

/** The filled cells behind the first, which names the sheet. */
function toCells(texts: readonly string[]): Cell[] {
  const cells: Cell[] = []
  for (let column = 1; column < texts.length; column += 1) {
    const text = texts[column] ?? ''
    if (text !== '') cells.push({ column, text: toSoundText(text) })
  }
  return cells
}

function parseTableLine(line: string): string[] | undefined {
  const trimmed = withoutTrailingRemark(line).trim()
  if (trimmed.startsWith('#') || !trimmed.startsWith('|')) return undefined
  const end = trimmed.lastIndexOf('|')
  if (end === 0) return undefined
  const inner = trimmed.slice(1, end)
  if (isRule(inner)) return undefined
  return splitAtBars(inner).map((cell) => (cell.includes('\\|') ? cell.trim().replaceAll('\\|', '|') : cell.trim()))
}

const onlyRuleSigns = /^[ :|-]*$/

/** A rule is a row in which every cell is made of dashes; a lone "-" in one cell of many is an answer (the sign for "no text"). */
function isRule(inner: string): boolean {
  return onlyRuleSigns.test(inner) && inner.split('|').every((cell) => /^[ :]*-+[ :]*$/.test(cell))
}

/** What follows the last bar after a `#` is a remark. */
function withoutTrailingRemark(line: string): string {
  const last = line.lastIndexOf('|')
  const remark = last < 0 ? -1 : line.indexOf('#', last)
  return remark < 0 ? line : line.slice(0, remark)
}

function splitAtBars(text: string): string[] {
  const parts: string[] = []
  let start = 0
  for (let at = text.indexOf('|'); at >= 0; at = text.indexOf('|', at + 1)) {
    if (text[at - 1] === '\\') continue
    parts.push(text.slice(start, at))
    start = at + 1
  }
  parts.push(text.slice(start))
  return parts
}
