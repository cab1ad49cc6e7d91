import { describe, expect, it } from 'vitest'
import { daysLeft, isPastTime, toDraftContent, wipeDay } from './draft.ts'

describe('the time a draft has on the device', () => {
  it('is wiped fourteen days after it was last changed', () => expect(wipeDay('2026-11-22T16:20:00Z', 14)).toBe('2026-12-06'))

  it.each([
    ['2026-11-22', 14],
    ['2026-12-05', 1],
    ['2026-12-06', 0],
    ['2026-12-07', -1],
  ])('on %s has %i days left', (today, left) => expect(daysLeft('2026-12-06', today)).toBe(left))

  it('keeps its last day whole and goes on the day after', () => {
    expect(isPastTime('2026-12-06', '2026-12-06')).toBe(false)
    expect(isPastTime('2026-12-06', '2026-12-07')).toBe(true)
  })

  it('counts days, not hours, when the clocks change', () => expect(daysLeft('2026-03-30', '2026-03-28')).toBe(2))
})

describe('a draft that an older Attune sealed', () => {
  const older = { format: 1, formId: 'client_session', xml: '<data/>' }
  const steps = [
    (content: Record<string, unknown>) => ({ ...content, format: 2, label: '' }),
    (content: Record<string, unknown>) => ({ ...content, format: 3, language: 'en' }),
  ]

  it('is brought to today’s format one step after the other', () => {
    expect(toDraftContent(older, steps, 3)).toEqual({ format: 3, formId: 'client_session', xml: '<data/>', label: '', language: 'en' })
  })

  it('takes only the steps it lacks', () => {
    expect(toDraftContent({ ...older, format: 2, label: 'K7MQ' }, steps, 3)).toMatchObject({ format: 3, label: 'K7MQ' })
  })

  it('is left alone when a newer Attune sealed it', () => expect(() => toDraftContent({ ...older, format: 4 }, steps, 3)).toThrow('newer'))

  it('is refused when it has no format', () => expect(() => toDraftContent('text')).toThrow('format'))
})
