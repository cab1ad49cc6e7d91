// What each column of a service's records means: the one list that the tables, the SPSS file and the codebook are made from.
import {
  questionsOf,
  type Answers,
  type AnswerValue,
  type FormOutline,
  type OutlineNode,
  type QuestionOutline,
  type RepeatOutline,
} from '@attune/forms'
import { toScores } from '@attune/measures'
import { measuresIn, type MeasureUse, type Programme, type ProgrammeForm } from '@attune/programme'
import { presentAnswers, presentReview, presentScores, presentValue, reviewSentences, type RecordFacts } from './record.ts'

export type VariableKind = 'text' | 'whole-number' | 'number' | 'day' | 'instant' | 'choice' | 'choices' | 'rank'

export type Variable = {
  readonly name: string
  readonly label: string
  readonly kind: VariableKind
  /** Every choice that any version of the form had, the oldest version's first, so that a later version only adds to the end. */
  readonly choices: readonly { readonly name: string; readonly label: string }[]
  /** Versions of the form that ask it; undefined for what every record has. */
  readonly versions?: readonly string[]
  /** The questionnaire that it belongs to, in words. */
  readonly measure?: string
  readonly of: (row: RecordFacts) => AnswerValue | undefined
  /** The value as a person reads it. */
  readonly shown: (row: RecordFacts) => string | number | null
}

const kinds: Partial<Record<QuestionOutline['valueType'], VariableKind>> = { int: 'whole-number', decimal: 'number', date: 'day' }

/** What every record has, before its answers. */
const onEvery: readonly Variable[] = [
  text('record_id', 'Record', (row) => row.recordId),
  { ...text('received_at', 'Received', (row) => row.receivedAt.toISOString()), kind: 'instant' },
  text('form_version', 'Form version', (row) => row.formVersion),
  text('policy_version', 'Policy version', (row) => row.policyVersion),
  text('practitioner_id', 'Practitioner', (row) => row.practitionerId),
  {
    ...text('review_state', 'Check by the form', (row) => row.reviewState),
    kind: 'choice',
    choices: [
      { name: 'received', label: 'not checked yet' },
      { name: 'agreed', label: 'agrees' },
      { name: 'differs', label: 'to be looked at' },
    ],
  },
  text('review_reasons', 'What to look at', (row) => toReasons(row)),
]
const fixedVariables = onEvery.map((variable): Variable => ({ ...variable, shown: (row) => showFixed(variable, row) }))

/** The variables of records sent with any of these forms, the newest form first. */
export function toVariables(programme: Programme, forms: readonly ProgrammeForm[]): readonly Variable[] {
  const uses = new Map<string, MeasureUse>()
  for (const form of forms)
    for (const use of measuresIn(programme, form))
      for (const question of [...Object.values(use.items), ...Object.values(use.scores)]) if (!uses.has(question)) uses.set(question, use)
  const asked = new Map<string, { node: QuestionOutline | RepeatOutline; outline: FormOutline; versions: string[] }>()
  for (const { outline, version } of forms)
    for (const node of columnNodes(outline.children)) {
      const known = asked.get(node.name)
      if (known === undefined) asked.set(node.name, { node, outline, versions: [version] })
      else if (!known.versions.includes(version)) known.versions.push(version)
    }
  const answers = [...asked].map(([name, { node, outline, versions }]): Variable => {
    const label = wordsOf(outline)(node.label) || name
    if (node.kind === 'repeat')
      return { ...text(name, label, (row) => row.answers[name]), versions, shown: (row) => showRows(outline, node, row.answers[name]) }
    const measure = uses.get(name)?.scale.name
    const choices = choicesOf(name, forms)
    return {
      name,
      label,
      kind: kindOf(node, choices.length > 0),
      choices: node.type === 'acknowledge' ? [{ name: 'OK', label: 'yes' }] : choices,
      versions,
      ...(measure !== undefined && { measure }),
      of: (row) => row.answers[name],
      shown: (row) => showAnswer(outline, node, row.answers[name]),
    }
  })
  return [...fixedVariables, ...answers]
}

/** Scores as the server worked them out, beside the totals that the form itself carries. */
export function toScoreVariables(programme: Programme, forms: readonly ProgrammeForm[]): readonly Variable[] {
  const scales = new Map(forms.flatMap((form) => measuresIn(programme, form)).map(({ scale }) => [scale.id, scale]))
  return [...scales.values()].flatMap((scale) =>
    toScores(scale).map((score): Variable => {
      const name = score.id === 'total' ? scale.id : `${scale.id}.${score.id}`
      const of = (row: RecordFacts) => presentScores(row.form === undefined ? programme : { measures: measuresIn(programme, row.form) }, row)[name]
      return {
        name: `scores.${name}`,
        label: score.id === 'total' ? `${scale.name}, score` : `${scale.name}: ${score.name}`,
        kind: score.scoreFactor === 1 ? 'whole-number' : 'number',
        choices: [],
        measure: scale.name,
        of,
        shown: (row) => of(row) ?? null,
      }
    }),
  )
}

/** What has a column: each question, and each repeat as a whole, because a record may have any number of its rows. */
function columnNodes(nodes: readonly OutlineNode[]): (QuestionOutline | RepeatOutline)[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'group') return columnNodes(node.children)
    return node.kind === 'question' && node.type === 'note' ? [] : [node]
  })
}

/** The rows of a repeat as a person reads them: "1. Day of the visit: 2025-07-01, Note: They waited. 2. …" */
function showRows(outline: FormOutline, { children }: RepeatOutline, value: AnswerValue | undefined): string | null {
  if (value === undefined || !isTable(value)) return null
  const rows = (value as readonly Answers[]).map((row) => presentAnswers({ ...outline, children }, row).map((line) => `${line.label}: ${line.value}`))
  return rows.map((lines, at) => `${at + 1}. ${lines.join(', ')}`).join('\n')
}

function text(name: string, label: string, of: Variable['of']): Variable {
  return { name, label, kind: 'text', choices: [], of, shown: () => null }
}

function showFixed({ choices, of }: Variable, row: RecordFacts): string | null {
  const value = of(row)
  return value === undefined ? null : (choices.find((choice) => choice.name === value)?.label ?? String(value))
}

function toReasons(row: RecordFacts): string | undefined {
  if (row.reviewPlaces.length === 0) return undefined
  return presentReview(row)
    .reasons.map(({ place, why }) => `${place}: ${reviewSentences[why]}`)
    .join(' ')
}

const wordsOf = (outline: FormOutline) => (texts: QuestionOutline['label']) => texts[outline.defaultLanguage] ?? Object.values(texts)[0] ?? ''

function showAnswer(outline: FormOutline, question: QuestionOutline, value: AnswerValue | undefined): string | number | null {
  if (value === undefined) return null
  if (typeof value === 'number' && (question.valueType === 'int' || question.valueType === 'decimal')) return value
  return presentValue(outline, question, value, wordsOf(outline))
}

export const isTable = (value: AnswerValue) => Array.isArray(value) && typeof value[0] === 'object'

function kindOf(question: QuestionOutline, hasChoices: boolean): VariableKind {
  if (question.type === 'acknowledge') return 'choice'
  if (!hasChoices) return kinds[question.valueType] ?? 'text'
  if (question.type === 'select-one') return 'choice'
  if (question.type === 'select-multiple') return 'choices'
  return question.type === 'rank' ? 'rank' : (kinds[question.valueType] ?? 'text')
}

/** The newest words of each choice, in the order in which the versions brought them. */
function choicesOf(name: string, forms: readonly ProgrammeForm[]): Variable['choices'] {
  const found = new Map<string, string>()
  for (const { outline } of [...forms].reverse()) {
    const question = questionsOf(outline).find((one) => one.name === name)
    for (const choice of (question?.list !== undefined && outline.choices[question.list]) || [])
      found.set(choice.name, wordsOf(outline)(choice.label) || choice.name)
  }
  return [...found].map(([choice, label]) => ({ name: choice, label }))
}
