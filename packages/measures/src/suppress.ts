// What may leave a report. Small counts are hidden, the rest rounded, averages need enough people, and a total never gives a hidden
// count away. Why counts alone are not enough: with scores from 0 to 10, the sum and the sum of squares of three people give their
// three scores in 9 of 10 cases; with ten people in 1 of 200. The limits come from the programme's policy.
import type { PairedChange } from './statistics/paired-change.ts'

export type DisclosureRules = {
  /** Counts up to and including this are hidden. */
  readonly hideUpTo: number
  /** Shown counts are rounded to a multiple of this (5 or 10). */
  readonly roundTo: number
  /** Means, spreads and effects need at least this many people. */
  readonly meansFrom: number
  /** Two slices may not differ by fewer people than this. */
  readonly differBy: number
  /** Whether a count of nobody is shown as 0 or hidden like any small count. */
  readonly zeros: 'show' | 'hide'
  /** `from-cells`: a table adds up to its total. `rounded`: the true total, rounded by itself. */
  readonly totals: 'from-cells' | 'rounded'
  /** Decimals of means and spreads on the way out. */
  readonly decimals: number
}

/** The rules that hold where the policy says nothing else. */
export const defaultDisclosureRules: DisclosureRules = Object.freeze({
  hideUpTo: 7,
  roundTo: 5,
  meansFrom: 10,
  differBy: 10,
  zeros: 'hide',
  totals: 'from-cells',
  decimals: 1,
})

/** A number that is shown, or a sentence saying why it is not. */
export type Cell = { readonly shown: true; readonly value: number } | { readonly shown: false; readonly because: string }

export type SuppressedCounts = { readonly cells: Readonly<Record<string, Cell>>; readonly total: Cell }

const show = (value: number): Cell => ({ shown: true, value })
const hide = (because: string): Cell => ({ shown: false, because })

const smallReason = (rules: DisclosureRules) => `${rules.hideUpTo} people or fewer, so the number is hidden to protect them.`
const secondaryReason = 'Hidden so that a smaller hidden number beside it cannot be worked out.'
const totalReason = 'The total is hidden because a small hidden number could be worked out from it.'

/** One count on its own. */
export function suppressCount(count: number, rules: DisclosureRules = defaultDisclosureRules): Cell {
  return isSmall(count, rules) ? hide(smallReason(rules)) : show(rounded(count, rules.roundTo))
}

/**
 * A row of counts that add up to a total.
 * Hides small counts, then as many more as it takes until neither the total nor its neighbours narrow down a hidden one.
 */
export function suppressCounts(counts: Readonly<Record<string, number>>, rules: DisclosureRules = defaultDisclosureRules): SuppressedCounts {
  const names = Object.keys(counts)
  const countOf = (name: string) => counts[name] ?? 0
  const trueTotal = names.reduce((sum, name) => sum + countOf(name), 0)
  const small = new Set(names.filter((name) => isSmall(countOf(name), rules)))
  const hidden = new Set(small)
  const candidates = names.filter((name) => !hidden.has(name) && countOf(name) > 0).sort((a, b) => countOf(a) - countOf(b) || (a < b ? -1 : 1))
  const totalIsSmall = isSmall(trueTotal, rules)
  if (!totalIsSmall && hidden.size === 1) hideNext(hidden, candidates)
  while (!totalIsSmall && small.size > 0 && isNarrowed(counts, hidden, small, rules) && candidates.length > 0) hideNext(hidden, candidates)
  const revealing = small.size > 0 && isNarrowed(counts, hidden, small, rules)
  const cells: Record<string, Cell> = {}
  for (const name of names) {
    cells[name] = small.has(name) ? hide(smallReason(rules)) : hidden.has(name) ? hide(secondaryReason) : show(rounded(countOf(name), rules.roundTo))
  }
  return {
    cells,
    total: totalIsSmall ? hide(smallReason(rules)) : revealing ? hide(totalReason) : show(totalOf(cells, trueTotal, hidden.size, rules)),
  }
}

function hideNext(hidden: Set<string>, candidates: string[]): void {
  const next = candidates.shift()
  if (next !== undefined) hidden.add(next)
}

function totalOf(cells: Readonly<Record<string, Cell>>, trueTotal: number, hiddenCount: number, rules: DisclosureRules): number {
  if (hiddenCount > 0 || rules.totals === 'rounded') return rounded(trueTotal, rules.roundTo)
  return Object.values(cells).reduce((sum, cell) => sum + (cell.shown ? cell.value : 0), 0)
}

// Audit by intervals: what the rounded total and the shown cells leave possible for each hidden small cell must be everything
// that "small" allows, otherwise something was learnt. A reader cannot tell small hidden cells from the others.
function isNarrowed(
  counts: Readonly<Record<string, number>>,
  hidden: ReadonlySet<string>,
  small: ReadonlySet<string>,
  rules: DisclosureRules,
): boolean {
  const names = Object.keys(counts)
  const total = range(
    names.reduce((sum, name) => sum + (counts[name] ?? 0), 0),
    rules,
  )
  const lowest = rules.zeros === 'show' ? 1 : 0
  const onlySmall = hidden.size === small.size
  let rest = { low: total.low, high: total.high }
  for (const name of names) {
    if (hidden.has(name)) continue
    const cell = range(counts[name] ?? 0, rules)
    rest = { low: rest.low - cell.high, high: rest.high - cell.low }
  }
  const others = hidden.size - 1
  const highest = onlySmall ? rules.hideUpTo * others : Infinity
  return rest.low - highest > lowest || rest.high - lowest * others < rules.hideUpTo
}

// The true counts that round to the same number as this one.
function range(count: number, rules: DisclosureRules): { low: number; high: number } {
  if (count === 0 && rules.zeros === 'show') return { low: 0, high: 0 }
  const value = rounded(count, rules.roundTo)
  return { low: Math.max(rules.hideUpTo + 1, Math.ceil(value - rules.roundTo / 2)), high: Math.ceil(value + rules.roundTo / 2) - 1 }
}

function isSmall(count: number, rules: DisclosureRules): boolean {
  return count <= rules.hideUpTo && (count > 0 || rules.zeros === 'hide')
}

function rounded(count: number, step: number): number {
  return step * Math.floor(count / step + 0.5)
}

/** The part of a paired change that may be shown. There is no smallest or largest score: those belong to one person each. */
export type ShownChange = {
  readonly n: number
  readonly meanBefore: number
  readonly meanAfter: number
  readonly sdBefore: number
  readonly sdAfter: number
  readonly meanChange: number
  readonly improvement: number | null
  readonly ciLow: number | null
  readonly ciHigh: number | null
  readonly gav: number | null
  readonly gpre: number | null
  readonly dz: number | null
}

export type SuppressedChange = { readonly shown: true; readonly change: ShownChange } | { readonly shown: false; readonly because: string }

/**
 * A paired change with its numbers rounded, or the reason why it stays hidden.
 * Give the score's range: one of 10 points or less keeps one decimal more, or its change would be lost to rounding.
 */
export function suppressChange(
  change: PairedChange,
  rules: DisclosureRules = defaultDisclosureRules,
  score?: { readonly min: number; readonly max: number },
): SuppressedChange {
  const enough = Math.max(rules.meansFrom, rules.hideUpTo + 1)
  if (change.n < enough) return { shown: false, because: `Fewer than ${enough} people have both scores, so averages are hidden to protect them.` }
  const { meanBefore, meanAfter, sdBefore, sdAfter, meanChange, effect } = change
  if (meanBefore === null || meanAfter === null || sdBefore === null || sdAfter === null || meanChange === null) {
    return { shown: false, because: 'The average could not be worked out.' }
  }
  if (sdBefore === 0 || sdAfter === 0 || change.sdChange === 0) {
    return { shown: false, because: "Everybody has the same score or the same change, so the average would tell each person's score." }
  }
  const to = (value: number, decimals: number) => Number(value.toFixed(decimals)) + 0
  const maybe = (value: number | null, decimals: number) => (value === null ? null : to(value, decimals))
  const d = rules.decimals + (score !== undefined && score.max - score.min <= 10 ? 1 : 0)
  return {
    shown: true,
    change: {
      n: rounded(change.n, rules.roundTo),
      meanBefore: to(meanBefore, d),
      meanAfter: to(meanAfter, d),
      sdBefore: to(sdBefore, d),
      sdAfter: to(sdAfter, d),
      meanChange: to(meanChange, d),
      improvement: maybe(change.improvement, d),
      ciLow: maybe(change.ciLow, d),
      ciHigh: maybe(change.ciHigh, d),
      gav: maybe(effect.gav, 2),
      gpre: maybe(effect.gpre, 2),
      dz: maybe(effect.dz, 2),
    },
  }
}
