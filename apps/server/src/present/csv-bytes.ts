// Many lines of CSV as bytes. Most cells are short and need nothing done to them: each sign is put down as it is looked at. Put together as strings, a row of
// sixty cells leaves four kilobytes to collect and takes longer to write than to open.
import { toCsvCell, type TableCell } from './table-text.ts'

const room = 64 * 1024
const [comma, carriageReturn, lineFeed] = [0x2c, 0x0d, 0x0a]

// What a sign is when it may not stand as it is: anywhere; as the first, where a formula begins with it; as the first or the last, where it is space.
const [anywhere, first, atEnds] = [1, 2, 3]
const trouble = new Uint8Array(128)
for (const sign of '",\r\n') trouble[sign.charCodeAt(0)] = anywhere
for (const sign of '=+-@') trouble[sign.charCodeAt(0)] = first
for (const sign of ' \t\v\f') trouble[sign.charCodeAt(0)] = atEnds

export type CsvBytes = (rows: readonly (readonly TableCell[])[]) => Buffer

/** What `toCsvLine` says of each row, in UTF-8. The bytes are those of one buffer: they last until the next call. */
export function makeCsvBytes(): CsvBytes {
  let bytes = Buffer.alloc(room)
  return (rows) => {
    let end = 0
    const grow = (by: number) => {
      if (end + by <= bytes.length) return
      const larger = Buffer.alloc(2 * (bytes.length + by))
      bytes.copy(larger, 0, 0, end)
      bytes = larger
    }
    for (const cells of rows) {
      for (let column = 0; column < cells.length; column++) {
        const cell = cells[column]!
        const text = cell === null ? '' : typeof cell === 'number' ? String(cell) : cell
        // A comma and the signs.
        grow(text.length + 1)
        if (column > 0) bytes[end++] = comma
        const next = typeof cell === 'number' ? end + bytes.write(text, end, 'latin1') : putPlain(text, bytes, end)
        if (next >= 0) {
          end = next
          continue
        }
        const written = Buffer.from(toCsvCell(cell))
        grow(written.length)
        end += written.copy(bytes, end)
      }
      grow(2)
      bytes[end++] = carriageReturn
      bytes[end++] = lineFeed
    }
    return bytes.subarray(0, end)
  }
}

/** Puts a text down and returns where it ends; -1 when it cannot stand as it is. */
function putPlain(text: string, bytes: Buffer, from: number): number {
  const length = text.length
  for (let at = 0; at < length; at++) {
    const sign = text.charCodeAt(at)
    if (sign > 127) return -1
    const kind = trouble[sign]!
    if (kind !== 0 && (kind === anywhere || at === 0 || (kind === atEnds && at === length - 1))) return -1
    bytes[from + at] = sign
  }
  return from + length
}
