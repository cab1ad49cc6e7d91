// Records as a flat table: CSV carries names and codes for machines, a spreadsheet carries labels for people. The client's code is the only
// thing in it that stands for the client (DCS-041).
import type { AnswerValue } from '@attune/forms'
import type { RecordFacts } from './record.ts'
import { isTable, type Variable } from './record-variables.ts'
import type { TableCell } from './table-text.ts'

type Column = { readonly head: string; readonly cell: (row: RecordFacts) => TableCell }

/** The columns of a table, in the order of the variables. `labelled`: people read it. */
export function toColumns(variables: readonly Variable[], labelled: boolean): readonly Column[] {
  return variables.map(({ name, label, of, shown }) => ({
    head: labelled ? label : name,
    cell: labelled
      ? shown
      : (row) => {
          const value = of(row)
          return value === undefined ? null : toCell(value)
        },
  }))
}

function toCell(value: AnswerValue): TableCell {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return isTable(value) ? JSON.stringify(value) : (value as readonly string[]).join(' ')
}
