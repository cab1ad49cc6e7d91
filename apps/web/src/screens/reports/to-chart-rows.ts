// A report's measures as the rows that the charts take. A hidden cell hides the row and carries its reason along.
import type { ChangeRow, ChartCell, ReliableRow } from '@attune/charts'
import type { CountCell, MeasureChange } from '@attune/contract'
import { sayReason } from './say-reason.ts'

export function toChangeRow(change: MeasureChange): ChangeRow {
  const { label, nPaired, meanBefore, meanAfter, meanChange, low, high, range, direction } = change
  if (meanBefore.hidden) return { label, hidden: sayReason(meanBefore.because) }
  if (meanAfter.hidden) return { label, hidden: sayReason(meanAfter.because) }
  if (nPaired.hidden) return { label, hidden: sayReason(nPaired.because) }
  return {
    label,
    n: nPaired.value,
    before: meanBefore.value,
    after: meanAfter.value,
    ...(!meanChange.hidden && { change: meanChange.value }),
    changeLow: low.hidden ? null : low.value,
    changeHigh: high.hidden ? null : high.value,
    min: range[0],
    max: range[1],
    direction,
  }
}

const toCell = (cell: CountCell): ChartCell => (cell.hidden ? { shown: false, because: sayReason(cell.because) } : { shown: true, value: cell.value })

/** How many improved, stayed or got worse, of all with both scores. */
export function toReliableRow({ label, improved, unchanged, worse, nPaired }: MeasureChange): ReliableRow {
  return { label, improved: toCell(improved), unchanged: toCell(unchanged), worse: toCell(worse), total: toCell(nPaired) }
}
