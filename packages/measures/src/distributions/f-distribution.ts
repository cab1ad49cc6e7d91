// Fisher's F distribution: P(F > f) = I_y(d2/2, d1/2), y = d2/(d2 + d1 f), Abramowitz & Stegun 26.6.2.
import { incompleteBeta } from './beta.ts'

/** Probability that an F value with df1 and df2 degrees of freedom is more than f. */
export function fTail(f: number, df1: number, df2: number): number {
  const whole = df2 + df1 * f
  return incompleteBeta(df2 / 2, df1 / 2, df2 / whole, (df1 * f) / whole).lower
}
