// Records on their way to a service's data support.
import { reviewReasons, type RecordRow, type RecordView, type Review, type ReviewReason } from '@attune/contract'
import { questionsOf, type AnswerValue, type Answers, type FormOutline, type OutlineNode, type QuestionOutline, type Texts } from '@attune/forms'
import { toPoints } from '@attune/measures'
import { measuresIn, type Programme, type ProgrammeForm } from '@attune/programme'

/** An opened record without the client's code. `scales` are "measure/scale", and beside them the stored scores. */
export type RecordFacts = {
  readonly recordId: string
  readonly sessionOn: string
  readonly practitionerId: string | undefined
  readonly receivedAt: Date
  readonly serviceCopy: boolean
  readonly reviewState: string
  readonly reviewPlaces: readonly { readonly path: string; readonly why: string }[]
  readonly formId: string
  readonly formVersion: string
  readonly policyVersion: string
  readonly scales: readonly string[]
  readonly scores: readonly number[]
  readonly answers: Answers
  readonly form: ProgrammeForm | undefined
}

/** An opened record with the code that its client goes by. */
export type CodedRecord = RecordFacts & { readonly code: string }

export function presentRecordRow(programme: Programme, row: CodedRecord): RecordRow {
  const questions = row.form?.kind === 'client-record' ? row.form.questions : undefined
  const text = (question: string | undefined) => (question === undefined ? '' : String(row.answers[question] ?? ''))
  const number = questions === undefined ? undefined : row.answers[questions.sessionNo]
  return {
    recordId: row.recordId,
    code: row.code,
    sessionOn: row.sessionOn,
    sessionNo: typeof number === 'number' ? number : null,
    timePoint: text(questions?.timePoint),
    sessionMode: text(questions?.sessionMode),
    ageGroup: text(questions?.ageGroup),
    practitionerId: row.practitionerId ?? null,
    scores: presentScores(row.form === undefined ? programme : { measures: measuresIn(programme, row.form) }, row),
    receivedAt: row.receivedAt.toISOString(),
    serviceCopy: row.serviceCopy,
    reviewState: row.reviewState,
  }
}

/** Scores in points: `phq-9` for a total, `mors-sf.warmth` for another scale. */
export function presentScores(
  { measures }: Pick<Programme, 'measures'>,
  { scales, scores }: Pick<RecordFacts, 'scales' | 'scores'>,
): Record<string, number> {
  const shown: Record<string, number> = {}
  scales.forEach((name, at) => {
    const [measure = '', part = ''] = name.split('/')
    const scoreFactor = measures.find(({ scale }) => scale.id === measure)?.scale.scoreFactor ?? 1
    shown[part === 'total' ? measure : `${measure}.${part}`] = toPoints(scores[at]!, { scoreFactor })
  })
  return shown
}

export function presentRecord(programme: Programme, row: CodedRecord, practitioner: string | null): RecordView {
  return {
    record: presentRecordRow(programme, row),
    answers: row.form === undefined ? [] : presentAnswers(row.form.outline, row.answers),
    practitioner,
    formId: row.formId,
    formVersion: row.formVersion,
    policyVersion: row.policyVersion,
    review: presentReview(row),
  }
}

/** Where the engine reads the record otherwise, in the words of the form. */
export function presentReview({ form, reviewState, reviewPlaces }: Pick<RecordFacts, 'form' | 'reviewState' | 'reviewPlaces'>): Review {
  // Most records agree with their form, and tables ask this of each row.
  const questions = form === undefined || reviewPlaces.length === 0 ? [] : questionsOf(form.outline)
  const language = form?.outline.defaultLanguage ?? ''
  return {
    state: reviewState,
    reasons: reviewPlaces.map(({ path, why }) => {
      const plain = path.replaceAll(/\[\d+\]/g, '')
      const question = questions.find((one) => one.path === plain)
      const label = question?.label[language] ?? Object.values(question?.label ?? {})[0] ?? ''
      return { place: question?.name ?? plain, label, why: isReviewReason(why) ? why : 'engine-failed' }
    }),
  }
}

const isReviewReason = (why: string): why is ReviewReason => (reviewReasons as readonly string[]).includes(why)

/** The reasons as sentences, for tables. */
export const reviewSentences: { readonly [why in ReviewReason]: string } = {
  differs: 'The form works out another answer here.',
  required: 'The form asks for an answer here.',
  constraint: 'The answer breaks a rule of the form.',
  'file-missing': 'The picture that is named here never arrived.',
  'form-unusable': 'The form could not be opened again to check this record.',
  'engine-failed': 'Checking this record failed.',
  'took-too-long': 'Checking this record took too long.',
}

type Line = RecordView['answers'][number]

/** Every answer in the order of the form, in the form's own words. A repeat's answers are numbered. */
export function presentAnswers(outline: FormOutline, answers: Answers): Line[] {
  const words = (texts: Texts) => texts[outline.defaultLanguage] ?? Object.values(texts)[0] ?? ''
  const lines: Line[] = []
  const walk = (nodes: readonly OutlineNode[], given: Answers, section: string) => {
    for (const node of nodes) {
      if (node.kind === 'group') walk(node.children, given, section || words(node.label))
      else if (node.kind === 'repeat') {
        const rows = given[node.name]
        if (Array.isArray(rows)) rows.forEach((instance, at) => walk(node.children, instance as Answers, `${section || words(node.label)} ${at + 1}`))
      } else {
        const value = given[node.name] ?? given[node.path.slice(outline.rootName.length + 2)]
        const label = words(node.label)
        if (value !== undefined && label !== '')
          lines.push({ name: node.name, label, section, value: presentValue(outline, node, value, words), kind: node.type })
      }
    }
  }
  walk(outline.children, answers, '')
  return lines
}

/** An answer in words: labels for choices, "yes" for an acknowledgement. */
export function presentValue(outline: FormOutline, question: QuestionOutline, value: AnswerValue, words: (texts: Texts) => string): string {
  if (question.type === 'acknowledge') return value === 'OK' || value === true ? 'yes' : 'no'
  const choices = question.list === undefined ? undefined : outline.choices[question.list]
  const named = (name: string) => {
    const choice = choices?.find((each) => each.name === name)
    return choice === undefined ? name : words(choice.label) || name
  }
  return Array.isArray(value) ? (value as readonly string[]).map(named).join(', ') : named(String(value))
}
