// A rights request from its arrival to its certificate: received -> confirmed (the service has checked who asks) -> [proposed, where a second
// person has to agree] -> done, refused or taken back. Each step says whether it may be taken now, and why not.
import { dayWords } from './day.ts'
import { rightDueOn, type Pause } from './deadline.ts'
import { allowed, refuse, type Decision } from './decision.ts'
import type { Day, Policy } from './policy.ts'
import { findRight, mayUseRight, rightTypes, type RightClock, type RightOutcome, type RightRule, type RightType } from './right.ts'
import { addWorkingDays } from './working-day.ts'

/** All data of a service is asked for by the service, not by a person; its request runs by the same steps (COM-060). */
export const requestTypes = [...rightTypes, 'whole-service'] as const
export type RequestType = (typeof requestTypes)[number]

export const requestStates = ['received', 'confirmed', 'proposed', 'done', 'refused', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]

/** What a person may give as the reason for asking that data be kept and not used (UK GDPR Article 18(1)). */
export const restrictionGrounds = ['inaccurate', 'unlawful', 'not-needed', 'awaiting-objection'] as const
export type RestrictionGround = (typeof restrictionGrounds)[number]

/** How it was made sure that the person who asks is the person whom the data is about. */
export const identityChecks = ['known-in-person', 'document-seen', 'called-back', 'signed-in'] as const
export type IdentityCheck = (typeof identityChecks)[number]

export type RequestFacts = {
  readonly type: RequestType
  readonly state: RequestState
  readonly receivedOn: Day
  readonly pauses: readonly Pause[]
  readonly extended: boolean
  /** Who proposed the decision that waits for a second person. */
  readonly proposedBy?: string
}

const wholeService: RightRule = {
  type: 'port',
  label: 'All data of a service',
  means: 'A service can ask for everything that it sent and that its clients agreed to.',
  clock: 'reply',
  hold: false,
  addedByLaw: false,
  secondPerson: [],
}

/** The rule of a request's type. A right that a policy leaves out is still answered, by the law's own clock. */
export function ruleOfRequest(policy: Policy, type: RequestType): RightRule {
  if (type === 'whole-service') return wholeService
  return (
    findRight(policy.rights, type) ?? {
      type,
      label: type,
      means: 'The law gives this right.',
      clock: 'reply',
      hold: false,
      addedByLaw: true,
      secondPerson: [],
    }
  )
}

export function isRequestOpen(state: RequestState): boolean {
  return state === 'received' || state === 'confirmed' || state === 'proposed'
}

/** The day by which the request is answered, or undefined while its clock stands still. */
export function requestDueOn(policy: Policy, { type, receivedOn, pauses, extended }: RequestFacts): Day | undefined {
  return rightDueOn(ruleOfRequest(policy, type).clock, { receivedOn, pauses, extended }, policy.values)
}

export type Urgency = 'overdue' | 'soon' | 'in-time' | 'standing' | 'ended'

/** How urgent an open request is on a day. */
export function requestUrgency(policy: Policy, facts: RequestFacts, today: Day, soonFrom: (due: Day) => Day): Urgency {
  if (!isRequestOpen(facts.state)) return 'ended'
  const due = requestDueOn(policy, facts)
  if (due === undefined) return 'standing'
  if (today > due) return 'overdue'
  return today >= soonFrom(due) ? 'soon' : 'in-time'
}

const clockWords: { readonly [clock in RightClock]: (policy: Policy, receivedOn: Day, due: Day) => string } = {
  reply: ({ values }) =>
    `one calendar month after it came in${values.rightsReplyMonths === 1 ? '' : ` (${values.rightsReplyMonths} months)`}, or the next working day (UK GDPR Article 12(3))`,
  deletion: ({ values }, receivedOn, due) =>
    due === addWorkingDays(receivedOn, values.deletionWorkingDays)
      ? `${values.deletionWorkingDays} working days after it came in, not counting weekends and bank holidays`
      : `one calendar month after it came in, which ends before ${values.deletionWorkingDays} working days do (UK GDPR Article 12(3))`,
  complaint: ({ values }) => `acknowledged within ${values.complaintAcknowledgeDays} days (Data Protection Act 2018 section 164A)`,
  'at-once': () => 'on the day it came in',
}

/** Says in one sentence when a request is due and how that was counted. */
export function explainDue(policy: Policy, facts: RequestFacts): string {
  const rule = ruleOfRequest(policy, facts.type)
  const due = requestDueOn(policy, facts)
  const from = `It came in on ${dayWords(facts.receivedOn)}.`
  if (due === undefined) return `${from} Its clock stands still until the person has answered what we asked (UK GDPR Article 12A).`
  const more = [
    facts.extended ? `${policy.values.rightsExtensionMonths} months were added with reasons` : undefined,
    facts.pauses.length > 0 ? 'days on which the clock stood still are added' : undefined,
  ].filter((part) => part !== undefined)
  return `${from} It ${isRequestOpen(facts.state) ? 'is' : 'was'} due by ${dayWords(due)}: ${clockWords[rule.clock](policy, facts.receivedOn, due)}${more.length > 0 ? `; ${more.join('; ')}` : ''}.`
}

/** May the clock be stopped because something is asked of the person? Only a reply's clock stands still, and only one that still runs (Article 12A). */
export function mayPause(policy: Policy, facts: RequestFacts, today: Day): Decision {
  if (!isRequestOpen(facts.state)) return ended
  if (ruleOfRequest(policy, facts.type).clock !== 'reply') return refuse('pause-not-here')
  const due = requestDueOn(policy, facts)
  if (due === undefined) return refuse('pause-runs')
  // Days that stand still are taken out of the time to answer. Once that is over there is nothing to take them out of.
  return today > due ? refuse('pause-late', { day: due }) : allowed
}

export function mayResume(facts: RequestFacts): Decision {
  if (!isRequestOpen(facts.state)) return ended
  return facts.pauses.some((pause) => pause.until === undefined) ? allowed : refuse('pause-missing')
}

/** Two more months, once, told within the first month (Article 12(3)). Days on which the clock stands still do not count towards it (Article 12A). */
export function mayExtend(policy: Policy, facts: RequestFacts, today: Day): Decision {
  if (!isRequestOpen(facts.state)) return ended
  if (ruleOfRequest(policy, facts.type).clock !== 'reply') return refuse('extension-not-here.request')
  if (policy.values.rightsExtensionMonths === 0) return refuse('extension-not-here.none')
  if (facts.extended) return refuse('extension-used')
  const pauses = facts.pauses.map(({ from, until = today }) => ({ from, until }))
  const told = requestDueOn(policy, { ...facts, pauses, extended: false })
  if (told !== undefined && today > told) return refuse('extension-late', { day: told })
  return allowed
}

/** May a service say that it has made sure who asks? */
export function mayConfirm(facts: RequestFacts): Decision {
  if (!isRequestOpen(facts.state)) return ended
  return facts.state === 'received' ? allowed : refuse('identity-confirmed')
}

export type Proposal = { readonly outcome: RightOutcome; readonly reasons: string }

/** May this be decided now? A decision needs reasons, and nobody decides before it is known who asks. */
export function mayDecide(facts: RequestFacts, { reasons }: Proposal): Decision {
  if (!isRequestOpen(facts.state)) return ended
  if (facts.state === 'received') return refuse('identity-missing')
  if (facts.state === 'proposed') return refuse('decision-waits')
  if (reasons.trim().length < 10) return refuse('reasons-missing')
  return allowed
}

/** True when a second person has to agree before the outcome takes effect. */
export function needsSecondPerson(policy: Policy, type: RequestType, outcome: RightOutcome): boolean {
  return ruleOfRequest(policy, type).secondPerson.includes(outcome)
}

/** May this person agree to what was proposed? Never whoever proposed it. */
export function mayAgree(facts: RequestFacts, by: string): Decision {
  if (facts.state !== 'proposed') return refuse('proposal-missing')
  if (facts.proposedBy === by) return refuse('second-person-same.request')
  return allowed
}

/** May the person take the request back? */
export function mayTakeBack(facts: RequestFacts): Decision {
  return isRequestOpen(facts.state) ? allowed : ended
}

/** What a request is treated as under the basis of the data: an objection to data used with consent takes consent back (analysis D14). */
export function treatedAs(policy: Policy, type: RequestType, subject: string): { readonly as: RequestType; readonly because?: string } {
  if (type === 'whole-service') return { as: type }
  const basis = policy.purposes.find((purpose) => purpose.subject === subject)?.article6 ?? 'consent'
  const decision = mayUseRight(type as RightType, basis)
  if (decision.allowed) return { as: type }
  return decision.because === 'right-object-is-withdrawal' ? { as: 'withdraw', because: decision.sentence } : { as: type, because: decision.sentence }
}

const ended = refuse('request-ended')
