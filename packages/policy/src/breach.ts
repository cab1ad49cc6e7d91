// A data incident and its two tracks (DCS-116): the regulator within 72 hours of finding out, unless a risk to people is unlikely (UK GDPR Article
// 33(1)), and the people themselves where the risk is high (Article 34(1)). Every incident stays in the register, whatever its risk (Article 33(5)).
import { breachDueAt } from './deadline.ts'
import { allowed, refuse, type Decision } from './decision.ts'
import type { PolicyValues } from './values.ts'

/** Confidentiality, integrity, availability, in plain words: seen by the wrong eyes, lost, changed, or not to be had. */
export const breachKinds = ['seen', 'lost', 'changed', 'unavailable'] as const
export type BreachKind = (typeof breachKinds)[number]

export const breachRisks = ['unlikely', 'risk', 'high'] as const
export type BreachRisk = (typeof breachRisks)[number]

export type BreachFacts = {
  readonly foundAt: string
  readonly risk?: BreachRisk | undefined
  readonly regulatorToldAt?: string | undefined
  readonly individualsToldAt?: string | undefined
}

export const breachTrackStates = ['undecided', 'not-needed', 'waiting', 'overdue', 'told', 'told-late'] as const
export type BreachTrackState = (typeof breachTrackStates)[number]
export type BreachTracks = { readonly dueAt: string; readonly regulator: BreachTrackState; readonly individuals: BreachTrackState }

/** Where both tracks stand at an instant. The clock runs from finding out, whether or not anybody has looked at the risk. */
export function breachTracks(facts: BreachFacts, now: string, { breachRegulatorHours }: Pick<PolicyValues, 'breachRegulatorHours'>): BreachTracks {
  const dueAt = breachDueAt(facts.foundAt, breachRegulatorHours)
  return { dueAt, regulator: regulatorState(facts, dueAt, now), individuals: individualsState(facts) }
}

function regulatorState({ risk, regulatorToldAt }: BreachFacts, dueAt: string, now: string): BreachTrackState {
  if (regulatorToldAt !== undefined) return Date.parse(regulatorToldAt) <= Date.parse(dueAt) ? 'told' : 'told-late'
  if (risk === 'unlikely') return 'not-needed'
  return Date.parse(now) > Date.parse(dueAt) ? 'overdue' : 'waiting'
}

function individualsState({ risk, individualsToldAt }: BreachFacts): BreachTrackState {
  if (individualsToldAt !== undefined) return 'told'
  if (risk === undefined) return 'undecided'
  return risk === 'high' ? 'waiting' : 'not-needed'
}

/** Whether an incident may be closed: its risk is looked at, and nobody who must be told still waits. */
export function mayCloseBreach(facts: BreachFacts, now: string, values: Pick<PolicyValues, 'breachRegulatorHours'>): Decision {
  if (facts.risk === undefined) return refuse('risk-open')
  const { regulator, individuals } = breachTracks(facts, now, values)
  if (regulator === 'waiting' || regulator === 'overdue') return refuse('regulator-open')
  if (individuals === 'waiting') return refuse('individuals-open')
  return allowed
}

/** A first idea of the risk from how likely harm is and how bad it would be, each from 1 to 5. A person decides. */
export function suggestRisk(likelihood: number, severity: number): BreachRisk {
  const product = likelihood * severity
  return product >= 15 ? 'high' : product >= 4 ? 'risk' : 'unlikely'
}
