import type { ChoiceList } from './choices-sheet.ts'
import { findRepeat, isEmptyGroup, isSection, type FormNode, type Question, type Section } from './form-tree.ts'
import type { IssueList } from './issues.ts'
import { toItemset } from './itemset.ts'
import { toLabelContent } from './expressions/label-content.ts'
import type { PathWriter } from './expressions/reference-paths.ts'
import { toTriggeredActions, type Triggered } from './triggers.ts'
import { needsItext } from './translations.ts'
import { toPlace, type Table } from './table.ts'
import { toActions, toEntityActions } from './write-binds.ts'
import { isTranslated } from './words.ts'
import { element, type XmlElement } from './xml.ts'

export type BodyContext = {
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly triggered: Triggered
  readonly toPath: PathWriter
  readonly table: Table
  readonly issues: IssueList
}

/** The controls a person sees, in the order of the sheet. */
export function toControls(section: Section, context: BodyContext): XmlElement[] {
  const controls: XmlElement[] = []
  for (const child of section.children) {
    const control = toControl(child, context)
    if (control !== undefined) controls.push(control)
  }
  return controls
}

function toControl(node: FormNode, context: BodyContext): XmlElement | undefined {
  if (node.kind === 'question') return toQuestionControl(node, context)
  if (!isSection(node) || node.isBodyless || isEmptyGroup(node)) return undefined
  return node.kind === 'repeat' ? toRepeatControl(node, context) : toGroupControl(node, context)
}

function toAttributes(node: Question | Section, { toPath }: BodyContext): [string, string][] {
  return [...node.control].map(([name, text]) => [name, toPath(text, node)])
}

function toGroupControl(group: Section, context: BodyContext): XmlElement {
  const label = group.label === undefined ? [] : [toLabel(group, context)]
  return element('group', new Map([...toAttributes(group, context), ['ref', group.path]]), [...label, ...toControls(group, context)])
}

function toRepeatControl(repeat: Section, context: BodyContext): XmlElement {
  const inner = [...toControls(repeat, context), ...toNewRepeatActions(repeat, repeat, context)]
  return element('group', { ref: repeat.path }, [
    toLabel(repeat, context),
    element('repeat', new Map([...toAttributes(repeat, context), ['nodeset', repeat.path]]), inner),
  ])
}

/** What must be set when this repeat gains an instance; repeats inside it look after their own. */
function toNewRepeatActions(section: Section, repeat: Section, context: BodyContext): XmlElement[] {
  return section.children.flatMap((child) => {
    if (child.kind === 'question') return findRepeat(child) === repeat ? toActions(child, true, context.toPath) : []
    if (child.kind === 'entity') return toEntityActions(child)
    return child.kind === 'group' ? toNewRepeatActions(child, repeat, context) : []
  })
}

function toLabel(node: Question | Section, { toPath }: BodyContext): XmlElement {
  if (needsItext(node)) return element('label', { ref: `jr:itext('${node.path}:label')` })
  return typeof node.label === 'string' ? element('label', {}, toLabelContent(node.label, node, toPath)) : element('label')
}

function toHint(node: Question, { toPath }: BodyContext): XmlElement {
  if (isTranslated(node.hint) || node.guidance !== undefined) return element('hint', { ref: `jr:itext('${node.path}:hint')` })
  return typeof node.hint === 'string' ? element('hint', {}, toLabelContent(node.hint, node, toPath)) : element('hint')
}

/** Is a question shown? Calculations, and calculated questions without words, are not. */
export function isShown(question: Question): boolean {
  const { rule, label, hint, triggers, bind } = question
  if (question.type === 'calculate' || question.type === 'background-geopoint') return false
  if ((bind?.has('calculate') === true || triggers.length > 0) && label === undefined && hint === undefined) return false
  return rule.tag !== undefined && rule.tag !== 'action'
}

function toQuestionControl(question: Question, context: BodyContext): XmlElement | undefined {
  const { rule, media, label, hint, guidance, row } = question
  if (!isShown(question) || rule.tag === undefined) return undefined
  const place = toPlace(context.table, row, 'label')
  const hasWords = label !== undefined || media.size > 0 || hint !== undefined
  if (!hasWords && guidance === undefined) context.issues.report('label-missing', place, { name: question.name })
  if (!hasWords && guidance !== undefined) context.issues.report('guidance-alone', place, { name: question.name })
  if (media.has('big-image') && !media.has('image'))
    context.issues.report('big-image-alone', toPlace(context.table, row, 'media', 'big-image'), { name: question.name })
  const attributes = new Map<string, string>()
  if (rule.mediatype !== undefined) attributes.set('mediatype', rule.mediatype)
  for (const [name, text] of question.control) attributes.set(name, context.toPath(text, question))
  attributes.set('ref', question.path)
  const children = [toLabel(question, context)]
  if (hint !== undefined || guidance !== undefined) children.push(toHint(question, context))
  if (question.itemset !== undefined) children.push(toItemset(question, question.itemset, context))
  if (context.triggered.has(question.name)) children.push(...toTriggeredActions(question, context))
  return element(rule.tag, attributes, children)
}
