import { isQuestion, isShown, leavesOf, nameOf, shownQuestions, type GeneralChildNode, type QuestionNode } from '@attune/forms/engine'

/** Every question that the nodes show now, groups and repeats opened. */
export function questionsOfNodes(nodes: readonly GeneralChildNode[]): QuestionNode[] {
  return nodes.flatMap((node) => {
    if (!isShown(node) || node.nodeType === 'model-value') return []
    return isQuestion(node) ? [node] : shownQuestions(node)
  })
}

/** True while the nodes ask the question of that name. Other questions that come and go are not looked at. */
export function isAskedIn(nodes: readonly GeneralChildNode[], question: string | undefined): boolean {
  if (question === undefined) return false
  return nodes.some((node) => {
    if (node.nodeType === 'model-value') return false
    const leaves = isQuestion(node) ? [node] : leavesOf(node)
    return leaves.some((leaf) => nameOf(leaf) === question && isShown(leaf))
  })
}
