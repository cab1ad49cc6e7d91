// McNemar's test for a change of status (case before, not after, and the reverse): McNemar 1947, doi 10.1007/BF02295996.
// Use the exact or mid-p value when fewer than 25 people changed: Fagerland, Lydersen & Laake 2013, doi 10.1186/1471-2288-13-91.
import { binomialAt, binomialCdf, binomialEvenTest } from '../distributions/binomial.ts'
import { chiSquareTail } from '../distributions/chi-square.ts'

export type McNemar = {
  readonly left: number
  readonly entered: number
  readonly chi2: number | null
  readonly p: number | null
  readonly chi2Corrected: number | null
  readonly pCorrected: number | null
  readonly pExact: number
  readonly pMid: number
  readonly oddsRatio: number | null
}

/** `left`: cases that stopped being cases; `entered`: the reverse. */
export function mcnemar(left: number, entered: number): McNemar {
  const n = left + entered
  const oddsRatio = entered > 0 ? left / entered : null
  if (n === 0) return { left, entered, chi2: null, p: null, chi2Corrected: null, pCorrected: null, pExact: 1, pMid: 1, oddsRatio }
  const chi2 = (left - entered) ** 2 / n
  const chi2Corrected = Math.max(0, Math.abs(left - entered) - 1) ** 2 / n
  const fewer = Math.min(left, entered)
  return {
    left,
    entered,
    chi2,
    p: chiSquareTail(chi2, 1),
    chi2Corrected,
    pCorrected: chiSquareTail(chi2Corrected, 1),
    pExact: binomialEvenTest(left, n),
    pMid: Math.min(1, 2 * (binomialCdf(fewer, n, 0.5) - 0.5 * binomialAt(fewer, n, 0.5))),
    oddsRatio,
  }
}
