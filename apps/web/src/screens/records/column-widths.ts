// Widths for a table of which only some rows are drawn: taken from all rows, so that columns do not jump while scrolling.

/** Characters a column needs: its longest cell or the longest word of its heading, within limits. */
export function columnCharacters(heading: string, cells: Iterable<string>, { least = 6, most = 28 }: { least?: number; most?: number } = {}): number {
  let widest = Math.max(...heading.split(' ').map((word) => word.length)) + 3
  for (const cell of cells) if (cell.length > widest) widest = cell.length
  return Math.min(Math.max(widest, least), most)
}
