// Every record as it lies, client by client, for those who work something out of all of them again. Sealed: nothing is opened in here.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>

export type SealedRecord = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly programmeId: string
  readonly formId: string
  readonly formVersion: string
  readonly sessionOn: string
  /** Digits that sort as the instants do, finer than a Date. */
  readonly received: string
  readonly answersSealed: Buffer
}

const atOnce = 4_000

/** Pages of unrestricted records, ordered by service and client; a client may go on in the next page. */
export async function* readSealedRecords(trx: Trx): AsyncGenerator<readonly SealedRecord[]> {
  const services = await sql<{ serviceId: string }>`select service_id as "serviceId" from policy.services order by 1`.execute(trx)
  for (const { serviceId } of services.rows) {
    let last: SealedRecord | undefined
    let next = readPage(trx, serviceId, undefined)
    for (;;) {
      const page = await next
      last = page.at(-1)
      if (last === undefined) break
      // Fetched while the caller opens this one.
      next = readPage(trx, serviceId, last)
      next.catch(() => {})
      yield page
    }
  }
}

async function readPage(trx: Trx, serviceId: string, after: SealedRecord | undefined): Promise<readonly SealedRecord[]> {
  const { rows } = await sql<SealedRecord>`
    select service_id as "serviceId", record_id as "recordId", client_id as "clientId", programme_id as "programmeId", form_id as "formId", form_version as "formVersion",
      session_on as "sessionOn", to_char(received_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as received, answers_sealed as "answersSealed"
    from answers.records where service_id = ${serviceId} and restricted_at is null
      ${after === undefined ? sql`` : sql`and (client_id, session_on, record_id) > (${after.clientId}, ${after.sessionOn}, ${after.recordId})`}
    order by client_id, session_on, record_id limit ${atOnce}`.execute(trx)
  return rows
}

/** One moment for everything that is read: writers go on meanwhile. The first statement of a transaction. */
export async function holdMoment(trx: Trx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(trx)
  await sql`set local statement_timeout = '1h'`.execute(trx)
}

/** The sums of this moment, one cell after the other: its name, and its numbers with blanks between. Cells of nobody are left out. */
export async function readCells(trx: Trx): Promise<{ cell: string; numbers: string }[]> {
  const place = sql`service_id || '|' || programme_id || '|' || period || '|' || age_group || '|' || mode || '|' || support || '|'`
  const { rows } = await sql<{ cell: string; numbers: string }>`
    select 'sums|' || ${place} || measure || '/' || scale || '|' || pair as cell, concat_ws(' ', sum(n), sum(sx), sum(sy), sum(sxx), sum(syy), sum(sxy)) as numbers
    from sums.changes_now group by 1 having sum(n) <> 0 or sum(sxx) <> 0 or sum(syy) <> 0
    union all select 'counts|' || ${place} || measure || '/' || scale || '|' || pair || '|' || change, sum(n)::text from sums.change_counts_now group by 1 having sum(n) <> 0
    union all select 'episodes|' || ${place} || sessions, sum(clients)::text from sums.episodes_now group by 1 having sum(clients) <> 0
    union all select 'choices|' || ${place} || question || '/' || choice, sum(clients)::text from sums.choices_now group by 1 having sum(clients) <> 0`.execute(
    trx,
  )
  return rows
}
