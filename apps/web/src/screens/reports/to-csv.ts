// A table as CSV (RFC 4180), safe to open in a spreadsheet: a cell that starts like a formula is led by an apostrophe
// (OWASP, CSV injection), while real numbers stay numbers.

export type CsvCell = string | number

const formulaStart = /^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

function toCell(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell)
  const safe = formulaStart.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The rows joined with line ends of the standard, led by the mark that makes Excel read UTF-8. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`
}
