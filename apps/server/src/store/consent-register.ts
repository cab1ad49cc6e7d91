import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

export type RegisteredConsent = {
  readonly consentId: string
  readonly practitionerId: string
  readonly serviceId: string
  readonly serviceName: string
  readonly edition: string
  readonly policyVersion: string
  readonly termsVersion: string
  readonly purposes: readonly string[]
  readonly sealed: Buffer | null
  readonly signatureKind: 'drawn' | 'typed'
  readonly signedAt: Date
  readonly withdrawnAt: Date | null
  readonly removedAt: Date | null
  readonly proofHash: Buffer
  /** SHA-256 in hex of the texts that were on the screen; null in consents from before these were kept. */
  readonly shown: { readonly notice: string; readonly summary: string; readonly terms: string } | null
}

const most = 1_000

/** Consents that the actor may see, the newest first, and how many there are. */
export async function findConsentRegister(trx: Pick<Transaction<AttuneTables>, 'selectFrom'>): Promise<{ rows: RegisteredConsent[]; total: number }> {
  const rows = await trx
    .selectFrom('identity.practitioner_consents as c')
    .innerJoin('policy.services as s', 's.service_id', 'c.service_id')
    .selectAll('c')
    .select('s.name')
    .orderBy('c.signed_at', 'desc')
    .orderBy('c.consent_id')
    .limit(most)
    .execute()
  const counted = await trx
    .selectFrom('identity.practitioner_consents')
    .select((column) => column.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return {
    rows: rows.map((row) => ({
      consentId: row.consent_id,
      practitionerId: row.practitioner_id,
      serviceId: row.service_id,
      serviceName: row.name,
      edition: row.edition,
      policyVersion: row.policy_version,
      termsVersion: row.terms_version,
      purposes: row.purposes,
      sealed: row.sealed,
      signatureKind: row.signature_kind,
      signedAt: row.signed_at,
      withdrawnAt: row.withdrawn_at,
      removedAt: row.removed_at,
      proofHash: row.proof_hash,
      shown:
        row.notice_sha256 && row.summary_sha256 && row.terms_sha256
          ? { notice: row.notice_sha256.toString('hex'), summary: row.summary_sha256.toString('hex'), terms: row.terms_sha256.toString('hex') }
          : null,
    })),
    total: counted.total,
  }
}
