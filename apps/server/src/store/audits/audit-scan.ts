// The work behind an audit: records that no audit has been through, the texts in them, the sample, what is missing around a record. A record is
// marked in the transaction that keeps its texts, so a scan that was cut off goes on where it was.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { Mark } from './audit-tables.ts'

type Trx = Transaction<AttuneTables>

export type UnauditedRow = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly formId: string
  readonly formVersion: string
  readonly answersSealed: Buffer
  readonly codeSealed: Buffer
  readonly authorSealed: Buffer | null
}

/** Records received before an instant that no audit has been through, oldest first. One on hold waits until the hold is over. */
export async function findUnaudited(trx: Trx, programmeId: string, before: Date, limit: number): Promise<UnauditedRow[]> {
  const { rows } = await sql<{
    service_id: string
    record_id: string
    client_id: string
    form_id: string
    form_version: string
    answers_sealed: Buffer
    code_sealed: Buffer
    author_sealed: Buffer | null
  }>`
    select r.service_id, r.record_id, r.client_id, r.form_id, r.form_version, r.answers_sealed, c.code_sealed, a.sealed as author_sealed
    from answers.records r
    join answers.clients c on c.service_id = r.service_id and c.client_id = r.client_id
    left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
    where r.audited_in is null and r.programme_id = ${programmeId} and r.received_at < ${before} and r.restricted_at is null
    order by r.received_at, r.record_id limit ${limit}`.execute(trx)
  return rows.map((row) => ({
    serviceId: row.service_id,
    recordId: row.record_id,
    clientId: row.client_id,
    formId: row.form_id,
    formVersion: row.form_version,
    answersSealed: row.answers_sealed,
    codeSealed: row.code_sealed,
    authorSealed: row.author_sealed,
  }))
}

export type ScannedText = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly question: string
  readonly marks: readonly Mark[]
  readonly confidence: number
  readonly rank: number
}

/** Keeps what was found in the texts of some records, and marks these records as looked at. */
export async function keepScanned(
  trx: Trx,
  auditId: string,
  records: readonly { readonly serviceId: string; readonly recordId: string }[],
  texts: readonly ScannedText[],
): Promise<void> {
  if (texts.length > 0)
    await sql`insert into audit.texts (service_id, audit_id, text_id, record_id, client_id, question, marks, confidence, rank, chosen)
      select t.service_id, ${auditId}, t.text_id, t.record_id, t.client_id, t.question, t.marks::jsonb, t.confidence, t.rank, t.marks <> '[]'
      from unnest(${texts.map((text) => text.serviceId)}::text[], ${texts.map(() => randomUUID())}::uuid[], ${texts.map((text) => text.recordId)}::uuid[],
        ${texts.map((text) => text.clientId)}::uuid[], ${texts.map((text) => text.question)}::text[], ${texts.map((text) => JSON.stringify(text.marks))}::text[],
        ${texts.map((text) => text.confidence)}::real[], ${texts.map((text) => text.rank)}::double precision[])
        t (service_id, text_id, record_id, client_id, question, marks, confidence, rank)
      on conflict (audit_id, record_id, question) do nothing`.execute(trx)
  await sql`update answers.records r set audited_in = ${auditId}
    from unnest(${records.map((record) => record.serviceId)}::text[], ${records.map((record) => record.recordId)}::uuid[]) d (service_id, record_id)
    where r.service_id = d.service_id and r.record_id = d.record_id`.execute(trx)
}

/** How many texts there are that nothing was found in. */
export async function countUnflagged(trx: Trx, auditId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from audit.texts where audit_id = ${auditId} and marks = '[]'`.execute(trx)
  return rows[0]!.count
}

/** Draws the sample, keeps the numbers of each service, and forgets the texts that nobody has to read. */
export async function finishScan(trx: Trx, auditId: string, sampleSize: number, at: Date): Promise<void> {
  await sql`update audit.texts t set chosen = true from (
      select service_id, text_id from audit.texts where audit_id = ${auditId} and marks = '[]' order by rank, text_id limit ${sampleSize}) drawn
    where t.audit_id = ${auditId} and t.service_id = drawn.service_id and t.text_id = drawn.text_id`.execute(trx)
  await sql`insert into audit.service_counts (service_id, audit_id, records, texts, flagged, sampled)
    select r.service_id, ${auditId}, r.records, coalesce(t.texts, 0), coalesce(t.flagged, 0), coalesce(t.sampled, 0)
    from (select service_id, count(*) as records from answers.records where audited_in = ${auditId} group by 1) r
    left join (select service_id, count(*) as texts, count(*) filter (where marks <> '[]') as flagged, count(*) filter (where chosen and marks = '[]') as sampled
      from audit.texts where audit_id = ${auditId} group by 1) t on t.service_id = r.service_id
    on conflict (service_id, audit_id) do nothing`.execute(trx)
  await sql`delete from audit.texts where audit_id = ${auditId} and not chosen`.execute(trx)
  await sql`update audit.audits set scanned_at = ${at} where audit_id = ${auditId}`.execute(trx)
}

export type MissingRow = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly sessionOn: string
  readonly practitionerId: string
  readonly isActive: boolean
  readonly missing: 'missing-consent' | 'missing-training'
}

/**
 * Records of an audit whose practitioner had, at the moment of sending, no live consent for the edition that was in force (DCS-104), or had not
 * passed the training (DCS-105).
 */
export async function findMissing(trx: Trx, auditId: string, course: string): Promise<MissingRow[]> {
  const { rows } = await sql<{
    service_id: string
    record_id: string
    client_id: string
    session_on: string
    practitioner_id: string
    status: string | null
    consented: boolean
    trained: boolean
  }>`
    select * from (
      select r.service_id, r.record_id, r.client_id, r.session_on, a.practitioner_id, p.status,
        exists (select from identity.practitioner_consents c where c.service_id = a.service_id and c.practitioner_id = a.practitioner_id
          and c.signed_at <= r.received_at and c.edition = split_part(r.policy_version, '+', 1)
          and (c.withdrawn_at is null or c.withdrawn_at > r.received_at) and (c.removed_at is null or c.removed_at > r.received_at)) as consented,
        exists (select from identity.training_records t where t.service_id = a.service_id and t.practitioner_id = a.practitioner_id
          and t.course = ${course} and t.passed_at <= r.received_at) as trained
      from answers.records r
      join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
      left join identity.practitioners p on p.service_id = a.service_id and p.practitioner_id = a.practitioner_id
      where r.audited_in = ${auditId}) checked
    where not consented or not trained order by service_id, record_id`.execute(trx)
  return rows.flatMap((row) => {
    const facts = {
      serviceId: row.service_id,
      recordId: row.record_id,
      clientId: row.client_id,
      sessionOn: row.session_on,
      practitionerId: row.practitioner_id,
      isActive: row.status === 'active',
    }
    return [
      ...(row.consented ? [] : [{ ...facts, missing: 'missing-consent' as const }]),
      ...(row.trained ? [] : [{ ...facts, missing: 'missing-training' as const }]),
    ]
  })
}
