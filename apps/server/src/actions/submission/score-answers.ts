// Scores of a record, worked out from its items. A total that came along with items is replaced by ours: totals are calculated, not typed (DCS-036).
import type { Answers, AnswerValue } from '@attune/forms'
import { asTotals, scoreMeasure, toPoints, toScores, type MeasureScore, type Scale } from '@attune/measures'
import type { MeasureUse } from '@attune/programme'

export type ScoredAnswers = {
  /** "measure/scale", and beside it the stored whole number. */
  readonly scales: readonly string[]
  readonly scores: readonly number[]
  readonly answers: Answers
  /** Questions whose answers no measure can take. */
  readonly refused: readonly string[]
}

/** Scores every measure that has an answer. The answers come back with calculated totals in place of typed ones. */
export function scoreAnswers(measures: readonly MeasureUse[], given: Answers): ScoredAnswers {
  const scales: string[] = []
  const scores: number[] = []
  const refused: string[] = []
  const changed: { [question: string]: AnswerValue | undefined } = {}
  const answerOf = (question: string) => (question in changed ? changed[question] : given[question])
  /** A measure by what was given for one kind of its questions; undefined when nothing was, or when it cannot be taken. */
  const score = (scale: Scale, asked: Asked): MeasureScore | undefined => {
    let values: Record<string, number> | undefined
    for (const [part, question] of asked) {
      const value = toNumber(answerOf(question))
      if (value !== undefined) (values ??= {})[part] = value
    }
    if (values === undefined) return undefined
    const result = scoreMeasure(scale, values)
    if (result.refused === undefined) return result
    refused.push(asked.find(([part]) => part === result.refusedItem)?.[1] ?? asked[0]![1])
    return undefined
  }
  for (const use of measures) {
    const { scale, items, places, typed, totals, parts } = planOf(use)
    const fromItems = items.length > 0
    if (fromItems) for (const [, question] of places) if (given[question] !== undefined) changed[question] = undefined
    const added = fromItems ? score(scale, items) : score(totals, places)
    const beside = score(totals, typed)
    if (added === undefined && beside === undefined) continue
    for (const { id, name, place, paper } of parts) {
      const fromLines = findScore(added, id)
      const stored = fromLines ?? findScore(beside, id)
      if (stored === null) continue
      scales.push(name)
      scores.push(stored)
      if (!fromItems || fromLines === null) continue
      if (place !== undefined) changed[place] = toPoints(stored, scale)
      if (paper !== undefined && answerOf(paper) !== undefined) changed[paper] = toPoints(stored, scale)
    }
  }
  return { scales, scores, answers: withChanges(given, changed), refused }
}

type Asked = readonly (readonly [part: string, question: string])[]
type Plan = {
  readonly scale: Scale
  readonly totals: Scale
  readonly items: Asked
  readonly places: Asked
  readonly typed: Asked
  readonly parts: readonly { readonly id: string; readonly name: string; readonly place: string | undefined; readonly paper: string | undefined }[]
}

const plans = new WeakMap<MeasureUse, Plan>()

/** What does not change from record to record, worked out once. */
function planOf(use: MeasureUse): Plan {
  let plan = plans.get(use)
  if (plan === undefined) {
    const { scale, items, scores: places, typed = {} } = use
    const parts = toScores(scale).map(({ id }) => ({ id, name: `${scale.id}/${id}`, place: places[id], paper: typed[id] }))
    plan = { scale, totals: asTotals(scale), items: Object.entries(items), places: Object.entries(places), typed: Object.entries(typed), parts }
    plans.set(use, plan)
  }
  return plan
}

/** The answers as they are where nothing became another value, else a copy; `undefined` takes an answer out. */
function withChanges(given: Answers, changed: { readonly [question: string]: AnswerValue | undefined }): Answers {
  if (!Object.keys(changed).some((question) => changed[question] !== given[question])) return given
  const answers: { [question: string]: AnswerValue } = { ...given }
  for (const [question, value] of Object.entries(changed)) {
    if (value === undefined) delete answers[question]
    else answers[question] = value
  }
  return answers
}

function findScore(result: MeasureScore | undefined, id: string): number | null {
  if (result === undefined) return null
  return id === 'total' ? result.total : (result.subscales[id] ?? null)
}

function toNumber(value: AnswerValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value !== '' ? Number(value) : undefined
}
