// Two groups with their own spreads: Welch 1947, doi 10.1093/biomet/34.1-2.28 (degrees of freedom after Satterthwaite 1946).
import { tTwoSided } from '../distributions/student-t.ts'

export type GroupMoments = { readonly n: number; readonly mean: number; readonly sd: number }
export type Welch = { readonly t: number; readonly df: number; readonly p: number; readonly smd: number }

/** Difference first - second as t test and as standardised difference; null when a group has fewer than two people or no spread. */
export function welch(first: GroupMoments, second: GroupMoments): Welch | null {
  if (first.n < 2 || second.n < 2 || !(first.sd > 0) || !(second.sd > 0)) return null
  const [v1, v2] = [first.sd ** 2 / first.n, second.sd ** 2 / second.n]
  const t = (first.mean - second.mean) / Math.sqrt(v1 + v2)
  const df = (v1 + v2) ** 2 / (v1 ** 2 / (first.n - 1) + v2 ** 2 / (second.n - 1))
  return { t, df, p: tTwoSided(t, df), smd: (first.mean - second.mean) / Math.sqrt((first.sd ** 2 + second.sd ** 2) / 2) }
}
