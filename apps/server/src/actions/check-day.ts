import { isDay } from '@attune/policy'
import { raise } from '../problems.ts'

/** Refuses a day that no calendar has, such as 31 February; the contract's schema only knows how a day is written. */
export function checkDay(day: string | undefined, place: string): void {
  if (day !== undefined && !isDay(day)) raise('request-invalid', { fields: [{ place, why: 'is not a day of the calendar' }] })
}
