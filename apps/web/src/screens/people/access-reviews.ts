// Accesses by the day by which somebody looks at them again: those that stopped, those within a month, and the others.
import type { GrantEndReason, PersonView } from '@attune/contract'

/** Why an access ends, in the order in which the screen offers it. */
export const endReasons: readonly GrantEndReason[] = ['left', 'other-work', 'not-used', 'not-safe']

export const reviewStates = ['overdue', 'soon', 'later'] as const
export type ReviewState = (typeof reviewStates)[number]
export type AccessToReview = {
  readonly person: PersonView
  readonly reviewOn: string
  readonly state: ReviewState
  /** Whole days from today to the review; below zero when it has passed. */
  readonly days: number
  /** How much of the time between two looks is used up, from 0 to 1. */
  readonly used: number
}

const dayMs = 86_400_000
const toTime = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** Running accesses that have such a day, the most urgent first. `months` lie between two looks, as the policy says. */
export function toReviews(people: readonly PersonView[], today: string, months: number): readonly AccessToReview[] {
  const whole = months * 30.44 * dayMs
  return people
    .flatMap((person): AccessToReview[] => {
      const { reviewOn } = person
      if (reviewOn === null || person.endedAt !== null) return []
      const left = toTime(reviewOn) - toTime(today)
      const days = Math.round(left / dayMs)
      return [
        { person, reviewOn, days, state: days < 0 ? 'overdue' : days <= 30 ? 'soon' : 'later', used: Math.min(1, Math.max(0, 1 - left / whole)) },
      ]
    })
    .sort((a, b) => a.days - b.days || (a.person.displayName < b.person.displayName ? -1 : 1))
}
