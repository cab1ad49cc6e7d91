// The rights of the people that the records are about, one catalogue for every programme (UK GDPR Articles 13 to 22, Data Protection Act 2018
// section 164A for complaints). Which of them apply follows from the lawful basis; the clocks are in deadline.ts.
import { allowed, refuse, type Decision } from './decision.ts'
import type { Article6Basis } from './policy.ts'

export const rightTypes = ['access', 'rectify', 'restrict', 'pause', 'object', 'port', 'delete', 'withdraw', 'not-automated', 'complain'] as const
export type RightType = (typeof rightTypes)[number]

export const rightClocks = ['reply', 'deletion', 'complaint', 'at-once'] as const
export type RightClock = (typeof rightClocks)[number]

/** What may be decided about a request. `partly` gives some of it and says why not the rest. */
export const rightOutcomes = ['grant', 'partly', 'refuse'] as const
export type RightOutcome = (typeof rightOutcomes)[number]

export type RightRule = {
  readonly type: RightType
  readonly label: string
  /** What it means, in one plain sentence for the notice. */
  readonly means: string
  readonly clock: RightClock
  /** True when filing it can put a hold on the data until the decision. */
  readonly hold: boolean
  /** True when the law gives it although the programme's own policy does not spell it out. */
  readonly addedByLaw: boolean
  /** Outcomes that a second person has to agree to before they take effect. */
  readonly secondPerson: readonly RightOutcome[]
}

export function findRight(rights: readonly RightRule[], type: RightType): RightRule | undefined {
  return rights.find((right) => right.type === type)
}

/**
 * Decides whether a right applies under a lawful basis. A refusal says which right to use instead; the request is still accepted and answered.
 * Portability needs consent or a contract (Article 20(1)(a)); objection needs a public task or a legitimate interest (Article 21(1)).
 */
export function mayUseRight(type: RightType, basis: Article6Basis): Decision {
  if (type === 'object' && !['public-task', 'legitimate-interest', 'recognised-legitimate-interest'].includes(basis)) {
    return basis === 'consent' ? refuse('right-object-is-withdrawal') : refuse('right-object-not-here')
  }
  if (type === 'withdraw' && basis !== 'consent') {
    return refuse('right-withdraw-not-here')
  }
  if (type === 'port' && basis !== 'consent' && basis !== 'contract') {
    return refuse('right-port-not-here')
  }
  if (type === 'delete' && (basis === 'legal-obligation' || basis === 'public-task')) {
    return refuse('right-delete-not-here')
  }
  return allowed
}
