import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { findBand, isCase, parseScale, scoreMeasure, toComparablePair } from './index.ts'
import type { Answers, Scale } from './index.ts'

function getScale(id: string): Scale {
  const result = parseScale(parse(readFileSync(new URL(`../scales/${id}.yaml`, import.meta.url), 'utf8')))
  if ('issues' in result) throw new Error(JSON.stringify(result.issues))
  return result.scale
}

function toAnswers(values: readonly (number | null)[]): Answers {
  return Object.fromEntries(values.map((value, i) => [`q${i + 1}`, value]))
}

const phq9 = getScale('phq-9')

describe('scoring', () => {
  it('items with a known answer key give the total of the key, and an item out of range is refused', () => {
    expect(scoreMeasure(phq9, toAnswers([1, 2, 3, 0, 1, 2, 3, 0, 0]))).toMatchObject({
      total: 12,
      band: 'moderate',
      caseness: true,
      missing: 0,
      risks: [],
    })
    const refused = scoreMeasure(phq9, toAnswers([1, 2, 3, 0, 1, 2, 3, 4, 0]))
    expect(refused).toMatchObject({ total: null, refused: 'answer-out-of-range', refusedItem: 'q8' })
    expect(scoreMeasure(phq9, toAnswers([-1])).refused).toBe('answer-out-of-range')
    expect(scoreMeasure(phq9, toAnswers([1.5])).refused).toBe('answer-out-of-range')
    expect(scoreMeasure(phq9, toAnswers([Number.NaN])).refused).toBe('answer-out-of-range')
  })

  it('a total that should be calculated cannot be typed', () => {
    expect(scoreMeasure(phq9, { total: 12 })).toMatchObject({ total: null, refused: 'totals-are-calculated', refusedItem: 'total' })
    expect(scoreMeasure(getScale('sdq'), { total: 12 }).refused).toBe('totals-are-calculated')
  })

  it('the band changes exactly at its published limits', () => {
    const bandOf = (total: number) => findBand(phq9.total!, total)?.id
    expect([4, 5, 9, 10, 14, 15, 19, 20].map(bandOf)).toEqual([
      'minimal',
      'mild',
      'mild',
      'moderate',
      'moderate',
      'moderately-severe',
      'moderately-severe',
      'severe',
    ])
    expect([9, 10].map((points) => isCase(phq9.total!, points))).toEqual([false, true])
  })

  it('the functional question of the PHQ-9 is never added up and may be left out', () => {
    const answers = toAnswers([1, 1, 1, 1, 1, 1, 1, 1, 1])
    expect(scoreMeasure(phq9, { ...answers, function: 3 }).total).toBe(9)
    expect(scoreMeasure(phq9, answers)).toMatchObject({ total: 9, missing: 0 })
  })

  it('any answer but "not at all" to the last PHQ-9 item asks somebody to look', () => {
    expect(scoreMeasure(phq9, toAnswers([0, 0, 0, 0, 0, 0, 0, 0, 1])).risks).toEqual(['q9'])
  })

  it('two missing PHQ-9 items are made up for by the mean of the others, marked as an unconfirmed rule; three are too many', () => {
    expect(scoreMeasure(phq9, toAnswers([1, 2, null, 3, 1, null, 0, 0, 1]))).toMatchObject({ total: 10, missing: 2, unconfirmed: ['missing'] })
    expect(scoreMeasure(phq9, toAnswers([1, 2, null, 3, 1, null, null, 0, 1]))).toMatchObject({ total: null, missing: 3, band: null, caseness: null })
  })

  it('CORE-10 turns its two positive items round and keeps a tenth of a point', () => {
    const core10 = getScale('core-10')
    expect(scoreMeasure(core10, toAnswers([0, 4, 4, 0, 0, 0, 0, 0, 0, 0])).total).toBe(0)
    expect(scoreMeasure(core10, toAnswers([0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).total).toBe(80)
    expect(scoreMeasure(core10, toAnswers([1, 2, 4, null, 3, 1, 1, 2, 0, 1]))).toMatchObject({ total: 122, risks: ['q6'] })
  })

  it('the metric score of the short wellbeing scale is read from its table', () => {
    expect(scoreMeasure(getScale('swemwbs'), { raw: 24 })).toMatchObject({ total: 2154, subscales: { raw: 2400 } })
    expect(scoreMeasure(getScale('swemwbs'), { raw: 24.5 }).refused).toBe('score-out-of-range')
  })

  it('goals give the mean of those rated, as an exact whole number', () => {
    expect(scoreMeasure(getScale('gbo'), { goal1: 3, goal2: 4, goal3: 6 }).total).toBe(26)
    expect(scoreMeasure(getScale('gbo'), { goal1: 3, goal2: null })).toMatchObject({ total: 18, missing: 2 })
    expect(scoreMeasure(getScale('gbo'), { goal1: 11 }).refused).toBe('score-out-of-range')
  })

  it('an unknown answer is refused, not ignored', () => {
    expect(scoreMeasure(phq9, { ...toAnswers([1, 1, 1, 1, 1, 1, 1, 1, 1]), q10: 1 })).toMatchObject({ refused: 'unknown-answer', refusedItem: 'q10' })
    expect(scoreMeasure(getScale('epds'), { sum: 4 }).refused).toBe('unknown-answer')
  })

  it('every answer up by one never lowers a total without reversed items (property, seed 7)', () => {
    const gad7 = getScale('gad-7')
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 7, maxLength: 7 }), fc.nat(6), (values, index) => {
        const raised = values.map((value, i) => (i === index ? value + 1 : value))
        expect(scoreMeasure(gad7, toAnswers(raised)).total).toBe((scoreMeasure(gad7, toAnswers(values)).total ?? 0) + 1)
      }),
      { seed: 7 },
    )
  })
})

describe('two scorings of the same person', () => {
  const gbo = getScale('gbo')
  const score = (goal1: number | null, goal2: number | null, goal3: number | null = null) => scoreMeasure(gbo, { goal1, goal2, goal3 })

  it('compare only the goals rated both times: a goal added later is no change', () => {
    expect(toComparablePair(gbo, 'total', score(3, null), score(5, 9))).toEqual({ before: 18, after: 30 })
    expect(toComparablePair(gbo, 'total', score(3, 4), score(5, 9))).toEqual({ before: 21, after: 42 })
    expect(toComparablePair(gbo, 'goal2', score(3, 4), score(5, 9))).toEqual({ before: 24, after: 54 })
  })

  it('give nothing to compare when no goal was rated twice or a total is missing', () => {
    expect(toComparablePair(gbo, 'total', score(3, null), score(null, 9))).toBeUndefined()
    expect(toComparablePair(gbo, 'goal3', score(3, 4), score(5, 9))).toBeUndefined()
    const [full, empty] = [scoreMeasure(phq9, toAnswers([1, 1, 1, 1, 1, 1, 1, 1, 1])), scoreMeasure(phq9, toAnswers([1]))]
    expect(toComparablePair(phq9, 'total', full, full)).toEqual({ before: 9, after: 9 })
    expect(toComparablePair(phq9, 'total', full, empty)).toBeUndefined()
  })
})
