// Which rows of a long table are drawn. Ten thousand rows in the document make a phone crawl; some forty do not.

export type RowWindow = {
  /** First and one past the last row to draw. */
  readonly first: number
  readonly last: number
  /** Pixels of blank room that stand for the rows above and below. */
  readonly above: number
  readonly below: number
}

export type RowView = { readonly rows: number; readonly rowHeight: number; readonly top: number; readonly height: number; readonly spare?: number }

/** The rows to draw for a scroll position. `spare` more are drawn on both sides so that a fast flick shows no gap. */
export function windowRows({ rows, rowHeight, top, height, spare = 12 }: RowView): RowWindow {
  if (rows === 0 || rowHeight <= 0) return { first: 0, last: 0, above: 0, below: 0 }
  const inRange = (row: number) => Math.min(Math.max(row, 0), rows)
  const first = Math.min(inRange(Math.floor(top / rowHeight) - spare), Math.max(0, rows - 1))
  const last = Math.max(first + 1, inRange(Math.ceil((top + height) / rowHeight) + spare))
  return { first, last, above: first * rowHeight, below: (rows - last) * rowHeight }
}

/** Where to scroll so that a row is wholly in sight below a header of `head` pixels; the present position when it is already. */
export function scrollToRow(row: number, { rowHeight, top, height, head }: { rowHeight: number; top: number; height: number; head: number }): number {
  const rowTop = row * rowHeight
  const room = Math.max(rowHeight, height - head)
  if (rowTop < top) return rowTop
  if (rowTop + rowHeight > top + room) return rowTop + rowHeight - room
  return top
}
