import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  auditDueOn,
  auditSampleSize,
  auditTokenIds,
  checkSpans,
  daysOfQuarter,
  lastQuarterBefore,
  quarterOf,
  replaceSpans,
  textOfToken,
} from './audit.ts'

describe('the quarters of audits', () => {
  it.each([
    ['2025-01-01', '2025-Q1', '2024-Q4'],
    ['2025-03-31', '2025-Q1', '2024-Q4'],
    ['2025-04-01', '2025-Q2', '2025-Q1'],
    ['2025-12-31', '2025-Q4', '2025-Q3'],
  ])('%s lies in %s, and %s has ended', (day, quarter, before) => {
    expect([quarterOf(day), lastQuarterBefore(day)]).toEqual([quarter, before])
  })

  it('run from first day to first day, also over the end of a year', () => {
    expect(daysOfQuarter('2025-Q4')).toEqual({ from: '2025-10-01', until: '2026-01-01' })
    expect(auditDueOn('2025-Q4', { auditDueDays: 30 })).toBe('2026-01-30')
    expect(auditDueOn('2025-Q3', { auditDueDays: 1 })).toBe('2025-10-01')
  })
})

describe('the sample', () => {
  it.each([
    [0, 0],
    [5, 5],
    [20, 20],
    [150, 20],
    [201, 21],
    [1000, 100],
  ])('of %i texts in which nothing was found, %i are read', (unflagged, size) => {
    expect(auditSampleSize(unflagged, { auditSamplePercent: 10, auditSampleTextsMinimum: 20 })).toBe(size)
  })
})

describe('replacing', () => {
  const text = 'Ana saw Ben in Leeds.'
  it("puts the client's code in place of the client and a neutral word in place of anybody else", () => {
    const spans = [
      { start: 0, end: 3, as: 'client' as const },
      { start: 8, end: 11, as: 'sibling' as const },
      { start: 15, end: 20, as: 'place' as const },
    ]
    expect(checkSpans(text, spans)).toBeUndefined()
    expect(replaceSpans(text, spans, 'K7M2')).toBe('K7M2 saw [a sibling] in [a place].')
  })

  it.each([
    ['none', [], 'Mark'],
    ['outside', [{ start: 18, end: 40, as: 'friend' as const }], 'outside'],
    ['turned round', [{ start: 5, end: 4, as: 'friend' as const }], 'outside'],
    [
      'overlapping',
      [
        { start: 0, end: 3, as: 'friend' as const },
        { start: 2, end: 7, as: 'friend' as const },
      ],
      'overlap',
    ],
    ['of spaces', [{ start: 3, end: 4, as: 'friend' as const }], 'no word'],
  ])('refuses marks that are %s, in a sentence', (_what, spans, says) => {
    expect(checkSpans(text, spans)).toContain(says)
  })

  it('leaves nothing of a replaced stretch and everything outside of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, maxLength: 60 }), fc.nat(50), fc.nat(50), fc.constantFrom(...auditTokenIds), (words, a, b, as) => {
        const [start, end] = [Math.min(a, b) % words.length, Math.min(words.length, Math.max(a, b) + 1)]
        fc.pre(checkSpans(words, [{ start, end, as }]) === undefined)
        expect(replaceSpans(words, [{ start, end, as }], 'CODE')).toBe(words.slice(0, start) + textOfToken(as, 'CODE') + words.slice(end))
      }),
      { seed: 20_251_127 },
    )
  })
})
