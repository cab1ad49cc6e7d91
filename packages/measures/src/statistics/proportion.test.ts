import { describe, expect, it } from 'vitest'
import { attrition, cronbachAlpha, exactInterval, followUp, prorate, roundHalfUp, welch, wilsonInterval } from '../index.ts'

describe('proportions', () => {
  it.each([
    [0, 1, 0, 0.793450685622763, 0, 0.975],
    [1, 1, 0.206549314377237, 1, 0.025, 1],
    [3, 7, 0.15821985525147, 0.749541635472343, 0.0989882784425079, 0.815948432359917],
    [72, 100, 0.625119712900788, 0.798603147888138, 0.621332995282733, 0.805206372508819],
    [1, 250, 0.000706447534065097, 0.0223057855654159, 0.00010126610417905, 0.0220838650006332],
  ])('Wilson and exact limits of %i of %i meet R', (x, n, wilsonLow, wilsonHigh, exactLow, exactHigh) => {
    const [wilson, exact] = [wilsonInterval(x, n), exactInterval(x, n)]
    const pairs = [
      [wilson?.low, wilsonLow],
      [wilson?.high, wilsonHigh],
      [exact?.low, exactLow],
      [exact?.high, exactHigh],
    ] as const
    for (const [actual, expected] of pairs) expect(Math.abs((actual ?? -1) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, expected))
  })

  it('of nobody have no interval', () => {
    expect([wilsonInterval(0, 0), exactInterval(0, 0)]).toEqual([null, null])
  })
})

describe('people lost to follow-up', () => {
  const before = [19, null, 22, 22, 16, 15, 16, 16, null, 15, 20, 13, 19, 16, 15, 14, 23, 18, 10, 10, 18, 21, 21, 12, 15, 15, 19, 19, 14, 19]
  const after = [14, 17, 16, null, 15, 6, 14, 16, null, 13, 16, 9, 19, 15, 4, 8, null, 10, 5, 9, 13, 25, 17, 5, 10, 16, 10, 21, 6, 16]

  it('are counted, compared with those kept, and assumed unchanged for the pessimistic bound, as in R', () => {
    const result = attrition(before, after)
    expect(result).toMatchObject({
      nRows: 30,
      nBefore: 28,
      nAfter: 27,
      nPaired: 26,
      nBeforeOnly: 2,
      nAfterOnly: 1,
      nNeither: 1,
      meanBeforeLost: 22.5,
    })
    expect(result.changeIfLostUnchanged).toBeCloseTo(-3.53571428571429, 12)
    expect(result.followUpInterval?.low).toBeCloseTo(0.77354637431601, 12)
    expect(result.lostVersusKept?.t).toBeCloseTo(7.53440957429675, 10)
    expect(result.lostVersusKept?.df).toBeCloseTo(6.14060779330503, 10)
    expect(result.lostVersusKept?.p).toBeCloseTo(0.000253733751605825, 12)
  })

  it('the share followed up needs counts only', () => {
    expect(followUp(28, 26)).toMatchObject({ followUpRate: 26 / 28 })
    expect(followUp(0, 0)).toEqual({ followUpRate: null, followUpInterval: null })
  })

  it('nobody followed up means no change at worst; nobody at all means nothing is known', () => {
    expect(attrition([12, 15], [null, null])).toMatchObject({ changeIfLostUnchanged: 0, meanBeforeAll: 13.5, lostVersusKept: null })
    expect(attrition([], []).changeIfLostUnchanged).toBeNull()
    expect(welch({ n: 1, mean: 3, sd: 0 }, { n: 9, mean: 3, sd: 1 })).toBeNull()
  })
})

describe('items', () => {
  it('left out are made up for by the mean of the others when enough were answered', () => {
    expect(prorate([1, 2, null, 3, 1, null, 0, 0, 1], 7)).toBeCloseTo(72 / 7, 12)
    expect(prorate([1, 2, null, null, null], 3)).toBeNull()
    expect(prorate([null, null], 0)).toBeNull()
  })

  it('half a point is rounded up, never to the even number', () => {
    expect([2.5, 3.5, 6.666, 2.4999].map((value) => roundHalfUp(value))).toEqual([3, 4, 7, 2])
    expect(roundHalfUp(0.35, 0.1)).toBeCloseTo(0.4, 12)
  })

  it("Cronbach's alpha meets R and leaves out people with a gap", () => {
    const rows = [
      [3, 4, 4],
      [1, 1, 1],
      [2, 1, 4],
      [4, 3, 2],
      [4, 2, 1],
      [1, 1, 1],
      [3, 4, 3],
      [1, 2, 2],
    ]
    expect(cronbachAlpha([...rows, [4, null, 4]])).toEqual({ nComplete: 8, alpha: expect.closeTo(0.69364161849711, 12) as number })
    expect(cronbachAlpha([[1, 2]])).toEqual({ nComplete: 1, alpha: null })
  })
})
