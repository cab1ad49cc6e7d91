// Intervals for a proportion. Wilson 1927, doi 10.1080/01621459.1927.10502953; exact: Clopper & Pearson 1934, doi 10.1093/biomet/26.4.404.
import { binomialChanceAt } from '../distributions/binomial.ts'
import { normalQuantile } from '../distributions/normal.ts'

export type Interval = { readonly low: number; readonly high: number }

/** Wilson's score interval for x of n; null when n is 0. Stays within 0 and 1 and behaves for small n. */
export function wilsonInterval(x: number, n: number, confidence = 0.95): Interval | null {
  if (n === 0) return null
  const z2 = normalQuantile(0.5 + confidence / 2) ** 2
  const p = x / n
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Math.sqrt(z2) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return { low: x === 0 ? 0 : Math.max(0, middle - half), high: x === n ? 1 : Math.min(1, middle + half) }
}

/** The exact (Clopper-Pearson) interval for x of n; null when n is 0. Never too short, often too wide. */
export function exactInterval(x: number, n: number, confidence = 0.95): Interval | null {
  if (n === 0) return null
  const tail = (1 - confidence) / 2
  return { low: x === 0 ? 0 : binomialChanceAt(1 - tail, x - 1, n), high: x === n ? 1 : binomialChanceAt(tail, x, n) }
}
