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
  const answers: { [question: string]: AnswerValue } = { ...given }
  /** A measure by what was given for one kind of its questions; undefined when nothing was, or when it cannot be taken. */
  const score = (scale: Scale, asked: MeasureUse['items']): MeasureScore | undefined => {
    const given = Object.entries(asked).map(([part, question]) => [part, toNumber(answers[question])] as const)
    const values = Object.fromEntries(given.filter(([, value]) => value !== undefined))
    if (Object.keys(values).length === 0) return undefined
    const result = scoreMeasure(scale, values)
    if (result.refused === undefined) return result
    refused.push(asked[result.refusedItem ?? ''] ?? Object.values(asked)[0]!)
    return undefined
  }
  for (const { scale, items, scores: places, typed = {} } of measures) {
    const fromItems = Object.keys(items).length > 0
    if (fromItems) for (const question of Object.values(places)) delete answers[question]
    const added = fromItems ? score(scale, items) : score(asTotals(scale), places)
    const beside = score(asTotals(scale), typed)
    for (const { id } of toScores(scale)) {
      const fromLines = findScore(added, id)
      const stored = fromLines ?? findScore(beside, id)
      if (stored === null) continue
      scales.push(`${scale.id}/${id}`)
      scores.push(stored)
      const [place, paper] = [places[id], typed[id]]
      if (fromItems && place !== undefined && fromLines !== null) answers[place] = toPoints(stored, scale)
      if (fromItems && paper !== undefined && fromLines !== null && answers[paper] !== undefined) answers[paper] = toPoints(stored, scale)
    }
  }
  return { scales, scores, answers, refused }
}

function findScore(result: MeasureScore | undefined, id: string): number | null {
  if (result === undefined) return null
  return id === 'total' ? result.total : (result.subscales[id] ?? null)
}

function toNumber(value: AnswerValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value !== '' ? Number(value) : undefined
}
