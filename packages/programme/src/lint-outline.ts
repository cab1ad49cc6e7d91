import { questionsOf, type FormOutline } from '@attune/forms'
import { lintForm, type Field, type FormKind, type LintIssue } from '@attune/policy'

export type LintRules = {
  readonly kind: FormKind
  /** Questions that may ask who somebody is. */
  readonly identity: readonly string[]
  readonly languages: readonly string[]
  readonly fields: readonly Field[]
}

/** Everything that the policy's linter says about an outline. */
export function lintOutline(outline: FormOutline, { kind, identity, languages, fields }: LintRules): readonly LintIssue[] {
  const questions = questionsOf(outline).map((question) => ({
    name: question.name,
    type: question.type,
    label: question.label,
    hint: question.hint,
    guidance: question.guidance,
    appearance: question.appearance,
    choices: question.list === undefined ? [] : (outline.choices[question.list] ?? []),
    calculated: question.calculation !== undefined || question.type === 'calculate',
    row: question.row,
  }))
  return lintForm({ id: outline.formId, kind, languages, questions, identityQuestions: identity }, { fields })
}
