// Texts that need a verdict, sealed as they lie. No score, no practitioner and no day comes with them.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { Mark } from './audit-tables.ts'

type Trx = Transaction<AttuneTables>

export type SealedText = {
  readonly serviceId: string
  readonly auditId: string
  readonly textId: string
  readonly recordId: string
  readonly clientId: string
  readonly formId: string
  readonly formVersion: string
  readonly question: string
  readonly marks: readonly Mark[]
  readonly verdict: string | null
  readonly answersSealed: Buffer
}

/** Texts of an audit without a verdict, the surest marks first; or the text of an id, with or without one. A record that is gone or on hold is left out. */
export async function findTexts(
  trx: Pick<Trx, 'selectFrom'>,
  which: { readonly auditId: string; readonly limit: number } | { readonly textId: string },
): Promise<SealedText[]> {
  const { rows } = await sql<{
    service_id: string
    audit_id: string
    text_id: string
    record_id: string
    client_id: string
    form_id: string
    form_version: string
    question: string
    marks: Mark[]
    verdict: string | null
    answers_sealed: Buffer
  }>`
    select t.service_id, t.audit_id, t.text_id, t.record_id, t.client_id, r.form_id, r.form_version, t.question, t.marks, t.verdict, r.answers_sealed
    from audit.texts t join answers.records r on r.service_id = t.service_id and r.record_id = t.record_id
    where t.chosen and r.restricted_at is null
    ${'textId' in which ? sql`and t.text_id = ${which.textId}` : sql`and t.audit_id = ${which.auditId} and t.verdict is null`}
    order by t.confidence desc, t.rank, t.text_id limit ${'textId' in which ? 1 : which.limit}`.execute(trx as never)
  return rows.map((row) => ({
    serviceId: row.service_id,
    auditId: row.audit_id,
    textId: row.text_id,
    recordId: row.record_id,
    clientId: row.client_id,
    formId: row.form_id,
    formVersion: row.form_version,
    question: row.question,
    marks: row.marks,
    verdict: row.verdict,
    answersSealed: row.answers_sealed,
  }))
}

/** How many texts of an audit still need a verdict. Those whose record is gone or on hold do not count. */
export async function countLeft(trx: Pick<Trx, 'selectFrom'>, auditId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from audit.texts t join answers.records r on r.service_id = t.service_id and r.record_id = t.record_id
    where t.audit_id = ${auditId} and t.chosen and t.verdict is null and r.restricted_at is null`.execute(trx as never)
  return rows[0]!.count
}

/** Keeps a verdict. False when there is one already. */
export async function keepVerdict(
  trx: Trx,
  { textId, verdict, by, at }: { readonly textId: string; readonly verdict: 'clear' | 'replaced'; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const kept = await trx
    .updateTable('audit.texts')
    .set({ verdict, judged_by: by, judged_at: at, ...(verdict === 'replaced' && { marks: '[]' }) })
    .where('text_id', '=', textId)
    .where('verdict', 'is', null)
    .executeTakeFirst()
  return kept.numUpdatedRows > 0n
}

/** Takes the marks off texts without a verdict whose words have changed: a mark says where something stood in the old words. */
export async function forgetMarks(
  trx: Trx,
  { serviceId, recordId, questions }: { readonly serviceId: string; readonly recordId: string; readonly questions: readonly string[] },
): Promise<void> {
  await trx
    .updateTable('audit.texts')
    .set({ marks: '[]' })
    .where('service_id', '=', serviceId)
    .where('record_id', '=', recordId)
    .where('question', 'in', [...questions])
    .where('verdict', 'is', null)
    .execute()
}
