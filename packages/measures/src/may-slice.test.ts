import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maySlice } from './index.ts'
import type { Slice } from './index.ts'

const all: Slice = { id: 'everybody', cells: { 'a/young': 40, 'a/old': 30, 'b/young': 25, 'b/old': 4 } }
const serviceA: Slice = { id: 'service A', cells: { 'a/young': 40, 'a/old': 30 } }
const young: Slice = { id: 'young', cells: { 'a/young': 40, 'b/young': 25 } }
const because = (released: readonly Slice[], asked: Slice) => {
  const decision = maySlice(released, asked)
  return decision.allowed ? 'allowed' : decision.because
}

describe('slices of the same people', () => {
  it('the first is allowed, and so is the same one again', () => {
    expect(because([], all)).toBe('allowed')
    expect(because([all], all)).toBe('allowed')
  })

  it('one that differs by fewer than ten from a released one is refused', () => {
    expect(because([all], { id: 'without b/old', cells: { 'a/young': 40, 'a/old': 30, 'b/young': 25 } })).toContain(
      'differs by fewer than 10 people from "everybody"',
    )
  })

  it('one of fewer than ten people is refused', () => {
    expect(because([], { id: 'b/old', cells: { 'b/old': 4 } })).toContain('Fewer than 10 people')
  })

  it('the same slice with one more person is refused: a running total would point at the newcomer', () => {
    expect(because([serviceA], { id: 'service A, a day later', cells: { 'a/young': 41, 'a/old': 30 } })).toContain('differs by fewer than 10')
  })

  it('two that have nobody in common are allowed', () => {
    expect(because([serviceA], { id: 'service B', cells: { 'b/young': 25, 'b/old': 4 } })).toBe('allowed')
  })

  it('margins of a table are allowed as long as they do not give a small cell away', () => {
    expect(because([all, serviceA], young)).toBe('allowed')
    expect(because([all, serviceA, young], { id: 'old', cells: { 'a/old': 30, 'b/old': 4 } })).toBe('allowed')
  })

  it('three slices that together leave four people are refused, although no two of them do', () => {
    const youngB: Slice = { id: 'young of B', cells: { 'b/young': 25 } }
    expect(because([serviceA, youngB], all)).toContain('single out fewer than 10 people')
  })

  it('a chain of additions and subtractions that leaves a few people is found', () => {
    const chain: Slice[] = [
      { id: '1', cells: { p: 20, q: 20, r: 20 } },
      { id: '2', cells: { q: 20, r: 20, s: 20 } },
      { id: '3', cells: { s: 20, t: 20 } },
    ]
    // 1 - 2 + 3 = p + t, so p + t + x gives x away.
    expect(because(chain, { id: '4', cells: { p: 20, t: 20, x: 6 } })).toContain('single out')
    expect(because(chain, { id: '4', cells: { p: 20, t: 20, x: 16 } })).toBe('allowed')
  })
})

describe('a national table of thirty services and five age groups, most cells small', () => {
  const count = (service: number, age: number) => 1 + ((service * 13 + age * 7) % 9)
  const cellsOf = (keep: (service: number, age: number) => boolean) =>
    Object.fromEntries(
      Array.from({ length: 150 }, (_, i) => [Math.floor(i / 5), i % 5] as const).flatMap(([service, age]) =>
        keep(service, age) ? [[`s${service}/a${age}`, count(service, age)]] : [],
      ),
    )
  const margins: readonly Slice[] = [
    { id: 'everybody', cells: cellsOf(() => true) },
    ...Array.from({ length: 30 }, (_, i) => ({ id: `service ${i}`, cells: cellsOf((service) => service === i) })),
    ...Array.from({ length: 5 }, (_, i) => ({ id: `age ${i}`, cells: cellsOf((_service, age) => age === i) })),
  ]
  const cellOf = (people: number, from = 0) => {
    const index = Array.from({ length: 150 }, (_, i) => i).find((i) => i >= from && count(Math.floor(i / 5), i % 5) === people) ?? 0
    return [Math.floor(index / 5), index % 5] as const
  }

  it('may be released by its margins', () => {
    expect(because(margins.slice(0, -1), margins.at(-1)!)).toBe('allowed')
  })

  it('gives away neither one cell nor two among hundreds of combinations', () => {
    const [service, age] = cellOf(9, 100)
    const two = { id: 'two services and a cell', cells: cellsOf((s, a) => s === 1 || s === 2 || (s === service && a === age)) }
    expect(because(margins, two)).toContain('single out')
    const [[s1, a1], [s2, a2]] = [cellOf(4, 100), cellOf(5, 125)]
    const both = {
      id: 'two services and two cells',
      cells: cellsOf((s, a) => s === 1 || s === 2 || (s === s1 && a === a1) || (s === s2 && a === a2)),
    }
    expect([s1 === s2, a1 === a2]).toEqual([false, false])
    expect(because(margins, both)).toContain('single out')
  })
})

describe('an attacker who subtracts releases', () => {
  const cells = ['a', 'b', 'c', 'd', 'e', 'f']
  const population = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 6, maxLength: 6 })
  const subset = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })

  it('recovers nobody from 10,000 random pairs of releases (property, seed 31)', () => {
    let [pairs, refused] = [0, 0]
    fc.assert(
      fc.property(population, subset, subset, (people, first, second) => {
        const toSlice = (id: string, chosen: readonly boolean[]): Slice => ({
          id,
          cells: Object.fromEntries(cells.flatMap((cell, i) => (chosen[i] === true ? [[cell, people[i] ?? 0]] : []))),
        })
        const [one, two] = [toSlice('one', first), toSlice('two', second)]
        pairs += 1
        if (!maySlice([], one).allowed) return
        if (!maySlice([one], two).allowed) {
          refused += 1
          return
        }
        const count = (keep: (i: number) => boolean) => people.reduce((sum, n, i) => sum + (keep(i) ? n : 0), 0)
        const [onlyOne, onlyTwo] = [count((i) => first[i] === true && second[i] !== true), count((i) => first[i] !== true && second[i] === true)]
        // What subtraction leaves: nobody at all, or at least ten people.
        if (onlyOne + onlyTwo > 0 && count((i) => first[i] === true && second[i] === true) > 0) expect(onlyOne + onlyTwo).toBeGreaterThanOrEqual(10)
        if (onlyTwo === 0 && onlyOne > 0) expect(onlyOne).toBeGreaterThanOrEqual(10)
        if (onlyOne === 0 && onlyTwo > 0) expect(onlyTwo).toBeGreaterThanOrEqual(10)
      }),
      { seed: 31, numRuns: 10_000 },
    )
    expect(pairs).toBeGreaterThanOrEqual(10_000)
    expect(refused).toBeGreaterThan(100)
  })

  it('recovers nobody from any sum or difference of up to four releases (property, seed 32)', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(population, fc.array(subset, { minLength: 2, maxLength: 4 }), (people, chosen) => {
        const released: { slice: Slice; row: number[] }[] = []
        chosen.forEach((choice, s) => {
          const slice = { id: String(s), cells: Object.fromEntries(cells.flatMap((cell, i) => (choice[i] === true ? [[cell, people[i] ?? 0]] : []))) }
          if (
            maySlice(
              released.map((one) => one.slice),
              slice,
            ).allowed
          )
            released.push({ slice, row: choice.map(Number) })
        })
        for (const factors of combinations(released.length)) {
          const vector = cells.map((_, i) => released.reduce((sum, one, s) => sum + (factors[s] ?? 0) * (one.row[i] ?? 0), 0))
          const left = vector.reduce((sum, value, i) => sum + (value === 0 ? 0 : (people[i] ?? 0)), 0)
          if (left > 0) expect(left).toBeGreaterThanOrEqual(10)
        }
      }),
      { seed: 32, numRuns: 2000 },
    )
    expect(combinations(2)).toHaveLength(25)
  })
})

function combinations(length: number): readonly (readonly number[])[] {
  return length === 0 ? [[]] : combinations(length - 1).flatMap((rest) => [-2, -1, 0, 1, 2].map((factor) => [...rest, factor]))
}
