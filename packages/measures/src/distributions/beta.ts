// The regularised incomplete beta function: DLMF 8.17.22 (continued fraction), evaluated with the modified Lentz method.
import { lnGamma, stirlingCorrection } from './gamma.ts'

/** Natural logarithm of the beta function, without cancellation when an argument is large. */
export function lnBeta(a: number, b: number): number {
  const p = Math.min(a, b)
  const q = Math.max(a, b)
  if (q < 10) return lnGamma(p) + lnGamma(q) - lnGamma(p + q)
  const share = p / (p + q)
  const tail = stirlingCorrection(q) - stirlingCorrection(p + q)
  if (p < 10) return lnGamma(p) + tail + p - p * Math.log(p + q) + (q - 0.5) * Math.log1p(-share)
  return -0.5 * Math.log(q) + 0.9189385332046728 + stirlingCorrection(p) + tail + (p - 0.5) * Math.log(share) + q * Math.log1p(-share)
}

/**
 * Lower and upper regularised incomplete beta, I_x(a, b) and 1 - I_x(a, b).
 * `y` is 1 - x, given by the caller because near 1 it cannot be recovered from x.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number = 1 - x): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (y <= 0) return { lower: 1, upper: 0 }
  const logX = x < y ? Math.log(x) : Math.log1p(-y)
  const logY = x < y ? Math.log1p(-x) : Math.log(y)
  const front = Math.exp(a * logX + b * logY - lnBeta(a, b))
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (front * fraction(a, b, x)) / a)
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, (front * fraction(b, a, y)) / b)
  return { lower: 1 - upper, upper }
}

function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  const keep = (v: number) => (Math.abs(v) < tiny ? tiny : v)
  let c = 1
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < 200_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / keep(1 + even * d)
    c = keep(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / keep(1 + odd * d)
    c = keep(1 + odd / c)
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return h
}
