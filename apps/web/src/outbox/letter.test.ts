import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOffMs, isDue, isWorthAnotherTry } from './letter.ts'

describe('waiting before another try', () => {
  it('doubles from a few seconds to a quarter of an hour and never beyond', () => {
    expect([1, 2, 3, 6, 12, 40].map((tries) => backOffMs(tries, 1))).toEqual([4000, 8000, 16_000, 128_000, 900_000, 900_000])
  })

  it('is spread so that devices do not knock together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, chance) => {
        const whole = backOffMs(tries, 1)
        expect(backOffMs(tries, chance)).toBeGreaterThanOrEqual(whole / 2)
        expect(backOffMs(tries, chance)).toBeLessThanOrEqual(whole)
      }),
      { seed: 20261122 },
    )
  })

  it('does not last for years because the clock of the device was wrong and was put right', () => {
    expect(isDue({ nextTryAt: '2031-05-01T10:00:00Z', parked: null }, '2026-11-22T10:00:00Z')).toBe(true)
    expect(isDue({ nextTryAt: '2026-11-22T10:59:00Z', parked: null }, '2026-11-22T10:00:00Z')).toBe(false)
  })

  it('is over when its time has come, and never for a record that was put aside', () => {
    expect(isDue({ nextTryAt: '', parked: null }, '2026-11-22T10:00:00Z')).toBe(true)
    expect(isDue({ nextTryAt: '2026-11-22T10:00:01Z', parked: null }, '2026-11-22T10:00:00Z')).toBe(false)
    expect(isDue({ nextTryAt: '', parked: { code: 'submission-invalid', title: '', next: '', fields: [] } }, '2026-11-22T10:00:00Z')).toBe(false)
  })
})

describe('a record that was put aside', () => {
  const parked = (code: string) => ({ code, title: '', next: '', fields: [] })
  it.each(['consent-missing', 'training-missing', 'service-not-live', 'programme-closed', 'form-closed', 'form-version-unknown'])(
    'may go later when it was %s',
    (code) => expect(isWorthAnotherTry(parked(code))).toBe(true),
  )
  it.each(['submission-invalid', 'submission-changed', 'too-large', 'client-code-refused'])('needs the person when it was %s', (code) =>
    expect(isWorthAnotherTry(parked(code))).toBe(false),
  )
})
