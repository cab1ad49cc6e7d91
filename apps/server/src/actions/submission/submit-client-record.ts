// A session with a client: code, measures and gates are checked, everything is sealed with the client's own key, and one statement keeps it all.
import { checkGates, type Refusal } from '@attune/policy'
import type { ClientRecordForm } from '@attune/programme'
import type { ProblemCode } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import { findReceived } from '../../store/records/find-received.ts'
import type { SealedRecord } from '../../store/records/submit-record.ts'
import { submitTogether } from '../../store/records/submit-together.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { getStanding, toGateState, type Standing } from '../standing/get-standing.ts'
import { findKnownClient, keepKnownClient, withNewClient } from './known-clients.ts'
import { prepareClientRecord, type PreparedRecord } from './prepare-client-record.ts'
import { sealRecord } from './seal-record.ts'
import { takeSpareClient, type SpareClient } from './spare-clients.ts'
import type { Accepted, Parcel, Submission } from './submission.ts'

const gateProblems: { readonly [gate: string]: ProblemCode } = {
  'programme-open': 'programme-closed',
  'service-live': 'service-not-live',
  'consent-live': 'consent-missing',
  'consent-edition': 'consent-missing',
  'terms-accepted': 'terms-missing',
  'device-attested': 'device-not-attested',
  'training-passed': 'training-missing',
  'corrective-actions-done': 'training-missing',
  'client-consent': 'client-consent-missing',
  'attestation-day': 'client-consent-missing',
  'attestation-edition': 'client-consent-missing',
  'attestation-held': 'client-consent-missing',
}

/** The problem that a shut gate is told as. */
export function raiseGate(refusal: Refusal): never {
  raise(gateProblems[refusal.because] ?? 'not-allowed', telling(refusal))
}

export async function submitClientRecord(attune: Attune, acting: Acting, submission: Submission<ClientRecordForm>): Promise<Accepted> {
  const standing = await getStanding(attune, acting)
  const prepared = prepareClientRecord(attune, acting, submission, standing)
  const { serviceId, codeHash } = prepared.row
  const send = (findClient: FindClient) => sendPrepared(attune, acting, submission, { prepared, remembered: standing, findClient })
  const known = findKnownClient(attune, codeHash)
  if (known !== undefined) return send(() => getClient(attune, serviceId, known))
  return withNewClient(attune, codeHash, () => takeSpareClient(attune, serviceId), send)
}

type FindClient = () => Promise<SpareClient>
type Preparation = { readonly prepared: PreparedRecord; readonly remembered: Standing; readonly findClient: FindClient }

// The gates are decided here from what is in memory, and the database takes the record only if that is still so; likewise the client that a
// code belongs to. When it has moved on, both are looked up again.
async function sendPrepared(
  attune: Attune,
  acting: Acting,
  submission: Submission<ClientRecordForm>,
  { prepared, remembered, findClient }: Preparation,
): Promise<Accepted> {
  const { serviceId, codeHash, contentHash, formId } = prepared.row
  const { instanceId } = submission
  const accepted = (receivedAt: Date, repeated: boolean): Accepted => ({
    instanceId,
    formId,
    code: prepared.code,
    receivedAt,
    receivedOn: toLondonDay(receivedAt),
    repeated,
  })
  let client: SpareClient | undefined
  let standing = remembered
  for (let tries = 0; tries < 4; tries++) {
    const decision = checkGates(attune.programme.policy, submission.form.kind, toGateState(attune, standing, prepared.attestation))
    if (!decision.allowed || standing.practitioner === undefined) {
      if (standing === remembered) {
        // What is remembered may be older than the signature that opens the gate.
        standing = await getStanding(attune, acting, true)
        continue
      }
      // A record that is already here is told so, also to somebody who may not send a new one.
      const received = await findReceived(attune.databases.attune, acting, instanceId)
      if (received?.contentHash.equals(contentHash) === true) return accepted(received.receivedAt, true)
      return decision.allowed ? raise('consent-missing') : raiseGate(decision)
    }
    client ??= await findClient()
    const submitted = await submitTogether(attune.databases.attune, toSealedRecord(attune, submission, prepared, standing, client))
    switch (submitted.outcome) {
      case 'stored':
        keepKnownClient(attune, codeHash, client.clientId)
        return accepted(submitted.at, false)
      case 'repeated':
        return accepted(submitted.at, true)
      case 'changed':
        return raise('submission-changed')
      case 'form-closed':
        return raise('form-closed')
      case 'standing-changed':
        standing = await getStanding(attune, acting, true)
        break
      case 'client-known':
        client = await getClient(attune, serviceId, submitted.clientId)
    }
  }
  throw new Error('The standing of a practitioner or the owner of a client code changed four times during one submission.')
}

async function getClient({ keyring }: Attune, serviceId: string, clientId: string): Promise<SpareClient> {
  return { clientId, key: await keyring.getClientKey(serviceId, clientId) }
}

function toSealedRecord(
  { keyring, clock }: Attune,
  { parcel, instanceId, deviceId }: Submission,
  { code, answers, row }: PreparedRecord,
  { service, practitioner, author }: Standing,
  { clientId, key }: SpareClient,
): SealedRecord {
  if (practitioner === undefined || author === undefined) throw new Error('A record has no practitioner.')
  return {
    ...row,
    clientId,
    receivedAt: clock.now(),
    serviceVersion: service.version,
    practitionerId: practitioner.id,
    practitionerVersion: practitioner.version,
    events: toEvents(instanceId, parcel, deviceId),
    ...sealRecord(keyring, key, {
      serviceId: row.serviceId,
      recordId: instanceId,
      clientId,
      code,
      xml: parcel.xml,
      answers,
      author,
      files: parcel.files,
    }),
  }
}

/** What was left in free text, as kinds and counts, and the collecting app that sent it. */
function toEvents(recordId: string, { keptFacts }: Parcel, deviceId: string | undefined): SealedRecord['events'] {
  return [
    ...(deviceId === undefined ? [] : [{ action: 'device.submit', detail: { recordId, deviceId, repeated: false } }]),
    ...(keptFacts === undefined ? [] : [{ action: 'text.keep', detail: { recordId, ...keptFacts } }]),
  ]
}
