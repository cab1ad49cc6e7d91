import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultDisclosureRules, pairedChange, suppressChange, suppressCount, suppressCounts } from './index.ts'
import type { Cell, DisclosureRules, SuppressedCounts } from './index.ts'

const text = (cell: Cell | undefined) => (cell === undefined ? 'absent' : cell.shown ? String(cell.value) : 'hidden')
const texts = (result: SuppressedCounts) => ({
  ...Object.fromEntries(Object.entries(result.cells).map(([name, cell]) => [name, text(cell)])),
  total: text(result.total),
})
const nhs: DisclosureRules = { ...defaultDisclosureRules, hideUpTo: 4, zeros: 'show', totals: 'rounded' }

describe('counts on the way out', () => {
  it('7 or fewer are hidden, more are rounded to 5, and the reason is told', () => {
    expect([0, 1, 7, 8, 12, 13, 62].map((count) => text(suppressCount(count)))).toEqual(['hidden', 'hidden', 'hidden', '10', '10', '15', '60'])
    expect(suppressCount(3)).toEqual({ shown: false, because: '7 people or fewer, so the number is hidden to protect them.' })
  })

  it('the policy may round to 10 or set another limit', () => {
    const rules = { ...defaultDisclosureRules, hideUpTo: 9, roundTo: 10 }
    expect([9, 14, 15].map((count) => text(suppressCount(count, rules)))).toEqual(['hidden', '10', '20'])
  })

  it('a single hidden number cannot be worked out from the total, because a second one is hidden with it', () => {
    expect(texts(suppressCounts({ improved: 30, unchanged: 12, worse: 3 }))).toEqual({
      improved: '30',
      unchanged: 'hidden',
      worse: 'hidden',
      total: '45',
    })
  })

  it('a table without hidden numbers adds up to its total', () => {
    expect(texts(suppressCounts({ improved: 12, unchanged: 22, worse: 8 }))).toEqual({ improved: '10', unchanged: '20', worse: '10', total: '40' })
  })

  it('a total that would fix two small numbers is hidden too', () => {
    expect(texts(suppressCounts({ a: 7, b: 7 }))).toEqual({ a: 'hidden', b: 'hidden', total: 'hidden' })
  })

  it('every hidden cell has a sentence that says why', () => {
    const { cells, total } = suppressCounts({ a: 3, b: 30, c: 12 })
    const hidden = [...Object.values(cells), total].filter((cell) => !cell.shown)
    expect(hidden.length).toBeGreaterThan(1)
    for (const cell of hidden) expect(cell.shown ? '' : cell.because).toMatch(/hidden.*\.$/i)
  })

  it('meet the reference tables made with R (limit 4, zeros shown)', () => {
    const tables = [
      { a: 12, b: 30, c: 3, d: 25 },
      { a: 2, b: 3, c: 14, d: 1 },
      { a: 0, b: 22, c: 11, d: 7 },
      { a: 1, b: 1, c: 1, d: 1 },
    ]
    expect(tables.map((table) => Object.values(texts(suppressCounts(table, nhs))))).toEqual([
      ['hidden', '30', 'hidden', '25', '70'],
      ['hidden', 'hidden', '15', 'hidden', '20'],
      ['0', '20', '10', '5', '40'],
      ['hidden', 'hidden', 'hidden', 'hidden', 'hidden'],
    ])
  })
})

// The attacker knows the rules and this very code: for every published table they list all true tables that would have been published so.
function attack(rules: DisclosureRules, highest: number): { readonly tables: number; readonly narrowest: number } {
  const possible = new Map<string, { small: Set<number>[]; tables: number }>()
  for (let a = 0; a <= highest; a++) {
    for (let b = 0; b <= highest; b++) {
      for (let c = 0; c <= highest; c++) {
        const published = JSON.stringify(texts(suppressCounts({ a, b, c }, rules)))
        const seen = possible.get(published) ?? { small: [new Set(), new Set(), new Set()], tables: 0 }
        ;[a, b, c].forEach((count, i) => seen.small[i]?.add(count))
        seen.tables += 1
        possible.set(published, seen)
      }
    }
  }
  let narrowest = Infinity
  for (const [published, seen] of possible) {
    // Larger totals also come from tables beyond the ones listed here.
    if (Number((JSON.parse(published) as Record<string, string>)['total']) > highest - 3) continue
    Object.values(JSON.parse(published) as Record<string, string>)
      .slice(0, 3)
      .forEach((cell, i) => {
        if (cell === 'hidden') narrowest = Math.min(narrowest, seen.small[i]?.size ?? 0)
      })
  }
  return { tables: possible.size, narrowest }
}

describe('an attacker with the rules, the code and unlimited time', () => {
  it('finds at least six possible values behind every hidden cell of a three-cell table', () => {
    const found = attack(defaultDisclosureRules, 34)
    expect(found.tables).toBeGreaterThan(30)
    expect(found.narrowest).toBeGreaterThanOrEqual(6)
  })

  it('would have found fewer had only the small cells been hidden and the total been published', () => {
    const published = new Map<string, Set<number>>()
    for (let a = 0; a <= 26; a++) {
      for (let b = 0; b <= 26; b++) {
        for (let c = 0; c <= 26; c++) {
          const total = suppressCount(a + b + c)
          const key = JSON.stringify([text(suppressCount(a)), text(suppressCount(b)), text(suppressCount(c)), text(total)])
          if (text(suppressCount(a)) === 'hidden') published.set(key, (published.get(key) ?? new Set()).add(a))
        }
      }
    }
    expect(Math.min(...[...published.values()].map((values) => values.size))).toBeLessThan(3)
  })

  it('never sees a count of the limit or less, whatever the table (property, seed 21)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 }), (counts) => {
        const table = Object.fromEntries(counts.map((count, i) => [`c${i}`, count]))
        const { cells, total } = suppressCounts(table)
        counts.forEach((count, i) => expect(cells[`c${i}`]?.shown === true && count <= 7).toBe(false))
        const sum = counts.reduce((all, count) => all + count, 0)
        if (total.shown) expect(Math.abs(total.value - sum)).toBeLessThanOrEqual(2.5 * counts.length)
      }),
      { seed: 21, numRuns: 1000 },
    )
  })
})

describe('averages on the way out', () => {
  const before = [18, 14, 21, 9, 12, 16, 13, 20, 11, 15]
  const after = [11, 12, 20, 9, 15, 10, 9, 14, 8, 13]

  it('need ten people, who are then counted to the nearest five and averaged to one decimal', () => {
    const shown = suppressChange(pairedChange(before, after, { direction: 'lower' }))
    expect(shown).toMatchObject({ shown: true, change: { n: 10, meanBefore: 14.9, meanAfter: 12.1, meanChange: -2.8, improvement: 2.8 } })
    const hidden = suppressChange(pairedChange(before.slice(1), after.slice(1), { direction: 'lower' }))
    expect(hidden).toEqual({ shown: false, because: 'Fewer than 10 people have both scores, so averages are hidden to protect them.' })
  })

  it("a group in which everybody scored the same stays hidden, because its average is everybody's score", () => {
    expect(suppressChange(pairedChange(Array(12).fill(9), before.concat(11, 12))).shown).toBe(false)
  })

  it('a scale of ten points or less keeps a second decimal', () => {
    const change = pairedChange([3, 4, 3, 5, 2, 4, 3, 3, 4, 3, 5], [6, 7, 5, 8, 4, 7, 7, 6, 5, 5, 9])
    const means = [
      { min: 0, max: 10 },
      { min: 0, max: 27 },
    ].map((score) => {
      const result = suppressChange(change, defaultDisclosureRules, score)
      return result.shown && result.change.meanAfter
    })
    expect(means).toEqual([6.27, 6.3])
  })

  it('no smallest and no largest score is ever among them', () => {
    const shown = suppressChange(pairedChange(before, after))
    expect(shown.shown && Object.keys(shown.change).filter((key) => /min|max|lowest|highest|range/i.test(key))).toEqual([])
  })
})
