// Cells of a table as text for CSV and as XML for a spreadsheet. Numbers stay numbers; text can never become a formula (CWE-1236).

export type TableCell = string | number | null

const startsFormula = /^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** One line of CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function toCsvLine(cells: readonly TableCell[]): string {
  return `${cells.map(toCsvCell).join(',')}\r\n`
}

export function toCsvCell(cell: TableCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = startsFormula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line with every cell in quotation marks, as Kobo writes its tables; formulas are kept off as in `toCsvLine`. */
export function toDelimitedLine(cells: readonly TableCell[], delimiter: string): string {
  const quoted = cells.map((cell) => {
    const text = cell === null ? '' : String(cell)
    return `"${(typeof cell === 'string' && startsFormula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
  })
  return `${quoted.join(delimiter)}\r\n`
}

/** One row of a worksheet. Text is an inline string, which no spreadsheet evaluates. */
export function toSheetRow(cells: readonly TableCell[], bold = false): string {
  const style = bold ? ' s="1"' : ''
  const inside = cells.map((cell) => {
    if (cell === null || cell === '') return `<c${style}/>`
    if (typeof cell === 'number') return `<c${style}><v>${cell}</v></c>`
    return `<c${style} t="inlineStr"><is><t xml:space="preserve">${toXmlText(cell.slice(0, 32_767))}</t></is></c>`
  })
  return `<row>${inside.join('')}</row>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

// Characters that XML 1.0 does not have are dropped: one of them would make the whole workbook unreadable.
export const toXmlText = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => entities[sign]!).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
