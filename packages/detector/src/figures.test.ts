// The floor that keeps the detector fit for every family: recall in each group of names, also for names in no list, and few false alarms.
import { describe, expect, it } from 'vitest'
import { tallyOf } from '../test/measure.ts'
import { alarmsPer100Words, recallOf, typedRecallOf } from '../test/score.ts'
import { generateSet, makeLexiconWithoutHeldOut, readClean, readOrigins, readWritten } from '../test/sets.ts'

const origins = readOrigins()
const unlisted = makeLexiconWithoutHeldOut()
const unseen = readWritten('unseen')

describe('sentences the rules were not written with', () => {
  it('at least 96 in 100 facts are flagged, 96 in 100 people are found as people', () => {
    expect(recallOf(tallyOf(unseen))).toBeGreaterThanOrEqual(0.96)
    expect(typedRecallOf(tallyOf(unseen, 'PERSON'))).toBeGreaterThanOrEqual(0.96)
  })

  it('prose without a personal fact raises at most 0.7 false alarms in 100 words', () => {
    expect(alarmsPer100Words(tallyOf(readClean('unseen')))).toBeLessThanOrEqual(0.7)
    expect(alarmsPer100Words(tallyOf(readClean('tuned')))).toBeLessThanOrEqual(0.7)
  })

  it.each([...new Set(unseen.map(({ group }) => group))])('%s: at least 90 in 100 are flagged, 90 in 100 people are found as people', (group) => {
    const sentences = unseen.filter((sentence) => sentence.group === group)
    expect(recallOf(tallyOf(sentences))).toBeGreaterThanOrEqual(0.9)
    expect(typedRecallOf(tallyOf(sentences, 'PERSON'))).toBeGreaterThanOrEqual(0.9)
  })

  it('has every group of names in it', () => {
    const groups = new Set(unseen.map(({ group }) => group))
    for (const { origin } of origins) expect(groups).toContain(origin)
  })
})

describe.each(origins.map((origin) => [origin.origin, origin] as const))('%s names', (_, origin) => {
  it('found in every style of capital when they are listed, and written properly when no list holds them', () => {
    for (const author of ['notes', 'letters', 'records'] as const) {
      expect(typedRecallOf(tallyOf(generateSet(author, origin, { heldOut: false, count: 120 }))), author).toBeGreaterThanOrEqual(0.94)
      expect(
        recallOf(tallyOf(generateSet(author, origin, { heldOut: false, count: 120, nameCase: 'lower' }))),
        `${author} lower`,
      ).toBeGreaterThanOrEqual(0.9)
      expect(
        recallOf(tallyOf(generateSet(author, origin, { heldOut: false, count: 120, nameCase: 'upper' }))),
        `${author} upper`,
      ).toBeGreaterThanOrEqual(0.9)
      expect(
        recallOf(tallyOf(generateSet(author, origin, { heldOut: true, count: 120 }), undefined, unlisted)),
        `${author} unlisted`,
      ).toBeGreaterThanOrEqual(0.9)
    }
  })
})

it('sentences in sight while the rules were written stay found', () => {
  expect(recallOf(tallyOf(readWritten('tuned')))).toBeGreaterThanOrEqual(0.98)
})
