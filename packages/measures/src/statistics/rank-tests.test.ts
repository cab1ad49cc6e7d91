import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countChanges, countValues, countedMedian, signTest, wilcoxon } from '../index.ts'

function expectClose(actual: unknown, expected: Record<string, number>): void {
  for (const [key, value] of Object.entries(expected))
    expect(Math.abs(Number((actual as Record<string, unknown>)[key]) - value)).toBeLessThan(1e-9 * Math.max(1e-6, Math.abs(value)))
}

describe('rank tests of change', () => {
  it('with ties and zeros meet R (exact conditional p)', () => {
    const changes = countChanges([3, 3, 4, 4, 5, 5, 2, 2, 1, 1, 4, 3], [4, 3, 3, 5, 6, 4, 3, 3, 2, 1, 5, 4])
    expectClose(wilcoxon(changes), {
      nNonZero: 10,
      nZero: 2,
      wPlus: 44,
      wMinus: 11,
      z: 1.89736659610103,
      zCorrected: 1.83987063864342,
      pNormal: 0.0577795711235972,
      pNormalCorrected: 0.0657872315884552,
      pExact: 0.109375,
      rankBiserial: 0.6,
      rEffect: 0.6,
      hodgesLehmann: 0.5,
    })
    expectClose(signTest(changes), { plus: 8, minus: 2, p: 0.109375 })
  })

  it('from a histogram of 31 people meet R', () => {
    const histogram = [
      [-12, 1],
      [-10, 1],
      [-7, 7],
      [-6, 4],
      [-5, 1],
      [-4, 5],
      [-3, 3],
      [-2, 2],
      [-1, 3],
      [0, 2],
      [1, 1],
      [5, 1],
    ] as const
    expectClose(wilcoxon(histogram), {
      nNonZero: 29,
      nZero: 2,
      wPlus: 18,
      wMinus: 417,
      z: -4.32674469565005,
      pNormal: 1.51329190510315e-5,
      pExact: 8.00937414169312e-7,
      rankBiserial: -0.917241379310345,
      hodgesLehmann: -4,
    })
    expect(countedMedian(histogram)).toBe(-4)
  })

  it('say nothing when nobody changed', () => {
    expect(wilcoxon([[0, 8]])).toMatchObject({ nNonZero: 0, nZero: 8, pExact: null, hodgesLehmann: 0 })
    expect(signTest([[0, 8]])).toEqual({ plus: 0, minus: 0, p: null })
    expect(countedMedian([])).toBeNull()
  })

  it('turning every change round keeps p and turns the effect round (property, seed 51)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 }), (changes) => {
        const [one, other] = [wilcoxon(countValues(changes)), wilcoxon(countValues(changes.map((change) => -change)))]
        expect([other.wPlus, other.wMinus]).toEqual([one.wMinus, one.wPlus])
        expect(other.pExact ?? 0).toBeCloseTo(one.pExact ?? 0, 12)
        expect(other.hodgesLehmann ?? 0).toBeCloseTo(-(one.hodgesLehmann ?? 0), 12)
      }),
      { seed: 51 },
    )
  })

  it('differences that only rounding keeps apart are ties', () => {
    expect(countChanges([1e8 + 0.1, 1e8 + 0.4], [1e8 + 0.2, 1e8 + 0.5])).toHaveLength(1)
    expect(countChanges([0.1, 0.3], [0.3, 0.5])).toHaveLength(1)
  })
})
