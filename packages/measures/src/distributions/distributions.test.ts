import { describe, expect, it } from 'vitest'
import { binomialAt, binomialCdf, binomialQuantile } from './binomial.ts'
import { incompleteBeta, lnBeta } from './beta.ts'
import { chiSquareTail } from './chi-square.ts'
import { incompleteGamma, lnGamma, lnGammaHalfStep } from './gamma.ts'
import { noncentralTCdf, noncentralityAt } from './noncentral-t.ts'
import { normalCdf, normalQuantile, normalTail } from './normal.ts'
import { tCdf, tQuantile, tTwoSided } from './student-t.ts'

// Closed forms, and values every table of statistics prints; relative tolerance 1e-12 unless said otherwise.
function expectClose(actual: number, expected: number, tolerance = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected))
}

describe('distribution functions', () => {
  it('log-gamma meets factorials, the half, and its own recurrence for large arguments', () => {
    expectClose(lnGamma(11), Math.log(3_628_800))
    expectClose(lnGamma(0.5), Math.log(Math.PI) / 2)
    expectClose(lnGamma(1e6 + 1) - lnGamma(1e6), Math.log(1e6), 1e-9)
    expectClose(lnGammaHalfStep(1e8), Math.log(1e8) / 2, 1e-9)
  })

  it('incomplete gamma and beta meet their closed forms', () => {
    expectClose(incompleteGamma(1, 3).upper, Math.exp(-3))
    expectClose(incompleteGamma(2, 30).upper, 31 * Math.exp(-30))
    expectClose(incompleteBeta(1, 3, 0.2).lower, 1 - 0.8 ** 3)
    expectClose(incompleteBeta(2, 1, 0.9).lower, 0.81)
    expectClose(lnBeta(3, 4), Math.log(1 / 60))
    expectClose(lnBeta(5e5, 0.5), lnGamma(5e5) + lnGamma(0.5) - lnGamma(5e5 + 0.5), 1e-7)
    expect(incompleteBeta(2, 3, 0)).toEqual({ lower: 0, upper: 1 })
  })

  it('the normal distribution is accurate in the middle and far out', () => {
    expectClose(normalCdf(1.959963984540054), 0.975, 1e-14)
    expectClose(normalTail(8), 6.220960574271784e-16, 1e-11)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expectClose(normalQuantile(1e-10), -6.361340902404056, 1e-12)
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
  })

  it("Student's t with one degree of freedom is the Cauchy distribution, with two it has a closed form", () => {
    expectClose(tCdf(3, 1), 0.5 + Math.atan(3) / Math.PI)
    expectClose(tCdf(-1, 2), 0.5 - 1 / (2 * Math.sqrt(3)))
    expectClose(tQuantile(0.975, 1), Math.tan(Math.PI * 0.475))
    expectClose(tQuantile(0.975, 30), 2.042272456301238, 1e-12)
    expectClose(tTwoSided(2, 1e7), 2 * normalTail(2), 1e-6)
    expect(tQuantile(0.025, 9)).toBe(-tQuantile(0.975, 9))
  })

  it('chi-square meets its closed forms', () => {
    expectClose(chiSquareTail(5, 2), Math.exp(-2.5))
    expectClose(chiSquareTail(3.841458820694124, 1), 0.05, 1e-12)
  })

  it('the binomial distribution adds up', () => {
    expectClose(binomialAt(3, 10, 0.5), 120 / 1024)
    expectClose(binomialCdf(2, 10, 0.5), 56 / 1024)
    expect([binomialCdf(-1, 5, 0.3), binomialCdf(5, 5, 0.3), binomialAt(0, 4, 0), binomialAt(4, 4, 1)]).toEqual([0, 1, 1, 1])
    expect([0.025, 0.5, 0.975].map((q) => binomialQuantile(q, 20, 0.5))).toEqual([6, 10, 14])
  })

  it('the noncentral t distribution is the central one at 0 and normal for many degrees of freedom', () => {
    for (const df of [1, 2, 7, 60, 500]) expectClose(noncentralTCdf(-1.8, df, 0), tCdf(-1.8, df), 1e-12)
    expectClose(noncentralTCdf(2, 1e6, 1), normalCdf(1), 1e-5)
  })

  it('inverting the noncentral t gives back the probability, for few and very many people, for small and huge t', () => {
    for (const [t, df] of [
      [-1.8, 1],
      [5, 30],
      [50, 100_000],
      [-29, 6],
      [959, 1],
      [-300, 3],
      [100_000, 1],
    ] as const) {
      for (const p of [0.025, 0.975]) expectClose(noncentralTCdf(t, df, noncentralityAt(p, t, df)), p, 1e-9)
    }
  })
})
