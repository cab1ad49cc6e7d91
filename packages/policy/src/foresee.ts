// The time machine of retention: what the rules will do in the months ahead, worked out from days alone. Nothing is looked up and nothing is done.
import { addDays, addMonths } from './day.ts'
import type { Day } from './policy.ts'
import { disposalDays, keepUntil, type RetentionRule } from './retention.ts'
import type { PolicyValues } from './values.ts'

/** So many records of one session day, and how many of them still carry their practitioner's name. */
export type DayCount = { readonly sessionOn: Day; readonly records: number; readonly named: number }
/** A disposal that was put off in writing, for sessions between two days. */
export type PutOff = { readonly from: Day; readonly until: Day; readonly putOffUntil: Day }

export const foreseenKinds = ['warn', 'eligible', 'dispose', 'blank'] as const
export type ForeseenKind = (typeof foreseenKinds)[number]
/** In a calendar month (`2027-03`): how many records a rule will touch, and the first day on which it does. */
export type Foreseen = { readonly month: string; readonly kind: ForeseenKind; readonly records: number; readonly firstOn: Day }

export type Foresight = {
  readonly days: readonly DayCount[]
  readonly putOff: readonly PutOff[]
  readonly records: RetentionRule
  readonly authors: RetentionRule
  readonly values: Pick<PolicyValues, 'disposalWindowDays' | 'disposalWarningDays'>
  readonly from: Day
  readonly months: number
}

/** The longest that a disposal of one session day was put off to. */
export function putOffUntil(putOff: readonly PutOff[], sessionOn: Day): Day | undefined {
  let latest: Day | undefined
  for (const one of putOff)
    if (one.from <= sessionOn && sessionOn <= one.until && (latest === undefined || one.putOffUntil > latest)) latest = one.putOffUntil
  return latest
}

/**
 * What happens in each of the coming months. What is overdue on the first day counts on that day. Months in which nothing happens are left out.
 */
export function foresee({ days, putOff, records, authors, values, from, months }: Foresight): Foreseen[] {
  const until = addDays(addMonths(from, months), -1)
  const found = new Map<string, { month: string; kind: ForeseenKind; records: number; firstOn: Day }>()
  const note = (kind: ForeseenKind, on: Day, count: number) => {
    const day = on < from ? from : on
    if (day > until || count === 0) return
    const month = day.slice(0, 7)
    const seen = found.get(`${month} ${kind}`)
    if (seen === undefined) found.set(`${month} ${kind}`, { month, kind, records: count, firstOn: day })
    else {
      seen.records += count
      if (day < seen.firstOn) seen.firstOn = day
    }
  }
  for (const { sessionOn, records: count, named } of days) {
    const disposal = disposalDays(records, sessionOn, values, putOffUntil(putOff, sessionOn))
    if (disposal !== undefined) {
      note('warn', disposal.warnOn, count)
      note('eligible', disposal.eligibleOn, count)
      note('dispose', disposal.dueOn, count)
    }
    const blankOn = keepUntil(authors, sessionOn)
    if (blankOn !== undefined) note('blank', blankOn, named)
  }
  const order = (kind: ForeseenKind) => foreseenKinds.indexOf(kind)
  return [...found.values()].sort((a, b) => (a.month === b.month ? order(a.kind) - order(b.kind) : a.month < b.month ? -1 : 1))
}
