// Signed practitioner consents: sealed, only ever added to. A new edition is a new row.
import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

type Trx = Transaction<AttuneTables>

export type SignedConsent = {
  readonly serviceId: string
  readonly consentId: string
  readonly practitionerId: string
  readonly policyVersion: string
  readonly edition: string
  readonly termsVersion: string
  readonly purposes: readonly string[]
  readonly formVersion: string
  readonly sealed: Buffer
  readonly signatureKind: 'drawn' | 'typed'
  readonly proofHash: Buffer
  readonly signedAt: Date
  /** SHA-256 in hex of the texts that were on the screen. */
  readonly shown: { readonly notice: string; readonly summary: string; readonly terms: string }
}

/** The consent of this id, if it was signed before. */
export async function findConsent(
  trx: Pick<Trx, 'selectFrom'>,
  serviceId: string,
  consentId: string,
): Promise<{ signedAt: Date; proofHash: Buffer } | undefined> {
  const row = await trx
    .selectFrom('identity.practitioner_consents')
    .select(['signed_at', 'proof_hash'])
    .where('service_id', '=', serviceId)
    .where('consent_id', '=', consentId)
    .executeTakeFirst()
  return row && { signedAt: row.signed_at, proofHash: row.proof_hash }
}

export async function addConsent(trx: Trx, consent: SignedConsent): Promise<void> {
  await trx
    .insertInto('identity.practitioner_consents')
    .values({
      service_id: consent.serviceId,
      consent_id: consent.consentId,
      practitioner_id: consent.practitionerId,
      policy_version: consent.policyVersion,
      edition: consent.edition,
      terms_version: consent.termsVersion,
      purposes: [...consent.purposes],
      form_version: consent.formVersion,
      sealed: consent.sealed,
      signature_kind: consent.signatureKind,
      proof_hash: consent.proofHash,
      signed_at: consent.signedAt,
      notice_sha256: Buffer.from(consent.shown.notice, 'hex'),
      summary_sha256: Buffer.from(consent.shown.summary, 'hex'),
      terms_sha256: Buffer.from(consent.shown.terms, 'hex'),
    })
    .execute()
}
