import type { LiveNode } from '../xpath/values.ts'
import type { XmlElement } from '../xml-element.ts'
import type { ParentPlan, Plan } from './plan.ts'

/**
 * A node of one filled form. Nodes that the submission left out are here too, empty: XForms leaves out what was not relevant, and
 * expressions must read it as blank.
 */
export type Live = LiveNode & {
  readonly plan: Plan
  readonly parent: Live | undefined
  /** Per child of the plan: the instances present, or one blank node for a group or question that was left out. */
  readonly children: Live[][]
  readonly element: XmlElement | undefined
}

const none: Live[][] = []

export function toLive(plan: Plan, parent: Live | undefined, element: XmlElement | undefined, position: number): Live {
  return {
    plan,
    parent,
    element,
    position,
    text: plan.kind === 'question' ? (element?.text ?? '') : '',
    // As many places as the plan has children: filled one by one, in whatever order they come.
    children: plan.kind === 'question' ? none : new Array<Live[]>(plan.children.length),
  }
}

/** Fills in the blank nodes below a group or repeat instance that the submission left out. */
export function fillAbsent(live: Live, plan: ParentPlan): void {
  for (const child of plan.children) {
    if (live.children[child.at] !== undefined) continue
    if (child.kind === 'repeat') {
      live.children[child.at] = []
      continue
    }
    const blank = toLive(child, live, undefined, 1)
    live.children[child.at] = [blank]
    if (child.kind === 'group') fillAbsent(blank, child)
  }
}
