// Rows of records as they lie: sealed, with what may be read in clear beside them. Row security decides whose; restricted ones stay out.
import { sql, type RawBuilder } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Pick<Transaction<AttuneTables>, 'selectFrom'>

export type SealedRow = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly formId: string
  readonly formVersion: string
  readonly policyVersion: string
  readonly sessionOn: string
  readonly receivedAt: Date
  readonly answersSealed: Buffer
  readonly codeSealed: Buffer
  readonly serviceCopy: boolean
  readonly reviewState: string
  readonly reviewPlaces: readonly { readonly path: string; readonly why: string }[]
  readonly restricted: boolean
  readonly practitionerId: string | undefined
  readonly scales: readonly string[]
  readonly scores: readonly number[]
}

/** `serviceId` can only narrow: row security holds whatever is asked. `after` is the last row of the page before, newest first. */
export type RecordFilter = {
  readonly serviceId?: string
  readonly codeHashes?: readonly Buffer[]
  readonly from?: string
  readonly until?: string
  /** Received then or later, and before then. */
  readonly receivedFrom?: Date
  readonly receivedBefore?: Date
  readonly after?: { readonly sessionOn: string; readonly recordId: string }
  readonly recordId?: string
  readonly clientId?: string
  /** Those whose client agreed to copies that the service keeps. */
  readonly serviceCopy?: true
  /** Left out unless somebody is owed their own data: what is restricted takes part in nothing. */
  readonly restricted?: 'with'
}

const asParameter = (value: string | Date) => sql`${value}`

/** What a filter asks of records `r` and clients `c`. `write` puts a value into the statement; as a parameter unless said otherwise. */
export const recordConditions = (
  { serviceId, codeHashes, from, until, receivedFrom, receivedBefore, recordId, clientId, serviceCopy, restricted }: RecordFilter,
  write: (value: string | Date) => RawBuilder<unknown> = asParameter,
) =>
  sql`${restricted === 'with' ? sql`true` : sql`r.restricted_at is null and c.restricted_at is null`}
    ${serviceCopy === undefined ? sql`` : sql`and r.service_copy`}
    ${clientId === undefined ? sql`` : sql`and r.client_id = ${write(clientId)}`}
    ${serviceId === undefined ? sql`` : sql`and r.service_id = ${write(serviceId)}`}
    ${recordId === undefined ? sql`` : sql`and r.record_id = ${write(recordId)}`}
    ${codeHashes === undefined ? sql`` : sql`and c.code_hash = any (${codeHashes}::bytea[])`}
    ${from === undefined ? sql`` : sql`and r.session_on >= ${write(from)}`}
    ${until === undefined ? sql`` : sql`and r.session_on <= ${write(until)}`}
    ${receivedFrom === undefined ? sql`` : sql`and r.received_at >= ${write(receivedFrom)}`}
    ${receivedBefore === undefined ? sql`` : sql`and r.received_at < ${write(receivedBefore)}`}`

/** One page, newest session first. */
export async function findRecordRows(trx: Trx, filter: RecordFilter, limit: number): Promise<SealedRow[]> {
  const { after } = filter
  const { rows } = await sql<{
    service_id: string
    record_id: string
    client_id: string
    form_id: string
    form_version: string
    policy_version: string
    session_on: string
    received_at: Date
    answers_sealed: Buffer
    code_sealed: Buffer
    service_copy: boolean
    review_state: string
    review_places: { path: string; why: string }[]
    restricted: boolean
    practitioner_id: string | null
    scales: string[] | null
    scores: number[] | null
  }>`
    select r.service_id, r.record_id, r.client_id, r.form_id, r.form_version, r.policy_version, r.session_on, r.received_at, r.answers_sealed, c.code_sealed,
      r.service_copy, r.review_state, r.review_places, (r.restricted_at is not null or c.restricted_at is not null) as restricted, a.practitioner_id, s.scales, s.scores
    from answers.records r
    join answers.clients c on c.service_id = r.service_id and c.client_id = r.client_id
    left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
    left join scores.record_scores s on s.service_id = r.service_id and s.record_id = r.record_id
    where ${recordConditions(filter)}
    ${after === undefined ? sql`` : sql`and (r.session_on, r.record_id) < (${after.sessionOn}, ${after.recordId})`}
    order by r.session_on desc, r.record_id desc limit ${limit}`.execute(trx as never)
  return rows.map((row) => ({
    serviceId: row.service_id,
    recordId: row.record_id,
    clientId: row.client_id,
    formId: row.form_id,
    formVersion: row.form_version,
    policyVersion: row.policy_version,
    sessionOn: row.session_on,
    receivedAt: row.received_at,
    answersSealed: row.answers_sealed,
    codeSealed: row.code_sealed,
    serviceCopy: row.service_copy,
    reviewState: row.review_state,
    reviewPlaces: row.review_places,
    restricted: row.restricted,
    practitionerId: row.practitioner_id ?? undefined,
    scales: row.scales ?? [],
    scores: row.scores ?? [],
  }))
}

export async function countRecordRows(trx: Trx, filter: RecordFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from answers.records r join answers.clients c on c.service_id = r.service_id and c.client_id = r.client_id where ${recordConditions(filter)}`.execute(
    trx as never,
  )
  return rows[0]!.count
}

/** The sealed stamp of who sent a record; not while that practitioner's own data is held. */
export async function findAuthorSealed(trx: Trx, recordId: string): Promise<Buffer | undefined> {
  const row = await trx
    .selectFrom('identity.record_authors as a')
    .innerJoin('identity.practitioners as p', (join) =>
      join.onRef('p.service_id', '=', 'a.service_id').onRef('p.practitioner_id', '=', 'a.practitioner_id'),
    )
    .select('a.sealed')
    .where('a.record_id', '=', recordId)
    .where('p.restricted_at', 'is', null)
    .executeTakeFirst()
  return row?.sealed ?? undefined
}

export type FoundCode = { readonly serviceId: string; readonly clientId: string; readonly codeSealed: Buffer; readonly receivedAt: Date }

/** Codes of the clients whom a practitioner saw on a day: the code and the time, and no column of an answer. */
export async function findCodeRows(trx: Trx, practitionerId: string, sessionOn: string): Promise<FoundCode[]> {
  const rows = await trx
    .selectFrom('identity.record_authors as a')
    .innerJoin('answers.records as r', (join) => join.onRef('r.service_id', '=', 'a.service_id').onRef('r.record_id', '=', 'a.record_id'))
    .innerJoin('answers.clients as c', (join) => join.onRef('c.service_id', '=', 'r.service_id').onRef('c.client_id', '=', 'r.client_id'))
    .select(['c.service_id', 'c.client_id', 'c.code_sealed', 'r.received_at'])
    .where('a.practitioner_id', '=', practitionerId)
    .where('a.session_on', '=', sessionOn)
    .where('r.restricted_at', 'is', null)
    .orderBy('r.received_at')
    .limit(200)
    .execute()
  return rows.map((row) => ({ serviceId: row.service_id, clientId: row.client_id, codeSealed: row.code_sealed, receivedAt: row.received_at }))
}
