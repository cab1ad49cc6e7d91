import { readFileSync } from 'node:fs'
import { parseScale, type Scale } from '@attune/measures'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { ProgressSession } from '../../progress-copy/index.ts'

import { toProgress } from './to-progress.ts'
import { changeMark, changeSentence } from './progress-words.ts'

function scaleOf(id: string): Scale {
  const read = parseScale(parse(readFileSync(new URL(`../../../../../packages/measures/scales/${id}.yaml`, import.meta.url), 'utf8')))
  if (!('scale' in read)) throw new Error(`${id} does not parse`)
  return read.scale
}

let measures: unknown[]
beforeAll(() => {
  const use = (id: string, domain: string) => ({ scale: scaleOf(id), domain, form: 'client-session', items: {}, scores: {} })
  measures = [use('gbo', 'goals'), use('phq-9', 'wellbeing'), use('kpcs', 'attitude'), use('mors-sf', 'relationship')]
})

const session = (sessionNo: number, more: Partial<ProgressSession> = {}): ProgressSession => ({
  sessionId: `s${sessionNo}`,
  sessionOn: `2026-0${sessionNo}-12`,
  sessionNo,
  timePoint: 'during',
  formVersion: '2025-06.1',
  edition: '2025-06',
  goals: [],
  scores: {},
  carried: {},
  ...more,
})
const goal = (rating: number | null, wording = 'Enjoy bath time', no = 1) => ({ no, wording, rating })
const cards = (...sessions: ProgressSession[]) => toProgress(sessions, measures).flatMap((section) => section.cards)

describe('the way of one client', () => {
  it('DCS-083: is told by what it is about, and each score knows which way is better', () => {
    const scores = (kpcs: number, warmth: number, invasion: number) => ({ kpcs: { total: kpcs }, 'mors-sf': { warmth, invasion } })
    const sections = toProgress([session(1, { scores: scores(30, 20, 18) }), session(2, { scores: scores(38, 27, 12) })], measures)
    expect(sections.map(({ domain, cards: all }) => [domain, all.map((card) => [card.part ?? card.title, card.change.is])])).toEqual([
      ['attitude', [['Karitane Parenting Confidence Scale', 'better']]],
      [
        'relationship',
        [
          [expect.stringMatching(/warmth/i), 'better'],
          [expect.stringMatching(/invasion/i), 'better'],
        ],
      ],
    ])
  })

  it('DCS-084: one session has no change; three have the change from the first to the last, and every score between', () => {
    const phq9 = (total: number) => ({ scores: { 'phq-9': { total } } })
    expect(cards(session(1, phq9(18))).map(({ change }) => change)).toEqual([{ is: 'none-yet' }])
    const [card] = cards(session(1, phq9(18)), session(2, phq9(20)), session(3, phq9(9)))
    expect(card?.points.map(({ score }) => score)).toEqual([18, 20, 9])
    expect(card?.change).toEqual({ is: 'better', by: 9, beyondWobble: true })
    expect(cards(session(1, phq9(18)), session(2, phq9(13)))[0]?.change).toEqual({ is: 'better', by: 5, beyondWobble: false })
    expect(cards(session(1, phq9(9)), session(2, phq9(15)))[0]?.change).toEqual({ is: 'worse', by: 6, beyondWobble: true })
  })

  it('COM-053: a goal is followed by its number, and its step counts as clear from three on', () => {
    const [first, second] = cards(
      session(1, { goals: [goal(4), goal(2, 'Calm bedtime', 2)] }),
      session(2, { goals: [goal(7), goal(4, 'Calm bedtime', 2)] }),
    )
    expect([first?.title, first?.change]).toEqual(['Enjoy bath time', { is: 'better', by: 3, beyondWobble: true }])
    expect([second?.title, second?.change]).toEqual(['Calm bedtime', { is: 'better', by: 2, beyondWobble: false }])
  })

  it('a goal that was given other words is another goal; capitals and a full stop make no other one', () => {
    expect(cards(session(1, { goals: [goal(4)] }), session(2, { goals: [goal(7, 'enjoy Bath time.')] })).map(({ change }) => change.is)).toEqual([
      'better',
    ])
    const other = cards(session(1, { goals: [goal(4)] }), session(2, { goals: [goal(7, 'Sleep through the night')] }))
    expect(other.map(({ title, change }) => [title, change.is])).toEqual([
      ['Enjoy bath time', 'none-yet'],
      ['Sleep through the night', 'none-yet'],
    ])
  })

  it('says nothing about a measure that was never filled in', () => expect(cards(session(1), session(2))).toEqual([]))
})

describe('a card in words', () => {
  const wordsOf = (before: number, after: number) =>
    cards(session(1, { scores: { 'phq-9': { total: before } } }), session(2, { scores: { 'phq-9': { total: after } } })).map((card) => [
      changeMark(card).words,
      changeSentence(card),
    ])[0]

  it('DCS-085: says in plain words what the picture shows', () => {
    expect(wordsOf(18, 11)).toEqual(['Better', 'From 18 to 11: better by 7 points. The change is larger than the questionnaire’s usual wobble.'])
    expect(wordsOf(18, 17)).toEqual([
      'Much the same',
      'From 18 to 17: better by 1 point. A change this small is within the questionnaire’s usual wobble.',
    ])
    expect(wordsOf(9, 15)).toEqual(['Harder now', 'From 9 to 15: harder by 6 points. The change is larger than the questionnaire’s usual wobble.'])
    expect(wordsOf(9, 9)).toEqual(['Same as before', 'From 9 to 9: the same as before.'])
  })

  it('does not claim to know the wobble of a measure for which nobody has confirmed it', () => {
    const [card] = cards(session(1, { scores: { kpcs: { total: 30 } } }), session(2, { scores: { kpcs: { total: 38 } } }))
    expect(changeSentence(card!)).toBe('From 30 to 38: better by 8 points. How much this questionnaire wobbles by itself is not known.')
  })
})
