// Days and instants as people say them, in the language in use.
import { sayWhen, uiLanguage } from '../messages/index.ts'
import { sayInWelsh } from '../messages/welsh-day.ts'

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const longDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** A calendar day for a table, such as "3 Mar 2026". A calendar day has no time zone, so none moves it. */
export function sayDay(day: string, length: 'short' | 'long' = 'short'): string {
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return day
  if (uiLanguage() === 'cy') return sayInWelsh(at, { month: length, timeZone: 'UTC' })
  return (length === 'short' ? shortDay : longDay).format(at)
}

const shortInstant = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })

/** When something arrived, for a table, such as "3 Mar 2026, 14:05" in the reader's own time. */
export const sayShortInstant = (instant: string): string =>
  uiLanguage() === 'cy' ? sayInWelsh(new Date(instant), { month: 'short', time: true }) : shortInstant.format(new Date(instant))

/** When something arrived, in the reader's own time. */
export const sayInstant = (instant: string): string => sayWhen(instant, 'both')
