// Wording that is licensed: packs and their licence keys. The statements here are made up; no owner's wording is in this repository.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { findScore, findStanding, parseItemLicence, parseScale, scoreMeasure, withItemPack } from './index.ts'
import type { Answers, Scale } from './index.ts'

function getScale(id: string): Scale {
  const result = parseScale(parse(readFileSync(new URL(`../scales/${id}.yaml`, import.meta.url), 'utf8')))
  if ('issues' in result) throw new Error(JSON.stringify(result.issues))
  return result.scale
}

const toAnswers = (values: readonly number[]): Answers => Object.fromEntries(values.map((value, i) => [`q${i + 1}`, value]))
const sdqText = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`q${i + 1}`, `made-up statement ${i + 1}`]))
const sdqPack = { scale: 'sdq', licence: 'Licence of a made-up service', labels: ['no', 'partly', 'yes'], texts: sdqText }

describe('item packs', () => {
  it('a licensed pack turns entry of totals into items, scored by the published key', () => {
    const loaded = withItemPack(getScale('sdq'), sdqPack)
    if ('issues' in loaded) throw new Error(JSON.stringify(loaded.issues))
    const score = scoreMeasure(loaded.scale, toAnswers(Array.from({ length: 25 }, () => 2)))
    // All "yes": each subscale is 10 less 2 per reversed item; conduct has one (7), hyperactivity two (21, 25), peer two (11, 14).
    expect(score.subscales).toEqual({ emotional: 10, conduct: 8, hyperactivity: 6, peer: 6, prosocial: 10, impact: null })
    expect(score).toMatchObject({ total: 30, band: 'very-high' })
    expect(findScore(loaded.scale, 'prosocial')?.direction).toBe('higher')
  })

  it('an SDQ subscale needs three of five answers and rounds half up', () => {
    const loaded = withItemPack(getScale('sdq'), sdqPack)
    if ('issues' in loaded) throw new Error(JSON.stringify(loaded.issues))
    expect(scoreMeasure(loaded.scale, { q3: 2, q8: 1, q13: 1 }).subscales['emotional']).toBe(7)
    expect(scoreMeasure(loaded.scale, { q3: 0, q8: 1, q13: 0, q16: 1 }).subscales['emotional']).toBe(3)
    expect(scoreMeasure(loaded.scale, { q3: 2, q8: 1 }).subscales['emotional']).toBeNull()
  })

  it('a pack for another scale, without every item, or for a scale without a key is refused with all its mistakes', () => {
    const { q25: _left, ...texts } = sdqText
    const refused = withItemPack(getScale('sdq'), { ...sdqPack, scale: 'epds', labels: ['no'], texts })
    expect('issues' in refused && refused.issues.map((issue) => issue.path)).toEqual(['scale', 'labels', 'texts.q25'])
    const keyless = withItemPack(getScale('mbi'), { scale: 'mbi', licence: 'x', labels: [], texts: {} })
    expect('issues' in keyless && keyless.issues.map((issue) => issue.path)).toEqual(['texts'])
  })

  it('brings the words of other languages whole or not at all, and labels of its own for an item', () => {
    const cy = { labels: ['na', 'braidd', 'ie'], texts: sdqText }
    const loaded = withItemPack(getScale('sdq'), { ...sdqPack, itemLabels: { q2: ['none', 'some', 'all'] }, translations: { cy } })
    if ('issues' in loaded) throw new Error(JSON.stringify(loaded.issues))
    expect(loaded.scale.translations?.['cy']?.labels).toEqual(cy.labels)
    expect(loaded.scale.items.slice(0, 2).map(({ options }) => options.map(({ label }) => label))).toEqual([sdqPack.labels, ['none', 'some', 'all']])
    const { q1: _left, ...texts } = sdqText
    const refused = withItemPack(getScale('sdq'), { ...sdqPack, itemLabels: { q2: ['none'], q99: [] }, translations: { cy: { ...cy, texts } } })
    expect('issues' in refused && refused.issues.map((issue) => issue.path)).toEqual(['itemLabels.q2', 'itemLabels.q99', 'translations.cy.texts.q1'])
  })
})

describe('a licence key', () => {
  const key = {
    scale: 'sdq',
    grantedBy: 'A made-up publisher',
    number: 'L-1',
    services: ['north'],
    from: '2026-01-01',
    until: '2026-12-31',
    packHash: 'A'.repeat(64),
  }

  it('holds from its first day to the end of its last', () => {
    const read = parseItemLicence(key)
    if ('issues' in read) throw new Error(JSON.stringify(read.issues))
    expect(read.licence.packHash).toBe('a'.repeat(64))
    const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01']
    expect(days.map((day) => findStanding(read.licence, day))).toEqual(['not-yet', 'held', 'held', 'over'])
  })

  it('with mistakes is refused with all of them', () => {
    const wrong = { scale: 'sdq', grantedBy: '', number: 'L-1', services: [], from: '2026-02-30', until: '2026-01-01', packHash: 'short', key: 1 }
    const read = parseItemLicence(wrong)
    expect('issues' in read && read.issues.map((issue) => issue.path)).toEqual(['key', 'grantedBy', 'from', 'services', 'packHash'])
    const turned = parseItemLicence({ ...key, from: '2027-01-01' })
    expect('issues' in turned && turned.issues).toEqual([{ path: 'until', message: 'the last day is before the first' }])
  })
})
