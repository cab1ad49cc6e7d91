import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { findReliableChange, parseScale, scoreMeasure, toScores } from './index.ts'
import type { Scale } from './index.ts'

const folder = new URL('../scales/', import.meta.url)
const files = readdirSync(folder).sort()

function getScale(file: string): Scale {
  const result = parseScale(parse(readFileSync(new URL(file, folder), 'utf8'), { maxAliasCount: 50 }))
  if ('issues' in result) throw new Error(`${file}: ${result.issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ')}`)
  return result.scale
}

// id: [licence class, confidence, direction, range of every score in points]
const expected: Record<string, [string, string, string, Record<string, [number, number]>]> = {
  'asq-se-2': ['commercial', 'medium', 'lower', {}],
  bpses: ['ask', 'high', 'higher', { total: [5, 25] }],
  'core-10': ['ship-unmodified', 'high', 'lower', { total: [0, 40] }],
  'core-om': ['ship-unmodified', 'medium', 'lower', { total: [0, 4], wellbeing: [0, 4], problems: [0, 4], functioning: [0, 4], risk: [0, 4] }],
  cprs: ['ask', 'low', 'none', { conflict: [8, 40], closeness: [7, 35] }],
  ders: ['ask', 'low', 'lower', { total: [36, 180] }],
  epds: ['permission', 'high', 'lower', { total: [0, 30] }],
  'gad-2': ['ship', 'medium', 'lower', { total: [0, 6] }],
  'gad-7': ['ship', 'high', 'lower', { total: [0, 21] }],
  gbo: ['conditions', 'medium', 'higher', { total: [0, 10], goal1: [0, 10], goal2: [0, 10], goal3: [0, 10] }],
  gses: ['conditions', 'high', 'higher', { total: [10, 40] }],
  hads: ['commercial', 'high', 'lower', { anxiety: [0, 21], depression: [0, 21] }],
  'hse-msit': [
    'conditions',
    'low',
    'higher',
    { demands: [1, 5], control: [1, 5], 'manager-support': [1, 5], 'peer-support': [1, 5], relationships: [1, 5], role: [1, 5], change: [1, 5] },
  ],
  'kidscreen-10': ['permission', 'low', 'higher', {}],
  kpcs: ['conditions', 'high', 'higher', { total: [0, 45] }],
  mbi: ['commercial', 'medium', 'none', { ee: [0, 54], dp: [0, 30], pa: [0, 48] }],
  mmf: ['ask', 'medium', 'lower', { emotional: [0, 20], behavioural: [0, 12] }],
  'mors-sf': ['permission', 'medium', 'none', { warmth: [0, 35], invasion: [0, 35] }],
  ors: ['permission', 'high', 'higher', { total: [0, 40] }],
  pbq: ['ship', 'high', 'lower', { total: [0, 125], f1: [0, 60], f2: [0, 35], f3: [0, 20], f4: [0, 10] }],
  'phq-2': ['ship', 'medium', 'lower', { total: [0, 6] }],
  'phq-9': ['ship', 'high', 'lower', { total: [0, 27] }],
  prfq: ['conditions', 'medium', 'none', { prementalizing: [1, 7], certainty: [1, 7], interest: [1, 7] }],
  'psi-4-sf': ['commercial', 'medium', 'lower', { total: [36, 180], pd: [12, 60], pcdi: [12, 60], dc: [12, 60] }],
  'pss-10': ['permission', 'medium', 'lower', { total: [0, 40] }],
  'pss-bj': ['permission', 'high', 'lower', { total: [18, 90] }],
  rcads: [
    'ask',
    'medium',
    'lower',
    { total: [0, 141], depression: [0, 30], gad: [0, 18], ocd: [0, 18], panic: [0, 27], separation: [0, 21], social: [0, 27] },
  ],
  'score-15': ['conditions', 'low', 'lower', { total: [15, 75], strengths: [5, 25], difficulties: [5, 25], communication: [5, 25] }],
  sdq: [
    'permission',
    'high',
    'lower',
    { total: [0, 40], emotional: [0, 10], conduct: [0, 10], hyperactivity: [0, 10], peer: [0, 10], prosocial: [0, 10], impact: [0, 10] },
  ],
  sessw: ['conditions', 'medium', 'higher', {}],
  swemwbs: ['permission', 'high', 'higher', { total: [7, 35], raw: [7, 35] }],
  topse: [
    'permission',
    'high',
    'higher',
    { total: [0, 480], d1: [0, 60], d2: [0, 60], d3: [0, 60], d4: [0, 60], d5: [0, 60], d6: [0, 60], d7: [0, 60], d8: [0, 60] },
  ],
  tses: ['ask', 'low', 'higher', { total: [1, 9] }],
  wemwbs: ['permission', 'high', 'higher', { total: [14, 70] }],
}

describe('the scale definitions', () => {
  it('are exactly the measures of the facts list, one file each', () => {
    expect(files).toEqual(
      Object.keys(expected)
        .map((id) => `${id}.yaml`)
        .sort(),
    )
  })

  it.each(Object.entries(expected))('%s agrees with the facts list', (id, [itemText, confidence, direction, ranges]) => {
    const scale = getScale(`${id}.yaml`)
    expect([scale.id, scale.licence.itemText, scale.confidence, scale.direction]).toEqual([id, itemText, confidence, direction])
    expect(Object.fromEntries(toScores(scale).map((score) => [score.id, [score.min, score.max]]))).toEqual(ranges)
  })

  it('keep item wording only where the licence lets software show it', () => {
    const withText = files.map(getScale).filter((scale) => scale.items.some((item) => item.text !== undefined))
    expect(withText.map((scale) => [scale.id, scale.licence.itemText])).toEqual([
      ['core-10', 'ship-unmodified'],
      ['gad-7', 'ship'],
      ['phq-9', 'ship'],
    ])
  })

  it('carry the genuine lowest option of the GAD-7 and the PHQ-9', () => {
    for (const id of ['gad-7', 'phq-9']) {
      expect(getScale(`${id}.yaml`).options.map((option) => option.label)).toEqual([
        'Not at all',
        'Several days',
        'More than half the days',
        'Nearly every day',
      ])
    }
  })

  it('use the thresholds of real change that NHS England publishes, in points', () => {
    const points = Object.fromEntries(
      files.map(getScale).flatMap((scale) =>
        toScores(scale).flatMap((score) => {
          const change = findReliableChange(score)
          return change === undefined ? [] : [[`${scale.id} ${score.id}`, change.points]]
        }),
      ),
    )
    expect(points).toEqual({
      'core-10 total': 5,
      'epds total': 4,
      'gad-7 total': 4,
      'gbo total': 2.45,
      'gbo goal1': 3,
      'gbo goal2': 3,
      'gbo goal3': 3,
      'ors total': 6.6,
      'phq-9 total': 6,
      'score-15 total': 10,
      'sdq emotional': 4,
      'sdq conduct': 4,
      'sdq hyperactivity': 4,
      'sdq peer': 3,
      'sdq prosocial': 3,
      'sdq impact': 3,
      'swemwbs total': 3,
      'wemwbs total': 9,
    })
  })

  it('refuse to score a scale whose range is not confirmed', () => {
    const open = files.map(getScale).filter((scale) => scale.notReady !== undefined)
    expect(open.map((scale) => [scale.id, scoreMeasure(scale, { total: 10 }).refused])).toEqual([
      ['asq-se-2', 'scale-not-ready'],
      ['kidscreen-10', 'scale-not-ready'],
      ['sessw', 'scale-not-ready'],
    ])
  })

  it('mark what is known from memory', () => {
    const kpcs = getScale('kpcs.yaml')
    expect(kpcs.total?.bandTable?.confidence).toBe('recall')
    expect(scoreMeasure(kpcs, { total: 38 })).toMatchObject({ total: 38, band: 'mild', caseness: true, unconfirmed: ['band'] })
  })
})
