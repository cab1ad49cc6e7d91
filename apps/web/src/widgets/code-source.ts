import type { AnyInputNode, SelectItem, SelectNode } from '@attune/forms/engine'

export type CodeSource = 'service' | 'form'

/** The question beside the code that says where it was made: a select whose choices are "service" and "form". Undefined when the form has none. */
export function findSourceQuestion(node: AnyInputNode): SelectNode | undefined {
  for (const sibling of node.parent.currentState.children) {
    if (sibling.nodeType !== 'select') continue
    const names = sibling.currentState.valueOptions.map((item: SelectItem) => item.value)
    if (names.length === 2 && names.includes('service') && names.includes('form')) return sibling
  }
  return undefined
}
