// A day typed into three boxes, as people write it: 27 3 2026, also "March" or "mar" and a year of two figures.
import { welshMonths } from '../messages/welsh-day.ts'

export type DayParts = { readonly day: string; readonly month: string; readonly year: string }
export type ParsedDay = { readonly day: string } | { readonly problem: 'missing' | 'wrong' }

export const noDay: DayParts = { day: '', month: '', year: '' }

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

function parseMonth(text: string): number {
  const word = text.toLocaleLowerCase('en-GB')
  if (!/^[a-z]{3,}$/.test(word)) return Number(text)
  const among = (names: readonly string[]) => names.findIndex((name) => name.toLocaleLowerCase('en-GB').startsWith(word)) + 1
  return among(monthNames) || among(welshMonths)
}

/** The calendar day as YYYY-MM-DD, or what is wrong with it. */
export function parseDay(parts: DayParts): ParsedDay {
  const [day, month, year] = [parts.day.trim(), parts.month.trim(), parts.year.trim()]
  if (day === '' && month === '' && year === '') return { problem: 'missing' }
  if (!/^\d{1,2}$/.test(day) || !/^(\d{1,2}|[a-z]{3,})$/i.test(month) || !/^(\d{2}|\d{4})$/.test(year)) return { problem: 'wrong' }
  const fullYear = Number(year) + (year.length === 2 ? 2000 : 0)
  const at = new Date(Date.UTC(fullYear, parseMonth(month) - 1, Number(day)))
  const isReal = at.getUTCFullYear() === fullYear && at.getUTCMonth() === parseMonth(month) - 1 && at.getUTCDate() === Number(day)
  return isReal ? { day: at.toISOString().slice(0, 10) } : { problem: 'wrong' }
}

/** The calendar day on the reader's own wall, to refuse days to come. */
export function todayOf(now: Date): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}
