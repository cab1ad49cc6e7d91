import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addPair,
  countChanges,
  countedMedian,
  emptySums,
  mergeSums,
  pairedChange,
  reliableCounts,
  removePair,
  sumPairs,
  toPairedChange,
  wilcoxon,
} from './index.ts'
import type { ChangeSums } from './index.ts'

const pair = fc.tuple(fc.integer({ min: 0, max: 480 }), fc.integer({ min: 0, max: 480 }))
const pairs = fc.array(pair, { maxLength: 60 })
const [before, after] = [
  [18, 14, 21, 9, 12],
  [11, 12, 20, 9, 15],
]
const small = sumPairs(before.map((x, i) => [x, after[i] ?? 0] as const))

function toCounts(sums: ChangeSums) {
  return Object.entries(sums.histogram).map(([change, count]) => [Number(change), count] as const)
}

describe('sums instead of rows', () => {
  it('hold the six sums and the histogram of change', () => {
    expect(small).toEqual({ n: 5, sx: 74, sy: 67, sxx: 1186, syy: 971, sxy: 1047, histogram: { '-7': 1, '-2': 1, '-1': 1, '0': 1, '3': 1 } })
  })

  it('give the very numbers that the rows give (property, seed 11)', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(1, 6, 100), fc.constantFrom('higher', 'lower', 'none' as const), (rows, scoreFactor, direction) => {
        const byRows = pairedChange(
          rows.map(([x]) => x),
          rows.map(([, y]) => y),
          { direction, scoreFactor },
        )
        expect(toPairedChange(sumPairs(rows), { scoreFactor, direction })).toEqual(byRows)
      }),
      { seed: 11, numRuns: 200 },
    )
  })

  it('agree with centred sums of squares worked out another way (property, seed 12)', () => {
    fc.assert(
      fc.property(fc.array(pair, { minLength: 3, maxLength: 60 }), (rows) => {
        const change = toPairedChange(sumPairs(rows), { scoreFactor: 1, direction: 'higher' })
        const d = rows.map(([x, y]) => y - x)
        const mean = d.reduce((sum, value) => sum + value, 0) / d.length
        const sd = Math.sqrt(d.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (d.length - 1))
        expect(change.meanChange).toBeCloseTo(mean, 10)
        expect(change.sdChange).toBeCloseTo(sd, 9)
      }),
      { seed: 12, numRuns: 200 },
    )
  })

  it('a random run of adding, correcting and erasing never drifts from a fresh count (property, seed 13)', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ pair, kind: fc.constantFrom('add', 'erase', 'correct'), at: fc.nat() }), { maxLength: 120 }), (steps) => {
        let sums = emptySums
        let rows: [number, number][] = []
        for (const step of steps) {
          const index = rows.length === 0 ? -1 : step.at % rows.length
          const old = rows[index]
          if (old !== undefined && step.kind !== 'add') {
            sums = removePair(sums, ...old)
            rows = rows.filter((_, i) => i !== index)
          }
          if (step.kind !== 'erase') {
            sums = addPair(sums, ...step.pair)
            rows = [...rows, step.pair]
          }
        }
        expect(sums).toEqual(sumPairs(rows))
      }),
      { seed: 13, numRuns: 200 },
    )
  })

  it('merging services equals summing their people together, in any order (property, seed 14)', () => {
    fc.assert(
      fc.property(pairs, pairs, pairs, (a, b, c) => {
        const [sa, sb, sc] = [sumPairs(a), sumPairs(b), sumPairs(c)]
        expect(mergeSums(mergeSums(sa, sb), sc)).toEqual(sumPairs([...c, ...a, ...b]))
        expect(mergeSums(sa, mergeSums(sc, sb))).toEqual(sumPairs([...a, ...b, ...c]))
      }),
      { seed: 14 },
    )
  })

  it('the histogram alone gives median change and Wilcoxon test (property, seed 15)', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const changes = countChanges(
          rows.map(([x]) => x),
          rows.map(([, y]) => y),
        )
        expect(wilcoxon(toCounts(sumPairs(rows)))).toEqual(wilcoxon(changes))
        expect(countedMedian(toCounts(sumPairs(rows)))).toBe(countedMedian(changes))
      }),
      { seed: 15, numRuns: 50 },
    )
  })

  it('stay exact for ten million people', () => {
    const crowd = { n: 10_000_000, sx: 1_800_000_000, sy: 1_800_000_001, sxx: 324_000_000_000, syy: 324_000_000_361, sxy: 324_000_000_180 }
    const change = toPairedChange({ ...crowd, histogram: {} }, { scoreFactor: 1, direction: 'higher' })
    expect(change.meanChange).toBe(1e-7)
    expect(change.sdChange! ** 2 * (crowd.n - 1)).toBeCloseTo(1 - 1e-7, 6)
  })

  it('refuse half points, pairs that were never added, and numbers too large to be exact', () => {
    expect(() => addPair(emptySums, 1.5, 2)).toThrow('whole scores')
    expect(() => removePair(emptySums, 1, 2)).toThrow('had not been added')
    expect(() => removePair(addPair(emptySums, 1, 1), 1, 2)).toThrow('had not been added')
    expect(() => addPair(emptySums, 94_906_266, 94_906_267)).toThrow('exact whole numbers')
  })
})

describe('reliable counts', () => {
  const histogram = { '-7': 2, '-6': 3, '-5': 4, '0': 5, '6': 1 }

  it('a change of exactly the threshold counts under the NHS rule and not under the reliable change index', () => {
    expect(reliableCounts(histogram, 6, 'lower')).toEqual({ n: 15, improved: 5, unchanged: 9, worse: 1 })
    expect(reliableCounts(histogram, 6, 'lower', 'more-than')).toEqual({ n: 15, improved: 2, unchanged: 13, worse: 0 })
  })

  it('turn round with the direction of the scale, and say nothing where neither end is better', () => {
    expect(reliableCounts(histogram, 6, 'higher')).toEqual({ n: 15, improved: 1, unchanged: 9, worse: 5 })
    expect(reliableCounts(histogram, 6, 'none')).toBeNull()
  })
})
