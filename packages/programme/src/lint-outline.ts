import { listColumnsOf, listFileOf, questionsOf, type FormOutline, type QuestionOutline } from '@attune/forms'
import { lintForm, type Field, type FormKind, type LintIssue } from '@attune/policy'
import type { ListContent } from './check-form-files.ts'

export type LintRules = {
  readonly kind: FormKind
  /** Questions that may ask who somebody is. */
  readonly identity: readonly string[]
  readonly languages: readonly string[]
  readonly fields: readonly Field[]
  /** What stands in the files that choices come from, by the file's name. */
  readonly lists?: ReadonlyMap<string, ListContent>
}

/** Everything that the policy's linter says about an outline. */
export function lintOutline(outline: FormOutline, { kind, identity, languages, fields, lists }: LintRules): readonly LintIssue[] {
  const questions = questionsOf(outline).map((question) => ({
    name: question.name,
    type: question.type,
    label: question.label,
    hint: question.hint,
    guidance: question.guidance,
    appearance: question.appearance,
    choices: question.list === undefined ? toListed(question, lists) : (outline.choices[question.list] ?? []),
    calculated: question.calculation !== undefined || question.type === 'calculate',
    row: question.row,
  }))
  return lintForm({ id: outline.formId, kind, languages, questions, identityQuestions: identity }, { fields })
}

/** Choices that stand in a file, each different wording once. */
function toListed(question: QuestionOutline, lists: LintRules['lists']) {
  const content = lists?.get(listFileOf(question) ?? '')
  if (content === undefined) return []
  const columns = listColumnsOf(question)
  const [value, label] = [content.columns.indexOf(columns.value), content.columns.indexOf(columns.label)]
  return [
    ...new Map(content.rows.map((row) => [`${row[value]} ${row[label]}`, { name: row[value] ?? '', label: { default: row[label] ?? '' } }])).values(),
  ]
}
