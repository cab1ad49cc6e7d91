// The binomial distribution: P(X <= k) = I_{1-p}(n-k, k+1), DLMF 8.17.5.
import { incompleteBeta, lnBeta } from './beta.ts'

/** Probability of exactly k successes in n trials of chance p. */
export function binomialAt(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0
  if (p === 0) return k === 0 ? 1 : 0
  if (p === 1) return k === n ? 1 : 0
  return Math.exp(-Math.log(n + 1) - lnBeta(k + 1, n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

/** Probability of at most k successes in n trials of chance p. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  return incompleteBeta(n - k, k + 1, 1 - p, p).lower
}

/** The smallest k whose cumulative probability reaches q. */
export function binomialQuantile(q: number, n: number, p: number): number {
  let low = 0
  let high = n
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (binomialCdf(middle, n, p) >= q) high = middle
    else low = middle + 1
  }
  return low
}

/** Two-sided exact test that successes and failures are equally likely. */
export function binomialEvenTest(successes: number, n: number): number {
  if (n === 0) return 1
  return Math.min(1, 2 * binomialCdf(Math.min(successes, n - successes), n, 0.5))
}

/** The chance p at which P(X <= k) in n trials equals `target`; used for exact (Clopper-Pearson) limits. */
export function binomialChanceAt(target: number, k: number, n: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 2000 && high - low > 1e-17; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (binomialCdf(k, n, middle) > target) low = middle
    else high = middle
  }
  return (low + high) / 2
}
