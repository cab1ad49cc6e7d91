import { describe, expect, it } from 'vitest'
import { newDevice } from '../../device.fixture.ts'

newDevice()
const { sayClock, toInstant } = await import('./breach-words.ts')

describe('the clock of an incident', () => {
  const dueAt = '2025-11-24T10:00:00Z'
  it.each([
    ['waiting', '2025-11-23T09:30:00Z', '24 hours left', 'orange'],
    ['overdue', '2025-11-24T10:20:00Z', 'Overdue for 1 hour', 'red'],
    ['told', '2025-12-24T10:20:00Z', 'Regulator told', 'green'],
    ['not-needed', '2025-12-24T10:20:00Z', 'Need not be told', 'grey'],
  ] as const)('that is %s says so', (regulator, now, words, colour) => {
    const said = sayClock({ regulator, dueAt }, Date.parse(now))
    expect(said.text).toContain(words)
    expect(said.tag).toContain(colour)
  })
})

describe('a day and a time as typed', () => {
  it('become an instant, or nothing', () => {
    expect(toInstant('2025-11-24', '9:05')).toBe(new Date('2025-11-24T09:05:00').toISOString())
    for (const [day, time] of [
      ['2025-11', '09:00'],
      ['2025-11-24', ''],
      ['2025-11-24', '25:00'],
    ] as const)
      expect(toInstant(day, time)).toBeUndefined()
  })
})
