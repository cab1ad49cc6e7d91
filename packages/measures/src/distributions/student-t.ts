// Student's t distribution. P(|T| > t) = I_x(df/2, 1/2), x = df/(df + t^2): Abramowitz & Stegun 26.7.1.
import { incompleteBeta, lnBeta } from './beta.ts'
import { normalQuantile } from './normal.ts'

/** Probability of a value at least as far from 0 as t, on either side. */
export function tTwoSided(t: number, df: number): number {
  const square = t * t
  return incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)).lower
}

/** Probability that a t value with df degrees of freedom is at most t. */
export function tCdf(t: number, df: number): number {
  const half = tTwoSided(t, df) / 2
  return t < 0 ? half : 1 - half
}

/** The value that a t variable stays below with probability p (0 < p < 1). */
export function tQuantile(p: number, df: number): number {
  if (p === 0.5) return 0
  if (p < 0.5) return -tQuantile(1 - p, df)
  const tail = 2 * (1 - p)
  const logFront = -lnBeta(df / 2, 0.5) - 0.5 * Math.log(df)
  const density = (t: number) => Math.exp(logFront - ((df + 1) / 2) * Math.log1p((t * t) / df))
  let low = 0
  let high = Math.max(2, 2 * normalQuantile(p))
  while (tTwoSided(high, df) > tail) high *= 2
  let t = Math.min(high, normalQuantile(p) * (1 + 1 / df))
  // Newton steps, replaced by bisection whenever one leaves the bracket.
  for (let i = 0; i < 200; i++) {
    const excess = tTwoSided(t, df) - tail
    if (excess > 0) low = t
    else high = t
    let next = t + excess / (2 * density(t))
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - t) <= 4e-16 * Math.abs(next)) return next
    t = next
  }
  return t
}
