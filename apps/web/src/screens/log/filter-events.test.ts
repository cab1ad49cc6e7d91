import type { EventRow } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { everyEvent, filterEvents, sayAction, sayRole, valuesOf } from './filter-events.ts'

function event(change: Partial<EventRow>): EventRow {
  return {
    eventId: '1',
    at: '2026-11-22T10:00:00Z',
    role: 'data-support',
    serviceId: 'york',
    actor: 'a',
    action: 'record.read',
    purpose: 'retrieve',
    outcome: 'done',
    detail: '',
    ...change,
  }
}

const events = [
  event({}),
  event({ eventId: '2', outcome: 'refused', action: 'record.download' }),
  event({ eventId: '3', role: 'administrator', serviceId: 'operator', action: 'service.open' }),
]

describe('the log', () => {
  it('filters work together', () => {
    expect(filterEvents(events, { ...everyEvent, role: 'data-support', outcome: 'refused' }).map(({ eventId }) => eventId)).toEqual(['2'])
    expect(filterEvents(events, everyEvent)).toHaveLength(3)
  })
  it('choices are what was read, in the order of their words', () => {
    expect(valuesOf(events, 'action', sayAction)).toEqual(['record.download', 'service.open', 'record.read'])
  })
  it('acts of the policy are said in its words, others as their code reads', () => {
    expect(sayAction('record.read')).toBe('Open a session record')
    expect(sayAction('session.sign-in')).toBe('Session: sign in')
    expect(sayRole('data-support')).toBe('Data support')
    expect(sayRole('door')).toBe('At sign-in')
  })
})
