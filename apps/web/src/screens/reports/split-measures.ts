import type { MeasureChange } from '@attune/contract'

/** Measures as wholes, and the parts of those that have a total: the parts would say the same thing several times over. */
export function splitMeasures(measures: readonly MeasureChange[]): {
  readonly wholes: readonly MeasureChange[]
  readonly parts: readonly MeasureChange[]
} {
  const withTotal = new Set(measures.filter(({ scale }) => scale === 'total').map(({ measure }) => measure))
  const isPart = ({ measure, scale }: MeasureChange) => scale !== 'total' && withTotal.has(measure)
  return { wholes: measures.filter((change) => !isPart(change)), parts: measures.filter(isPart) }
}
