// What retention looks for and what it does, as `system`. Every look goes by the days of sessions through an index; nothing walks over all rows.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>
type Reading = Pick<Trx, 'selectFrom'>

export type ServiceDay = { readonly serviceId: string; readonly sessionOn: string; readonly records: number; readonly lastReceivedAt: Date }

/** Records by service and session day, up to a day; those that are held or restricted are not disposed of and not counted. */
export async function findOldDays(trx: Reading, until: string): Promise<ServiceDay[]> {
  const { rows } = await sql<ServiceDay>`
    select service_id as "serviceId", session_on as "sessionOn", count(*) as records, max(received_at) as "lastReceivedAt"
    from answers.records where session_on <= ${until} and restricted_at is null group by service_id, session_on order by service_id, session_on`.execute(
    trx as never,
  )
  return rows
}

export type Warning = {
  readonly serviceId: string
  readonly sessionFrom: string
  readonly sessionUntil: string
  readonly records: number
  readonly warnedAt: Date
  readonly disposeOn: string
}

export async function addWarning(trx: Trx, warning: Warning): Promise<void> {
  await trx
    .insertInto('retention.warnings')
    .values({
      service_id: warning.serviceId,
      warning_id: randomUUID(),
      session_from: warning.sessionFrom,
      session_until: warning.sessionUntil,
      records: warning.records,
      warned_at: warning.warnedAt,
      dispose_on: warning.disposeOn,
    })
    .execute()
}

export async function findWarnings(trx: Reading, since: Date, serviceId?: string): Promise<Warning[]> {
  let query = trx.selectFrom('retention.warnings').selectAll().where('warned_at', '>=', since)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  const rows = await query.orderBy('warned_at', 'desc').limit(5_000).execute()
  return rows.map((row) => ({
    serviceId: row.service_id,
    sessionFrom: row.session_from,
    sessionUntil: row.session_until,
    records: row.records,
    warnedAt: row.warned_at,
    disposeOn: row.dispose_on,
  }))
}

/** Some records of one service and session day that were warned of before an instant; `aggregated` takes only those that were added up. */
export async function findRecordsOfDay(
  trx: Trx,
  {
    serviceId,
    sessionOn,
    receivedBy,
    aggregated,
    limit,
  }: { serviceId: string; sessionOn: string; receivedBy: Date; aggregated: boolean; limit: number },
): Promise<string[]> {
  let query = trx
    .selectFrom('answers.records')
    .select('record_id')
    .where('service_id', '=', serviceId)
    .where('session_on', '=', sessionOn)
    .where('received_at', '<=', receivedBy)
    .where('restricted_at', 'is', null)
  if (aggregated) query = query.where('aggregate_run', 'is not', null)
  return (await query.limit(limit).execute()).map((row) => row.record_id)
}

/** Disposes of records and names the clients of whom nothing is left. */
export async function disposeRecords(trx: Trx, serviceId: string, recordIds: readonly string[]): Promise<{ clientId: string; codeHash: Buffer }[]> {
  const { rows } = await sql<{
    client_id: string
    code_hash: Buffer
  }>`select client_id, code_hash from answers.dispose_records(${serviceId}, ${recordIds}::uuid[])`.execute(trx)
  return rows.map((row) => ({ clientId: row.client_id, codeHash: row.code_hash }))
}

/** Blanks who sent the records of sessions up to a day, some at a time. Returns how many. */
export async function blankAuthors(trx: Trx, until: string, at: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update identity.record_authors a set sealed = null, blanked_at = ${at}
    from (select service_id, record_id from identity.record_authors where sealed is not null and session_on <= ${until} order by session_on limit ${limit}) old
    where a.service_id = old.service_id and a.record_id = old.record_id`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** Practitioners whose last role at a service ended before an instant and whose consent form is still here. */
export async function findStopped(trx: Reading, endedBefore: Date): Promise<{ serviceId: string; practitionerId: string; endedOn: Date }[]> {
  const { rows } = await sql<{ service_id: string; practitioner_id: string; ended_at: Date }>`
    select p.service_id, p.practitioner_id, g.ended_at from identity.practitioners p
    join lateral (select max(g.ended_at) as ended_at, bool_or(g.ended_at is null) as running from policy.access_grants g
      where g.service_id = p.service_id and g.account_id = p.account_id and g.role = 'practitioner') g on g.running = false
    where g.ended_at < ${endedBefore} and exists (select from identity.practitioner_consents c where c.service_id = p.service_id and c.practitioner_id = p.practitioner_id and c.removed_at is null)
    limit 1000`.execute(trx as never)
  return rows.map((row) => ({ serviceId: row.service_id, practitionerId: row.practitioner_id, endedOn: row.ended_at }))
}

/** Names of people who left and of whom no record carries the name any more. */
export async function blankLeavers(trx: Trx): Promise<number> {
  const { numAffectedRows } = await sql`
    update identity.practitioners p set sealed = null where p.status = 'left' and p.sealed is not null
      and not exists (select from identity.record_authors a where a.service_id = p.service_id and a.practitioner_id = p.practitioner_id and a.sealed is not null)
      and not exists (select from identity.practitioner_consents c where c.service_id = p.service_id and c.practitioner_id = p.practitioner_id and c.removed_at is null)`.execute(
    trx,
  )
  return Number(numAffectedRows ?? 0)
}

/** Practitioners who take part, were not asked since a day, and have sent nothing since then. */
export async function findInactive(
  trx: Reading,
  since: string,
): Promise<{ serviceId: string; practitionerId: string; accountId: string; lastOn: string }[]> {
  const { rows } = await sql<{ service_id: string; practitioner_id: string; account_id: string; last_on: string }>`
    select p.service_id, p.practitioner_id, p.account_id, coalesce(a.last_on, (p.since at time zone 'Europe/London')::date) as last_on
    from identity.practitioners p
    cross join lateral (select max(a.session_on) as last_on from identity.record_authors a where a.service_id = p.service_id and a.practitioner_id = p.practitioner_id) a
    where p.status = 'active' and p.sealed is not null and coalesce(a.last_on, (p.since at time zone 'Europe/London')::date) <= ${since} and (p.asked_active_on is null or p.asked_active_on <= ${since})
      and exists (select from policy.access_grants g where g.service_id = p.service_id and g.account_id = p.account_id and g.role = 'practitioner' and g.ended_at is null)
    limit 1000`.execute(trx as never)
  return rows.map((row) => ({ serviceId: row.service_id, practitionerId: row.practitioner_id, accountId: row.account_id, lastOn: row.last_on }))
}

export async function noteAsked(trx: Trx, serviceId: string, practitionerId: string, on: string): Promise<void> {
  await trx
    .updateTable('identity.practitioners')
    .set({ asked_active_on: on })
    .where('service_id', '=', serviceId)
    .where('practitioner_id', '=', practitionerId)
    .execute()
}

/** Live services that are here since an instant and took no copy of their data and asked for none since then. */
export async function findServicesWithoutCopy(trx: Reading, since: Date): Promise<string[]> {
  const { rows } = await sql<{ service_id: string }>`
    select s.service_id from policy.services s where s.status = 'live' and s.opened_at <= ${since}
      and not exists (select from log.exports e where e.service_id = s.service_id and e.at > ${since})
      and not exists (select from rights.requests r where r.service_id = s.service_id and r.type = 'whole-service' and r.filed_at > ${since})`.execute(
    trx as never,
  )
  return rows.map((row) => row.service_id)
}

/** Requests that ended before an instant go, with their packages. */
export async function removeOldRequests(trx: Trx, before: Date): Promise<number> {
  await sql`delete from rights.packages p using rights.requests r where p.service_id = r.service_id and p.request_id = r.request_id and r.ended_at < ${before} and not r.holding`.execute(
    trx,
  )
  const { numDeletedRows } = await trx.deleteFrom('rights.requests').where('ended_at', '<', before).where('holding', '=', false).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Counts records by session day over all services, for the time machine. */
export async function countDays(trx: Trx, at: Date): Promise<void> {
  await sql`delete from retention.day_counts`.execute(trx)
  await sql`insert into retention.day_counts (session_on, records, named, counted_at)
    select r.session_on, count(*), count(*) filter (where a.sealed is not null), ${at} from answers.records r
    left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id group by r.session_on`.execute(trx)
}

export type RunCounts = { warned: number; disposed: number; blanked: number; removed: number; asked: number }

export async function noteRun(trx: Trx, runOn: string, startedAt: Date, endedAt: Date, counts: RunCounts): Promise<void> {
  await sql`insert into retention.runs as r (run_on, started_at, ended_at, warned, disposed, blanked, removed, asked)
    values (${runOn}, ${startedAt}, ${endedAt}, ${counts.warned}, ${counts.disposed}, ${counts.blanked}, ${counts.removed}, ${counts.asked})
    on conflict (run_on) do update set ended_at = excluded.ended_at, warned = r.warned + excluded.warned, disposed = r.disposed + excluded.disposed,
      blanked = r.blanked + excluded.blanked, removed = r.removed + excluded.removed, asked = r.asked + excluded.asked`.execute(trx)
}
