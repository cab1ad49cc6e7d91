// Corrections of records: what was done and why, with keyed hashes in place of the words.
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { RightsTables } from './rights-tables.ts'

type Trx = Transaction<AttuneTables>

export async function addCorrection(trx: Trx, correction: RightsTables['answers.corrections']): Promise<void> {
  await trx.insertInto('answers.corrections').values(correction).execute()
}

export async function countCorrections(trx: Pick<Trx, 'selectFrom'>, serviceId: string, requestId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('answers.corrections')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('service_id', '=', serviceId)
    .where('request_id', '=', requestId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export type CorrectionFacts = {
  readonly correctionId: string
  readonly recordId: string
  readonly sessionOn: string
  readonly formId: string
  readonly formVersion: string
  readonly field: string
  readonly beforeHash: Buffer | null
  readonly afterHash: Buffer | null
  readonly reasonSealed: Buffer
  readonly madeBy: string
  readonly madeAt: Date
}

/** What was corrected for a request, oldest first, with the form that names the questions. */
export async function findCorrections(trx: Pick<Trx, 'selectFrom'>, serviceId: string, requestId: string): Promise<CorrectionFacts[]> {
  const rows = await trx
    .selectFrom('answers.corrections as k')
    .innerJoin('answers.records as r', (join) => join.onRef('r.service_id', '=', 'k.service_id').onRef('r.record_id', '=', 'k.record_id'))
    .selectAll('k')
    .select(['r.session_on', 'r.form_id', 'r.form_version'])
    .where('k.service_id', '=', serviceId)
    .where('k.request_id', '=', requestId)
    .orderBy('k.made_at')
    .orderBy('k.field')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    correctionId: row.correction_id,
    recordId: row.record_id,
    sessionOn: row.session_on,
    formId: row.form_id,
    formVersion: row.form_version,
    field: row.field,
    beforeHash: row.before_hash,
    afterHash: row.after_hash,
    reasonSealed: row.reason_sealed,
    madeBy: row.made_by,
    madeAt: row.made_at,
  }))
}
