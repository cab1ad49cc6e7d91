// What audits found and what follows: a category, a length and keyed hashes; never the text.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { FindingCategory } from '@attune/policy'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>

export type NewFinding = {
  readonly serviceId: string
  readonly auditId: string
  readonly recordId: string
  readonly clientId: string
  readonly sessionOn: string
  readonly category: FindingCategory
  readonly foundAt: Date
  readonly actionId: string | undefined
  readonly foundBy?: string
  readonly question?: string
  readonly spanLength?: number
  readonly beforeHash?: Buffer
  readonly afterHash?: Buffer
}

export async function addFindings(trx: Trx, findings: readonly NewFinding[]): Promise<void> {
  // A statement has at most 65,535 values, and an audit of a nation more findings than fit.
  for (let from = 0; from < findings.length; from += findingsAtOnce) {
    await trx
      .insertInto('audit.findings')
      .values(
        findings.slice(from, from + findingsAtOnce).map((finding) => ({
          service_id: finding.serviceId,
          finding_id: randomUUID(),
          audit_id: finding.auditId,
          record_id: finding.recordId,
          client_id: finding.clientId,
          session_on: finding.sessionOn,
          question: finding.question ?? null,
          category: finding.category,
          span_length: finding.spanLength ?? null,
          before_hash: finding.beforeHash ?? null,
          after_hash: finding.afterHash ?? null,
          found_at: finding.foundAt,
          found_by: finding.foundBy ?? null,
          action_id: finding.actionId ?? null,
        })),
      )
      .execute()
  }
}
const findingsAtOnce = 2_000

export type NewAction = {
  readonly serviceId: string
  readonly auditId: string
  readonly practitionerId: string
  readonly at: Date
  readonly dueOn: string
}

/** The corrective action of a practitioner in an audit: one, however many findings. `isNew` when it was opened now; one that is done is opened again. */
export async function openAction(trx: Trx, action: NewAction): Promise<{ actionId: string; isNew: boolean }> {
  const { rows } = await sql<{ action_id: string; is_new: boolean }>`
    insert into audit.corrective_actions as a (service_id, action_id, audit_id, practitioner_id, opened_at, due_on)
    values (${action.serviceId}, ${randomUUID()}, ${action.auditId}, ${action.practitionerId}, ${action.at}, ${action.dueOn})
    on conflict (service_id, audit_id, practitioner_id) do update set
      due_on = case when a.done_at is null then a.due_on else excluded.due_on end,
      opened_at = case when a.done_at is null then a.opened_at else excluded.opened_at end,
      done_at = null
    returning action_id, opened_at = ${action.at} as is_new`.execute(trx)
  return { actionId: rows[0]!.action_id, isNew: rows[0]!.is_new }
}

/** Who sent a record, as an id that says nothing, and whether they still take part. */
export async function findRecordPractitioner(
  trx: Trx,
  serviceId: string,
  recordId: string,
): Promise<{ practitionerId: string; isActive: boolean } | undefined> {
  const row = await trx
    .selectFrom('identity.record_authors as a')
    .leftJoin('identity.practitioners as p', (join) =>
      join.onRef('p.service_id', '=', 'a.service_id').onRef('p.practitioner_id', '=', 'a.practitioner_id'),
    )
    .select(['a.practitioner_id', 'p.status'])
    .where('a.service_id', '=', serviceId)
    .where('a.record_id', '=', recordId)
    .executeTakeFirst()
  return row && { practitionerId: row.practitioner_id, isActive: row.status === 'active' }
}

/** The practitioner has trained again: everything that waited for it is done. */
export async function finishActions(trx: Trx, serviceId: string, practitionerId: string, at: Date): Promise<number> {
  const done = await trx
    .updateTable('audit.corrective_actions')
    .set({ done_at: at })
    .where('service_id', '=', serviceId)
    .where('practitioner_id', '=', practitionerId)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

export type Finding = {
  readonly findingId: string
  readonly serviceId: string
  readonly serviceName: string
  readonly recordId: string
  readonly clientId: string
  readonly sessionOn: string
  readonly question: string | null
  readonly category: FindingCategory
  readonly foundAt: Date
  readonly action: { readonly dueOn: string; readonly doneAt: Date | null } | undefined
}

/** What an audit found, as far as the actor may see, the newest first. */
export async function findFindings(trx: Pick<Trx, 'selectFrom'>, auditId: string): Promise<Finding[]> {
  const rows = await trx
    .selectFrom('audit.findings as f')
    .innerJoin('policy.services as s', 's.service_id', 'f.service_id')
    .leftJoin('audit.corrective_actions as a', (join) => join.onRef('a.service_id', '=', 'f.service_id').onRef('a.action_id', '=', 'f.action_id'))
    .select([
      'f.finding_id',
      'f.service_id',
      's.name',
      'f.record_id',
      'f.client_id',
      'f.session_on',
      'f.question',
      'f.category',
      'f.found_at',
      'a.due_on',
      'a.done_at',
    ])
    .where('f.audit_id', '=', auditId)
    .orderBy('s.name')
    .orderBy('f.found_at', 'desc')
    .orderBy('f.category', 'desc')
    .limit(2_000)
    .execute()
  return rows.map((row) => ({
    findingId: row.finding_id,
    serviceId: row.service_id,
    serviceName: row.name,
    recordId: row.record_id,
    clientId: row.client_id,
    sessionOn: row.session_on,
    question: row.question,
    category: row.category,
    foundAt: row.found_at,
    action: row.due_on === null ? undefined : { dueOn: row.due_on, doneAt: row.done_at },
  }))
}

export type ToldFinding = {
  readonly serviceId: string
  readonly clientId: string
  readonly sessionOn: string
  readonly categories: readonly FindingCategory[]
}

/** What the leads of a service are told of an audit, by record: what stood in one text, or what was missing around records. */
export async function findToldFindings(
  trx: Pick<Trx, 'selectFrom'>,
  {
    serviceId,
    auditId,
    text,
  }: { readonly serviceId: string; readonly auditId: string; readonly text?: { readonly recordId: string; readonly question: string } },
): Promise<ToldFinding[]> {
  const { rows } = await sql<{ client_id: string; session_on: string; categories: FindingCategory[] }>`
    select client_id, session_on, array_agg(distinct category) as categories from audit.findings
    where service_id = ${serviceId} and audit_id = ${auditId}
      and ${text === undefined ? sql`question is null` : sql`record_id = ${text.recordId} and question = ${text.question}`}
    group by record_id, client_id, session_on order by session_on, record_id`.execute(trx as never)
  return rows.map((row) => ({ serviceId, clientId: row.client_id, sessionOn: row.session_on, categories: row.categories }))
}

/** Corrective actions that are not done, and those past their day, as far as the actor may see. */
export async function countActions(trx: Pick<Trx, 'selectFrom'>, today: string): Promise<{ readonly open: number; readonly overdue: number }> {
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*) as open, count(*) filter (where due_on < ${today}) as overdue from audit.corrective_actions where done_at is null`.execute(
    trx as never,
  )
  return rows[0]!
}
