// Two scorings of the same person, made comparable. A mean over parts (goals) may only compare the parts rated both times: a goal that was
// added or dropped in between would look like change.
import type { Scale } from './scale.ts'
import type { MeasureScore } from './score.ts'

/** Stored scores (points x scoreFactor) before and after. */
export type ScorePair = { readonly before: number; readonly after: number }

/** The pair of a score (`total` or a subscale) that may go into sums; undefined when there is nothing to compare. */
export function toComparablePair(scale: Scale, scoreId: string, before: MeasureScore, after: MeasureScore): ScorePair | undefined {
  const { total } = scale
  if (scoreId === 'total' && total !== undefined && total.from.length > 0 && total.combine === 'mean') {
    const both = total.from.flatMap((part) => toPair(before.subscales[part], after.subscales[part]) ?? [])
    if (both.length === 0 || both.length < total.missing.atLeast) return undefined
    const mean = (pick: (pair: ScorePair) => number) => Math.round(both.reduce((sum, pair) => sum + pick(pair), 0) / both.length)
    return { before: mean((pair) => pair.before), after: mean((pair) => pair.after) }
  }
  return scoreId === 'total' ? toPair(before.total, after.total) : toPair(before.subscales[scoreId], after.subscales[scoreId])
}

function toPair(before: number | null | undefined, after: number | null | undefined): ScorePair | undefined {
  return typeof before === 'number' && typeof after === 'number' ? { before, after } : undefined
}
