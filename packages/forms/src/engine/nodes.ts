import type {
  AnyInputNode,
  AnyRangeNode,
  AnyControlNode,
  AnyNode,
  AnyLeafNode,
  GeneralChildNode,
  GroupNode,
  RepeatInstanceNode,
  RepeatRangeNode,
  RootNode,
  SelectNode,
  UploadNode,
} from '@getodk/xforms-engine'

// The nodes of a form in use, as the engine gives them. Screens and widgets know these names and never the engine's package.
export type {
  AnyInputNode,
  AnyNode,
  AnyNoteNode,
  AnyRangeNode,
  FormLanguage,
  GeneralChildNode,
  GroupNode,
  MarkdownNode,
  NoteNode,
  RankNode,
  RepeatInstanceNode,
  RepeatRangeNode,
  RepeatRangeUncontrolledNode,
  RootNode,
  SelectItem,
  SelectNode,
  TextRange,
  TextRole,
  TriggerNode,
  UploadNode,
} from '@getodk/xforms-engine'

/** A question that a person sees and, unless it is a note, answers. */
export type QuestionNode = AnyControlNode
/** Anything that has questions below it. */
export type SectionNode = RootNode | GroupNode | RepeatInstanceNode | RepeatRangeNode

const questionKinds = new Set(['input', 'note', 'range', 'rank', 'select', 'trigger', 'upload'])

export function isQuestion(node: AnyNode): node is QuestionNode {
  return questionKinds.has(node.nodeType)
}

export function isRepeat(node: AnyNode): node is RepeatRangeNode {
  return node.nodeType === 'repeat-range:controlled' || node.nodeType === 'repeat-range:uncontrolled'
}

export function isSelect(node: AnyNode): node is SelectNode {
  return node.nodeType === 'select'
}

export function isUpload(node: AnyNode): node is UploadNode {
  return node.nodeType === 'upload'
}

/** True while the node has something to show: relevant itself, and for a group or repeat with something relevant in it. */
export function isShown(node: AnyNode): boolean {
  if (node.nodeType === 'model-value' || !node.currentState.relevant) return false
  if (isQuestion(node) || node.nodeType === 'root') return true
  if (node.nodeType === 'repeat-range:uncontrolled') return true
  return 'hasRelevantBodyNodes' in node.currentState && node.currentState.hasRelevantBodyNodes
}

/** The last step of the node's path: the name that the form's author gave it. */
export function nameOf(node: AnyNode): string {
  const { reference } = node.currentState
  return reference.slice(reference.lastIndexOf('/') + 1)
}

/** A question whose answer comes from a calculation: shown, never typed. */
export function isCalculated(node: QuestionNode): boolean {
  return node.definition.bind.calculate !== null
}

/** Every question below a node that is shown now, in the order of the form. */
export function shownQuestions(node: SectionNode): QuestionNode[] {
  return leaves(node, true).filter(isQuestion)
}

/** Every leaf below a node, whether shown or not. */
export function leavesOf(node: SectionNode): AnyLeafNode[] {
  return leaves(node, false)
}

function leaves(node: SectionNode, shownOnly: boolean): AnyLeafNode[] {
  const found: AnyLeafNode[] = []
  for (const child of node.currentState.children as readonly (GeneralChildNode | RepeatInstanceNode)[]) {
    if (shownOnly && !isShown(child)) continue
    if (child.nodeType === 'model-value' || isQuestion(child)) found.push(child)
    else found.push(...leaves(child, shownOnly))
  }
  return found
}

/** The answer as the form writes it: always text, never one of the engine's own number or date values. */
export function textOf(node: QuestionNode): string {
  return node.currentState.instanceValue
}

/** Answers a question that takes text, a number, a day, a time or a place. What the engine cannot read leaves the answer blank. */
export function writeText(node: AnyInputNode | AnyRangeNode, text: string): void {
  ;(node as { setValue(value: string): unknown }).setValue(text)
}

/** The ends and the step of a range, as numbers for drawing. */
export function boundsOf(node: AnyRangeNode): { readonly start: number; readonly end: number; readonly step: number } {
  const { start, end, step } = node.definition.bounds
  return { start: Number(start), end: Number(end), step: Number(step) }
}

/** The words of the appearance column. */
export function appearancesOf(node: AnyNode): string[] {
  return node.appearances === null ? [] : [...(node.appearances as unknown as Iterable<string>)]
}
