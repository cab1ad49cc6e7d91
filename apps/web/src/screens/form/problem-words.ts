import { plainText, violationOf, type QuestionNode } from '@attune/forms/engine'
import { say } from '../../messages/index.ts'

/** What is wrong with a question, in the form author's words or, where there are none, in ours. Undefined when nothing is. */
export function findProblem(node: QuestionNode): string | undefined {
  const violation = violationOf(node)
  if (violation === undefined) return undefined
  if (violation.message !== undefined) return violation.message
  const label = plainText(node.currentState.label) || say('form.unnamed')
  if (violation.kind === 'constraint') return say('form.problemConstraint', { label })
  return say(node.nodeType === 'select' ? 'form.problemChoose' : node.nodeType === 'trigger' ? 'form.problemTick' : 'form.problemAnswer', { label })
}
