import type { FormNode } from './form-tree.ts'
import type { IssueList } from './issues.ts'
import { toNeededFiles, type Source } from './secondary-instances.ts'
import { isAttachedFile } from './select-row.ts'
import { toPlace, type Table } from './table.ts'

/** The files that lie beside a form: their names, and the column headers of those that have columns. */
export type ExternalFiles = ReadonlyMap<string, readonly string[]>

/** Without one of its files a form does not open; without the right column a list has no words. */
export function checkFiles(
  nodes: readonly FormNode[],
  sources: readonly Source[],
  external: ExternalFiles,
  table: Table,
  { report }: IssueList,
): void {
  for (const { file, row, isOwnRow } of toNeededFiles(sources)) {
    if (!external.has(file)) report('file-missing', toPlace(table, row, isOwnRow ? 'name' : 'type'), { file })
  }
  for (const node of nodes) {
    if (node.kind !== 'question' || node.itemset === undefined || !isAttachedFile(node.itemset)) continue
    const columns = external.get(node.itemset) ?? []
    if (!node.itemset.endsWith('.csv') || columns.length === 0) continue
    for (const [parameter, usual] of [
      ['value', 'name'],
      ['label', 'label'],
    ] as const) {
      const column = node.parameters.get(parameter) ?? usual
      if (!columns.includes(column))
        report('file-column-missing', toPlace(table, node.row, 'parameters'), {
          file: node.itemset,
          column,
          parameter,
          columns: columns.slice(0, 12).join(', '),
        })
    }
  }
}
