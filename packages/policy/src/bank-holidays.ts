// Bank holidays of England and Wales: Christmas Day and Good Friday of the common law, the standing ones of the Banking and Financial Dealings Act
// 1971 (schedule 1) and the ones given each year by royal proclamation (New Year's Day, early May and most substitutes for a weekend). One-off
// changes are the list `changes`: add a line when one is proclaimed. Checked against the days that gov.uk publishes in deadline.test.ts.
import { addDays, weekdayOf } from './day.ts'
import type { Day } from './policy.ts'

/** One-off changes since 2020: a day that was added, or moved from its usual place. */
const changes: readonly { readonly on: Day; readonly name: string; readonly insteadOf?: Day }[] = [
  { on: '2020-05-08', name: 'Early May (75 years since the end of the war in Europe)', insteadOf: '2020-05-04' },
  { on: '2022-06-02', name: 'Spring', insteadOf: '2022-05-30' },
  { on: '2022-06-03', name: 'Platinum Jubilee' },
  { on: '2022-09-19', name: 'State funeral of Queen Elizabeth II' },
  { on: '2023-05-08', name: 'Coronation of King Charles III' },
]

export type BankHoliday = { readonly on: Day; readonly name: string }

/** The bank holidays of a year in England and Wales, in order. */
export function bankHolidaysOf(year: number): readonly BankHoliday[] {
  const easter = easterSundayOf(year)
  const [christmas, boxing] = [`${year}-12-25`, `${year}-12-26`]
  const usual: BankHoliday[] = [
    { on: nextWeekday(`${year}-01-01`), name: 'New Year’s Day' },
    { on: addDays(easter, -2), name: 'Good Friday' },
    { on: addDays(easter, 1), name: 'Easter Monday' },
    { on: mondayFrom(`${year}-05-01`), name: 'Early May' },
    { on: mondayFrom(`${year}-05-25`), name: 'Spring' },
    { on: mondayFrom(`${year}-08-25`), name: 'Summer' },
    ...christmasHolidays(christmas, boxing),
  ]
  const moved = new Set(changes.map((change) => change.insteadOf))
  const ofYear = changes.filter((change) => change.on.startsWith(`${year}-`)).map(({ on, name }) => ({ on, name }))
  return [...usual.filter((holiday) => !moved.has(holiday.on)), ...ofYear].sort((one, other) => (one.on < other.on ? -1 : 1))
}

// When one of the two falls on a weekend, its substitute is the next weekday that is not the other one.
function christmasHolidays(christmas: Day, boxing: Day): BankHoliday[] {
  const weekday = weekdayOf(christmas)
  if (weekday === 5)
    return [
      { on: christmas, name: 'Christmas Day' },
      { on: addDays(boxing, 2), name: 'Boxing Day' },
    ]
  if (weekday === 6)
    return [
      { on: addDays(christmas, 2), name: 'Christmas Day' },
      { on: addDays(boxing, 2), name: 'Boxing Day' },
    ]
  if (weekday === 0)
    return [
      { on: boxing, name: 'Boxing Day' },
      { on: addDays(christmas, 2), name: 'Christmas Day' },
    ]
  return [
    { on: christmas, name: 'Christmas Day' },
    { on: boxing, name: 'Boxing Day' },
  ]
}

function nextWeekday(day: Day): Day {
  const weekday = weekdayOf(day)
  return addDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0)
}

function mondayFrom(day: Day): Day {
  return addDays(day, (8 - weekdayOf(day)) % 7)
}

// The Gregorian computus in the form of Meeus, Jones and Butcher.
function easterSundayOf(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const date = ((h + l - 7 * m + 114) % 31) + 1
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}
