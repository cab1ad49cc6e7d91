import type { FormOutline, OutlineNode, QuestionOutline } from '../outline.ts'
import { compileExpression, type Evaluate } from './compile-expression.ts'

// What the outline says, laid out for reading: children by name, expressions compiled, choice lists as sets. Made once per outline.

type Expected = {
  readonly name: string
  readonly path: string
  readonly parent: ParentPlan | undefined
  /** Place among the parent's children. */
  readonly at: number
  relevant: Evaluate | undefined
}

export type ParentPlan = Expected & {
  readonly kind: 'group' | 'repeat'
  readonly children: Plan[]
  readonly byName: Map<string, Plan>
  readonly answerKey: string
}

export type QuestionPlan = Expected & {
  readonly kind: 'question'
  readonly question: QuestionOutline
  readonly answerKey: string
  required: Evaluate | boolean
  constraint: Evaluate | undefined
  /** Names that may be chosen; undefined when the list is not in the form. */
  readonly choices: ReadonlySet<string> | undefined
  choiceFilter: ChoiceFilterPlan | undefined
}

export type Plan = ParentPlan | QuestionPlan
export type ChoiceFilterPlan = { readonly allowed: Evaluate; readonly columns: ReadonlyMap<string, { readonly [column: string]: string }> }
export type FormPlan = { readonly root: ParentPlan; readonly outline: FormOutline; readonly named: ReadonlyMap<string, readonly Plan[]> }

const plans = new WeakMap<FormOutline, FormPlan>()

export function getPlan(outline: FormOutline): FormPlan {
  let plan = plans.get(outline)
  if (plan === undefined) plans.set(outline, (plan = toPlan(outline)))
  return plan
}

function toPlan(outline: FormOutline): FormPlan {
  const named = new Map<string, Plan[]>()
  const root: ParentPlan = {
    kind: 'group',
    name: outline.rootName,
    path: `/${outline.rootName}`,
    parent: undefined,
    at: 0,
    relevant: undefined,
    children: [],
    byName: new Map(),
    answerKey: '',
  }
  const counts = countNames(outline.children, new Map())
  const choiceSets = new Map(Object.entries(outline.choices).map(([list, choices]) => [list, new Set(choices.map((choice) => choice.name))]))
  const pending: [Plan, OutlineNode][] = []
  addChildren(root, outline.children)
  const form: FormPlan = { root, outline, named }
  // Expressions refer to questions further down, so they are compiled when every node is in place.
  for (const [plan, node] of pending) compileRules(form, plan, node)
  return form

  function addChildren(parent: ParentPlan, nodes: readonly OutlineNode[]): void {
    for (const node of nodes) {
      const plan = toNodePlan(parent, node)
      parent.children.push(plan)
      parent.byName.set(node.name, plan)
      named.set(node.name, [...(named.get(node.name) ?? []), plan])
      pending.push([plan, node])
      if (plan.kind !== 'question' && node.kind !== 'question') addChildren(plan, node.children)
    }
  }

  function toNodePlan(parent: ParentPlan, node: OutlineNode): Plan {
    const path = `${parent.path}/${node.name}`
    const answerKey = (counts.get(node.name) ?? 0) > 1 ? path.slice(root.path.length + 1) : node.name
    const expected = { name: node.name, path, parent, at: parent.children.length, relevant: undefined, answerKey }
    if (node.kind !== 'question') return { ...expected, kind: node.kind, children: [], byName: new Map() }
    const choices = node.list === undefined ? undefined : choiceSets.get(node.list)
    return { ...expected, kind: 'question', question: node, required: false, constraint: undefined, choices, choiceFilter: undefined }
  }
}

function countNames(nodes: readonly OutlineNode[], counts: Map<string, number>): Map<string, number> {
  for (const node of nodes) {
    if (node.kind !== 'group') counts.set(node.name, (counts.get(node.name) ?? 0) + 1)
    if (node.kind !== 'question') countNames(node.children, counts)
  }
  return counts
}

function compileRules(form: FormPlan, plan: Plan, node: OutlineNode): void {
  if (node.relevant !== undefined) plan.relevant = compileExpression(form, plan, node.relevant)
  if (plan.kind !== 'question' || node.kind !== 'question') return
  plan.required = typeof node.required === 'string' ? compileExpression(form, plan, node.required) : node.required
  if (node.constraint !== undefined) plan.constraint = compileExpression(form, plan, node.constraint)
  if (node.choiceFilter !== undefined && node.list !== undefined) {
    const choices = form.outline.choices[node.list] ?? []
    plan.choiceFilter = {
      allowed: compileExpression(form, plan, node.choiceFilter, { columns: true }),
      columns: new Map(choices.map((choice) => [choice.name, { ...choice.extra, name: choice.name }])),
    }
  }
}
