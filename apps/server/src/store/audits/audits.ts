// Audits and their numbers. Row security decides whose.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>
type Reading = Pick<Trx, 'selectFrom'>

export type Audit = {
  readonly auditId: string
  readonly quarter: string
  readonly untilAt: Date
  readonly openedAt: Date
  readonly dueOn: string
  readonly seed: string
  readonly scannedAt: Date | null
  readonly overdueToldAt: Date | null
  readonly closedAt: Date | null
}

/** Audits of a programme, newest quarter first; or the one of an id. */
export async function findAudits(trx: Reading, programmeId: string, auditId?: string): Promise<Audit[]> {
  let query = trx.selectFrom('audit.audits').selectAll().where('programme_id', '=', programmeId)
  if (auditId !== undefined) query = query.where('audit_id', '=', auditId)
  const rows = await query.orderBy('quarter', 'desc').limit(200).execute()
  return rows.map((row) => ({
    auditId: row.audit_id,
    quarter: row.quarter,
    untilAt: row.until_at,
    openedAt: row.opened_at,
    dueOn: row.due_on,
    seed: row.seed,
    scannedAt: row.scanned_at,
    overdueToldAt: row.overdue_told_at,
    closedAt: row.closed_at,
  }))
}

/** Opens the audit of a quarter. Its id, or undefined when it is open already. */
export async function addAudit(
  trx: Trx,
  audit: {
    readonly programmeId: string
    readonly quarter: string
    readonly untilAt: Date
    readonly openedAt: Date
    readonly dueOn: string
    readonly seed: string
  },
): Promise<string | undefined> {
  const added = await trx
    .insertInto('audit.audits')
    .values({
      audit_id: randomUUID(),
      programme_id: audit.programmeId,
      quarter: audit.quarter,
      until_at: audit.untilAt,
      opened_at: audit.openedAt,
      due_on: audit.dueOn,
      seed: audit.seed,
      scanned_at: null,
      overdue_told_at: null,
      closed_at: null,
      closed_by: null,
    })
    .onConflict((conflict) => conflict.columns(['programme_id', 'quarter']).doNothing())
    .returning('audit_id')
    .executeTakeFirst()
  return added?.audit_id
}

/** The first instant at which a record came in, over all services. */
export async function findFirstReceivedAt(trx: Reading, programmeId: string): Promise<Date | undefined> {
  const row = await trx
    .selectFrom('answers.records')
    .select((column) => column.fn.min('received_at').as('first'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirst()
  return row?.first ?? undefined
}

/** True when the audit was open and is closed now. */
export async function closeAuditRow(
  trx: Trx,
  { auditId, by, at }: { readonly auditId: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const closed = await trx
    .updateTable('audit.audits')
    .set({ closed_at: at, closed_by: by })
    .where('audit_id', '=', auditId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return closed.numUpdatedRows > 0n
}

/** Notes that people were told that the audit is overdue. False when they had been. */
export async function noteOverdueTold(trx: Trx, auditId: string, at: Date): Promise<boolean> {
  const noted = await trx
    .updateTable('audit.audits')
    .set({ overdue_told_at: at })
    .where('audit_id', '=', auditId)
    .where('overdue_told_at', 'is', null)
    .executeTakeFirst()
  return noted.numUpdatedRows > 0n
}

export type Left = { readonly judged: number; readonly left: number }

/** Of these audits: how many chosen texts have a verdict and how many have none. */
export async function countVerdicts(trx: Reading, auditIds: readonly string[]): Promise<ReadonlyMap<string, Left>> {
  const { rows } = await sql<{ audit_id: string; judged: number; left: number }>`
    select audit_id, count(verdict) as judged, count(*) - count(verdict) as left
    from audit.texts where chosen and audit_id = any (${[...auditIds]}::uuid[]) group by audit_id`.execute(trx as never)
  return new Map(rows.map(({ audit_id, judged, left }) => [audit_id, { judged, left }]))
}

export type ServiceCount = {
  readonly auditId: string
  readonly serviceId: string
  readonly serviceName: string
  readonly records: number
  readonly texts: number
  readonly flagged: number
  readonly sampled: number
  readonly findings: number
  readonly actionsOpen: number
  readonly actionsDone: number
}

export type ServicePage = { readonly offset: number; readonly limit: number }

/** The services that took part in these audits and that the actor may see, by name: one page of them, and how many there are. */
export async function findAuditedServices(
  trx: Reading,
  auditIds: readonly string[],
  { offset, limit }: ServicePage,
): Promise<{ serviceIds: string[]; services: number }> {
  const { rows } = await sql<{ service_id: string; services: number }>`
    select s.service_id, count(*) over () as services from policy.services s
    where exists (select from audit.service_counts c where c.service_id = s.service_id and c.audit_id = any (${[...auditIds]}::uuid[]))
    order by s.name, s.service_id offset ${offset} limit ${limit}`.execute(trx as never)
  return { serviceIds: rows.map((row) => row.service_id), services: rows[0]?.services ?? 0 }
}

/** The numbers of services in audits: of those named, or of every service that the actor may see. */
export async function findServiceCounts(trx: Reading, auditIds: readonly string[], serviceIds?: readonly string[]): Promise<ServiceCount[]> {
  const { rows } = await sql<{
    audit_id: string
    service_id: string
    name: string
    records: number
    texts: number
    flagged: number
    sampled: number
    findings: number
    open: number
    done: number
  }>`
    with chosen as (select c.* from audit.service_counts c where c.audit_id = any (${[...auditIds]}::uuid[])
      ${serviceIds === undefined ? sql`` : sql`and c.service_id = any (${[...serviceIds]}::text[])`})
    select c.audit_id, c.service_id, s.name, c.records, c.texts, c.flagged, c.sampled, coalesce(f.findings, 0) as findings, coalesce(a.open, 0) as open, coalesce(a.done, 0) as done
    from chosen c
    join policy.services s on s.service_id = c.service_id
    left join (select audit_id, service_id, count(*) as findings from audit.findings where audit_id = any (${[...auditIds]}::uuid[])
      ${serviceIds === undefined ? sql`` : sql`and service_id = any (${[...serviceIds]}::text[])`} group by 1, 2) f on f.audit_id = c.audit_id and f.service_id = c.service_id
    left join (select audit_id, service_id, count(*) filter (where done_at is null) as open, count(*) filter (where done_at is not null) as done
      from audit.corrective_actions where audit_id = any (${[...auditIds]}::uuid[])
      ${serviceIds === undefined ? sql`` : sql`and service_id = any (${[...serviceIds]}::text[])`} group by 1, 2) a on a.audit_id = c.audit_id and a.service_id = c.service_id
    order by s.name, c.service_id`.execute(trx as never)
  return rows.map((row) => ({
    auditId: row.audit_id,
    serviceId: row.service_id,
    serviceName: row.name,
    records: row.records,
    texts: row.texts,
    flagged: row.flagged,
    sampled: row.sampled,
    findings: row.findings,
    actionsOpen: row.open,
    actionsDone: row.done,
  }))
}
