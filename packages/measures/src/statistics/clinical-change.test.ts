import { describe, expect, it } from 'vitest'
import { clinicalChange, clinicalCutoffs, mcnemar, personChange, reliableChangeIndex } from '../index.ts'

const before = [17, 12, 16, 17, 23, 26, 16, 10, 23, 18, 8, 11]
const after = [19, 4, 14, 19, 20, 22, 8, 8, 15, 16, 2, 7]

describe('reliable and clinical change', () => {
  it('the reliable change index meets R for a published SD and reliability', () => {
    const index = reliableChangeIndex(4.9, 0.87)
    expect([index.sem, index.sDiff, index.threshold].map((value) => value.toFixed(12))).toEqual([
      '1.766720124977',
      '2.498519561660',
      '4.897008355523',
    ])
    expect(reliableChangeIndex(4.9, 0.87, 0.9).threshold).toBeCloseTo(4.10969896300642, 12)
    expect(reliableChangeIndex(3, 1)).toEqual({ sem: 0, sDiff: 0, threshold: 0 })
  })

  it('sorts people as R does: recovered, improved, unchanged, deteriorated', () => {
    const result = clinicalChange(before, after, { direction: 'lower', threshold: 4.89700835552331, rule: 'more-than', cutoff: 13 })
    expect(result.counts).toEqual({ recovered: 1, improved: 3, unchanged: 8, deteriorated: 0 })
    expect(result.categories[6]).toBe('recovered')
    expect(result.caseness).toMatchObject({ casesBefore: 8, casesAfter: 7, recoveryRate: 0.125, crossedNotReliable: 0 })
  })

  it('a change of exactly the threshold counts when the rule says at least, and not when it says more than', () => {
    const rule = { direction: 'lower', threshold: 4 } as const
    expect(clinicalChange([20], [16], { ...rule, rule: 'at-least' }).categories).toEqual(['improved'])
    expect(clinicalChange([20], [16], { ...rule, rule: 'more-than' }).categories).toEqual(['unchanged'])
  })

  it('a score on the cut-off is clinical, on both kinds of scale', () => {
    const lower = { direction: 'lower', threshold: 1, rule: 'at-least', cutoff: 13 } as const
    expect(clinicalChange([20, 20], [13, 12], lower).categories).toEqual(['improved', 'recovered'])
    expect(clinicalChange([30, 30], [39, 40], { ...lower, direction: 'higher', cutoff: 39 }).categories).toEqual(['improved', 'recovered'])
  })

  it('crossing the cut-off by less than reliable change is not recovery, and is counted by itself', () => {
    const result = clinicalChange([14], [12], { direction: 'lower', threshold: 5, rule: 'at-least', cutoff: 13 })
    expect(result).toMatchObject({ counts: { recovered: 0, unchanged: 1 }, caseness: { crossedNotReliable: 1 } })
  })

  it('the three cut-offs stand two SDs from either mean and at their weighted midpoint', () => {
    const { a, b, c } = clinicalCutoffs({ mean: 20, sd: 5 }, { mean: 8, sd: 4 })
    expect([a, b, c]).toEqual([10, 16, 120 / 9])
    expect(clinicalCutoffs({ mean: 25, sd: 6 }, { mean: 40, sd: 5 })).toMatchObject({ a: 37, b: 30 })
  })

  it('one measure that got worse outweighs all that got better (NHS England)', () => {
    expect(personChange(['improved', 'worse', 'unchanged'])).toBe('worse')
    expect(personChange(['unchanged', 'improved'])).toBe('improved')
    expect(personChange(['unchanged'])).toBe('unchanged')
    expect(personChange([])).toBeUndefined()
  })

  it('McNemar meets R: 25 who stopped being cases against 8 who became one', () => {
    const result = mcnemar(25, 8)
    const expected = {
      chi2: 8.75757575757576,
      p: 0.00308318609090795,
      chi2Corrected: 7.75757575757576,
      pCorrected: 0.00534877052048204,
      pExact: 0.00455138413235546,
      pMid: 0.00293505564332009,
      oddsRatio: 3.125,
    }
    for (const [key, value] of Object.entries(expected)) expect(Math.abs(Number(result[key as 'p']) / value - 1)).toBeLessThan(1e-9)
    expect(mcnemar(0, 0)).toMatchObject({ chi2: null, pExact: 1, pMid: 1 })
  })
})
