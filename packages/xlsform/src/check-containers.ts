import { toPlacedReferences } from './expressions/reference-surroundings.ts'
import { isSection, type FormNode, type Section } from './form-tree.ts'
import type { IssueList, Place } from './issues.ts'
import type { NameLookup } from './name-lookup.ts'
import { toPlace, type Table } from './table.ts'

/**
 * Reports expressions that use the value of the very group they stand in: that value holds their own answer, so computing it never ends.
 * Counting a group, asking for its position or naming a question below it (`${group}/name`) is something else.
 */
export function checkContainers(nodes: readonly FormNode[], find: NameLookup, table: Table, issues: IssueList): void {
  for (const node of nodes) {
    if (node.kind === 'entity') {
      const expressions = [node.savedLabel, ...node.attributes.map(({ bind }) => bind?.get('calculate'))]
      for (const text of expressions) report(text, node, { sheet: 'entities', row: node.row, column: 'list_name' }, find, issues)
    }
    if (node.kind !== 'question' && !isSection(node)) continue
    for (const attribute of ['calculate', 'relevant']) {
      const words = node.bind?.get(attribute)
      if (typeof words === 'string') report(words, node, toPlace(table, node.row, 'bind', attribute), find, issues)
    }
  }
}

function report(text: string | undefined, node: FormNode, place: Place, find: NameLookup, issues: IssueList): void {
  if (text === undefined || !text.includes('${')) return
  for (const { name, start, end, lastSaved, indexedRepeatArgument } of toPlacedReferences(text)) {
    const target = lastSaved || indexedRepeatArgument !== undefined ? undefined : find(name)
    if (target === undefined || target.kind === 'question' || !isAround(target, node)) continue
    const isValue =
      !/^\s*[/[]/.test(text.slice(end, end + 20)) &&
      !/(^|[^\w-])(count|count-non-empty|position)\s*\(\s*$/.test(text.slice(Math.max(0, start - 40), start))
    if (isValue) issues.report('reference-to-container', place, { name })
  }
}

function isAround(section: Section, node: FormNode): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (at === section) return true
  return false
}
