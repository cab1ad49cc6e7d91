// What a form may ask. Every answer needs an entry in the policy with a purpose and a reason (UK GDPR Article 5(1)(b) and (c)); a form about
// clients never asks who they are, when they were born or for special category facts, in any of its languages.
import type { FormKind } from '../gate.ts'
import type { Field, Policy } from '../policy.ts'
import { findTopic, findTopicOfChoices, toNameWords, type Topic } from './find-topic.ts'
import { identityNames, identityTopics, identityTypes } from './identity-topics.ts'
import { specialTopics } from './special-topics.ts'

type Texts = { readonly [language: string]: string }

/** A question as the linter sees it: the parts of a form outline that it reads. */
export type LintedQuestion = {
  readonly name: string
  readonly type: string
  readonly label: Texts
  readonly hint: Texts
  readonly guidance: Texts
  readonly appearance: readonly string[]
  readonly choices: readonly { readonly name: string; readonly label: Texts }[]
  /** True when the form works the answer out and nobody types it. */
  readonly calculated: boolean
  readonly row: number
}

export type LintedForm = {
  readonly id: string
  readonly kind: FormKind
  readonly languages: readonly string[]
  readonly questions: readonly LintedQuestion[]
  /** Questions that may ask who the person is: those of the practitioner consent that its policy names. Always empty for client forms. */
  readonly identityQuestions: readonly string[]
}

export const lintCodes = [
  'question-without-field',
  'question-without-purpose',
  'question-without-reason',
  'field-without-question',
  'question-asks-identity',
  'question-asks-exact-age',
  'question-asks-special-category',
  'question-takes-media',
  'free-text-unmarked',
  'guidance-missing',
] as const
export type LintCode = (typeof lintCodes)[number]

export type LintIssue = { readonly code: LintCode; readonly question: string; readonly row?: number; readonly message: string }

/** All reasons why a form may not be published under a policy; none when it may. Each names the question and says what to do. */
export function lintForm(form: LintedForm, policy: Pick<Policy, 'fields'>): readonly LintIssue[] {
  const fields = new Map(policy.fields.filter((field) => field.form === form.id).map((field) => [field.name, field]))
  const asked = new Set(form.questions.map((question) => question.name))
  return [
    ...form.questions.flatMap((question) => [
      ...checkField(form, question, fields.get(question.name)),
      ...checkTopics(form, question),
      ...checkGuidance(form, question, fields.get(question.name)),
    ]),
    ...[...fields.values()]
      .filter((field) => field.origin === 'asked' && !asked.has(field.name))
      .map((field): LintIssue => ({
        code: 'field-without-question',
        question: field.name,
        message: `The policy says that ${form.id} asks for "${field.name}", but the form has no such question. Remove the field or add the question.`,
      })),
  ]
}

function checkField(form: LintedForm, question: LintedQuestion, field: Field | undefined): readonly LintIssue[] {
  if (question.type === 'note') return []
  const issue = (code: LintCode, message: string): LintIssue => ({ code, question: question.name, row: question.row, message })
  if (field === undefined) {
    return form.kind === 'practice'
      ? []
      : [
          issue(
            'question-without-field',
            `"${question.name}" is asked but not in the policy. Add it under fields with at least one purpose, a reason and how long it is kept, or remove the question.`,
          ),
        ]
  }
  const issues: LintIssue[] = []
  if (field.purposes.length === 0)
    issues.push(
      issue('question-without-purpose', `"${question.name}" has no purpose. Say under fields what it is needed for, or remove the question.`),
    )
  if (field.justification.trim() === '')
    issues.push(issue('question-without-reason', `"${question.name}" has no justification. Say under fields why the work cannot be done without it.`))
  if (isFreeText(question) && !form.identityQuestions.includes(question.name) && !(field.disclosureRisk && field.sensitivity === 'free-text')) {
    issues.push(
      issue(
        'free-text-unmarked',
        `"${question.name}" takes free text, where a person can be named by accident. Give its field the sensitivity free-text and disclosureRisk: true.`,
      ),
    )
  }
  return issues
}

/** Text that people write in their own words. Codes, and text that the form works out, are not free. */
export function isFreeText(question: Pick<LintedQuestion, 'type' | 'appearance' | 'calculated'>): boolean {
  return question.type === 'text' && !question.calculated && !question.appearance.includes('client-code')
}

function checkGuidance(form: LintedForm, question: LintedQuestion, field: Field | undefined): readonly LintIssue[] {
  const needed =
    form.kind === 'client-record' &&
    question.type === 'text' &&
    (isFreeText(question) || field?.disclosureRisk === true || question.appearance.includes('client-code'))
  if (!needed) return []
  return form.languages
    .filter((language) => (question.guidance[language] ?? question.guidance['default'] ?? '').trim() === '')
    .map((language) => ({
      code: 'guidance-missing',
      question: question.name,
      row: question.row,
      message: `"${question.name}" has no guidance in ${language}. Add a guidance_hint that says how to keep people out of the answer.`,
    }))
}

function checkTopics(form: LintedForm, question: LintedQuestion): readonly LintIssue[] {
  if (question.type === 'note') return []
  const issue = (code: LintCode, message: string): LintIssue => ({ code, question: question.name, row: question.row, message })
  const mayIdentify = form.identityQuestions.includes(question.name)
  const media = identityTypes[question.type]
  if (media !== undefined && !mayIdentify)
    return [issue('question-takes-media', `"${question.name}" takes ${media}, which can show or place a person. This form may not collect that.`)]
  const special = topicOf(question, specialTopics)
  if (special !== undefined) {
    return [
      issue(
        'question-asks-special-category',
        `"${question.name}" asks about ${special.label}. This is never asked for and no setting allows it. Remove the question.`,
      ),
    ]
  }
  // An acknowledgement holds nothing but a yes, so its words may speak of names.
  if (mayIdentify || question.type === 'acknowledge') return []
  const ageBands = question.type === 'select-one'
  const identity = topicOf(question, identityTopics) ?? topicOfName(question, ageBands)
  if (identity === undefined) return []
  return identity.id === 'exact-age'
    ? [
        issue(
          'question-asks-exact-age',
          `"${question.name}" asks for an exact age. Ask for the age group instead: pre-birth, 0-2, 2-4, 5-11 or 11-18.`,
        ),
      ]
    : [issue('question-asks-identity', `"${question.name}" asks for ${identity.label}. A client is known only by a code. Remove the question.`)]
}

// A label is excused only by a "without" close before the word; a hint may list what to leave out in one sentence. Choices are never excused.
function topicOf(question: LintedQuestion, topics: readonly Topic[]): Topic | undefined {
  for (const text of Object.values(question.label)) {
    const found = findTopic(text, topics, 2)
    if (found !== undefined) return found
  }
  for (const text of [...Object.values(question.hint), ...Object.values(question.guidance)]) {
    const found = findTopic(text, topics, Number.MAX_SAFE_INTEGER)
    if (found !== undefined) return found
  }
  const languages = new Set(question.choices.flatMap((choice) => Object.keys(choice.label)))
  for (const language of languages) {
    const found = findTopicOfChoices(
      question.choices.map((choice) => choice.label[language] ?? ''),
      topics,
    )
    if (found !== undefined) return found
  }
  return findTopicOfChoices(
    question.choices.map((choice) => choice.name.replace(/[_-]/g, ' ')),
    topics,
  )
}

function topicOfName(question: LintedQuestion, ageBands: boolean): Topic | undefined {
  const id = toNameWords(question.name)
    .map((word) => (Object.hasOwn(identityNames, word) ? identityNames[word] : undefined))
    .find((found) => found !== undefined)
  if (id === undefined || (id === 'exact-age' && ageBands)) return undefined
  return identityTopics.find((topic) => topic.id === id)
}
