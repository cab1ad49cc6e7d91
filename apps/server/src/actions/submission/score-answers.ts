// Scores of a record, worked out from its items. A total that came along with items is replaced by ours: totals are calculated, not typed (DCS-036).
import type { Answers, AnswerValue } from '@attune/forms'
import { asTotals, scoreMeasure, toPoints, toScores } from '@attune/measures'
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
  const answers: { [question: string]: AnswerValue } = { ...given }
  for (const { scale, items, scores: places } of measures) {
    const fromItems = Object.keys(items).length > 0
    const asked = fromItems ? items : places
    const values: Record<string, number> = {}
    for (const [part, question] of Object.entries(asked)) {
      const value = toNumber(answers[question])
      if (value !== undefined) values[part] = value
    }
    if (fromItems) for (const question of Object.values(places)) delete answers[question]
    if (Object.keys(values).length === 0) continue
    const result = scoreMeasure(fromItems ? scale : asTotals(scale), values)
    if (result.refused !== undefined) {
      refused.push(asked[result.refusedItem ?? ''] ?? Object.values(asked)[0]!)
      continue
    }
    for (const score of toScores(scale)) {
      const stored = score.id === 'total' ? result.total : (result.subscales[score.id] ?? null)
      if (stored === null) continue
      scales.push(`${scale.id}/${score.id}`)
      scores.push(stored)
      const question = places[score.id]
      if (fromItems && question !== undefined) answers[question] = toPoints(stored, scale)
    }
  }
  return { scales, scores, answers, refused }
}

function toNumber(value: AnswerValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value !== '' ? Number(value) : undefined
}
