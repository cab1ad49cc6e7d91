// Six whole-number sums and a histogram of change stand in for the rows of a report: they add up, they can be taken back when a
// record is corrected or erased, and they yield exactly the same statistics. Numbers stay whole and safe; if one would not, we stop.
import type { Direction } from './scale.ts'
import { momentsFromSums } from './statistics/moments.ts'
import type { SixSums } from './statistics/moments.ts'
import { changeFromMoments } from './statistics/paired-change.ts'
import type { PairedChange } from './statistics/paired-change.ts'

/** Sums over pairs of stored scores (points x scoreFactor). `histogram` counts pairs by change, after minus before, stored units. */
export type ChangeSums = SixSums & { readonly histogram: Readonly<Record<string, number>> }

/** The sums of nobody. */
export const emptySums: ChangeSums = Object.freeze({ n: 0, sx: 0, sy: 0, sxx: 0, syy: 0, sxy: 0, histogram: Object.freeze({}) })

/** The sums with one more pair of stored scores. */
export function addPair(sums: ChangeSums, before: number, after: number): ChangeSums {
  return shifted(sums, before, after, 1)
}

/** The sums with one pair taken back. Taking back a pair that was never added is a bug in the caller and raises an Error. */
export function removePair(sums: ChangeSums, before: number, after: number): ChangeSums {
  return shifted(sums, before, after, -1)
}

/** The sums of two groups of different people put together. */
export function mergeSums(first: ChangeSums, second: ChangeSums): ChangeSums {
  const histogram: Record<string, number> = { ...first.histogram }
  for (const [change, count] of Object.entries(second.histogram)) histogram[change] = (histogram[change] ?? 0) + count
  return checked({
    n: first.n + second.n,
    sx: first.sx + second.sx,
    sy: first.sy + second.sy,
    sxx: first.sxx + second.sxx,
    syy: first.syy + second.syy,
    sxy: first.sxy + second.sxy,
    histogram,
  })
}

/** The sums of many pairs in one go. */
export function sumPairs(pairs: Iterable<readonly [before: number, after: number]>): ChangeSums {
  const total = { n: 0, sx: 0, sy: 0, sxx: 0, syy: 0, sxy: 0, histogram: {} as Record<string, number> }
  for (const [x, y] of pairs) {
    checkPair(x, y)
    total.n += 1
    total.sx += x
    total.sy += y
    total.sxx += x * x
    total.syy += y * y
    total.sxy += x * y
    const change = String(y - x)
    total.histogram[change] = (total.histogram[change] ?? 0) + 1
  }
  return checked(total)
}

/** Paired change from sums: the very numbers that the rows would give. */
export function toPairedChange(sums: ChangeSums, score: { readonly scoreFactor: number; readonly direction: Direction }): PairedChange {
  return changeFromMoments(momentsFromSums(sums, score.scoreFactor), { direction: score.direction })
}

export type ReliableCounts = { readonly n: number; readonly improved: number; readonly unchanged: number; readonly worse: number }

/**
 * How many people changed by at least (`at-least`, the NHS rule) or by more than (`more-than`, Jacobson & Truax) the threshold.
 * `threshold` is in stored units (points x scoreFactor), like the histogram. Without a direction nobody improves or worsens: null.
 */
export function reliableCounts(
  histogram: Readonly<Record<string, number>>,
  threshold: number,
  direction: Direction,
  rule: 'at-least' | 'more-than' = 'at-least',
): ReliableCounts | null {
  if (direction === 'none') return null
  const counts = { n: 0, improved: 0, unchanged: 0, worse: 0 }
  for (const [change, count] of Object.entries(histogram)) {
    const better = direction === 'higher' ? Number(change) : -Number(change)
    // Half a billionth of a point keeps 0.1 + 0.2 from missing a threshold of 0.3.
    const reaches = (value: number) => (rule === 'at-least' ? value >= threshold - 1e-9 : value > threshold + 1e-9)
    counts.n += count
    if (reaches(better)) counts.improved += count
    else if (reaches(-better)) counts.worse += count
    else counts.unchanged += count
  }
  return counts
}

function shifted(sums: ChangeSums, before: number, after: number, sign: 1 | -1): ChangeSums {
  checkPair(before, after)
  const key = String(after - before)
  const { [key]: count = 0, ...others } = sums.histogram
  return checked({
    n: sums.n + sign,
    sx: sums.sx + sign * before,
    sy: sums.sy + sign * after,
    sxx: sums.sxx + sign * before * before,
    syy: sums.syy + sign * after * after,
    sxy: sums.sxy + sign * before * after,
    histogram: count + sign === 0 ? others : { ...others, [key]: count + sign },
  })
}

function checkPair(before: number, after: number): void {
  if (!Number.isSafeInteger(before) || !Number.isSafeInteger(after)) throw new Error('sums take whole scores (points x scoreFactor) only')
}

function checked(sums: ChangeSums): ChangeSums {
  if (sums.n < 0 || Object.values(sums.histogram).some((count) => count < 0)) throw new Error('a pair was taken back that had not been added')
  if (![sums.sx, sums.sy, sums.sxx, sums.syy, sums.sxy].every(Number.isSafeInteger)) throw new Error('sums left the range of exact whole numbers')
  return sums
}
