import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hedgesJ, hedgesJApproximate, pairedChange } from '../index.ts'

// Reference values: R 4.2.2 (t.test paired; noncentral t by pt and uniroot), 15 digits. Tolerance 1e-9, intervals of d_z 1e-6.
const reference = {
  'three people': {
    before: [18, 14, 21],
    after: [11, 12, 20],
    change: {
      meanChange: -3.33333333333333,
      sdChange: 3.21455025366432,
      t: -1.79605302026775,
      p: 0.214325798681614,
      ciLow: -11.3187188447775,
      ciHigh: 4.65205217811079,
      correlation: 0.760037119847994,
    },
    effect: {
      dz: -1.03695169473043,
      dzCiLow: -2.4506391025752,
      dzCiHigh: 0.49251662498237,
      dzSeApprox: 0.715922344159884,
      dav: -0.789443487795556,
      davRms: -0.778498944161523,
      drm: -0.71836564827946,
      dpre: -0.949157995752499,
      dpreSe: 0.556889040639893,
      hedgesJ: 0.564189583547756,
      gz: -0.585037344809099,
      gav: -0.445395792613863,
      grm: -0.405294415937803,
      gpre: -0.535505054344625,
    },
  },
  'twelve people': {
    before: [17, 12, 16, 17, 23, 26, 16, 10, 23, 18, 8, 11],
    after: [19, 4, 14, 19, 20, 22, 8, 8, 15, 16, 2, 7],
    change: {
      meanChange: -3.58333333333333,
      sdChange: 3.50216383328243,
      t: -3.54438894880104,
      p: 0.00459713953378662,
      ciLow: -5.80850207306667,
      ciHigh: -1.3581645936,
      correlation: 0.856210850898611,
    },
    effect: {
      dz: -1.02317695685151,
      dzCiLow: -1.71448889082274,
      dzCiHigh: -0.302478934039564,
      dzSeApprox: 0.356305760842655,
      dav: -0.580293888941671,
      davRms: -0.577648557024048,
      drm: -0.548692223962703,
      dpre: -0.641784546251473,
      dpreSe: 0.20279751808688,
      hedgesJ: 0.929959809975779,
      gz: -0.951513448365224,
      gav: -0.539649994690302,
      grm: -0.510261716331543,
      gpre: -0.596833834677411,
    },
  },
}

describe('paired change', () => {
  it.each(Object.entries(reference))('%s: interval and effect sizes meet R', (_name, { before, after, change, effect }) => {
    const actual = pairedChange(before, after, { direction: 'lower' })
    expect(actual.improvement).toBe(-(actual.meanChange ?? 0))
    for (const [key, value] of Object.entries(change))
      expect(Math.abs(Number(actual[key as 't']) - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)))
    for (const [key, value] of Object.entries(effect))
      expect(Math.abs(Number(actual.effect[key as 'dz']) - value)).toBeLessThan(/Ci/.test(key) ? 1e-6 : 1e-9)
  })

  it('people with one score only are left out', () => {
    const actual = pairedChange([18, null, 14, 21, 7], [11, 9, 12, 20, null])
    expect(actual).toEqual(pairedChange([18, 14, 21], [11, 12, 20]))
  })

  it('nobody, one person, and people without spread give no interval and say why', () => {
    expect(pairedChange([], [])).toMatchObject({ n: 0, flags: ['noPairs'], meanChange: null, p: null })
    expect(pairedChange([18], [11])).toMatchObject({ n: 1, flags: ['singlePair'], meanChange: -7, sdChange: null, ciLow: null })
    expect(pairedChange([10, 12, 14], [7, 9, 11])).toMatchObject({ flags: ['zeroVarianceDiff'], meanChange: -3, t: null, correlation: 1 })
    expect(pairedChange([0, 0, 0], [4, 6, 5])).toMatchObject({ flags: ['zeroVariancePre'], correlation: null, effect: { dpre: null } })
  })

  it('huge scores with a tiny spread keep their digits (sums of squares would lose them all)', () => {
    const actual = pairedChange(
      [1e8 + 0.1, 1e8 + 0.2, 1e8 + 0.3, 1e8 + 0.4, 1e8 + 0.5, 1e8 + 0.6],
      [1e8 + 0.2, 1e8 + 0.25, 1e8 + 0.5, 1e8 + 0.5, 1e8 + 0.8, 1e8 + 0.7],
    )
    expect(Math.abs((actual.sdChange ?? 0) / 0.0917423945335841 - 1)).toBeLessThan(1e-6)
    expect(Math.abs((actual.sdBefore ?? 0) / 0.187082869338697 - 1)).toBeLessThan(1e-6)
  })

  it('order does not matter, and swapping before and after turns the sign (property, seed 41)', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(rows, (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
        expect(pairedChange(x.toReversed(), y.toReversed())).toEqual(pairedChange(x, y))
        expect(pairedChange(y, x).meanChange).toBe(-(pairedChange(x, y).meanChange ?? 0) + 0)
      }),
      { seed: 41 },
    )
  })

  it("Hedges' correction is exact, and undefined below three people", () => {
    expect(hedgesJ(1)).toBeNull()
    expect(hedgesJ(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 14)
    expect(hedgesJ(1e6)).toBeCloseTo(hedgesJApproximate(1e6) ?? 0, 12)
  })
})
