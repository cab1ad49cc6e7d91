// A practitioner signs the consent form. Exactly five things about the person are kept, sealed, with stamps of what was signed and when (DCS-099).
import { randomUUID } from 'node:crypto'
import type { ShownDocuments } from '@attune/contract'
import { checkGates, type Policy } from '@attune/policy'
import type { AnswerValue } from '@attune/forms'
import type { ConsentForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import type { Acting } from '../acting.ts'
import { findOwnEmail } from '../person/find-own-email.ts'
import { requireBusinessEmail } from '../person/require-business-email.ts'
import { addConsent, findConsent } from '../../store/consents.ts'
import { logEvent } from '../../store/log-event.ts'
import { isUniqueViolation } from '../../store/postgres-errors.ts'
import { findPractitionerId, savePractitioner, sealPractitioner } from '../../store/practitioners.ts'
import { consentPlace } from '../../store/records/places.ts'
import { withActor } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { getPolicyInPrint } from '../policy-in-print.ts'
import { getStanding, toGateState } from '../standing/get-standing.ts'
import { findFileType } from './check-files.ts'
import { hashShown } from './shown-documents.ts'
import type { Accepted, Submission } from './submission.ts'
import { raiseGate } from './submit-client-record.ts'

const signatureLimitBytes = 1024 * 1024

export async function signConsent(attune: Attune, acting: Acting, { parcel, form, reading, instanceId }: Submission<ConsentForm>): Promise<Accepted> {
  const { programme, keyring, databases } = attune
  const { questions } = form
  const standing = await getStanding(attune, acting, true)
  const decision = checkGates(programme.policy, form.kind, toGateState(attune, standing))
  if (!decision.allowed) raiseGate(decision)

  const text = (question: string) => toText(reading.answers[question])
  const email = await findOwnEmail(attune, acting)
  await requireBusinessEmail(attune, acting.serviceId, email)
  checkEnrolment(text(questions.businessEmail), email, questions.businessEmail, 'is not the address that you are enrolled with')
  checkEnrolment(text(questions.serviceName), standing.service.name, questions.serviceName, 'is not the service that you are enrolled in')
  const signature = parcel.files.find((file) => file.name === text(questions.signature))
  if (signature === undefined) return raise('submission-invalid', { fields: [{ place: questions.signature, why: 'the signature is missing' }] })
  if (signature.bytes.length > signatureLimitBytes) raise('too-large')

  const signed = {
    firstName: text(questions.firstName),
    surname: text(questions.surname),
    businessEmail: email,
    serviceName: standing.service.name,
    signature: { type: findFileType(signature), content: signature.bytes.toString('base64') },
  }
  const { serviceId, accountId } = acting
  const proofHash = keyring.lookupHash('consent', serviceId, parcel.xml)
  // Asked for before the transaction: whoever holds one connection must not wait for another.
  const inPrint = await getPolicyInPrint(attune)
  const sign = () =>
    withActor(databases.attune, { role: 'practitioner', serviceId, accountId }, '', async (trx) => {
      const earlier = await findConsent(trx, serviceId, instanceId)
      if (earlier !== undefined)
        return earlier.proofHash.equals(proofHash) ? { receivedAt: earlier.signedAt, repeated: true } : raise('submission-changed')
      const shown = requireShown(inPrint, parcel.shown)
      const practitionerId = (await findPractitionerId(trx, serviceId, accountId)) ?? randomUUID()
      const author = { name: `${signed.firstName} ${signed.surname}`, email: signed.businessEmail, service: serviceId }
      await savePractitioner(trx, { serviceId, accountId, practitionerId, sealed: sealPractitioner(keyring, practitionerId, author) })
      const receivedAt = attune.clock.now()
      await addConsent(trx, {
        signedAt: receivedAt,
        serviceId,
        consentId: instanceId,
        practitionerId,
        policyVersion: programme.policyVersion.text,
        edition: programme.policyVersion.edition,
        termsVersion: programme.policyVersion.termsVersion,
        purposes: programme.policy.purposes.filter((purpose) => purpose.subject === 'practitioner').map((purpose) => purpose.code),
        formVersion: form.version,
        sealed: keyring.sealIdentity(consentPlace(instanceId), JSON.stringify(signed)),
        signatureKind: /typed/i.test(signature.name) ? 'typed' : 'drawn',
        proofHash,
        shown,
      })
      await logEvent(trx, {
        serviceId,
        accountId,
        role: acting.role,
        action: 'consent.sign',
        outcome: 'done',
        detail: { consentId: instanceId, edition: programme.policyVersion.edition },
      })
      return { receivedAt, repeated: false }
    })
  // The same form twice at one moment: the second one finds what the first one kept.
  const { receivedAt, repeated } = await sign().catch((error: unknown) => (isUniqueViolation(error) ? sign() : Promise.reject(error)))
  return { instanceId, formId: form.id, code: null, receivedAt, receivedOn: toLondonDay(receivedAt), repeated }
}

/** Nobody signs for what they were not shown: the texts that the device showed have to be those in force. */
function requireShown(policy: Policy, shown: ShownDocuments | undefined): ShownDocuments {
  if (shown === undefined) return raise('submission-invalid', { fields: [{ place: 'documents', why: 'it does not say which texts were shown' }] })
  const { notice, summary, terms } = hashShown(policy)
  return shown.notice === notice && shown.summary === summary && shown.terms === terms ? shown : raise('policy-changed')
}

function toText(value: AnswerValue | undefined): string {
  return typeof value === 'string' ? value.trim() : ''
}

// Address and service come from the enrolment. A form that says something else is not quietly changed under its signature: it is refused.
function checkEnrolment(written: string, enrolled: string, place: string, why: string): void {
  const plain = (words: string) => words.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
  if (plain(written) !== plain(enrolled)) raise('submission-invalid', { fields: [{ place, why }] })
}
