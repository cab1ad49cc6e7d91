// How far a sample has come, and when it will be large enough if it grows as it has so far. A straight line: no more is known, and no more is said.

export type SampleOutlook = {
  readonly reached: boolean
  /** Of the target, in whole per cent, at most 100. */
  readonly percent: number
  /** The quarter in which the target is met at this pace, never before the years that it takes at least; null when nothing has come in. */
  readonly expectedIn: string | null
}

/**
 * `count` and `target` in people; `from` and `until` the first and the last quarter counted, as 2026-Q1; `yearsLeast` how long a dependable sample
 * takes at least.
 * @example outlookOfSample({ count: 100, target: 400, from: '2025-Q1', until: '2025-Q2', yearsLeast: 1 }).expectedIn // '2026-Q4'
 */
export function outlookOfSample({
  count,
  target,
  from,
  until,
  yearsLeast,
}: {
  readonly count: number
  readonly target: number
  readonly from: string
  readonly until: string
  readonly yearsLeast: number
}): SampleOutlook {
  const percent = Math.min(100, Math.floor((100 * count) / target))
  const [first, last] = [toNumber(from), toNumber(until)]
  const earliest = first + 4 * yearsLeast - 1
  if (count <= 0 || last < first) return { reached: false, percent: Math.max(0, percent), expectedIn: null }
  const perQuarter = count / (last - first + 1)
  const more = Math.max(0, Math.ceil((target - count) / perQuarter))
  const reached = count >= target && last >= earliest
  return { reached, percent, expectedIn: reached ? until : toQuarter(Math.max(last + more, earliest)) }
}

const toNumber = (quarter: string): number => Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1
const toQuarter = (number: number): string => `${Math.floor(number / 4)}-Q${(number % 4) + 1}`
