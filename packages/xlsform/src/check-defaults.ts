import type { FormNode, Question } from './form-tree.ts'
import type { ChoiceList } from './choices-sheet.ts'
import type { IssueList } from './issues.ts'
import { toPlace, type Table } from './table.ts'
import { findNumber, findWholeNumber } from './survey-context.ts'

const shapes: { readonly [type: string]: (text: string) => boolean } = {
  int: (text) => findWholeNumber(text) !== undefined,
  decimal: (text) => findNumber(text) !== undefined,
  date: isDay,
}

// Date.parse takes 30 February for 2 March.
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Warns of fixed defaults that no player can keep: a choice that is not in the list, a word where a number is asked for. */
export function checkDefaults(nodes: readonly FormNode[], lists: ReadonlyMap<string, ChoiceList>, table: Table, { report }: IssueList): void {
  for (const node of nodes) {
    if (node.kind !== 'question' || node.default === undefined || node.isDefaultComputed) continue
    // A calculation overwrites the default at once.
    if (node.bind?.has('calculate') === true) continue
    const place = toPlace(table, node.row, 'default')
    const unknown = findUnknownChoice(node, node.default, lists)
    if (unknown !== undefined) report('default-not-choice', place, { name: unknown, list: node.itemset ?? '' })
    const type = node.bind?.get('type')
    const fits = typeof type === 'string' ? shapes[type] : undefined
    if (fits !== undefined && !fits(node.default)) report('default-not-type', place, { text: node.default.slice(0, 60), type: node.type })
  }
}

function findUnknownChoice({ rule, itemset }: Question, text: string, lists: ReadonlyMap<string, ChoiceList>): string | undefined {
  const isOne = rule.question === 'select-one'
  const list = isOne || rule.question === 'select-multiple' || rule.question === 'rank' ? lists.get(itemset ?? '') : undefined
  if (list === undefined) return undefined
  const names = new Set(list.choices.map(({ name }) => name))
  return (isOne ? [text] : text.split(/\s+/)).find((name) => !names.has(name))
}
