// Reads what dump.ts wrote into an empty database, as psql would: statements as they come, and rows between COPY and its end.
import type pg from 'pg'
import { copyIn } from './copy-stream.ts'
import { endMark, headMark, type Counts, type DumpHead } from './dump.ts'

const newline = 10
const copyLine = /^COPY [a-z0-9_."]+ \([^)]*\) FROM stdin;$/

/** Loads everything and returns the rows that PostgreSQL took per table. `check` sees the first line before anything is done. Throws when rows are missing or the dump ends early. */
export async function loadDump(
  client: pg.ClientBase,
  pieces: AsyncIterable<Uint8Array>,
  check: (head: DumpHead) => void | Promise<void>,
): Promise<Counts> {
  let statements = ''
  let copying: ReturnType<typeof copyIn> | undefined
  let rest: Buffer = Buffer.alloc(0)
  let head: DumpHead | undefined
  let counts: Counts | undefined
  let table = ''
  const loaded: Record<string, number> = {}

  const run = async () => {
    if (statements.trim() !== '') await client.query(statements)
    statements = ''
  }

  async function take(line: string): Promise<void> {
    if (head === undefined) {
      if (!line.startsWith(headMark)) throw new Error('This is not a backup of Attune.')
      head = JSON.parse(line.slice(headMark.length)) as DumpHead
      await check(head)
    } else if (copyLine.test(line)) {
      await run()
      table = line.split(' ')[1]!
      copying = copyIn(client, line)
    } else if (line.startsWith(endMark)) {
      await run()
      counts = JSON.parse(line.slice(endMark.length)) as Counts
    } else statements += `${line}\n`
  }

  for await (const piece of pieces) {
    let bytes = rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) : Buffer.concat([rest, piece])
    for (;;) {
      if (copying === undefined) {
        const end = bytes.indexOf(newline)
        if (end < 0) break
        await take(bytes.subarray(0, end).toString('utf8'))
        bytes = bytes.subarray(end + 1)
      } else {
        const { rows, after } = untilEnd(bytes)
        if (rows.length > 0) await copying.write(Buffer.from(rows))
        bytes = bytes.subarray(after)
        if (after === rows.length) break
        loaded[table] = await copying.end()
        copying = undefined
      }
    }
    rest = Buffer.from(bytes)
  }
  if (counts === undefined) throw new Error('The backup ends too early. It was cut off.')
  const differs = Object.entries(counts).find(([name, count]) => loaded[name] !== count)
  if (differs !== undefined)
    throw new Error(`The table ${differs[0]} of the backup has ${differs[1]} rows, and ${loaded[differs[0]] ?? 0} were put back.`)
  return loaded
}

const endLine = Buffer.from('\\.\n')

/** Whole lines of rows at the start, and how far to go on: beyond the rows when the end of them was found. */
function untilEnd(bytes: Buffer): { rows: Buffer; after: number } {
  const last = bytes.lastIndexOf(newline) + 1
  const whole = bytes.subarray(0, last)
  if (whole.subarray(0, endLine.length).equals(endLine)) return { rows: Buffer.alloc(0), after: endLine.length }
  const end = whole.indexOf('\n\\.\n')
  if (end < 0) return { rows: whole, after: last }
  return { rows: whole.subarray(0, end + 1), after: end + 1 + endLine.length }
}
