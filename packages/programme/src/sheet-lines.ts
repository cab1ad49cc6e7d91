// Where a row of a sheet stands in a Markdown file: rows are counted from the sheet's header row, which is 1.

/** The line of a sheet's row, counted from 1; the first line of the file when the sheet is not there. */
export function lineOfRow(text: string, sheet: string, row: number): number {
  const lines = text.split('\n')
  let inside = false
  let count = 0
  for (const [at, line] of lines.entries()) {
    const cells = line.trim()
    if (!cells.startsWith('|')) continue
    const first = (cells.split('|')[1] ?? '').trim()
    if (first !== '') {
      inside = first.toLowerCase() === sheet.toLowerCase()
      count = 0
      if (inside && row < 1) return at + 1
    } else if (inside) {
      count += 1
      if (count >= row) return at + 1
    }
  }
  return 1
}
