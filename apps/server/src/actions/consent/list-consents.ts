import type { ShownDocuments } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { findConsentRegister, type RegisteredConsent } from '../../store/consent-register.ts'
import { logEvent } from '../../store/log-event.ts'
import { consentPlace } from '../../store/records/places.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'

export type ConsentFacts = {
  readonly consentId: string
  readonly serviceId: string
  readonly serviceName: string
  readonly practitioner: string | null
  readonly email: string | null
  readonly edition: string
  readonly policyVersion: string
  readonly termsVersion: string
  readonly purposes: readonly string[]
  readonly signature: 'drawn' | 'typed' | 'removed'
  readonly signedAt: Date
  readonly withdrawnAt: Date | null
  readonly removedAt: Date | null
  readonly proof: string
  readonly shown: ShownDocuments | null
  readonly dueForRenewal: boolean
}

/** The register of practitioner consents, for a purpose of the policy. Looking is an event. The signature stays where it is. */
export async function listConsents(
  { databases, keyring, programme }: Attune,
  { role, serviceId, accountId }: Acting,
  purpose: string,
): Promise<{ consents: ConsentFacts[]; total: number }> {
  const { rows, total } = await withActor(databases.attune, { role, serviceId, accountId }, purpose, async (trx) => {
    const found = await findConsentRegister(trx)
    await logEvent(trx, { serviceId, accountId, role, action: 'consent.read', purpose, outcome: 'done', detail: { rows: found.rows.length } })
    return found
  })
  const isLive = (row: RegisteredConsent) => row.withdrawnAt === null && row.removedAt === null
  // A consent that was signed again is not due: its place was taken by the newer one, and it stays as what was agreed then (DCS-001).
  const renewed = new Set(rows.filter((row) => isLive(row) && row.edition === programme.policy.edition).map((row) => row.practitionerId))
  const consents = rows.map((row): ConsentFacts => {
    const signed =
      row.sealed === null ? undefined : (JSON.parse(keyring.openIdentity(consentPlace(row.consentId), row.sealed).toString('utf8')) as Signed)
    return {
      consentId: row.consentId,
      serviceId: row.serviceId,
      serviceName: row.serviceName,
      practitioner: signed === undefined ? null : `${signed.firstName} ${signed.surname}`,
      email: signed?.businessEmail ?? null,
      edition: row.edition,
      policyVersion: row.policyVersion,
      termsVersion: row.termsVersion,
      purposes: row.purposes,
      signature: signed === undefined ? 'removed' : row.signatureKind,
      signedAt: row.signedAt,
      withdrawnAt: row.withdrawnAt,
      removedAt: row.removedAt,
      proof: row.proofHash.toString('hex').slice(0, 32),
      shown: row.shown,
      dueForRenewal: isLive(row) && !renewed.has(row.practitionerId),
    }
  })
  return { consents, total }
}

type Signed = { readonly firstName: string; readonly surname: string; readonly businessEmail: string }
