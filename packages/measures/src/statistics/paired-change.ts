// Change between two time points in the same people: mean change with its t interval, and the effect sizes.
// Formulas: any text on the paired t test; written out with the sums in Lakens 2013, doi 10.3389/fpsyg.2013.00863.
import { tQuantile, tTwoSided } from '../distributions/student-t.ts'
import type { Direction } from '../scale.ts'
import { effectSizes } from './effect-size.ts'
import type { EffectSizes } from './effect-size.ts'
import { momentsFromRows } from './moments.ts'
import type { PairMoments } from './moments.ts'

export const changeFlags = ['noPairs', 'singlePair', 'zeroVariancePre', 'zeroVariancePost', 'zeroVarianceDiff'] as const
export type ChangeFlag = (typeof changeFlags)[number]

/** What changed, in points. Values that do not exist (no pairs, no spread) are null and a flag says why. */
export type PairedChange = {
  readonly n: number
  readonly flags: readonly ChangeFlag[]
  readonly meanBefore: number | null
  readonly meanAfter: number | null
  readonly sdBefore: number | null
  readonly sdAfter: number | null
  readonly correlation: number | null
  /** After minus before. */
  readonly meanChange: number | null
  /** The same, turned so that more than 0 is better; null where neither end of the scale is better. */
  readonly improvement: number | null
  readonly sdChange: number | null
  readonly seChange: number | null
  readonly df: number | null
  readonly t: number | null
  readonly p: number | null
  readonly ciLow: number | null
  readonly ciHigh: number | null
  readonly effect: EffectSizes
}

export type ChangeOptions = { readonly direction?: Direction; readonly scoreFactor?: number; readonly confidence?: number }

/**
 * Change over rows: `before[i]` and `after[i]` belong to the same person; a row with a null is left out.
 * @example pairedChange([18, 14, 21], [11, 12, 20], { direction: 'lower' }).meanChange // -3.33
 */
export function pairedChange(before: readonly (number | null)[], after: readonly (number | null)[], options: ChangeOptions = {}): PairedChange {
  const x: number[] = []
  const y: number[] = []
  before.forEach((first, i) => {
    const second = after[i] ?? null
    if (first === null || second === null) return
    x.push(first)
    y.push(second)
  })
  return changeFromMoments(momentsFromRows(x, y, options.scoreFactor ?? 1), options)
}

// Spreads below this are rounding noise, not spread.
const noSpread = 1e-9

/** Change from moments, wherever they came from. */
export function changeFromMoments(moments: PairMoments, options: ChangeOptions = {}): PairedChange {
  const { n } = moments
  const flags: ChangeFlag[] = n === 0 ? ['noPairs'] : n === 1 ? ['singlePair'] : []
  const spread = (ss: number, flag: ChangeFlag) => {
    if (n < 2) return null
    const sd = Math.sqrt(Math.max(0, ss) / (n - 1))
    if (sd >= noSpread) return sd
    flags.push(flag)
    return 0
  }
  const sdBefore = spread(moments.ssX, 'zeroVariancePre')
  const sdAfter = spread(moments.ssY, 'zeroVariancePost')
  const sdChange = spread(moments.ssD, 'zeroVarianceDiff')
  const correlation =
    sdBefore !== null && sdBefore > 0 && sdAfter !== null && sdAfter > 0
      ? Math.min(1, Math.max(-1, moments.spXY / Math.sqrt(moments.ssX * moments.ssY)))
      : null
  const meanChange = n === 0 ? null : moments.meanD
  const sign = options.direction === 'lower' ? -1 : options.direction === 'none' ? null : 1
  const seChange = sdChange === null ? null : sdChange / Math.sqrt(n)
  const t = meanChange !== null && seChange !== null && seChange > 0 ? meanChange / seChange : null
  const reach = t === null || seChange === null ? null : tQuantile(0.5 + (options.confidence ?? 0.95) / 2, n - 1) * seChange
  return {
    n,
    flags,
    meanBefore: n === 0 ? null : moments.meanX,
    meanAfter: n === 0 ? null : moments.meanY,
    sdBefore,
    sdAfter,
    correlation,
    meanChange,
    improvement: meanChange === null || sign === null ? null : sign * meanChange,
    sdChange,
    seChange,
    df: n < 2 ? null : n - 1,
    t,
    p: t === null ? null : tTwoSided(t, n - 1),
    ciLow: meanChange === null || reach === null ? null : meanChange - reach,
    ciHigh: meanChange === null || reach === null ? null : meanChange + reach,
    effect: effectSizes({ n, meanChange, sdBefore, sdAfter, sdChange, correlation }, options.confidence),
  }
}
