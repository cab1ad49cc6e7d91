// Calendar days. The programme's day is the one in London; a device may be anywhere, so "not in the future" is asked with the latest day on earth.
import { dayWords } from '@attune/policy'

const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' })
const londonTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })
const kiribati = 14 * 3_600_000

const hour = 3_600_000
let lastHour = Number.NaN
let lastDay = ''

/** The day in London at an instant. */
export function toLondonDay(instant: Date): string {
  // London's midnight is at a full hour of UTC, and the question is mostly about now: asking the calendar each time would cost more than a seal.
  const thisHour = Math.floor(instant.getTime() / hour)
  if (thisHour !== lastHour) {
    lastDay = london.format(instant)
    lastHour = thisHour
  }
  return lastDay
}

/** The latest calendar day that it is anywhere at an instant (UTC+14). */
export function toLatestDay(instant: Date): string {
  return new Date(instant.getTime() + kiribati).toISOString().slice(0, 10)
}

/** The instant at which a day begins in London: midnight UTC in winter, an hour earlier in summer. */
export function startOfLondonDay(day: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`)
  return toLondonDay(new Date(midnight.getTime() - 3_600_000)) === day ? new Date(midnight.getTime() - 3_600_000) : midnight
}

/** An instant as a letter says it, in London's time: "29 November 2026 at 21:47". */
export function instantWords(instant: Date): string {
  return `${dayWords(toLondonDay(instant))} at ${londonTime.format(instant)}`
}
