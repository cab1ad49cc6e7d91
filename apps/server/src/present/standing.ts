import type { Standing as StandingView } from '@attune/contract'

const met: { readonly [gate: string]: string } = {
  'programme-open': 'The programme takes records.',
  'service-live': 'Your service takes part.',
  'person-enrolled': 'You are enrolled as a practitioner.',
  'consent-live': 'Your consent form is signed.',
  'consent-edition': 'It is signed for the edition of the policy in force.',
  'terms-accepted': 'You accepted the terms in force.',
  'device-attested': 'You confirmed the device that you record on.',
  'training-passed': 'You passed the training check.',
  'corrective-actions-done': 'No training task is overdue.',
}

export type StandingFacts = {
  /** Each gate in the policy's order, with the sentence that says why it is shut. */
  readonly gates: readonly { readonly gate: string; readonly shut: string | undefined }[]
  readonly prefill: { readonly [question: string]: string }
  readonly codePattern: string | null
  readonly tasks: readonly { readonly dueOn: string; readonly overdue: boolean }[]
}

/** What still stands between a practitioner and the client form, in the order in which to do it. */
export function presentStanding({ gates, prefill, codePattern, tasks }: StandingFacts): StandingView {
  const items = gates.map(({ gate, shut }) => ({ gate, met: shut === undefined, sentence: shut ?? met[gate] ?? 'This is in order.' }))
  return { ready: items.every((item) => item.met), items, prefill, codePattern, tasks: [...tasks] }
}
