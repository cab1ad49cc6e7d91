// Wilcoxon's signed-rank test on changes: zeros dropped before ranking, mid-ranks for ties (Pratt's alternative is not used).
// Exact p: the permutation distribution given the ranks, by dynamic programming over doubled mid-ranks, so that ties are no obstacle
// (Hollander, Wolfe & Chicken 2014, section 3.1; Streitberg & Roehmel 1986). Effect: matched-pairs rank biserial (Kerby 2014,
// doi 10.2466/11.IT.3.1). The Hodges-Lehmann estimate keeps the zeros.
import { binomialEvenTest } from '../distributions/binomial.ts'
import { normalCdf } from '../distributions/normal.ts'
import { countedMedian } from './median.ts'
import type { CountedValue } from './median.ts'

export type Wilcoxon = {
  readonly nNonZero: number
  readonly nZero: number
  readonly wPlus: number | null
  readonly wMinus: number | null
  readonly z: number | null
  readonly zCorrected: number | null
  readonly pNormal: number | null
  readonly pNormalCorrected: number | null
  readonly pExact: number | null
  readonly rankBiserial: number | null
  readonly rEffect: number | null
  readonly hodgesLehmann: number | null
}

// Beyond this many changes the normal approximation is as good and the exact table grows with the square.
const exactUpTo = 60

/** The test over changes with their counts (a histogram, or `countValues(rows)`). */
export function wilcoxon(changes: readonly CountedValue[]): Wilcoxon {
  const zero = changes.reduce((sum, [value, count]) => sum + (value === 0 ? count : 0), 0)
  const bySize = new Map<number, { plus: number; minus: number }>()
  for (const [value, count] of changes) {
    if (value === 0 || count === 0) continue
    const sides = bySize.get(Math.abs(value)) ?? { plus: 0, minus: 0 }
    if (value > 0) sides.plus += count
    else sides.minus += count
    bySize.set(Math.abs(value), sides)
  }
  const hodgesLehmann = walshMedian(changes)
  const m = [...bySize.values()].reduce((sum, sides) => sum + sides.plus + sides.minus, 0)
  if (m === 0) {
    const nothing = {
      wPlus: null,
      wMinus: null,
      z: null,
      zCorrected: null,
      pNormal: null,
      pNormalCorrected: null,
      pExact: null,
      rankBiserial: null,
      rEffect: null,
    }
    return { nNonZero: 0, nZero: zero, ...nothing, hodgesLehmann }
  }
  let [passed, wPlus, wMinus, ties] = [0, 0, 0, 0]
  const doubledRanks: number[] = []
  for (const [, sides] of [...bySize].sort((a, b) => a[0] - b[0])) {
    const alike = sides.plus + sides.minus
    const rank = passed + (alike + 1) / 2
    wPlus += sides.plus * rank
    wMinus += sides.minus * rank
    ties += alike ** 3 - alike
    passed += alike
    if (m <= exactUpTo) for (let i = 0; i < alike; i++) doubledRanks.push(2 * rank)
  }
  const excess = wPlus - (m * (m + 1)) / 4
  const sd = Math.sqrt((m * (m + 1) * (2 * m + 1)) / 24 - ties / 48)
  const z = excess / sd
  const zCorrected = (excess - Math.sign(excess) * 0.5) / sd
  return {
    nNonZero: m,
    nZero: zero,
    wPlus,
    wMinus,
    z,
    zCorrected,
    pNormal: Math.min(1, 2 * normalCdf(-Math.abs(z))),
    // After the correction z can change sign; the smaller tail is then no longer on the side of the excess.
    pNormalCorrected: Math.min(1, 2 * Math.min(normalCdf(zCorrected), normalCdf(-zCorrected))),
    pExact: m <= exactUpTo ? exactP(doubledRanks, 2 * wPlus) : null,
    rankBiserial: (wPlus - wMinus) / (wPlus + wMinus),
    rEffect: z / Math.sqrt(m),
    hodgesLehmann,
  }
}

function exactP(doubledRanks: readonly number[], observed: number): number {
  const highest = doubledRanks.reduce((sum, rank) => sum + rank, 0)
  let chance = new Float64Array(highest + 1)
  chance[0] = 1
  for (const rank of doubledRanks) {
    const next = new Float64Array(highest + 1)
    for (let w = 0; w <= highest; w++) next[w] = ((chance[w] ?? 0) + (w >= rank ? (chance[w - rank] ?? 0) : 0)) / 2
    chance = next
  }
  let [below, above] = [0, 0]
  chance.forEach((p, w) => {
    if (w <= observed) below += p
    if (w >= observed) above += p
  })
  return Math.min(1, 2 * Math.min(below, above))
}

function walshMedian(changes: readonly CountedValue[]): number | null {
  const averages: CountedValue[] = []
  changes.forEach(([first, count], i) => {
    averages.push([first, (count * (count + 1)) / 2])
    for (const [second, others] of changes.slice(i + 1)) averages.push([(first + second) / 2, count * others])
  })
  return countedMedian(averages)
}

export type SignTest = { readonly plus: number; readonly minus: number; readonly p: number | null }

/** The sign test on the same changes: how many went up, how many down, exact p; null when nobody changed. */
export function signTest(changes: readonly CountedValue[]): SignTest {
  const count = (side: 1 | -1) => changes.reduce((sum, [value, n]) => sum + (Math.sign(value) === side ? n : 0), 0)
  const [plus, minus] = [count(1), count(-1)]
  return { plus, minus, p: plus + minus === 0 ? null : binomialEvenTest(plus, plus + minus) }
}
