// How long things are kept. Two kinds of limit: `atLeast` protects a record from going too early, `atMost` protects a person from being kept
// too long. A right to be erased beats `atLeast`; nothing beats `atMost` but a dated, reasoned extension where the rule allows one.
import { addDays, addMonths, addYears } from './day.ts'
import { allowed, refuse, type Decision } from './decision.ts'
import type { Day } from './policy.ts'
import { addWorkingDays } from './working-day.ts'

/** A length of time in one unit. */
export type Period = { readonly years: number } | { readonly months: number } | { readonly days: number } | { readonly workingDays: number }

export const retentionStarts = ['session', 'signing', 'leaving', 'submission', 'last-edit', 'received', 'made', 'ended'] as const
export type RetentionStart = (typeof retentionStarts)[number]

export const retentionEnds = ['dispose', 'blank', 'remove', 'wipe', 'review'] as const
export type RetentionEnd = (typeof retentionEnds)[number]

export type RetentionRule = {
  readonly id: string
  readonly label: string
  /** What starts the clock. */
  readonly starts: RetentionStart
  readonly atLeast?: Period
  readonly atMost?: Period
  /** The `atLeast` limit falls away once the record has been added up for analysis. */
  readonly releasedByAggregation: boolean
  /** The clock does not start while the person takes part. */
  readonly whileActive: boolean
  /** What happens at the end: dispose of the record, blank its fields, remove it, wipe it from the device, or look at it again. */
  readonly then: RetentionEnd
  /** What stays behind as proof, if anything. */
  readonly leaves?: string
}

/**
 * What the program carries out by itself, by the id of its rule: which day starts the clock, what happens at the end, and whether every programme
 * needs it. Rules of another id are carried out by people, who look again: no program does it for them.
 */
export const carriedOutRules: {
  readonly [id: string]: { readonly starts: RetentionStart; readonly then: RetentionEnd; readonly needed: boolean }
} = {
  'client-record': { starts: 'session', then: 'dispose', needed: true },
  'record-author': { starts: 'session', then: 'blank', needed: true },
  'practitioner-consent': { starts: 'leaving', then: 'remove', needed: true },
  account: { starts: 'leaving', then: 'remove', needed: false },
  draft: { starts: 'last-edit', then: 'wipe', needed: true },
  'rights-request': { starts: 'ended', then: 'remove', needed: true },
  'code-request': { starts: 'made', then: 'remove', needed: false },
  invitation: { starts: 'made', then: 'remove', needed: false },
  letter: { starts: 'made', then: 'remove', needed: false },
  log: { starts: 'made', then: 'remove', needed: true },
  backup: { starts: 'made', then: 'remove', needed: false },
}

export function addPeriod(day: Day, period: Period): Day {
  if ('years' in period) return addYears(day, period.years)
  if ('months' in period) return addMonths(day, period.months)
  if ('days' in period) return addDays(day, period.days)
  return addWorkingDays(day, period.workingDays)
}

/**
 * The day on which a rule's time is over, counted from the day that starts its clock: its `atMost` limit, or else its `atLeast` limit.
 * `undefined` means that no date ends it. Counted from 29 February, it ends on 28 February in a common year.
 */
export function keepUntil(rule: RetentionRule, startedOn: Day): Day | undefined {
  const period = rule.atMost ?? rule.atLeast
  return period === undefined ? undefined : addPeriod(startedOn, period)
}

export type RetentionState = 'active' | 'held' | 'eligible' | 'over'

export type RetentionFacts = {
  readonly startedOn: Day
  readonly today: Day
  /** The person still takes part, for rules that wait for that. */
  readonly active?: boolean
  readonly aggregated?: boolean
  readonly extendedUntil?: Day
}

/**
 * Where a record stands: `active` (its clock waits), `held` (must not go yet), `eligible` (may go), `over` (must be gone).
 * An extension moves `eligible` records back to `held`; it never moves a limit of the kind `atMost`.
 */
export function retentionState(rule: RetentionRule, facts: RetentionFacts): RetentionState {
  if (rule.whileActive && facts.active === true) return 'active'
  if (rule.atMost !== undefined && facts.today >= addPeriod(facts.startedOn, rule.atMost)) return 'over'
  if (facts.extendedUntil !== undefined && facts.today < facts.extendedUntil) return 'held'
  if (rule.atLeast === undefined) return rule.atMost === undefined ? 'held' : 'eligible'
  const released = rule.releasedByAggregation && facts.aggregated === true
  return released || facts.today >= addPeriod(facts.startedOn, rule.atLeast) ? 'eligible' : 'held'
}

/** Decides whether a record may be disposed of by housekeeping. A rights request does not ask here: it may erase at any time. */
export function mayDispose(rule: RetentionRule, facts: RetentionFacts): Decision {
  const state = retentionState(rule, facts)
  if (state === 'eligible' || state === 'over') return allowed
  if (state === 'active') return refuse('retention-active')
  const released = rule.releasedByAggregation && facts.aggregated === true
  const least = rule.atLeast === undefined || released ? undefined : addPeriod(facts.startedOn, rule.atLeast)
  const until = latestOf(least, facts.extendedUntil)
  return until === undefined ? refuse('retention-held.open') : refuse('retention-held', { day: until })
}

const latestOf = (one: Day | undefined, other: Day | undefined) => (one !== undefined && (other === undefined || one > other) ? one : other)
const earliestOf = (one: Day, other: Day | undefined) => (other !== undefined && other < one ? other : one)

/** When a disposable record is to be gone at the latest, and when its service is told. `undefined` when no date ends the rule. */
export function disposalDays(
  rule: RetentionRule,
  startedOn: Day,
  values: { readonly disposalWindowDays: number; readonly disposalWarningDays: number },
  extendedUntil?: Day,
): { readonly eligibleOn: Day; readonly warnOn: Day; readonly dueOn: Day } | undefined {
  const most = rule.atMost === undefined ? undefined : addPeriod(startedOn, rule.atMost)
  const free = latestOf(rule.atLeast === undefined ? most : addPeriod(startedOn, rule.atLeast), extendedUntil)
  if (free === undefined || (most === undefined && rule.atLeast === undefined)) return undefined
  const eligibleOn = earliestOf(free, most)
  const dueOn = earliestOf(addDays(eligibleOn, values.disposalWindowDays), most)
  return { eligibleOn, warnOn: addDays(dueOn, -values.disposalWarningDays), dueOn }
}

/** Decides whether a disposal may be put off to a day: in writing, to a day ahead, and within what the policy allows beyond the day on which the record may go. */
export function mayPutOff(
  rule: RetentionRule,
  lastSessionOn: Day,
  { until, reason, today }: { readonly until: Day; readonly reason: string; readonly today: Day },
  values: { readonly disposalExtensionMonthsMaximum: number },
): Decision {
  if (rule.atMost !== undefined) return refuse('extension-not-here.longest')
  if (reason.trim().length < 10) return refuse('reasons-missing.put-off')
  const keep = keepUntil(rule, lastSessionOn)
  if (keep === undefined) return refuse('extension-not-here.no-date')
  if (until <= today) return refuse('extension-past')
  const latest = addMonths(keep, values.disposalExtensionMonthsMaximum)
  if (until > latest) return refuse('extension-too-long', { day: latest })
  return allowed
}

/** The latest day such that whatever started on it has come to the end of its time by `today`; undefined when no date ends the rule. */
export function latestEnded(rule: RetentionRule, today: Day): Day | undefined {
  if (keepUntil(rule, today) === undefined) return undefined
  // The end never moves back when the start moves on, so the day is found by halving.
  let ended = 40_000
  let running = -1
  while (ended - running > 1) {
    const middle = Math.floor((ended + running) / 2)
    if ((keepUntil(rule, addDays(today, -middle)) as Day) <= today) ended = middle
    else running = middle
  }
  return addDays(today, -ended)
}
