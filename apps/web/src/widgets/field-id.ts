import type { AnyNode } from '@attune/forms/engine'

/** The id of the first control of a question: what its label, its errors and the error summary point at. */
export function fieldId(node: AnyNode): string {
  return `q-${node.nodeId.replace(/\W+/g, '-')}`
}
