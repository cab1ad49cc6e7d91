import { isToldKey, tell, type Standing as StandingView } from '@attune/contract'
import type { ShutGate } from '@attune/policy'

export type StandingFacts = {
  /** Each gate in the policy's order, with the sentence that says why it is shut. */
  readonly gates: readonly { readonly gate: string; readonly shut: ShutGate | undefined }[]
  readonly prefill: { readonly [question: string]: string }
  readonly codePattern: string | null
  readonly tasks: readonly { readonly dueOn: string; readonly overdue: boolean }[]
}

/** What still stands between a practitioner and the client form, in the order in which to do it. */
export function presentStanding({ gates, prefill, codePattern, tasks }: StandingFacts): StandingView {
  const items = gates.map(({ gate, shut }) => {
    if (shut !== undefined) return { gate, met: false, sentence: shut.sentence, said: shut.said }
    const key = `met.${gate}`
    const { detail, said } = tell(isToldKey(key) ? key : 'met.other')
    return { gate, met: true, sentence: detail, said }
  })
  return { ready: items.every((item) => item.met), items, prefill, codePattern, tasks: [...tasks] }
}
