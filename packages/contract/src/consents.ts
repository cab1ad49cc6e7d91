// The register of practitioner consents: who signed what and when. The signature itself never leaves.
import { Type, type Static } from 'typebox'
import { ShownDocuments } from './shown-documents.ts'
import { closed, Instant, ServiceId, Uuid } from './words.ts'

export const ConsentRow = closed({
  consentId: Uuid,
  serviceId: ServiceId,
  serviceName: Type.String(),
  practitioner: Type.Union([Type.String(), Type.Null()], { description: 'null once the consent form was removed' }),
  email: Type.Union([Type.String(), Type.Null()]),
  edition: Type.String(),
  policyVersion: Type.String(),
  termsVersion: Type.String(),
  purposes: Type.Array(Type.String()),
  signature: Type.Enum(['drawn', 'typed', 'removed']),
  signedAt: Instant,
  withdrawnAt: Type.Union([Instant, Type.Null()]),
  removedAt: Type.Union([Instant, Type.Null()], { description: 'when the signed form was removed, at leaving or on request' }),
  proof: Type.String({ description: 'first half of the keyed hash that stays as proof that the consent was there' }),
  shown: Type.Union([ShownDocuments, Type.Null()], {
    description: 'hashes of the texts that were shown; null in consents from before these were kept',
  }),
  dueForRenewal: Type.Boolean({ description: 'live, signed for an edition that is not in force any more, and not signed again for the one that is' }),
})
export type ConsentRow = Static<typeof ConsentRow>
export const ConsentsPage = closed({ consents: Type.Array(ConsentRow), total: Type.Integer() })
export type ConsentsPage = Static<typeof ConsentsPage>
