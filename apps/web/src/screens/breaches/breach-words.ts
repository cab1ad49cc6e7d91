import type { BreachRow } from '@attune/contract'
import { say } from '../../messages/index.ts'

export type ClockWords = { readonly text: string; readonly tag: string }

/** The regulator's clock in words: hours left, or since when it is overdue. `now` is in milliseconds. */
export function sayClock(row: Pick<BreachRow, 'regulator' | 'dueAt'>, now: number): ClockWords {
  switch (row.regulator) {
    case 'overdue':
      return {
        text: say('breaches.clock.overdue', { hours: Math.max(1, Math.ceil((now - Date.parse(row.dueAt)) / 3_600_000)) }),
        tag: 'govuk-tag--red',
      }
    case 'waiting':
      return {
        text: say('breaches.clock.waiting', { hours: Math.max(0, Math.floor((Date.parse(row.dueAt) - now) / 3_600_000)) }),
        tag: 'govuk-tag--orange',
      }
    case 'not-needed':
      return { text: say('breaches.clock.not-needed'), tag: 'govuk-tag--grey' }
    case 'told-late':
      return { text: say('breaches.clock.told-late'), tag: 'govuk-tag--orange' }
    default:
      return { text: say('breaches.clock.told'), tag: 'govuk-tag--green' }
  }
}

/** A local date and time as typed into two boxes, as an instant; undefined when it is none. */
export function toInstant(day: string, time: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{1,2}:\d{2}$/.test(time)) return undefined
  const at = new Date(`${day}T${time.padStart(5, '0')}:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
