// Ties the questions of a form to what the programme means by them, and checks that each is of a type that can mean it.
import { questionsOf, type FormOutline, type QuestionOutline, type QuestionType } from '@attune/forms'
import type { FormKind, Policy } from '@attune/policy'
import type { Cursor } from './cursor.ts'
import { nearest } from './cursor.ts'
import type { ProgrammeIssueCode } from './issue.ts'
import type { ClientRecordQuestions, ConsentQuestions } from './programme.ts'

type Report = (code: ProgrammeIssueCode, row: number, message: string) => void

export type Meanings = {
  readonly form:
    | { readonly kind: 'client-record'; readonly questions: ClientRecordQuestions }
    | { readonly kind: 'practitioner-consent'; readonly questions: ConsentQuestions }
    | { readonly kind: 'practice' }
  /** Questions that may ask who somebody is. */
  readonly identity: readonly string[]
}

/** The five age groups of the DCS, exactly as the policy names them, in order. */
export const ageGroups = ['pre-birth', '0-2', '2-4', '5-11', '11-18'] as const

export function readQuestions(entry: Cursor, kind: FormKind, outline: FormOutline, policy: Policy, report: Report): Meanings {
  if (kind === 'practice') return { form: { kind }, identity: [] }
  const place = entry.need('questions', '{ meaning: question name }')
  const find = toFinder(outline)
  if (kind === 'practitioner-consent') return readConsentQuestions(place, find, policy, outline, report)
  return { form: { kind, questions: readClientQuestions(place, find, policy) }, identity: [] }
}

type Finder = (
  place: Cursor,
  types: readonly QuestionType[],
  choices?: readonly string[],
) => { readonly name: string; readonly question: QuestionOutline | undefined; readonly choices: readonly string[] }

function toFinder(outline: FormOutline): Finder {
  const questions = new Map(questionsOf(outline).map((question) => [question.name, question]))
  return (place, types, choices) => {
    const name = place.text()
    const question = questions.get(name)
    const names = (outline.choices[question?.list ?? ''] ?? []).map((choice) => choice.name)
    if (name === '') return { name, question, choices: names }
    if (question === undefined)
      place.report('question-unknown', `${outline.formId} has no question "${name}".${nearest(name, [...questions.keys()])}`)
    else if (!types.includes(question.type))
      place.report('question-type-wrong', `"${name}" is of the type ${question.type}; here it must be ${types.join(' or ')}.`)
    else if (choices !== undefined && (names.length !== choices.length || choices.some((choice, at) => names[at] !== choice))) {
      place.report(
        'choices-wrong',
        `"${name}" must offer exactly these choices in this order: ${choices.join(', ')}. It offers: ${names.join(', ')}.`,
      )
    }
    return { name, question, choices: names }
  }
}

const clientKeys = [
  'clientConsent',
  'signedOn',
  'heldByService',
  'serviceCopy',
  'clientCode',
  'codeSource',
  'sessionOn',
  'sessionNo',
  'timePoint',
  'sessionMode',
  'ageGroup',
  'otherSupport',
  'narratives',
  'goals',
  'carriedOver',
]

// What somebody says in words, signs or photographs is said anew at each session.
const carryable: readonly QuestionType[] = ['select-one', 'select-multiple', 'integer', 'decimal']

function readClientQuestions(place: Cursor, find: Finder, policy: Policy): ClientRecordQuestions {
  place.onlyKeys(clientKeys)
  const one = (key: string, types: readonly QuestionType[], choices?: readonly string[]) =>
    find(place.need(key, 'the name of a question'), types, choices).name
  const goalList = place.need('goals', 'a list of { text: …, rating: … }')
  const goals = goalList.items().map((goal) => {
    goal.onlyKeys(['text', 'rating'])
    return { text: find(goal.need('text', 'a question'), ['text']).name, rating: find(goal.need('rating', 'a question'), ['range', 'integer']).name }
  })
  const most = policy.values.goalsPerClientMaximum
  if (goals.length > most) goalList.report('value-out-of-range', `The policy allows ${most} goals per client; here are ${goals.length}.`)
  return {
    clientConsent: one('clientConsent', ['select-one'], ['yes', 'no']),
    signedOn: one('signedOn', ['date']),
    heldByService: one('heldByService', ['acknowledge']),
    serviceCopy: one('serviceCopy', ['select-one'], ['yes', 'no']),
    clientCode: one('clientCode', ['text']),
    codeSource: one('codeSource', ['select-one'], ['service', 'form']),
    sessionOn: one('sessionOn', ['date']),
    sessionNo: one('sessionNo', ['integer']),
    timePoint: one('timePoint', ['select-one'], ['before', 'during', 'after']),
    sessionMode: one('sessionMode', ['select-one'], ['face-to-face', 'online']),
    ageGroup: one('ageGroup', ['select-one'], ageGroups),
    otherSupport: readOtherSupport(place, find),
    narratives: place
      .need('narratives', 'a list of questions in words')
      .items()
      .map((item) => find(item, ['text']).name),
    goals,
    carriedOver: (place.at('carriedOver')?.items() ?? []).map((item) => find(item, carryable).name),
  }
}

// A coded list with "none" and "other" in it (DCS-034): services may add codes between the two.
function readOtherSupport(place: Cursor, find: Finder): string {
  const at = place.need('otherSupport', 'the name of a question')
  const { name, question, choices } = find(at, ['select-multiple'])
  const missing = ['none', 'other'].filter((word) => !choices.includes(word))
  if (question !== undefined && missing.length > 0)
    at.report('choices-wrong', `"${name}" must offer "none" and "other" as well. Missing: ${missing.map((word) => `"${word}"`).join(', ')}.`)
  return name
}

const consentKeys = {
  firstName: ['text'],
  surname: ['text'],
  businessEmail: ['text'],
  serviceName: ['text'],
  signature: ['image'],
} as const satisfies { [key: string]: readonly QuestionType[] }

function readConsentQuestions(place: Cursor, find: Finder, policy: Policy, outline: FormOutline, report: Report): Meanings {
  place.onlyKeys([...Object.keys(consentKeys), 'statements'])
  const one = (key: keyof typeof consentKeys) => find(place.need(key, 'the name of a question'), consentKeys[key]).name
  const statementPlace = place.need('statements', '{ statement id: question name }')
  const statements: { [statement: string]: string } = {}
  for (const { key, value, place: keyPlace } of statementPlace.entries()) {
    const statement = policy.terms.statements.find((candidate) => candidate.id === key)
    const { name, question } = find(value, ['acknowledge'])
    statements[key] = name
    if (statement === undefined)
      keyPlace.report(
        'reference-unknown',
        `The terms have no statement "${key}". They have: ${policy.terms.statements.map((known) => known.id).join(', ')}.`,
      )
    else if (question !== undefined && question.label[outline.defaultLanguage] !== statement.text) {
      report('statement-differs', question.row, `"${name}" must use the words of the terms: “${statement.text}”`)
    }
    if (question !== undefined && question.required !== true)
      report('question-type-wrong', question.row, `"${name}" must be required: nobody takes part without accepting it.`)
  }
  for (const statement of policy.terms.statements) {
    if (!Object.hasOwn(statements, statement.id))
      statementPlace.report(
        'key-missing',
        `The statement "${statement.id}" of the terms is not asked for. Write ${statement.id}: the name of its question.`,
      )
  }
  const questions: ConsentQuestions = {
    firstName: one('firstName'),
    surname: one('surname'),
    businessEmail: one('businessEmail'),
    serviceName: one('serviceName'),
    signature: one('signature'),
    statements,
  }
  const { statements: asked, ...person } = questions
  const known = new Set([...Object.values(person), ...Object.values(asked)])
  for (const question of questionsOf(outline)) {
    if (question.type !== 'note' && !known.has(question.name)) {
      report(
        'question-refused',
        question.row,
        `The practitioner consent asks for five things about the person and for the statements of the terms. "${question.name}" is none of them. Remove it.`,
      )
    }
  }
  return { form: { kind: 'practitioner-consent', questions }, identity: Object.values(person) }
}
