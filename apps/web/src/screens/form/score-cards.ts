import { asTotals, findBand, findScore, scoreMeasure, toPoints, type MeasureScore, type Scale } from '@attune/measures'
import { say } from '../../messages/index.ts'

/** A measure as the programme uses it on a form: item code or score id to question name. */
export type MeasureUse = {
  readonly scale: Scale
  readonly items: { readonly [item: string]: string }
  readonly scores: { readonly [score: string]: string }
}

/** One number with the scale it stands on. `name` is left out for a measure's total. */
export type ScoreLine = { readonly name: string | undefined; readonly score: string; readonly range: string; readonly band: string | undefined }

/** What one measure came to, and what may be said about it. The total first, then its parts. */
export type ScoreCard = {
  readonly id: string
  readonly name: string
  /** What the measure asks about, in a sentence. */
  readonly about: string
  readonly lines: readonly ScoreLine[]
  readonly says: string | undefined
  /** An answer that asks somebody to look at once. */
  readonly care: string | undefined
}

/** Cards for the measures that were filled in; `answerTo` gives the answer to a question by its name. */
export function toScoreCards(measures: readonly unknown[], answerTo: (question: string) => string): ScoreCard[] {
  return measures.filter(isMeasureUse).flatMap((use) => toCard(use, answerTo) ?? [])
}

/** A measure scored from the form's answers; undefined when it was not filled in, or not within its range. */
export function scoreUse({ scale, items, scores }: MeasureUse, answerTo: (question: string) => string): MeasureScore | undefined {
  // What the form holds decides: a measure whose items could be asked may stand on it as its total alone.
  const fromItems = Object.keys(items).length > 0
  const asked = fromItems ? items : scores
  const answers = Object.fromEntries(Object.entries(asked).map(([code, question]) => [code, toNumber(answerTo(question))]))
  if (Object.values(answers).every((answer) => answer === null)) return undefined
  const result = scoreMeasure(fromItems ? scale : asTotals(scale), answers)
  return result.refused === undefined ? result : undefined
}

function toCard(use: MeasureUse, answerTo: (question: string) => string): ScoreCard | undefined {
  const { scale } = use
  const result = scoreUse(use, answerTo)
  if (result === undefined) return undefined
  const parts = Object.entries(result.subscales).flatMap(([id, value]) => toLine(scale, id, value) ?? [])
  const total = scale.total === undefined ? undefined : toLine(scale, scale.total.id, result.total)
  // A total of one part says the same thing twice.
  const lines = total === undefined ? parts : parts.length > 1 ? [total, ...parts] : [total]
  const care = result.risks.length > 0 ? say('form.scoreCare') : undefined
  // Too many items were left out to add up: say so instead of showing nothing.
  const says = lines.length === 0 ? say('form.scoreTooFew', { missing: result.missing }) : directionOf(scale)
  return { id: scale.id, name: scale.name, about: scale.about, lines, says, care }
}

function toLine(scale: Scale, id: string, stored: number | null): ScoreLine | undefined {
  const score = findScore(scale, id)
  if (score === undefined || stored === null) return undefined
  const points = toPoints(stored, scale)
  return {
    name: id === scale.total?.id ? undefined : score.name,
    score: String(points),
    range: say('form.scoreRange', { low: String(score.min), high: String(score.max) }),
    // A band that is only remembered, not confirmed from its source, is not shown to a family as a fact.
    band: score.bandTable === undefined || score.bandTable.confidence === 'recall' ? undefined : findBand(score, points)?.label,
  }
}

function directionOf(scale: Scale): string | undefined {
  if (scale.direction === 'none') return undefined
  return say(scale.direction === 'higher' ? 'form.scoreHigher' : 'form.scoreLower')
}

function toNumber(text: string): number | null {
  return text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text)
}

export function isMeasureUse(value: unknown): value is MeasureUse {
  return typeof value === 'object' && value !== null && 'scale' in value && 'items' in value && 'scores' in value
}
