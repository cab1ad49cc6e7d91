import {
  appearancesOf,
  isCalculated,
  isRepeat,
  isShown,
  plainText,
  textOf,
  type GeneralChildNode,
  type QuestionNode,
  type RepeatRangeNode,
} from '@attune/forms/engine'
import { showClientCode } from '@attune/policy'
import { say, sayWhen } from '../../messages/index.ts'
import { isMadeCode } from '../../widgets/code-source.ts'
import { fromMoment } from '../../widgets/local-time.ts'
import type { Page } from './pages.ts'

/**
 * One question with its answer in words; `answer` is blank when there is none. `spelled` is how a screen reader says an answer whose symbols stand
 * for nothing.
 */
export type AnswerRow = {
  readonly node: QuestionNode
  readonly label: string
  readonly answer: string
  readonly spelled?: string
  readonly within: string
}
export type AnswerSection = { readonly page: Page; readonly rows: readonly AnswerRow[] }

/** What was asked and answered, page by page, as a person would read it out. */
export function toAnswerSections(pages: readonly Page[]): AnswerSection[] {
  return pages.map((page) => ({ page, rows: page.nodes.flatMap((node) => toRows(node, '')) }))
}

function toRows(node: GeneralChildNode, within: string): AnswerRow[] {
  if (!isShown(node) || node.nodeType === 'model-value' || (node.nodeType === 'note' && !isCalculated(node))) return []
  // The heading of a table of choices is drawn like a question and asks nothing.
  if (node.nodeType === 'select' && appearancesOf(node).includes('label')) return []
  if (node.nodeType === 'group') return node.currentState.children.flatMap((child: GeneralChildNode) => toRows(child, within))
  if (isRepeat(node)) return toRepeatRows(node)
  const row = { node, label: plainText(node.currentState.label) || say('form.unnamed'), answer: answerWords(node), within }
  return [isMadeCode(node) ? { ...row, spelled: [...textOf(node)].join(' ') } : row]
}

function toRepeatRows(node: RepeatRangeNode): AnswerRow[] {
  const name = plainText(node.currentState.label)
  return node.currentState.children.flatMap((instance, index) => {
    const title = name === '' ? say('form.repeatUnnamed', { number: index + 1 }) : say('form.repeatNamed', { name, number: index + 1 })
    return instance.currentState.children.flatMap((child: GeneralChildNode) => toRows(child, title))
  })
}

/** An answer in words: labels of choices, days written out, made codes in the groups that are read aloud, files by what they are. */
export function answerWords(node: QuestionNode): string {
  const text = textOf(node)
  if (text === '') return ''
  switch (node.nodeType) {
    case 'select':
      return node.currentState.value.map((name) => plainText(node.getValueOption(name)?.label) || name).join(', ')
    case 'rank':
      return node.currentState.value.map((name, index) => `${index + 1}. ${plainText(node.getValueLabel(name)) || name}`).join('\n')
    case 'trigger':
      return say('form.ticked')
    case 'upload':
      return say(node.nodeOptions.media.type === 'image' ? 'form.pictureAttached' : 'form.fileAttached')
    case 'range':
      return say('form.outOf', { value: text, high: String(Math.max(Number(node.definition.bounds.start), Number(node.definition.bounds.end))) })
    case 'input':
      return isMadeCode(node) ? showClientCode(text) : inputWords(node.valueType, text)
    case 'note':
      return text
  }
}

function inputWords(valueType: string, text: string): string {
  if (valueType === 'date') return sayWhen(`${text.slice(0, 10)}T12:00:00`, 'day')
  if (valueType === 'time') return text.slice(0, 5)
  if (valueType !== 'dateTime') return text
  const { day, time } = fromMoment(text)
  return sayWhen(`${day}T${time}`, 'both')
}
