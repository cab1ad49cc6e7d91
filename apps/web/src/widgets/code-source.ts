import { appearancesOf, textOf, type AnyInputNode, type QuestionNode, type SelectItem, type SelectNode } from '@attune/forms/engine'
import { checkClientCode } from '@attune/policy'

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

/** True for a client code that was made by a form: its own check symbol says so where the form does not ask where it comes from. */
export function isMadeCode(node: QuestionNode): boolean {
  if (node.nodeType !== 'input' || !appearancesOf(node).includes('client-code')) return false
  const source = findSourceQuestion(node)
  return source === undefined ? checkClientCode(textOf(node), { source: 'form' }).allowed : source.currentState.value[0] === 'form'
}
