// Which records an incident may concern. Where it was about somebody's sign-in, the log says what was opened and what was in the lists and
// downloads of that time; otherwise it is everything that the services had then.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>

export type Reach = { readonly services: readonly string[]; readonly accounts: readonly string[]; readonly from: Date; readonly until: Date }

/** Works it out for some of the services, and keeps it. */
export async function keepAffectedRecords(trx: Trx, breachId: string, { services, accounts, from, until }: Reach): Promise<void> {
  await (
    accounts.length === 0
      ? sql`insert into breach.affected_records (service_id, breach_id, record_id, client_id, practitioner_id, certainty)
          select r.service_id, ${breachId}, r.record_id, r.client_id, a.practitioner_id, 'within-reach'
          from answers.records r left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
          where r.service_id = any (${[...services]}::text[]) and r.received_at < ${until}`
      : sql`with acts as (
          select e.service_id, e.role, e.action, e.at, e.detail->>'recordId' as record_id from log.events e
          where e.account_id = any (${[...accounts]}::uuid[]) and e.outcome = 'done' and e.at >= ${from} and e.at < ${until}
            and e.action in ('record.read', 'record.list', 'record.list-incomplete', 'record.download', 'record.find-code', 'text.audit', 'text.code')),
        lists as (
          -- Of the operator's roles a list reaches over every service.
          select case when role in ('administrator', 'auditor', 'analyst') then null else service_id end as service_id, max(at) as at
          from acts where action <> 'record.read' group by 1)
        insert into breach.affected_records (service_id, breach_id, record_id, client_id, practitioner_id, certainty)
        select r.service_id, ${breachId}, r.record_id, r.client_id, a.practitioner_id,
          case when exists (select from acts where acts.action = 'record.read' and acts.record_id = r.record_id::text) then 'opened' else 'within-reach' end
        from answers.records r left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
        where r.service_id = any (${[...services]}::text[])
          and (exists (select from acts where acts.action = 'record.read' and acts.record_id = r.record_id::text)
            or exists (select from lists where (lists.service_id is null or lists.service_id = r.service_id) and r.received_at <= lists.at))`
  ).execute(trx)
  await keepCounts(trx, breachId, services)
}

/** By service: how many records, clients and practitioners an incident may concern. */
export type AffectedCounts = {
  readonly serviceId: string
  readonly opened: number
  readonly withinReach: number
  readonly clients: number
  readonly practitioners: number
}

/** Counted once, when the records are kept: a register that counts them at each look gets slower with every incident. */
async function keepCounts(trx: Trx, breachId: string, services: readonly string[]): Promise<void> {
  await sql`update breach.breaches set services_left = (
      select coalesce(array_agg(s order by n), '{}') from unnest(services_left) with ordinality l (s, n) where s <> all (${[...services]}::text[])),
    affected = affected || coalesce((
      select jsonb_agg(jsonb_build_object('serviceId', service_id, 'opened', opened, 'withinReach', within_reach, 'clients', clients, 'practitioners', practitioners))
      from (select service_id, count(*) filter (where certainty = 'opened') as opened, count(*) filter (where certainty <> 'opened') as within_reach,
          count(distinct client_id) as clients, count(distinct practitioner_id) as practitioners
        from breach.affected_records where service_id = any (${[...services]}::text[]) and breach_id = ${breachId} group by 1) counted), '[]')
    where service_id = 'operator' and breach_id = ${breachId}`.execute(trx)
}

export type AffectedPeople = { readonly clients: readonly string[]; readonly practitioners: readonly string[] }

/** Incidents some of whose services have still to be looked through, the oldest first. */
export async function findUnworked(trx: Pick<Trx, 'selectFrom'>): Promise<string[]> {
  const { rows } = await sql<{ breach_id: string }>`select breach_id from breach.breaches where services_left <> '{}' order by recorded_at`.execute(
    trx as never,
  )
  return rows.map((row) => row.breach_id)
}

/** The clients and practitioners of one service whom an incident may concern, as ids. */
export async function findAffectedPeople(trx: Trx, breachId: string, serviceId: string): Promise<AffectedPeople> {
  const rows = await trx
    .selectFrom('breach.affected_records')
    .select(['client_id', 'practitioner_id'])
    .distinct()
    .where('breach_id', '=', breachId)
    .where('service_id', '=', serviceId)
    .execute()
  return {
    clients: [...new Set(rows.map((row) => row.client_id))],
    practitioners: [...new Set(rows.flatMap((row) => (row.practitioner_id === null ? [] : [row.practitioner_id])))],
  }
}
