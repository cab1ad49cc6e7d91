// Rights requests as they lie. Row security shows a practitioner the own ones, a service those about its clients, and administrators all.
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { RequestFacts } from '@attune/policy'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { RightsTables } from './rights-tables.ts'
import { findClientByCode } from './subjects.ts'

type Trx = Transaction<AttuneTables>
type Reading = Pick<Trx, 'selectFrom'>
export type RequestRow = Selectable<RightsTables['rights.requests']>
export type NewRequest = Omit<RequestRow, 'version' | 'pauses' | 'certificate' | 'extended' | 'clock_sealed'>
export type RequestChange = Partial<Omit<RequestRow, 'service_id' | 'request_id' | 'version'>>

const openStates = ['received', 'confirmed', 'proposed'] as const

export const toFacts = (row: RequestRow): RequestFacts => ({
  type: row.type,
  state: row.state,
  receivedOn: row.received_on,
  pauses: row.pauses,
  extended: row.extended,
  ...(row.proposed_by !== null && { proposedBy: row.proposed_by }),
})

export async function addRequest(trx: Trx, request: NewRequest): Promise<void> {
  await trx.insertInto('rights.requests').values(request).execute()
}

/** One request, if the actor may see it. `lock` keeps others from deciding it meanwhile. */
export async function findRequest(trx: Reading, requestId: string, lock = false): Promise<RequestRow | undefined> {
  const query = trx.selectFrom('rights.requests').selectAll().where('request_id', '=', requestId)
  return lock ? query.forUpdate().executeTakeFirst() : query.executeTakeFirst()
}

/**
 * The request with the client that has its code by now: one that was filed before any record of the code came learns of it here. Ask as `system`.
 */
export async function withClientOfCode(trx: Reading, row: RequestRow): Promise<RequestRow> {
  if (row.client_id !== null || row.code_hash === null) return row
  const client = await findClientByCode(trx, row.service_id, [row.code_hash])
  return client === undefined ? row : { ...row, client_id: client.clientId }
}

export async function changeRequest(
  trx: Trx,
  { service_id, request_id }: RequestRow,
  { pauses, certificate, ...change }: RequestChange,
): Promise<void> {
  await trx
    .updateTable('rights.requests')
    .set({
      ...change,
      ...(pauses !== undefined && { pauses: JSON.stringify(pauses) }),
      ...(certificate !== undefined && { certificate: certificate === null ? null : JSON.stringify(certificate) }),
    })
    .where('service_id', '=', service_id)
    .where('request_id', '=', request_id)
    .execute()
}

export type RequestPlace = { readonly on: string | null; readonly requestId: string }

/** Open requests, the most urgent first; those whose clock stands still come last. Without a service: all that row security shows. */
export async function findOpenRequests(trx: Reading, serviceId: string | undefined, limit: number, after?: RequestPlace): Promise<RequestRow[]> {
  let query = trx
    .selectFrom('rights.requests')
    .selectAll()
    .where('state', 'in', [...openStates])
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  if (after?.on === null) query = query.where('due_on', 'is', null).where('request_id', '>', after.requestId)
  else if (after !== undefined)
    query = query.where(sql<boolean>`(due_on is null or (due_on, request_id) > (${after.on}::date, ${after.requestId}::uuid))`)
  return query
    .orderBy('due_on', (order) => order.asc().nullsLast())
    .orderBy('request_id')
    .limit(limit)
    .execute()
}

/** Requests that have ended, the latest filed first. */
export async function findEndedRequests(
  trx: Reading,
  serviceId: string | undefined,
  limit: number,
  before?: { at: Date; requestId: string },
): Promise<RequestRow[]> {
  let query = trx.selectFrom('rights.requests').selectAll().where('state', 'in', ['done', 'refused', 'withdrawn'])
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  if (before !== undefined)
    query = query.where(sql<boolean>`(filed_at < ${before.at} or (filed_at = ${before.at} and request_id > ${before.requestId}::uuid))`)
  return query.orderBy('filed_at', 'desc').orderBy('request_id').limit(limit).execute()
}

export type RequestCounts = { readonly open: number; readonly overdue: number; readonly soon: number; readonly unconfirmed: number }

/** How many open requests there are, by the index of open ones. */
export async function countRequests(trx: Reading, serviceId: string | undefined, today: string, soonUntil: string): Promise<RequestCounts> {
  const { rows } = await sql<RequestCounts>`
    select count(*) as open, count(*) filter (where due_on < ${today}) as overdue, count(*) filter (where due_on between ${today} and ${soonUntil}) as soon,
      count(*) filter (where state = 'received') as unconfirmed
    from rights.requests where state in ('received', 'confirmed', 'proposed') ${serviceId === undefined ? sql`` : sql`and service_id = ${serviceId}`}`.execute(
    trx as never,
  )
  return rows[0]!
}

export async function findLinkedRequests(
  trx: Reading,
  { service_id, request_id, linked_to }: RequestRow,
): Promise<{ requestId: string; reference: string }[]> {
  const rows = await trx
    .selectFrom('rights.requests')
    .select(['request_id', 'reference'])
    .where('service_id', '=', service_id)
    .where((any) => any.or([any('linked_to', '=', request_id), ...(linked_to === null ? [] : [any('request_id', '=', linked_to)])]))
    .orderBy('filed_at')
    .limit(20)
    .execute()
  return rows.map((row) => ({ requestId: row.request_id, reference: row.reference }))
}

/** Open linked requests that go with this one: a hold that was asked for together with an objection. */
export async function findOpenLinked(trx: Trx, { service_id, request_id }: RequestRow): Promise<RequestRow[]> {
  return trx
    .selectFrom('rights.requests')
    .selectAll()
    .where('service_id', '=', service_id)
    .where('linked_to', '=', request_id)
    .where('state', 'in', [...openStates])
    .execute()
}

/** Does any other request still keep this one's subject out of use? */
export async function isHeldByOther(trx: Trx, row: RequestRow): Promise<boolean> {
  let query = trx
    .selectFrom('rights.requests')
    .select('request_id')
    .where('service_id', '=', row.service_id)
    .where('holding', '=', true)
    .where('request_id', '<>', row.request_id)
  if (row.code_hash !== null) query = query.where('code_hash', '=', row.code_hash)
  else if (row.account_id !== null) query = query.where('account_id', '=', row.account_id)
  else return false
  return (await query.limit(1).executeTakeFirst()) !== undefined
}

/** Takes the code out of every request about a client who was erased. The random id stays. */
export async function forgetCode(trx: Trx, serviceId: string, codeHash: Buffer): Promise<void> {
  await trx
    .updateTable('rights.requests')
    .set({ code_hash: null, code_sealed: null, words_sealed: null, clock_sealed: null, holding: false })
    .where('service_id', '=', serviceId)
    .where('code_hash', '=', codeHash)
    .execute()
}

/** The same for requests that came back with a backup, where the client is known by the random id alone. */
export async function forgetCodeOfClient(trx: Trx, serviceId: string, clientId: string): Promise<void> {
  await trx
    .updateTable('rights.requests')
    .set({ code_hash: null, code_sealed: null, words_sealed: null, clock_sealed: null, holding: false })
    .where('service_id', '=', serviceId)
    .where('client_id', '=', clientId)
    .execute()
}

/** When the service's last whole package was made. */
export async function findLastWholeService(trx: Reading, serviceId: string, exceptId?: string): Promise<Date | undefined> {
  let query = trx
    .selectFrom('rights.requests')
    .select('ended_at')
    .where('service_id', '=', serviceId)
    .where('type', '=', 'whole-service')
    .where('state', '=', 'done')
  if (exceptId !== undefined) query = query.where('request_id', '<>', exceptId)
  const row = await query.orderBy('filed_at', 'desc').limit(1).executeTakeFirst()
  return row?.ended_at ?? undefined
}
