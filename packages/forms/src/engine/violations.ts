import type { AnyLeafNode } from '@getodk/xforms-engine'
import { isSelect, leavesOf, type SectionNode } from './nodes.ts'

/** One question that is not right yet. `message` is the form author's own words, or undefined when the author wrote none. */
export type Violation = {
  readonly nodeId: string
  readonly path: string
  readonly kind: 'required' | 'constraint'
  readonly message: string | undefined
}

/** What is wrong with one question now; undefined when nothing is, or when it is not asked. */
export function violationOf(node: AnyLeafNode): Violation | undefined {
  const { relevant, required, reference } = node.currentState
  if (!relevant) return undefined
  const { violation } = node.validationState
  if (violation !== null) {
    const text = violation.message?.asString
    // The engine makes up a message of its own when the author wrote none; screens have better words.
    const message = text === undefined || text === `Condition not satisfied: ${violation.condition}` ? undefined : text
    return { nodeId: node.nodeId, path: reference, kind: violation.condition, message }
  }
  // A choice that is no longer in the list reads as blank, and yet the engine reports nothing missing.
  if (isSelect(node) && required && node.currentState.value.length === 0)
    return { nodeId: node.nodeId, path: reference, kind: 'required', message: undefined }
  return undefined
}

/** What is not right below a node, in the order of the form. */
export function violationsOf(node: SectionNode): Violation[] {
  return leavesOf(node).flatMap((leaf) => violationOf(leaf) ?? [])
}
