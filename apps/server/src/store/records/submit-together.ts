// Records that arrive while others of their service are being written are written together: one statement, one durable commit for all of them
// (answers.submit_records in migrations/attune). What is special about a record is decided alone, by submitRecord.
import type { AttuneTables } from '../attune-tables.ts'
import { callOnLine } from '../call-once.ts'
import { gatherFor } from '../gather.ts'
import type { Database } from '../pool.ts'
import { isUniqueViolation } from '../postgres-errors.ts'
import { submitRecord, type SealedRecord, type Submitted } from './submit-record.ts'

const gathering = { limit: 100, halves: true }

type Intake = { readonly database: Database<AttuneTables>; readonly serviceId: string }
const intakes = new WeakMap<Database<AttuneTables>, Map<string, Intake>>()

// Row security knows one service per transaction, so each service has a line of its own.
function intakeOf(database: Database<AttuneTables>, serviceId: string): Intake {
  let services = intakes.get(database)
  if (services === undefined) intakes.set(database, (services = new Map()))
  let intake = services.get(serviceId)
  if (intake === undefined) services.set(serviceId, (intake = { database, serviceId }))
  return intake
}

/** What became of a record: stored, or to be asked again alone. */
type Taken = Submitted | 'alone'

const takeIn = gatherFor(async ({ database, serviceId }: Intake, records: readonly SealedRecord[]): Promise<Taken[]> => {
  const together = findIndependent(records)
  const parts: Buffer[] = []
  const asked: object[] = []
  // Places and starts count from 1, as the database does.
  let start = 1
  for (const record of together) {
    asked.push(toAsked(record, asked.length + 1, start))
    for (const part of [record.codeSealed, record.xmlSealed, record.answersSealed, record.authorSealed]) {
      parts.push(part)
      start += part.length
    }
  }
  const statement = {
    name: 'submit-records',
    text: 'select place from answers.submit_records($1, $2, $3) place',
    values: [serviceId, JSON.stringify(asked), Buffer.concat(parts)],
  }
  // Somebody else wrote one of these ids or codes at the same moment: then nothing of it is kept, and each is asked alone.
  const rows = await callOnLine<{ place: number }>(database, { role: 'intake', serviceId }, '', statement).catch((error: unknown) =>
    isUniqueViolation(error) ? [] : Promise.reject(error),
  )
  const stored = new Set(rows.map(({ place }) => place))
  let place = 0
  return records.map((record) => (together.has(record) && stored.has(++place) ? { outcome: 'stored', at: record.receivedAt } : 'alone'))
}, gathering)

/** Those of which none is another's record once more, nor gives its code another client: what comes of the others depends on these. */
function findIndependent(records: readonly SealedRecord[]): ReadonlySet<SealedRecord> {
  const ids = new Set<string>()
  const clients = new Map<string, string>()
  const independent = new Set<SealedRecord>()
  for (const record of records) {
    const code = record.codeHash.toString('latin1')
    const client = clients.get(code)
    if (ids.has(record.recordId) || (client !== undefined && client !== record.clientId)) continue
    ids.add(record.recordId)
    clients.set(code, record.clientId)
    independent.add(record)
  }
  return independent
}

/** Writes a record with all that belongs to it, or says why not. Resolves when it is durable. */
export async function submitTogether(database: Database<AttuneTables>, record: SealedRecord): Promise<Submitted> {
  if (record.files.length > 0 || record.events.length > 0) return submitRecord(database, record)
  const taken = await takeIn(intakeOf(database, record.serviceId), record)
  return taken === 'alone' ? submitRecord(database, record) : taken
}

/** `start`: where its parts begin among those of all. */
function toAsked(record: SealedRecord, place: number, start: number): object {
  return {
    place,
    start,
    service: record.serviceId,
    account: record.accountId,
    service_version: record.serviceVersion,
    practitioner: record.practitionerId,
    practitioner_version: record.practitionerVersion,
    record: record.recordId,
    received: record.receivedAt,
    client: record.clientId,
    code_hash: record.codeHash.toString('hex'),
    code_source: record.codeSource,
    programme: record.programmeId,
    form: record.formId,
    form_version: record.formVersion,
    policy_version: record.policyVersion,
    session_on: record.sessionOn,
    time_point: record.timePoint,
    age_group: record.ageGroup,
    service_copy: record.serviceCopy,
    content_hash: record.contentHash.toString('hex'),
    scales: record.scales,
    scores: record.scores,
    choices: record.choices,
    code_length: record.codeSealed.length,
    xml_length: record.xmlSealed.length,
    answers_length: record.answersSealed.length,
    author_length: record.authorSealed.length,
  }
}
