// What must be true before a form is taken in. The policy lists the gates of each kind of form; the device asks the same question before it
// opens a form, so that nobody fills in what cannot be sent.
import type { ConsentNow } from './consent.ts'
import { addMonths, isDay } from './day.ts'
import { allowed, type Decision } from './decision.ts'
import type { Day, Policy } from './policy.ts'
import { saidOf, sentenceOf, type Said, type SentenceKey } from './sentences.ts'

export const formKinds = ['client-record', 'practitioner-consent', 'practice'] as const
export type FormKind = (typeof formKinds)[number]

export const gateNames = [
  'programme-open',
  'service-live',
  'person-enrolled',
  'consent-live',
  'consent-edition',
  'terms-accepted',
  'device-attested',
  'training-passed',
  'corrective-actions-done',
  'client-consent',
  'attestation-day',
  'attestation-edition',
  'attestation-held',
] as const
export type GateName = (typeof gateNames)[number]

/** What the practitioner attests about the client's signed paper. It never holds who the client is. */
export type Attestation = { readonly consented: boolean; readonly signedOn: Day; readonly policyEdition: string; readonly heldByService: boolean }

export type GateState = {
  readonly today: Day
  readonly programmeOpen: boolean
  readonly serviceLive: boolean
  readonly enrolled: boolean
  readonly consent: ConsentNow
  /** Version of the terms of use that the practitioner signed last. */
  readonly termsVersion?: string
  /** Version of the training that was passed last, all units. */
  readonly trainingVersion?: string
  readonly correctiveActionOverdue: boolean
  readonly attestation?: Attestation
}

/** The sentence that says why it is shut; undefined when it is open. Its key is the gate's name, or begins with it. */
type Gate = (policy: Policy, state: GateState) => GateKey | undefined
type GateKey = Extract<SentenceKey, GateName | `${GateName}.${string}`>

const gates: { readonly [name in GateName]: Gate } = {
  'programme-open': (_, state) => (state.programmeOpen ? undefined : 'programme-open'),
  'service-live': (_, state) => (state.serviceLive ? undefined : 'service-live'),
  'person-enrolled': (_, state) => (state.enrolled ? undefined : 'person-enrolled'),
  'consent-live': (_, { consent }) => (consent.state === 'live' ? undefined : consent.state === 'none' ? 'consent-live.none' : 'consent-live.ended'),
  'consent-edition': (policy, { consent }) => (consent.state === 'live' && isCovered(policy, consent.policyEdition) ? undefined : 'consent-edition'),
  'terms-accepted': (policy, state) => (state.termsVersion === policy.terms.version ? undefined : 'terms-accepted'),
  // The word on the device is given with the signature and holds for as long as the policy says (DER-042).
  'device-attested': (policy, { consent, today }) =>
    consent.state === 'live' && today <= addMonths(consent.givenAt.slice(0, 10), policy.values.deviceAttestationMonths)
      ? undefined
      : 'device-attested',
  'training-passed': (policy, state) => (state.trainingVersion === policy.training.version ? undefined : 'training-passed'),
  'corrective-actions-done': (_, state) => (state.correctiveActionOverdue ? 'corrective-actions-done' : undefined),
  'client-consent': (_, { attestation }) => (attestation?.consented === true ? undefined : 'client-consent'),
  'attestation-day': (_, { attestation, today }) =>
    attestation !== undefined && isDay(attestation.signedOn) && attestation.signedOn <= today ? undefined : 'attestation-day',
  'attestation-edition': (policy, { attestation }) =>
    attestation !== undefined && policy.changes.some((change) => change.edition === attestation.policyEdition) ? undefined : 'attestation-edition',
  'attestation-held': (_, { attestation }) => (attestation?.heldByService === true ? undefined : 'attestation-held'),
}

// A signature holds through editions whose change is not material: the notice says of each edition whether it is signed again.
function isCovered({ edition, changes }: Policy, signed: string): boolean {
  if (signed === edition) return true
  const since = changes.find((change) => change.edition === signed)
  return since !== undefined && changes.every((change) => change.edition === signed || change.on < since.on || !change.material)
}

export type ShutGate = { readonly gate: GateName | 'form-kind-unknown'; readonly sentence: string; readonly said: Said }

/** Every gate of a kind of form that is shut, in the policy's order. A kind of form without gates in the policy is shut altogether. */
export function shutGates(policy: Policy, formKind: string, state: GateState): readonly ShutGate[] {
  const names = Object.hasOwn(policy.gates, formKind) ? policy.gates[formKind] : undefined
  if (names === undefined) return [toShut('form-kind-unknown', 'form-kind-unknown')]
  return names.flatMap((gate) => {
    const key = gates[gate](policy, state)
    return key === undefined ? [] : [toShut(gate, key)]
  })
}

const toShut = (gate: ShutGate['gate'], key: GateKey | 'form-kind-unknown'): ShutGate => ({ gate, sentence: sentenceOf(key), said: saidOf(key) })

/** Decides whether a form of this kind may be taken in. The refusal's code is the name of the first shut gate. */
export function checkGates(policy: Policy, formKind: string, state: GateState): Decision {
  const [first] = shutGates(policy, formKind, state)
  return first === undefined ? allowed : { allowed: false, because: first.gate, sentence: first.sentence, said: first.said }
}
