// Coded answers as people say them. A code that is not known here is shown as it is.
import { checkClientCode, showClientCode } from '@attune/policy'
import { say, sayWhen, uiLanguage, type MessageKey } from '../../messages/index.ts'
import { sayInWelsh } from '../../messages/welsh-day.ts'

const words: { readonly [code: string]: MessageKey & `code.${string}` } = {
  before: 'code.before',
  during: 'code.during',
  after: 'code.after',
  'face-to-face': 'code.face-to-face',
  online: 'code.online',
  'pre-birth': 'code.pre-birth',
}

/** One coded answer in words; ages are shown as they are written, with a real dash. */
export function sayCode(code: string): string {
  const known = words[code]
  if (known !== undefined) return say(known)
  return /^\d+-\d+$/.test(code) ? code.replace('-', '–') : code
}

/** A measure's key in the scores as a heading: the name a form gives it, else the key in capitals. */
export function sayMeasure(key: string, names: ReadonlyMap<string, string>): string {
  return names.get(key) ?? key.replace('.', ' ').toLocaleUpperCase('en-GB')
}

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

const whole = new Intl.NumberFormat('en-GB')
export const sayWhole = (count: number): string => whole.format(count)

/** A score as it is: no decimals unless it has them. */
export const sayScore = (score: number): string => score.toLocaleString('en-GB', { maximumFractionDigits: 2 }).replace('-', '\u2212')

/** A client's code as it is read aloud: one made by the form in groups of four, a service's own as the service writes it. */
export function sayClientCode(code: string): string {
  return checkClientCode(code, { source: 'form' }).allowed ? showClientCode(code) : code
}
