// Standardised mean changes. Every one names its standardiser, because they are not comparable with each other:
// d_z by the SD of change, d_av by the mean of both SDs, d_rm corrected for correlation (Lakens 2013, doi 10.3389/fpsyg.2013.00863),
// d_pre by the SD before (Becker 1988, doi 10.1111/j.2044-8317.1988.tb00901.x). Report d_pre or d_av between studies, d_z only beside its test.
import { noncentralityAt } from '../distributions/noncentral-t.ts'
import { hedgesJ, hedgesJApproximate } from './hedges-j.ts'

export type EffectSizes = {
  readonly dz: number | null
  readonly dzCiLow: number | null
  readonly dzCiHigh: number | null
  readonly dzSeApprox: number | null
  readonly dav: number | null
  readonly davRms: number | null
  readonly drm: number | null
  readonly dpre: number | null
  readonly dpreSe: number | null
  readonly hedgesJ: number | null
  readonly hedgesJApprox: number | null
  readonly gz: number | null
  readonly gav: number | null
  readonly grm: number | null
  readonly gpre: number | null
}

type Spread = {
  n: number
  meanChange: number | null
  sdBefore: number | null
  sdAfter: number | null
  sdChange: number | null
  correlation: number | null
}

/** All standardised changes that the spread allows; null where a standardiser is zero or undefined. */
export function effectSizes(spread: Spread, confidence = 0.95): EffectSizes {
  const { n, meanChange: change, sdBefore: before, sdAfter: after, sdChange, correlation: r } = spread
  const j = n < 2 ? null : hedgesJ(n - 1)
  const known = change !== null && before !== null && after !== null && sdChange !== null
  const dz = known && sdChange > 0 ? change / sdChange : null
  const dav = known && before + after > 0 ? change / ((before + after) / 2) : null
  const davRms = known && before + after > 0 ? change / Math.sqrt((before * before + after * after) / 2) : null
  const drm = dz === null || r === null ? null : dz * Math.sqrt(Math.max(0, 2 * (1 - r)))
  const dpre = known && before > 0 ? change / before : null
  const interval = dz === null ? null : dzInterval(dz, n, confidence)
  const corrected = (d: number | null) => (d === null || j === null ? null : d * j)
  return {
    dz,
    dzCiLow: interval?.low ?? null,
    dzCiHigh: interval?.high ?? null,
    dzSeApprox: dz === null ? null : Math.sqrt(1 / n + (dz * dz) / (2 * n)),
    dav,
    davRms,
    drm,
    dpre,
    dpreSe: dpre === null || r === null ? null : Math.sqrt(Math.max(0, 2 * (1 - r)) / n + (dpre * dpre) / (2 * n)),
    hedgesJ: j,
    hedgesJApprox: n < 2 ? null : hedgesJApproximate(n - 1),
    gz: corrected(dz),
    gav: corrected(dav),
    grm: corrected(drm),
    gpre: corrected(dpre),
  }
}

/** Interval of d_z by inverting the noncentral t distribution (Cumming & Finch 2001). */
export function dzInterval(dz: number, n: number, confidence = 0.95): { readonly low: number; readonly high: number } {
  const t = dz * Math.sqrt(n)
  const tail = (1 - confidence) / 2
  return { low: noncentralityAt(1 - tail, t, n - 1) / Math.sqrt(n), high: noncentralityAt(tail, t, n - 1) / Math.sqrt(n) }
}
