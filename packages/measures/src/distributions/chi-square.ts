// The chi-square distribution: P(X > x) = Q(df/2, x/2), Abramowitz & Stegun 26.4.19.
import { incompleteGamma } from './gamma.ts'

/** Probability that a chi-square value with df degrees of freedom is more than x. */
export function chiSquareTail(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper
}
