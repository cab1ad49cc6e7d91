import { isQuestion, isShown, shownQuestions, type GeneralChildNode, type QuestionNode } from '@attune/forms/engine'

/** Every question that the nodes show now, groups and repeats opened. */
export function questionsOfNodes(nodes: readonly GeneralChildNode[]): QuestionNode[] {
  return nodes.flatMap((node) => {
    if (!isShown(node) || node.nodeType === 'model-value') return []
    return isQuestion(node) ? [node] : shownQuestions(node)
  })
}
