// Two groups compared at the end, adjusted for the start: post ~ pre + group by least squares. Preferred to comparing change scores
// because it is not misled by regression to the mean (Vickers & Altman 2001, doi 10.1136/bmj.323.7321.1123); the change score comes second.
import { tTwoSided } from '../distributions/student-t.ts'
import { solveSymmetric } from './symmetric-system.ts'

export type GroupEffect = {
  readonly effect: number
  readonly se: number
  readonly t: number
  readonly df: number
  readonly p: number
  readonly sigma: number
}
export type Ancova = { readonly adjusted: GroupEffect & { readonly slopeBefore: number }; readonly changeScore: GroupEffect }

/** Effect of group 1 against group 0; undefined with fewer than four people, one group only, or no spread before. */
export function ancova(group: readonly (0 | 1)[], before: readonly number[], after: readonly number[]): Ancova | undefined {
  const change = after.map((value, i) => value - (before[i] ?? Number.NaN))
  const adjusted = regress(after, [before, group])
  const plain = regress(change, [group])
  if (adjusted === undefined || plain === undefined) return undefined
  return { adjusted: { ...toEffect(adjusted, 1), slopeBefore: adjusted.slopes[0] ?? Number.NaN }, changeScore: toEffect(plain, 0) }
}

type Regression = { slopes: readonly number[]; variances: readonly number[]; sigma: number; df: number }

// With an intercept, least squares on centred columns gives the same slopes and loses fewer digits.
function regress(outcome: readonly number[], columns: readonly (readonly number[])[]): Regression | undefined {
  const df = outcome.length - columns.length - 1
  if (df < 1) return undefined
  const y = centred(outcome)
  const x = columns.map(centred)
  const system = solveSymmetric(
    x.map((first) => x.map((second) => dot(first, second))),
    x.map((column) => dot(column, y)),
  )
  if (system === undefined) return undefined
  const residuals = y.map((value, i) => value - x.reduce((sum, column, j) => sum + (system.solution[j] ?? 0) * (column[i] ?? 0), 0))
  const variance = dot(residuals, residuals) / df
  return { slopes: system.solution, variances: system.inverse.map((row, i) => variance * (row[i] ?? Number.NaN)), sigma: Math.sqrt(variance), df }
}

function toEffect(regression: Regression, index: number): GroupEffect {
  const effect = regression.slopes[index] ?? Number.NaN
  const se = Math.sqrt(regression.variances[index] ?? Number.NaN)
  return { effect, se, t: effect / se, df: regression.df, p: tTwoSided(effect / se, regression.df), sigma: regression.sigma }
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}
