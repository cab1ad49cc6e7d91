// Writes one sealed record with all that belongs to it, or says why not, in one trip (answers.submit_record in migrations/attune).
import type { AttuneTables } from '../attune-tables.ts'
import { callOnce } from '../call-once.ts'
import type { Database } from '../pool.ts'
import { isUniqueViolation } from '../postgres-errors.ts'

export type SealedFile = { readonly nameHash: Buffer; readonly nameSealed: Buffer; readonly sealed: Buffer; readonly contentHash: Buffer }

export type SealedRecord = {
  readonly serviceId: string
  readonly accountId: string
  /** Versions of what the gates were decided from. */
  readonly serviceVersion: number
  readonly practitionerId: string
  readonly practitionerVersion: number
  readonly recordId: string
  readonly receivedAt: Date
  readonly clientId: string
  readonly codeHash: Buffer
  readonly codeSealed: Buffer
  readonly codeSource: 'service' | 'form'
  readonly programmeId: string
  readonly formId: string
  readonly formVersion: string
  readonly policyVersion: string
  readonly sessionOn: string
  readonly timePoint: string
  readonly ageGroup: string
  readonly serviceCopy: boolean
  readonly xmlSealed: Buffer
  readonly answersSealed: Buffer
  readonly contentHash: Buffer
  readonly files: readonly SealedFile[]
  /** "measure/scale" and beside it the stored score. */
  readonly scales: readonly string[]
  readonly scores: readonly number[]
  /** "question/choice" of coded questions that reports count. */
  readonly choices: readonly string[]
  readonly authorSealed: Buffer
  /** What else is to be said of it in the log, beside the event that it came: written with it or not at all. */
  readonly events: readonly { readonly action: string; readonly detail: Readonly<Record<string, string | number | boolean>> }[]
}

export type Submitted =
  | { readonly outcome: 'stored' | 'repeated'; readonly at: Date }
  | { readonly outcome: 'changed' | 'standing-changed' | 'form-closed' }
  /** The code belongs to this client: seal with its key and come again. */
  | { readonly outcome: 'client-known'; readonly clientId: string }

const text = `select outcome, at, client from answers.submit_record(${Array.from({ length: 30 }, (_, at) => `$${at + 1}`).join(', ')})`
// The events stand in the statement that stores the record, so that neither stands without the other.
const textWithEvents = `with done as materialized (${text}), noted as (
  insert into log.events (service_id, account_id, role, action, outcome, detail)
  select $1, $2, 'practitioner', e ->> 'action', 'done', e -> 'detail' from done, jsonb_array_elements($31::jsonb) e where done.outcome = 'stored')
  select outcome, at, client from done`

export async function submitRecord(database: Database<AttuneTables>, record: SealedRecord): Promise<Submitted> {
  const { files } = record
  const values = [
    record.serviceId,
    record.accountId,
    record.serviceVersion,
    record.practitionerId,
    record.practitionerVersion,
    record.recordId,
    record.receivedAt,
    record.clientId,
    record.codeHash,
    record.codeSealed,
    record.codeSource,
    record.programmeId,
    record.formId,
    record.formVersion,
    record.policyVersion,
    record.sessionOn,
    record.timePoint,
    record.ageGroup,
    record.serviceCopy,
    record.xmlSealed,
    record.answersSealed,
    record.contentHash,
    files.map((file) => file.nameHash),
    files.map((file) => file.nameSealed),
    files.map((file) => file.sealed),
    files.map((file) => file.contentHash),
    record.scales,
    record.scores,
    record.choices,
    record.authorSealed,
  ]
  const actor = { role: 'practitioner', serviceId: record.serviceId, accountId: record.accountId } as const
  const statement =
    record.events.length === 0
      ? { name: 'submit-record', text, values }
      : { name: 'submit-record-with-events', text: textWithEvents, values: [...values, JSON.stringify(record.events)] }
  const call = () => callOnce<{ outcome: Submitted['outcome']; at: Date; client: string }>(database, actor, '', statement)
  // Somebody sent a record or a picture of the same id at the same moment and was first: now that it is there, it is found.
  const rows = await call().catch((error: unknown) => (isUniqueViolation(error) ? call() : Promise.reject(error)))
  const { outcome, at, client } = rows[0]!
  if (outcome === 'client-known') return { outcome, clientId: client }
  return outcome === 'stored' || outcome === 'repeated' ? { outcome, at } : { outcome }
}
