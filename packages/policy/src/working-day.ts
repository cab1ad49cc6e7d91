// Working days in England and Wales: not a Saturday, not a Sunday, not a bank holiday.
import { bankHolidaysOf } from './bank-holidays.ts'
import { addDays, weekdayOf } from './day.ts'
import type { Day } from './policy.ts'

const holidays = new Map<number, ReadonlySet<Day>>()

export function isWorkingDay(day: Day): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 0 || weekday === 6) return false
  const year = Number(day.slice(0, 4))
  let ofYear = holidays.get(year)
  if (ofYear === undefined) {
    ofYear = new Set(bankHolidaysOf(year).map((holiday) => holiday.on))
    holidays.set(year, ofYear)
  }
  return !ofYear.has(day)
}

/** The working day that comes `count` working days after a day. The day itself is day 0, whatever kind of day it is. */
export function addWorkingDays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0;) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left -= 1
  }
  return at
}

/** The day itself when it is a working day, otherwise the next one. */
export function toWorkingDay(day: Day): Day {
  return isWorkingDay(day) ? day : addWorkingDays(day, 1)
}
