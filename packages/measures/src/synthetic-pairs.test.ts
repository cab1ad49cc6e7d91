import { describe, expect, it } from 'vitest'
import { pairedChange } from './statistics/paired-change.ts'
import { makePairs, type ReleasedPairs } from './synthetic-pairs.ts'

const phq: ReleasedPairs = { n: 240, meanBefore: 12.4, meanAfter: 9.1, low: -4.1, high: -2.5, effect: -0.6, range: [0, 27], step: 1 }
/** The same row of numbers for every run (a linear congruential generator, Park & Miller 1988). */
const numbers = (seed: number) => {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
const changeOf = (pairs: readonly { before: number; after: number }[]) =>
  pairedChange(
    pairs.map(({ before }) => before),
    pairs.map(({ after }) => after),
    { direction: 'lower' },
  )

describe('invented pairs', () => {
  it('have the released size, means and interval, within what rounding to points moves', () => {
    const pairs = makePairs(phq, numbers(7))
    const { n, meanBefore, meanAfter, ciLow, ciHigh, effect } = changeOf(pairs)
    expect(n).toBe(240)
    expect(Math.abs(meanBefore! - phq.meanBefore)).toBeLessThan(0.2)
    expect(Math.abs(meanAfter! - phq.meanAfter)).toBeLessThan(0.3)
    expect(Math.abs(ciLow! - phq.low)).toBeLessThan(0.3)
    expect(Math.abs(ciHigh! - phq.high)).toBeLessThan(0.3)
    expect(Math.abs(Math.abs(effect.gpre!) - Math.abs(phq.effect!))).toBeLessThan(0.1)
  })

  it('stay in the range and on the steps of the score, and come out the same for the same numbers', () => {
    const half: ReleasedPairs = { ...phq, meanBefore: 1, meanAfter: 0.5, low: -1, high: 0, range: [0, 10], step: 0.5 }
    const pairs = makePairs(half, numbers(3))
    for (const { before, after } of pairs)
      for (const score of [before, after]) expect([score >= 0 && score <= 10, (score * 2) % 1]).toEqual([true, 0])
    expect(makePairs(half, numbers(3))).toEqual(pairs)
    expect(makePairs(half, numbers(4))).not.toEqual(pairs)
  })

  it('need no effect, and are none where a figure rests on fewer than three', () => {
    const { effect: _, ...plain } = phq
    expect(makePairs(plain, numbers(5))).toHaveLength(240)
    expect(makePairs({ ...phq, n: 2 }, numbers(5))).toEqual([])
  })
})
