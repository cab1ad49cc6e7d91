// Moving about a grid by keyboard, as the ARIA Authoring Practices describe it (Grid pattern): arrows one cell, Home and End along the
// row, Page Up and Page Down by what is in sight, with Control to the first and last row. Row -1 is the row of headings.

export type GridPlace = { readonly row: number; readonly column: number }
export type GridSize = { readonly rows: number; readonly columns: number; readonly pageRows: number }
export type GridKey = { readonly key: string; readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean }

/** Where a key leads; undefined when the key is not one of the grid's. */
export function nextPlace(
  place: GridPlace,
  { key, ctrlKey, altKey, metaKey }: GridKey,
  { rows, columns, pageRows }: GridSize,
): GridPlace | undefined {
  if (altKey || metaKey) return undefined
  const to = (row: number, column: number): GridPlace => ({
    row: Math.min(Math.max(row, -1), rows - 1),
    column: Math.min(Math.max(column, 0), columns - 1),
  })
  const { row, column } = place
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'PageDown':
      return to(row + pageRows, column)
    case 'PageUp':
      return to(Math.max(0, row - pageRows), column)
    case 'Home':
      return ctrlKey ? to(0, 0) : to(row, 0)
    case 'End':
      return ctrlKey ? to(rows - 1, columns - 1) : to(row, columns - 1)
    default:
      return undefined
  }
}
