import type { ShareRow } from '@attune/charts'
import type { Report } from '@attune/contract'
import { say } from '../../messages/index.ts'
import { sayCount } from './cells.ts'
import { sayReason } from './say-reason.ts'
import { splitMeasures } from './split-measures.ts'

/** How many stayed: two sessions or more, and for each measure a score after. */
export function toStayedRows(report: Report): readonly ShareRow[] {
  const row = (label: string, of: string, cell: Report['completion']): ShareRow =>
    cell.hidden
      ? { label, hidden: sayReason(cell.because), ...(cell.atLeast !== undefined && { atLeast: cell.atLeast }) }
      : { label, of, share: cell.value, low: cell.low, high: cell.high }
  return [
    row(say('reports.completeRow'), say('reports.ofClients', { count: sayCount(report.clients) }), report.completion),
    ...splitMeasures(report.measures).wholes.map((change) =>
      row(change.label, say('reports.ofBegan', { count: sayCount(change.nBefore) }), change.followedUp),
    ),
  ]
}
