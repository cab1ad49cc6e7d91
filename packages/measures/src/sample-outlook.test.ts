import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outlookOfSample } from './sample-outlook.ts'

const usual = { target: 400, from: '2025-Q1', until: '2025-Q2', yearsLeast: 1 }

describe('the outlook of a sample', () => {
  it('goes on in a straight line: 100 in two quarters are 400 after six more', () =>
    expect(outlookOfSample({ ...usual, count: 100 })).toEqual({ reached: false, percent: 25, expectedIn: '2026-Q4' }))
  it('is never before the years that it takes at least, however fast it grows', () => {
    expect(outlookOfSample({ ...usual, count: 399, yearsLeast: 4 })).toEqual({ reached: false, percent: 99, expectedIn: '2028-Q4' })
    expect(outlookOfSample({ ...usual, count: 800, yearsLeast: 4 })).toEqual({ reached: false, percent: 100, expectedIn: '2028-Q4' })
  })
  it('says no quarter for nothing', () => expect(outlookOfSample({ ...usual, count: 0 })).toEqual({ reached: false, percent: 0, expectedIn: null }))
  it('is reached with the target and the years behind it', () =>
    expect(outlookOfSample({ ...usual, count: 400, until: '2026-Q1' })).toEqual({ reached: true, percent: 100, expectedIn: '2026-Q1' }))
  it('more people in the same time are never expected later', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 8 }), (count, more, years) => {
        const at = (people: number) => outlookOfSample({ ...usual, count: people, yearsLeast: years }).expectedIn ?? ''
        expect(at(count + more) <= at(count)).toBe(true)
      }),
      { seed: 129 },
    ))
})
