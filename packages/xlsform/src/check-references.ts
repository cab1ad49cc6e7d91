import type { IssueList } from './issues.ts'
import { parseReferences } from './expressions/references.ts'
import { type Column, type Table, type TableRow } from './table.ts'

/** How often a name is given; 0 means that nothing in the form has it. */
export type NameCount = (name: string) => number

/** Checks every reference in the sheet's cells: written rightly, to a name that exists, and exists once. */
export function checkReferences(
  table: Table,
  isChecked: (column: Column, row: TableRow) => boolean,
  count: NameCount,
  suggest: (name: string) => string,
  { report }: IssueList,
): void {
  for (const row of table.rows) {
    for (const [column, text] of row.texts) {
      if (!text.includes('${') || !isChecked(column, row)) continue
      const place = { sheet: table.sheet, row: row.number, column: column.header, columnNumber: column.number }
      const { references, isBroken } = parseReferences(text)
      if (isBroken) report('reference-broken', place, { text: text.length > 80 ? `${text.slice(0, 80)}…` : text })
      for (const { name } of references) {
        const times = count(name)
        if (times === 0) report('reference-unknown', place, { name, similar: suggest(name) })
        else if (times > 1) report('reference-ambiguous', place, { name, times })
      }
    }
  }
}
