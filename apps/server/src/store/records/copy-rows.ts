// All of a service's records that a filter takes, as they lie, for a copy: one COPY in PostgreSQL's binary form, read in the order of the table. Sealed
// bytes stay where they arrived; nothing is joined row by row or written as text, which cost more than opening the seals.
// https://www.postgresql.org/docs/current/sql-copy.html (Binary Format)
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import { copyOut } from '../backup/copy-stream.ts'
import { connectionOf, type Transaction } from '../with-actor.ts'
import { recordConditions, type RecordFilter, type SealedRow } from './record-rows.ts'

/** PostgreSQL counts from here: 2000-01-01. */
const epochMs = 946_684_800_000
const headBytes = 19
/** Little enough that it is read before it grows old in memory. */
const mostWaitingBytes = 256 * 1024
const none: never[] = []

/** The client's code has no part in a copy: what a form asks of it is in the answers. */
export type CopyRow = Omit<SealedRow, 'codeSealed'>
/** Rows as they were sent; each is read when it is asked for, so that none waits in memory as anything but bytes. */
export type CopyPage = {
  readonly length: number
  /** Whose a row is, and with what it opens. */
  readonly owner: (at: number) => Pick<CopyRow, 'clientId' | 'formId' | 'formVersion' | 'serviceCopy'>
  readonly row: (at: number) => CopyRow
}
export type CopyWish = { readonly scores: boolean; readonly newestFirst: boolean }

/**
 * Pages of sealed rows, a few hundred each; what one holds is gone when the page after the next is asked for. `scores`: stored scores are wanted too. `newestFirst`: sorted by the day of the session; otherwise as they lie,
 * so that the first of a million comes at once.
 * Whoever stops early leaves the connection to finish by itself.
 */
export async function* copyRecordRows(
  trx: Transaction<AttuneTables>,
  filter: Omit<RecordFilter, 'after' | 'codeHashes'>,
  { scores, newestFirst }: CopyWish,
): AsyncGenerator<CopyPage> {
  // Joins in memory: spilled to disk, the sealed answers would be written and read once more.
  await sql`set local work_mem = '64MB'`.execute(trx)
  // One statement for all of them; a pooled connection allows far less.
  await sql`set local statement_timeout = '1h'`.execute(trx)
  const asked = sql`copy (
    select r.service_id, r.record_id::text, r.client_id::text, r.form_id, r.form_version, r.policy_version, r.session_on::text, r.received_at, r.answers_sealed,
      r.service_copy, r.review_state, nullif(r.review_places, '[]'::jsonb)::text, (r.restricted_at is not null or c.restricted_at is not null),
      a.practitioner_id::text, ${scores ? sql`to_json(s.scales)::text, to_json(s.scores)::text` : sql`null, null`}
    from answers.records r
    join answers.clients c on c.service_id = r.service_id and c.client_id = r.client_id
    left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
    ${scores ? sql`left join scores.record_scores s on s.service_id = r.service_id and s.record_id = r.record_id` : sql``}
    where ${recordConditions(filter, (value) => sql.lit(value instanceof Date ? value.toISOString() : value))}
    ${newestFirst ? sql`order by r.session_on desc, r.record_id desc` : sql``}
  ) to stdout (format binary)`.compile(trx)
  if (asked.parameters.length > 0) throw new Error('COPY takes no parameters.')
  const texts = makeTexts()
  let left: Buffer | undefined
  let begun = false
  for await (const piece of copyOut(connectionOf(trx), asked.sql, { mostWaitingBytes, lasting: 1 })) {
    const { page, rest } = readPage(left === undefined ? piece : Buffer.concat([left, piece]), begun ? 0 : headBytes, texts)
    begun = true
    left = rest === undefined ? undefined : Buffer.from(rest)
    if (page.length > 0) yield page
  }
}

const columns = 16

/** The rows that are whole in these bytes, and what follows them. */
function readPage(bytes: Buffer, from: number, texts: Texts): { page: CopyPage; rest: Buffer | undefined } {
  const begins: number[] = []
  let begin = from
  for (let at = from; at + 2 <= bytes.length; begin = at) {
    const count = bytes.readInt16BE(at)
    // The end of everything.
    if (count === -1) return { page: toPage(bytes, begins, texts), rest: undefined }
    if (count !== columns) throw new Error('The database sent rows of another form than was asked for.')
    at += 2
    let column = 0
    for (; column < columns && at + 4 <= bytes.length; column++) at += 4 + Math.max(0, bytes.readInt32BE(at))
    if (column < columns || at > bytes.length) break
    begins.push(begin)
  }
  return { page: toPage(bytes, begins, texts), rest: begin < bytes.length ? bytes.subarray(begin) : undefined }
}

function toPage(bytes: Buffer, begins: readonly number[], texts: Texts): CopyPage {
  const starts = new Int32Array(columns)
  const ends = new Int32Array(columns)
  const find = (row: number) => {
    let at = begins[row]! + 2
    for (let column = 0; column < columns; column++) {
      const length = bytes.readInt32BE(at)
      starts[column] = at += 4
      ends[column] = length < 0 ? -1 : (at += length)
    }
  }
  const text = (column: number) => bytes.toString('utf8', starts[column]!, ends[column]!)
  const known = (column: number) => texts.read(column, bytes, starts[column]!, ends[column]!)
  const maybe = (column: number) => (ends[column]! < 0 ? undefined : text(column))
  return {
    length: begins.length,
    owner(at) {
      find(at)
      return { clientId: text(2), formId: known(3), formVersion: known(4), serviceCopy: bytes[starts[9]!] === 1 }
    },
    row(at) {
      find(at)
      const places = maybe(11)
      const scales = maybe(14)
      const scores = maybe(15)
      return {
        serviceId: known(0),
        recordId: text(1),
        clientId: text(2),
        formId: known(3),
        formVersion: known(4),
        policyVersion: known(5),
        sessionOn: text(6),
        receivedAt: new Date(epochMs + Number(bytes.readBigInt64BE(starts[7]!)) / 1000),
        answersSealed: bytes.subarray(starts[8]!, ends[8]!),
        serviceCopy: bytes[starts[9]!] === 1,
        reviewState: known(10),
        reviewPlaces: places === undefined ? none : (JSON.parse(places) as CopyRow['reviewPlaces']),
        restricted: bytes[starts[12]!] === 1,
        practitionerId: maybe(13),
        scales: scales === undefined ? none : (JSON.parse(scales) as string[]),
        scores: scores === undefined ? none : (JSON.parse(scores) as number[]),
      }
    },
  }
}

type Texts = { readonly read: (column: number, bytes: Buffer, start: number, end: number) => string }

/** Texts that are often those of the row before are not made anew. */
function makeTexts(): Texts {
  const before = Array.from({ length: columns }, () => ({ bytes: Buffer.alloc(0), text: '' }))
  return {
    read(column, bytes, start, end) {
      const last = before[column]!
      let at = end - start === last.bytes.length ? 0 : -1
      while (at >= 0 && at < last.bytes.length) at = last.bytes[at] === bytes[start + at] ? at + 1 : -1
      if (at < 0) before[column] = { bytes: Buffer.from(bytes.subarray(start, end)), text: bytes.toString('utf8', start, end) }
      return before[column]!.text
    },
  }
}
