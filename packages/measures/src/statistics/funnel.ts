// Funnel limits: how far a service of a given size may lie from the target by chance. Spiegelhalter 2005, doi 10.1002/sim.1970.
import { binomialAt, binomialCdf, binomialQuantile } from '../distributions/binomial.ts'
import { normalQuantile } from '../distributions/normal.ts'
import type { Interval } from './proportion.ts'

/** Normal limits for a proportion around `target`; may leave 0..1 for small n, where `exactFunnelLimits` is the better choice. */
export function funnelLimits(target: number, n: number, confidence = 0.95): Interval {
  return meanFunnelLimits(target, Math.sqrt(target * (1 - target)), n, confidence)
}

/** Limits for a mean around `target`, given the spread of single people. */
export function meanFunnelLimits(target: number, sd: number, n: number, confidence = 0.95): Interval {
  const half = (normalQuantile(0.5 + confidence / 2) * sd) / Math.sqrt(n)
  return { low: target - half, high: target + half }
}

/** Exact binomial limits, interpolated between whole counts (Spiegelhalter 2005, appendix A.1.1). */
export function exactFunnelLimits(target: number, n: number, confidence = 0.95): Interval {
  const at = (p: number) => {
    const count = binomialQuantile(p, n, target)
    return (count - (binomialCdf(count, n, target) - p) / binomialAt(count, n, target)) / n
  }
  return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) }
}

export type Overdispersion = { readonly target: number; readonly z: readonly number[]; readonly phi: number; readonly isOverdispersed: boolean }

/** How much more services differ than chance explains: mean square of z, the outer tenth on each side pulled in (winsorised). */
export function overdispersion(services: readonly { readonly x: number; readonly n: number }[], winsorise = 0.1): Overdispersion {
  const target = services.reduce((sum, service) => sum + service.x, 0) / services.reduce((sum, service) => sum + service.n, 0)
  const z = services.map(({ x, n }) => (x / n - target) / Math.sqrt((target * (1 - target)) / n))
  const [low, high] = [quantile(z, winsorise), quantile(z, 1 - winsorise)]
  const phi = z.reduce((sum, value) => sum + Math.min(high, Math.max(low, value)) ** 2, 0) / z.length
  return { target, z, phi, isOverdispersed: phi > 1 }
}

// Linear interpolation between order statistics (Hyndman & Fan 1996, type 7).
function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = (sorted.length - 1) * p
  const low = sorted[Math.floor(position)] ?? Number.NaN
  const high = sorted[Math.ceil(position)] ?? Number.NaN
  return low + (high - low) * (position - Math.floor(position))
}
