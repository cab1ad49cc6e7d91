// What is held about one practitioner: signed consents, trainings, stamps on records.
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

export type OwnIdentity = {
  readonly consents: readonly { consentId: string; signedAt: Date; edition: string; termsVersion: string; sealed: Buffer | null }[]
  readonly trainings: readonly { course: string; version: string; passedAt: Date }[]
  readonly authors: readonly { recordId: string; sessionOn: string; sealed: Buffer | null }[]
}

export async function findOwnIdentity(trx: Transaction<AttuneTables>, accountId: string): Promise<OwnIdentity> {
  const ids = (await trx.selectFrom('identity.practitioners').select('practitioner_id').where('account_id', '=', accountId).execute()).map(
    (row) => row.practitioner_id,
  )
  if (ids.length === 0) return { consents: [], trainings: [], authors: [] }
  const consents = await trx
    .selectFrom('identity.practitioner_consents')
    .select(['consent_id', 'signed_at', 'edition', 'terms_version', 'sealed'])
    .where('practitioner_id', 'in', ids)
    .orderBy('signed_at')
    .execute()
  const trainings = await trx
    .selectFrom('identity.training_records')
    .select(['course', 'course_version', 'passed_at'])
    .where('practitioner_id', 'in', ids)
    .orderBy('passed_at')
    .execute()
  const authors = await trx
    .selectFrom('identity.record_authors')
    .select(['record_id', 'session_on', 'sealed'])
    .where('practitioner_id', 'in', ids)
    .orderBy('session_on')
    .execute()
  return {
    consents: consents.map((row) => ({
      consentId: row.consent_id,
      signedAt: row.signed_at,
      edition: row.edition,
      termsVersion: row.terms_version,
      sealed: row.sealed,
    })),
    trainings: trainings.map((row) => ({ course: row.course, version: row.course_version, passedAt: row.passed_at })),
    authors: authors.map((row) => ({ recordId: row.record_id, sessionOn: row.session_on, sealed: row.sealed })),
  }
}
