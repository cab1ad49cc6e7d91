import type { FormNode, Question } from './form-tree.ts'
import { toPlace, type Table } from './table.ts'
import type { IssueList } from './issues.ts'
import type { PathWriter } from './expressions/reference-paths.ts'
import { element, type XmlElement } from './xml.ts'

/** By the name of the triggering question: the questions to compute when its answer changes. */
export type Triggered = ReadonlyMap<string, readonly Question[]>

export function toTriggered(nodes: readonly FormNode[]): Triggered {
  const triggered = new Map<string, Question[]>()
  for (const node of nodes) {
    if (node.kind !== 'question') continue
    for (const name of node.triggers) {
      const targets = triggered.get(name)
      if (targets === undefined) triggered.set(name, [node])
      else targets.push(node)
    }
  }
  return triggered
}

/** The actions inside a question's control that run when its answer changes. */
export function toTriggeredActions(
  trigger: Question,
  { triggered, toPath }: { readonly triggered: Triggered; readonly toPath: PathWriter },
): XmlElement[] {
  const targets = triggered.get(trigger.name) ?? []
  const isPlace = (target: Question): boolean => target.type === 'background-geopoint'
  const values = targets
    .filter((target) => !isPlace(target))
    .map((target) => {
      const calculation = target.bind?.get('calculate')
      const value = typeof calculation === 'string' ? toPath(calculation, trigger) : undefined
      return element('setvalue', { ref: target.path, event: 'xforms-value-changed', value })
    })
  const places = targets.filter(isPlace).map((target) => element('odk:setgeopoint', { ref: target.path, event: 'xforms-value-changed' }))
  return [...values, ...places]
}

/** A question nobody can change never triggers anything. */
export function checkTriggers(
  nodes: readonly FormNode[],
  triggered: Triggered,
  isShown: (question: Question) => boolean,
  table: Table,
  { report }: IssueList,
): void {
  for (const node of nodes) {
    if (node.kind !== 'question' || isShown(node)) continue
    for (const target of triggered.get(node.name) ?? []) {
      // A calculation as trigger is refused, as pyxform does; what a device fills in by itself merely never changes.
      report(isCalculation(node) ? 'trigger-not-shown' : 'trigger-never-changes', toPlace(table, target.row, 'trigger'), {
        trigger: node.name,
        name: target.name,
      })
    }
  }
}

function isCalculation({ type, bind, triggers, label, hint }: Question): boolean {
  const isComputed = bind?.has('calculate') === true || triggers.length > 0
  return type === 'calculate' || (isComputed && label === undefined && hint === undefined)
}
