// Sorts each person's change: reliable or not, and across the clinical cut-off or not (Jacobson & Truax 1991, doi 10.1037/0022-006X.59.1.12).
// Recovery counts only among those who were cases at the start. Crossing without reliable change is reported by itself.
import { mcnemar } from './mcnemar.ts'
import type { McNemar } from './mcnemar.ts'

export const clinicalCategories = ['recovered', 'improved', 'unchanged', 'deteriorated'] as const
export type ClinicalCategory = (typeof clinicalCategories)[number]

export type ClinicalRule = {
  readonly direction: 'higher' | 'lower'
  readonly threshold: number
  /** `more-than` for the reliable change index, `at-least` for published whole-point thresholds (NHS). */
  readonly rule: 'more-than' | 'at-least'
  /** A score on the cut-off counts as clinical. */
  readonly cutoff?: number
}

export type ClinicalChange = {
  readonly categories: readonly ClinicalCategory[]
  readonly counts: Readonly<Record<ClinicalCategory, number>>
  /** Reliably better, recovered included. */
  readonly reliablyImproved: number
  readonly caseness: {
    readonly casesBefore: number
    readonly casesAfter: number
    readonly recoveryRate: number | null
    readonly crossedNotReliable: number
    readonly mcnemar: McNemar
  } | null
}

const noise = 1e-9

/** Categories of complete pairs, in order, with their counts. */
export function clinicalChange(before: readonly number[], after: readonly number[], rule: ClinicalRule): ClinicalChange {
  const sign = rule.direction === 'higher' ? 1 : -1
  const reaches = (change: number) => (rule.rule === 'more-than' ? change - rule.threshold > noise : change - rule.threshold >= -noise)
  const { cutoff } = rule
  const isClinical = (score: number) => cutoff !== undefined && (sign < 0 ? score >= cutoff - noise : score <= cutoff + noise)
  const counts = { recovered: 0, improved: 0, unchanged: 0, deteriorated: 0 }
  const seen = { before: 0, after: 0, left: 0, entered: 0, leftUnreliably: 0 }
  const categories = before.map((first, i): ClinicalCategory => {
    const last = after[i] ?? Number.NaN
    const better = sign * (last - first)
    const [was, is] = [isClinical(first), isClinical(last)]
    if (was) seen.before += 1
    if (is) seen.after += 1
    if (was && !is) seen.left += 1
    if (!was && is) seen.entered += 1
    if (was && !is && !reaches(better)) seen.leftUnreliably += 1
    const category = reaches(better) ? (was && !is ? 'recovered' : 'improved') : reaches(-better) ? 'deteriorated' : 'unchanged'
    counts[category] += 1
    return category
  })
  const caseness = {
    casesBefore: seen.before,
    casesAfter: seen.after,
    recoveryRate: seen.before === 0 ? null : counts.recovered / seen.before,
    crossedNotReliable: seen.leftUnreliably,
    mcnemar: mcnemar(seen.left, seen.entered),
  }
  return { categories, counts, reliablyImproved: counts.recovered + counts.improved, caseness: cutoff === undefined ? null : caseness }
}
