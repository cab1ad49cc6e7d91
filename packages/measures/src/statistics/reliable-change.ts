// How much one person's score must move before it is more than measurement error: Jacobson & Truax 1991, doi 10.1037/0022-006X.59.1.12.
// SD and reliability must come from a reference sample (test-retest before alpha), never from the group under study.
import { normalQuantile } from '../distributions/normal.ts'

export type ReliableChangeIndex = { readonly sem: number; readonly sDiff: number; readonly threshold: number }

/** Standard error of measurement, standard error of a difference, and the change that exceeds chance at this confidence (default 95 %). */
export function reliableChangeIndex(sd: number, reliability: number, confidence = 0.95): ReliableChangeIndex {
  const sem = sd * Math.sqrt(1 - reliability)
  const sDiff = Math.SQRT2 * sem
  return { sem, sDiff, threshold: normalQuantile(0.5 + confidence / 2) * sDiff }
}

export type ClinicalCutoffs = { readonly a: number; readonly b: number; readonly c: number }

/** The three cut-offs of Jacobson & Truax: 2 SD from the clinical mean, 2 SD from the norm mean, and the weighted midpoint. */
export function clinicalCutoffs(clinical: { mean: number; sd: number }, norm: { mean: number; sd: number }): ClinicalCutoffs {
  const side = clinical.mean > norm.mean ? 1 : -1
  return {
    a: clinical.mean - side * 2 * clinical.sd,
    b: norm.mean + side * 2 * norm.sd,
    c: (clinical.sd * norm.mean + norm.sd * clinical.mean) / (clinical.sd + norm.sd),
  }
}
