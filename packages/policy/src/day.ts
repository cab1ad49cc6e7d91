// Calendar days without a time zone: YYYY-MM-DD in, YYYY-MM-DD out. The caller decides what "today" is in Europe/London.
import type { Day } from './policy.ts'

const millisecondsPerDay = 86_400_000

/** True for a day that exists, written YYYY-MM-DD, from 1900 to 2199. */
export function isDay(word: unknown): word is Day {
  if (typeof word !== 'string') return false
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word)
  if (parts === null) return false
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return year >= 1900 && year < 2200 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

function toNumber(day: Day): number {
  if (!isDay(day)) throw new Error(`"${day}" is not a day written as YYYY-MM-DD`)
  return Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay
}

function fromNumber(count: number): Day {
  return new Date(count * millisecondsPerDay).toISOString().slice(0, 10)
}

export function addDays(day: Day, count: number): Day {
  return fromNumber(toNumber(day) + count)
}

/** Days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, until: Day): number {
  return toNumber(until) - toNumber(from)
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: Day): number {
  return (((toNumber(day) + 4) % 7) + 7) % 7
}

/** The same date some months on; where the month is too short, its last day: 31 January and one month is 28 or 29 February. */
export function addMonths(day: Day, count: number): Day {
  toNumber(day)
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const months = year * 12 + (month - 1) + count
  const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1]
  return `${String(toYear).padStart(4, '0')}-${two(toMonth)}-${two(Math.min(date, daysInMonth(toYear, toMonth)))}`
}

/** The anniversary some years on. That of 29 February in a common year is 28 February: never a day longer than the years say. */
export function addYears(day: Day, count: number): Day {
  return addMonths(day, count * 12)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function two(count: number): string {
  return String(count).padStart(2, '0')
}

const monthWords = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** A day as a letter says it: "14 January 2026". */
export function dayWords(day: Day): string {
  return `${Number(day.slice(8))} ${monthWords[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}
