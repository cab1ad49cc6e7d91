// Adds up one questionnaire. Pure and fast: no allocation per item, everything derivable was worked out by parseScale.
import { findBand, toScores } from './scale.ts'
import type { Scale, Score } from './scale.ts'

/** Answers by item code, or by score id (`total`, a subscale) where the scale is entered as totals. null = not answered. */
export type Answers = Readonly<Record<string, number | null | undefined>>

/** Why a questionnaire was not scored. */
export const scoreRefusals = ['unknown-answer', 'answer-out-of-range', 'totals-are-calculated', 'score-out-of-range', 'scale-not-ready'] as const
export type ScoreRefusal = (typeof scoreRefusals)[number]

/** The result. Scores are whole numbers (points x scoreFactor); null where too much was left unanswered. */
export type MeasureScore = {
  readonly total: number | null
  readonly subscales: Readonly<Record<string, number | null>>
  readonly missing: number
  readonly band: string | null
  readonly caseness: boolean | null
  /** Items whose answer asks a person to look at once. */
  readonly risks: readonly string[]
  /** Parts that rest on a fact from memory: show them only as unconfirmed. */
  readonly unconfirmed: readonly ('missing' | 'band' | 'caseness')[]
  readonly refused?: ScoreRefusal
  readonly refusedItem?: string
}

const none: readonly never[] = []

/**
 * Scores one set of answers.
 * An answer outside its item's range, or for an item the scale does not have, refuses the whole set: nothing is guessed.
 * @example scoreMeasure(phq9, { q1: 2, q2: 1, … }).total
 */
export function scoreMeasure(scale: Scale, answers: Answers): MeasureScore {
  const problem =
    scale.notReady !== undefined
      ? { refused: 'scale-not-ready' as const, item: '' }
      : scale.entry === 'items'
        ? checkItems(scale, answers)
        : checkTotals(scale, answers)
  if (problem !== undefined) {
    return {
      total: null,
      subscales: {},
      missing: 0,
      band: null,
      caseness: null,
      risks: none,
      unconfirmed: none,
      refused: problem.refused,
      refusedItem: problem.item,
    }
  }
  return scale.entry === 'items' ? scoreItems(scale, answers) : scoreTotals(scale, answers)
}

function checkItems(scale: Scale, answers: Answers): { refused: ScoreRefusal; item: string } | undefined {
  let known = 0
  for (const item of scale.items) {
    const answer = answers[item.code]
    if (answer === undefined) continue
    known += 1
    if (answer === null) continue
    if (!(answer >= item.min && answer <= item.max) || !Number.isInteger(answer)) return { refused: 'answer-out-of-range', item: item.code }
  }
  let given = 0
  for (const code in answers) if (answers[code] !== undefined) given += 1
  if (given === known) return undefined
  const scores = toScores(scale)
  const odd = Object.keys(answers).find((code) => answers[code] !== undefined && !scale.items.some((item) => item.code === code)) ?? ''
  return { refused: scores.some((score) => score.id === odd) ? 'totals-are-calculated' : 'unknown-answer', item: odd }
}

function checkTotals(scale: Scale, answers: Answers): { refused: ScoreRefusal; item: string } | undefined {
  const scores = toScores(scale)
  for (const id in answers) {
    const answer = answers[id]
    if (answer === undefined) continue
    const score = scores.find((known) => known.id === id)
    if (score === undefined) return { refused: 'unknown-answer', item: id }
    if (score.from.length > 0) return { refused: 'totals-are-calculated', item: id }
    if (answer === null) continue
    const steps = answer / score.roundTo
    if (!(answer >= score.min && answer <= score.max) || Math.abs(steps - Math.round(steps)) > 1e-6)
      return { refused: 'score-out-of-range', item: id }
  }
  return undefined
}

function scoreItems(scale: Scale, answers: Answers): MeasureScore {
  let missing = 0
  let risks: string[] | undefined
  for (const item of scale.items) if (item.scored && (answers[item.code] ?? null) === null) missing += 1
  for (const risk of scale.risks) if ((answers[risk.item] ?? -Infinity) >= risk.atLeast) (risks ??= []).push(risk.item)
  const subscales: Record<string, number | null> = {}
  for (const score of scale.subscales) subscales[score.id] = addUp(scale, score, answers)
  const total =
    scale.total === undefined ? null : scale.total.from.length > 0 ? addSubscales(scale.total, subscales) : addUp(scale, scale.total, answers)
  return withReading(scale, total, subscales, missing, risks ?? none)
}

function scoreTotals(scale: Scale, answers: Answers): MeasureScore {
  let missing = 0
  const toStored = (score: Score) => {
    const answer = answers[score.id] ?? null
    if (answer === null) missing += 1
    return answer === null ? null : Math.round(answer * scale.scoreFactor)
  }
  const subscales: Record<string, number | null> = {}
  for (const score of scale.subscales) subscales[score.id] = toStored(score)
  const total = scale.total === undefined ? null : scale.total.from.length > 0 ? addSubscales(scale.total, subscales) : toStored(scale.total)
  return withReading(scale, total, subscales, missing, none)
}

function addUp(scale: Scale, score: Score, answers: Answers): number | null {
  let sum = 0
  let answered = 0
  let members = 0
  for (const item of scale.items) {
    if (!score.items.includes(item.code)) continue
    members += 1
    const answer = answers[item.code]
    if (answer === undefined || answer === null) continue
    answered += 1
    sum += item.reversed ? item.min + item.max - answer : answer
  }
  if (answered === 0 || answered < score.missing.atLeast) return null
  if (score.conversion !== undefined) return toWhole(score.conversion[String(sum)] ?? null, scale.scoreFactor)
  const points = score.combine === 'mean' ? sum / answered : answered === members ? sum : (sum / answered) * members
  const step = score.roundTo * scale.scoreFactor
  return Math.round(Math.floor((points * scale.scoreFactor) / step + 0.5 + 1e-9) * step)
}

function addSubscales(score: Score, subscales: Readonly<Record<string, number | null>>): number | null {
  let sum = 0
  let known = 0
  for (const part of score.from) {
    const value = subscales[part] ?? null
    if (value === null) continue
    sum += value
    known += 1
  }
  if (known === 0 || known < score.missing.atLeast) return null
  if (score.conversion !== undefined) return toWhole(score.conversion[String(sum / score.scoreFactor)] ?? null, score.scoreFactor)
  return Math.round(score.combine === 'mean' ? sum / known : (sum / known) * score.from.length)
}

function toWhole(points: number | null, scoreFactor: number): number | null {
  return points === null ? null : Math.round(points * scoreFactor)
}

function withReading(
  scale: Scale,
  total: number | null,
  subscales: MeasureScore['subscales'],
  missing: number,
  risks: readonly string[],
): MeasureScore {
  const score = scale.total
  if (score === undefined || total === null) return { total, subscales, missing, band: null, caseness: null, risks, unconfirmed: none }
  const points = total / scale.scoreFactor
  const [band, caseness] = [findBand(score, points)?.id ?? null, isCase(score, points)]
  const unconfirmed: ('missing' | 'band' | 'caseness')[] = []
  if (missing > 0 && score.missing.confidence === 'recall') unconfirmed.push('missing')
  if (band !== null && score.bandTable?.confidence === 'recall') unconfirmed.push('band')
  if (caseness !== null && score.caseness?.confidence === 'recall') unconfirmed.push('caseness')
  return { total, subscales, missing, band, caseness, risks, unconfirmed: unconfirmed.length === 0 ? none : unconfirmed }
}

/** Whether a score in points is on the clinical side of the cut-off; null where the scale has none. */
export function isCase(score: Score, points: number): boolean | null {
  if (score.caseness === undefined) return null
  return score.caseness.side === 'at-or-above' ? points >= score.caseness.at : points <= score.caseness.at
}
