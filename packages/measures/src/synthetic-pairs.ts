// Invented pairs of scores that look like a released figure. They are made of the figure alone, so no person's scores are in them.
import { normalQuantile } from './distributions/normal.ts'
import { tQuantile } from './distributions/student-t.ts'
import { hedgesJ } from './statistics/hedges-j.ts'

/** What a report shows of one score, in points. */
export type ReleasedPairs = {
  readonly n: number
  readonly meanBefore: number
  readonly meanAfter: number
  /** 95 % interval of the mean change. */
  readonly low: number
  readonly high: number
  /** Hedges-corrected d standardised by the spread before, where it is shown. */
  readonly effect?: number
  readonly range: readonly [number, number]
  /** The smallest difference between two scores. */
  readonly step: number
}

export type ScoredPair = { readonly before: number; readonly after: number }

/**
 * Draws `n` pairs. Before rounding their means and the spread of their change are the figure's exactly; rounding to steps and the ends of the range
 * move them a little. The spread before follows from the effect, else it is taken to be that of the change; scores after are taken to spread as
 * scores before, from which the correlation of start and change follows. `random` gives numbers from 0 up to 1.
 * Spread of the change from the interval of its mean: half width = t(0.975, n − 1) · s / √n. Effect: Becker (1988), g = J(n − 1) · change / s(before).
 */
export function makePairs(released: ReleasedPairs, random: () => number): ScoredPair[] {
  const { n, meanBefore, meanAfter, low, high, effect, range, step } = released
  if (n < 3) return []
  const change = meanAfter - meanBefore
  const ofChange = ((high - low) / 2 / tQuantile(0.975, n - 1)) * Math.sqrt(n)
  const widest = (range[1] - range[0]) / 2
  const byEffect = effect === undefined || effect === 0 ? Number.NaN : Math.abs(((hedgesJ(n - 1) ?? 1) * change) / effect)
  const ofBefore = Math.min(Number.isFinite(byEffect) && byEffect > 0 ? byEffect : ofChange, widest)
  const correlation = ofBefore === 0 ? 0 : Math.max(-0.95, Math.min(0.95, -ofChange / (2 * ofBefore)))
  const starts = standardise(draw(n, random))
  const others = standardise(without(draw(n, random), starts))
  const toScore = (value: number) => Math.min(range[1], Math.max(range[0], Math.round(value / step) * step))
  return starts.map((start, at) => {
    const before = meanBefore + ofBefore * start
    const moved = change + ofChange * (correlation * start + Math.sqrt(1 - correlation ** 2) * others[at]!)
    return { before: toScore(before), after: toScore(before + moved) }
  })
}

function draw(n: number, random: () => number): number[] {
  return Array.from({ length: n }, () => normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, random()))))
}

function standardise(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  return values.map((value) => (spread === 0 ? 0 : (value - mean) / spread))
}

/** The values less what a line on `by` explains of them; `by` is standardised. */
function without(values: readonly number[], by: readonly number[]): number[] {
  const slope = values.reduce((sum, value, at) => sum + value * by[at]!, 0) / by.reduce((sum, value) => sum + value ** 2, 0)
  return values.map((value, at) => value - slope * by[at]!)
}
