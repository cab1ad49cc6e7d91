// What must be true before a form is taken in. The policy lists the gates of each kind of form; the device asks the same question before it
// opens a form, so that nobody fills in what cannot be sent.
import type { ConsentNow } from './consent.ts'
import { addMonths, isDay } from './day.ts'
import { allowed, refused, type Decision } from './decision.ts'
import type { Day, Policy } from './policy.ts'

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

type Gate = (policy: Policy, state: GateState) => string | undefined

const gates: { readonly [name in GateName]: Gate } = {
  'programme-open': (_, state) =>
    state.programmeOpen ? undefined : 'This programme is not open, so nothing can be sent. What you wrote stays on this device.',
  'service-live': (_, state) => (state.serviceLive ? undefined : 'Your service is not open in this programme. Ask your service lead.'),
  'person-enrolled': (_, state) => (state.enrolled ? undefined : 'You are not enrolled as a practitioner. Ask your service lead to invite you.'),
  'consent-live': (_, { consent }) =>
    consent.state === 'live'
      ? undefined
      : consent.state === 'none'
        ? 'Sign the practitioner consent first.'
        : 'Your consent has ended. Sign the practitioner consent again to go on.',
  'consent-edition': (policy, { consent }) =>
    consent.state === 'live' && consent.policyEdition === policy.edition
      ? undefined
      : 'There is a new edition of the policy. Read it and sign again to go on.',
  'terms-accepted': (policy, state) =>
    state.termsVersion === policy.terms.version ? undefined : 'There is a new version of the terms of use. Read and sign it to go on.',
  // The word on the device is given with the signature and holds for as long as the policy says (DER-042).
  'device-attested': (policy, { consent, today }) =>
    consent.state === 'live' && today <= addMonths(consent.givenAt.slice(0, 10), policy.values.deviceAttestationMonths)
      ? undefined
      : 'Confirm again that you record on a device of your service, locked and encrypted. It is part of the practitioner consent: sign it again.',
  'training-passed': (policy, state) =>
    state.trainingVersion === policy.training.version ? undefined : 'The training is missing. Take it first: it lasts a few minutes.',
  'corrective-actions-done': (_, state) =>
    state.correctiveActionOverdue ? 'A training task from an audit is overdue. Finish it to go on.' : undefined,
  'client-consent': (_, { attestation }) =>
    attestation?.consented === true
      ? undefined
      : 'The client has not given consent, so nothing may be sent. You can use the printed form and keep it in your service.',
  'attestation-day': (_, { attestation, today }) =>
    attestation !== undefined && isDay(attestation.signedOn) && attestation.signedOn <= today
      ? undefined
      : 'Say on which day the client signed. The day cannot be in the future.',
  'attestation-edition': (policy, { attestation }) =>
    attestation !== undefined && policy.changes.some((change) => change.edition === attestation.policyEdition)
      ? undefined
      : 'The client signed for an edition of the policy that is not known here. Get a new form and ask the client to sign the edition in force.',
  'attestation-held': (_, { attestation }) => (attestation?.heldByService === true ? undefined : 'Confirm that your service holds the signed paper.'),
}

/** Every gate of a kind of form that is shut, in the policy's order. A kind of form without gates in the policy is shut altogether. */
export function shutGates(
  policy: Policy,
  formKind: string,
  state: GateState,
): readonly { readonly gate: GateName | 'form-kind-unknown'; readonly sentence: string }[] {
  const names = Object.hasOwn(policy.gates, formKind) ? policy.gates[formKind] : undefined
  if (names === undefined) return [{ gate: 'form-kind-unknown', sentence: 'The policy does not say when this form may be sent, so it may not.' }]
  return names.flatMap((gate) => {
    const sentence = gates[gate](policy, state)
    return sentence === undefined ? [] : [{ gate, sentence }]
  })
}

/** Decides whether a form of this kind may be taken in. The refusal's code is the name of the first shut gate. */
export function checkGates(policy: Policy, formKind: string, state: GateState): Decision {
  const [first] = shutGates(policy, formKind, state)
  return first === undefined ? allowed : refused(first.gate, first.sentence)
}
