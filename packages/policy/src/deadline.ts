// The clocks of the rights desk and the breach desk.
// Reply: one calendar month from the day of receipt to the corresponding date, the last day of the month where there is none, moved to the next
// working day (UK GDPR Article 12(3) as the Information Commissioner's Office counts it). Stop the clock: Article 12A, in force 5 February 2026.
import { addDays, addMonths, daysBetween } from './day.ts'
import type { Day } from './policy.ts'
import type { RightClock } from './right.ts'
import type { PolicyValues } from './values.ts'
import { addWorkingDays, toWorkingDay } from './working-day.ts'

/** A time in which the clock stood still because the person was asked for something that we need. Without `until` it still stands still. */
export type Pause = { readonly from: Day; readonly until?: Day }

export type ReplyClock = {
  readonly receivedOn: Day
  readonly months: number
  /** Months added with reasons, told within the first month. */
  readonly extensionMonths?: number
  readonly pauses?: readonly Pause[]
}

/** The last day on which a rights request is answered in time, or `undefined` while the clock stands still. */
export function replyDueOn(clock: ReplyClock): Day | undefined {
  const pauses = clock.pauses ?? []
  if (pauses.some((pause) => pause.until === undefined)) return undefined
  const due = addMonths(clock.receivedOn, clock.months + (clock.extensionMonths ?? 0))
  return toWorkingDay(addDays(due, pausedDays(pauses)))
}

// Pauses may overlap when two things were asked for at once: a day counts once.
function pausedDays(pauses: readonly Pause[]): number {
  let total = 0
  let reached: Day | undefined
  for (const pause of [...pauses].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    if (pause.until === undefined) continue
    const from = reached !== undefined && reached > pause.from ? reached : pause.from
    if (pause.until > from) total += daysBetween(from, pause.until)
    if (reached === undefined || pause.until > reached) reached = pause.until
  }
  return total
}

/**
 * The day by which a deletion is carried out: a number of working days after the day it was filed (day 0), and never later than the month that the law gives.
 * @example deletionDueOn('2025-12-22', 14) // '2026-01-14'
 */
export function deletionDueOn(filedOn: Day, workingDays: number): Day {
  const own = addWorkingDays(filedOn, workingDays)
  const lawful = toWorkingDay(addMonths(filedOn, 1))
  return own < lawful ? own : lawful
}

/** The instant by which the regulator is told of a breach, as an ISO 8601 instant. Hours run through nights and weekends (Article 33(1)). */
export function breachDueAt(discoveredAt: string, hours: number): string {
  const discovered = Date.parse(discoveredAt)
  if (Number.isNaN(discovered)) throw new Error(`"${discoveredAt}" is not an instant written as YYYY-MM-DDThh:mm:ssZ`)
  return new Date(discovered + hours * 3_600_000).toISOString()
}

export type RightRequest = { readonly receivedOn: Day; readonly pauses?: readonly Pause[]; readonly extended?: boolean }

/** The day by which a request is answered or carried out, by the clock of its right; `undefined` while a reply waits for the person. */
export function rightDueOn(
  clock: RightClock,
  { receivedOn, pauses = [], extended = false }: RightRequest,
  values: Pick<PolicyValues, 'rightsReplyMonths' | 'rightsExtensionMonths' | 'deletionWorkingDays' | 'complaintAcknowledgeDays'>,
): Day | undefined {
  switch (clock) {
    case 'reply':
      return replyDueOn({ receivedOn, months: values.rightsReplyMonths, extensionMonths: extended ? values.rightsExtensionMonths : 0, pauses })
    case 'deletion':
      return deletionDueOn(receivedOn, values.deletionWorkingDays)
    case 'complaint':
      return addDays(receivedOn, values.complaintAcknowledgeDays)
    case 'at-once':
      return receivedOn
  }
}
