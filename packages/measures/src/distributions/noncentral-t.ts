// The noncentral t distribution, needed to invert it for the interval of a standardised mean change
// (Steiger & Fouladi 1997; Cumming & Finch 2001, doi 10.1177/0013164401614002).
// P(T <= t) = E[ Phi(t S - ncp) ], S = sqrt(chi2_df / df). With S = exp(u) the integrand is smooth and falls off on both
// sides, where the trapezoid rule converges faster than any power of its step (Trefethen & Weideman 2014, doi 10.1137/130932132).
import { lnGamma, stirlingCorrection } from './gamma.ts'
import { normalCdf, normalQuantile } from './normal.ts'

/** Probability that a noncentral t value with df degrees of freedom and noncentrality ncp is at most t. */
export function noncentralTCdf(t: number, df: number, ncp: number): number {
  const half = df / 2
  // ln of the density of u at its peak u = 0: ln 2 + half ln half - lnGamma(half) - half
  const peak = half < 15 ? half * Math.log(half) - half - lnGamma(half) : 0.5 * Math.log(half) - 0.9189385332046728 - stirlingCorrection(half)
  const fall = (u: number) => df * (u - Math.expm1(2 * u) / 2)
  const spread = 1 / Math.sqrt(2 * df)
  const grid = Math.abs(t) * spread <= 8 ? evenGrid(t, spread) : graded(t, ncp, spread)
  let sum = 0
  for (const side of [-1, 1]) {
    for (let k = side === 1 ? 0 : 1; k < 1_000_000; k++) {
      const { u, weight } = grid(side * k)
      const exponent = fall(u)
      if (exponent < -42 && u * side > 0) break
      if (exponent >= -42) sum += weight * Math.exp(exponent) * normalCdf(t * Math.exp(u) - ncp)
    }
  }
  return Math.min(1, 2 * sum * Math.exp(peak))
}

type Grid = (k: number) => { u: number; weight: number }

function evenGrid(t: number, spread: number): Grid {
  const step = Math.min(spread / 2, 0.5 / Math.max(1, Math.abs(t)), 0.12)
  return (k) => ({ u: k * step, weight: step })
}

// A large t makes the integrand jump within 1/|ncp| of one u. A grid that is fine there and widens outwards, u = centre + reach sinh(v),
// keeps both the speed and the convergence (the map is analytic).
function graded(t: number, ncp: number, spread: number): Grid {
  const jumps = ncp * t > 0 && Math.abs(ncp) > 1
  const centre = Math.log((jumps ? Math.abs(ncp) : 1) / Math.abs(t))
  const reach = 1 / Math.max(1, Math.abs(ncp))
  const step = Math.min(0.1, Math.min(spread / 4, 0.09) / Math.max(Math.abs(centre), spread))
  return (k) => ({ u: centre + reach * Math.sinh(k * step), weight: step * reach * Math.cosh(k * step) })
}

/** The noncentrality at which an observed t sits at cumulative probability p. */
export function noncentralityAt(p: number, t: number, df: number): number {
  const gap = (ncp: number) => noncentralTCdf(t, df, ncp) - p
  // The normal approximation is close enough to start from; the bracket widens until the answer is inside.
  const width = Math.sqrt(1 + (t * t) / (2 * df))
  const guess = t - normalQuantile(p) * width
  let reach = width * (0.05 + 1 / df)
  let low = guess - reach
  while (gap(low) < 0) low = guess - (reach *= 2)
  reach = width * (0.05 + 1 / df)
  let high = guess + reach
  while (gap(high) > 0) high = guess + (reach *= 2)
  let gapLow = gap(low)
  let gapHigh = gap(high)
  let lastSide = 0
  // Regula falsi in the Illinois form: never leaves the bracket, no derivative needed.
  for (let i = 0; i < 200 && high - low > 1e-13 * (1 + Math.abs(t)); i++) {
    const middle = (low * gapHigh - high * gapLow) / (gapHigh - gapLow)
    const value = gap(middle)
    if (value === 0) return middle
    if (value > 0) {
      low = middle
      gapLow = value
      if (lastSide === 1) gapHigh /= 2
      lastSide = 1
    } else {
      high = middle
      gapHigh = value
      if (lastSide === -1) gapLow /= 2
      lastSide = -1
    }
    if (Math.abs(value) < 1e-15) return middle
  }
  return (low + high) / 2
}
