import { checkExpression } from './expressions/check-expression.ts'
import { findInstanceExpressions } from './expressions/label-content.ts'
import { isSection, type FormNode, type Nameable } from './form-tree.ts'
import { findOnlyReference } from './expressions/references.ts'
import { findNumber, type SurveyContext } from './survey-context.ts'
import type { IssueList } from './issues.ts'
import { messageAttributes } from './translations.ts'
import type { Words } from './words.ts'
import { findText, toPlace, type Table } from './table.ts'
import { expressionAttributes, findYesOrNo } from './write-binds.ts'

/** Checks every expression of the form, each at its own cell. */
export function checkExpressions(nodes: readonly FormNode[], entities: Table | undefined, context: SurveyContext): void {
  const { settings, choices, issues } = context
  for (const list of choices.lists.values()) {
    for (const { label, media, row } of list.choices) {
      if (!choices.table) continue
      if (mayLookUp(label)) checkLookups(label, toPlace(choices.table, row, 'label'), issues)
      checkMedia(media, choices.table, row, issues)
    }
  }
  for (const node of nodes) {
    if (node.kind === 'question' || isSection(node)) checkNode(node, context)
  }
  if (settings.instanceName !== undefined && settings.table && settings.row)
    checkExpression(settings.instanceName, toPlace(settings.table, settings.row, 'instance_name'), issues)
  for (const row of entities?.rows ?? []) {
    for (const name of ['entity_id', 'create_if', 'update_if', 'label']) {
      const text = entities === undefined ? undefined : findText(entities, row, name)
      if (entities !== undefined && text !== undefined) checkExpression(text, toPlace(entities, row, name), issues)
    }
  }
}

function mayLookUp(words: Words | undefined): words is Words {
  return typeof words === 'string' ? words.includes('instance(') : words !== undefined
}

/** Labels may look things up with instance(): those parts are expressions too. */
function checkLookups(words: Words, place: ReturnType<typeof toPlace>, issues: IssueList): void {
  for (const text of typeof words === 'string' ? [words] : words.values()) {
    if (!text.includes('instance(')) continue
    for (const [start, end] of findInstanceExpressions(text)) checkExpression(text.slice(start, end), place, issues)
  }
}

/** Players that read a file's name before the answer is known cannot open a form that builds the name from one. */
function checkMedia(media: ReadonlyMap<string, Words>, table: Table, row: number, { report }: IssueList): void {
  for (const [kind, words] of media) {
    const texts = typeof words === 'string' ? [words] : [...words.values()]
    if (texts.some((text) => text.includes('${'))) report('media-with-answer', toPlace(table, row, 'media', kind))
  }
}

const thresholds = ['accuracyThreshold', 'unacceptableAccuracyThreshold'] as const

function checkNode(node: Nameable, { table, issues }: SurveyContext): void {
  if (node.kind === 'question' && node.rule.question === 'calculate' && node.name.startsWith('instance') && node.parent?.isBodyless === true) return
  for (const [name, words] of node.bind ?? []) {
    if (!expressionAttributes.has(name) || typeof words !== 'string' || findYesOrNo(words) !== undefined) continue
    const isCount = node.kind === 'question' && node.isGenerated && name === 'calculate'
    checkExpression(words, isCount ? toPlace(table, node.row, 'control', 'jr:count') : toPlace(table, node.row, 'bind', name), issues)
  }
  if (mayLookUp(node.label)) checkLookups(node.label, toPlace(table, node.row, 'label'), issues)
  if (mayLookUp(node.hint)) checkLookups(node.hint, toPlace(table, node.row, 'hint'), issues)
  if (mayLookUp(node.guidance)) checkLookups(node.guidance, toPlace(table, node.row, 'guidance_hint'), issues)
  for (const attribute of messageAttributes) {
    const words = node.bind?.get(attribute)
    if (mayLookUp(words)) checkLookups(words, toPlace(table, node.row, 'bind', attribute), issues)
  }
  checkMedia(node.media, table, node.row, issues)
  if (node.kind !== 'question') return
  for (const name of thresholds) {
    const text = node.control.get(name)
    if (text !== undefined && findNumber(text) === undefined)
      issues.report('parameter-not-number', toPlace(table, node.row, 'control', name), { name })
  }
  if (node.choiceFilter !== undefined) checkExpression(node.choiceFilter, toPlace(table, node.row, 'choice_filter'), issues)
  if (node.isDefaultComputed && node.default !== undefined && findOnlyReference(node.default) === undefined)
    checkExpression(node.default, toPlace(table, node.row, 'default'), issues)
}
