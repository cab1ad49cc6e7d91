// A report as one long table for statistics programs: a line for each number, and for each number that may not be shown the reason in its place.
import type { CountCell, NumberCell, Report } from '@attune/contract'
import { toCsvLine, type TableCell } from './table-text.ts'

type Line = readonly [table: string, row: string, statistic: string, value: TableCell, hidden: TableCell]

/** Columns of the table, in order. */
export const analysisColumns = ['table', 'row', 'statistic', 'value', 'hidden_because'] as const

/** CSV with a head, the measures' means first and then the counts of people. `rows` is the number of lines below the head. */
export function presentAnalysis(report: Report): { readonly body: string; readonly rows: number } {
  const lines = [...report.measures.flatMap(measureLines), ...countLines(report)]
  return { body: toCsvLine(analysisColumns) + lines.map((line) => toCsvLine(line)).join(''), rows: lines.length }
}

const toLine = (table: string, row: string, statistic: string, cell: CountCell | NumberCell): Line =>
  cell.hidden ? [table, row, statistic, null, cell.because] : [table, row, statistic, cell.value, null]

function measureLines(change: Report['measures'][number]): Line[] {
  const row = `${change.measure}/${change.scale}`
  const { nBefore, nPaired, meanBefore, meanAfter, meanChange, low, high, effect, improved, unchanged, worse } = change
  const cells = {
    ...{ n_before: nBefore, n_paired: nPaired, mean_before: meanBefore, mean_after: meanAfter, mean_change: meanChange },
    ...{ ci_low: low, ci_high: high, effect, improved, unchanged, worse },
  }
  return Object.entries(cells).map(([statistic, cell]) => toLine('measure', row, statistic, cell))
}

function countLines({ clients, sessions, complete, incomplete, ageGroups, modes, support, helped }: Report): Line[] {
  const choices = { mode: modes, support, helped }
  return [
    ...Object.entries({ clients, sessions, complete, incomplete }).map(([row, cell]) => toLine('people', row, 'n', cell)),
    ...ageGroups.map(({ ageGroup, count }) => toLine('age-group', ageGroup, 'n', count)),
    ...Object.entries(choices).flatMap(([table, list]) => list.map(({ choice, count }) => toLine(table, choice, 'n', count))),
  ]
}
