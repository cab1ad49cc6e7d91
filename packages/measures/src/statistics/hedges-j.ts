// Hedges' small-sample correction J = Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)): Hedges 1981, doi 10.3102/10769986006002107.
import { lnGammaHalfStep } from '../distributions/gamma.ts'

/** The factor that takes the upward bias out of a standardised mean; null below 2 degrees of freedom. */
export function hedgesJ(df: number): number | null {
  return df < 2 ? null : Math.exp(lnGammaHalfStep((df - 1) / 2)) / Math.sqrt(df / 2)
}

/** The usual approximation 1 - 3/(4 df - 1); null below 1 degree of freedom. */
export function hedgesJApproximate(df: number): number | null {
  return df < 1 ? null : 1 - 3 / (4 * df - 1)
}
