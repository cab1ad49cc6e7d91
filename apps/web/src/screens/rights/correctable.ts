// Which answers of a record can be put right on the screen, as what, and what the server is sent for them. The server checks all of it again.
import { neverCorrected, type FormView, type RecordView } from '@attune/contract'
import type { FormOutline, OutlineNode, QuestionOutline, QuestionType, Texts } from '@attune/forms'

type AnswerLine = RecordView['answers'][number]
export type CorrectionKind = 'choice' | 'choices' | 'whole' | 'number' | 'day' | 'words'
export type CorrectableAnswer = {
  readonly name: string
  readonly label: string
  readonly kind: CorrectionKind
  readonly choices: readonly { readonly name: string; readonly label: string }[]
  /** As the form's file holds it: names of choices with a space between them, a day as YYYY-MM-DD. */
  readonly value: string
}
export type NewValue = { readonly value: string } | { readonly problem: 'missing' | 'same' | 'whole' | 'number' | 'day' }

const kinds: { readonly [type in QuestionType]?: CorrectionKind } = {
  'select-one': 'choice',
  'select-multiple': 'choices',
  integer: 'whole',
  range: 'number',
  decimal: 'number',
  date: 'day',
  text: 'words',
}

/**
 * Answers that are given once, can be typed here and say neither who the client is nor what they agreed to, by name. `named` is the form's own list
 * of questions by their meaning.
 */
export function toCorrectable(
  outline: FormOutline,
  named: FormView['questions'],
  answers: readonly AnswerLine[],
): ReadonlyMap<string, CorrectableAnswer> {
  const fixed: readonly unknown[] = [...neverCorrected.client, ...neverCorrected.consent].map((role) => named[role])
  const words = (texts: Texts) => texts[outline.defaultLanguage] ?? Object.values(texts)[0] ?? ''
  const questions = new Map(questionsOnce(outline.children).map((question) => [question.name, question]))
  const found = new Map<string, CorrectableAnswer>()
  for (const { name, label, value } of answers) {
    const question = questions.get(name)
    const kind = question === undefined || question.readonly === true || fixed.includes(name) ? undefined : kinds[question.type]
    if (question === undefined || kind === undefined) continue
    const choices =
      question.list === undefined ? [] : (outline.choices[question.list] ?? []).map((choice) => ({ name: choice.name, label: words(choice.label) }))
    if ((kind === 'choice' || kind === 'choices') && choices.length === 0) continue
    found.set(name, { name, label, kind, choices, value: toRaw(kind, choices, value) })
  }
  return found
}

// A question inside a repeat is answered several times; its name alone does not say which of them is meant.
function questionsOnce(nodes: readonly OutlineNode[]): QuestionOutline[] {
  return nodes.flatMap((node) => (node.kind === 'question' ? [node] : node.kind === 'group' ? questionsOnce(node.children) : []))
}

function toRaw(kind: CorrectionKind, choices: CorrectableAnswer['choices'], shown: string): string {
  if (kind === 'choice') return choices.find(({ label }) => label === shown)?.name ?? ''
  if (kind !== 'choices') return shown
  return choices
    .filter(({ label }) => `, ${shown}, `.includes(`, ${label}, `))
    .map(({ name }) => name)
    .join(' ')
}

/** What was typed as the form's file holds it, or what is wrong with it. */
export function parseNewValue({ kind, value }: Pick<CorrectableAnswer, 'kind' | 'value'>, typed: string): NewValue {
  const text = typed.trim()
  if (text === '') return { problem: kind === 'day' ? 'day' : 'missing' }
  if (kind === 'whole' && !/^-?\d{1,9}$/.test(text)) return { problem: 'whole' }
  if (kind === 'number' && !/^-?\d{1,9}(\.\d{1,6})?$/.test(text)) return { problem: 'number' }
  if (kind === 'day' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return { problem: 'day' }
  return text === value ? { problem: 'same' } : { value: text }
}

/** A value of the form's file in the words of the form. */
export function sayValue({ kind, choices }: Pick<CorrectableAnswer, 'kind' | 'choices'>, value: string): string {
  if (kind !== 'choice' && kind !== 'choices') return value
  return value
    .split(' ')
    .map((name) => choices.find((choice) => choice.name === name)?.label ?? name)
    .join(', ')
}
