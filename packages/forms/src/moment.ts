// What in a form depends on the moment at which it is looked at. A form that is replayed later cannot be expected to say the same there.
import { type FormOutline, type OutlineNode } from './outline.ts'

const momentary = /\b(now|today|random|uuid)\s*\(/
const references = /\$\{\s*(?:last-saved#)?([^}\s]+)\s*\}/g

export type Momentary = {
  /** Names of questions whose value, or whether they are asked, depends on the moment. */
  readonly values: readonly string[]
  /** Names of questions whose rules depend on it. */
  readonly rules: readonly string[]
}

/** Names of the questions of a form that another moment may change, directly or through other questions. */
export function findMomentary(outline: Pick<FormOutline, 'children'>): Momentary {
  const values = new Set<string>()
  const depends = (expression: string | undefined) =>
    expression !== undefined && (momentary.test(expression) || [...expression.matchAll(references)].some(([, name]) => values.has(name!)))
  const isAskedByMoment = (node: OutlineNode) => depends(node.relevant) || (node.kind === 'repeat' && depends(node.count))
  const collect = (nodes: readonly OutlineNode[], inherited: boolean): void => {
    for (const node of nodes) {
      const asked = inherited || isAskedByMoment(node)
      if (node.kind !== 'question') collect(node.children, asked)
      else if (asked || node.type === 'preload' || depends(node.calculation) || depends(node.choiceFilter)) values.add(node.name)
    }
  }
  // A question may depend on one that comes after it, so this is repeated until nothing is added.
  for (let before = -1; before !== values.size;) {
    before = values.size
    collect(outline.children, false)
  }
  const rules = new Set<string>()
  const collectRules = (nodes: readonly OutlineNode[]): void => {
    for (const node of nodes) {
      if (node.kind !== 'question') collectRules(node.children)
      else if (depends(node.constraint) || (typeof node.required === 'string' && depends(node.required))) rules.add(node.name)
    }
  }
  collectRules(outline.children)
  return { values: [...values], rules: [...rules] }
}
