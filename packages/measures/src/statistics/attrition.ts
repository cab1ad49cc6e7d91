// Who is missing at the end, and what that may do to the result (CONSORT 2010 item 13, doi 10.1136/bmj.c869).
// The pessimistic bound counts everybody lost as unchanged (baseline observation carried forward). The last value is never carried
// forward: it invents certainty (National Research Council 2010, doi 10.17226/12955).
import { momentsFromRows } from './moments.ts'
import { wilsonInterval } from './proportion.ts'
import type { Interval } from './proportion.ts'
import { welch } from './welch.ts'
import type { Welch } from './welch.ts'

export type Attrition = {
  readonly nRows: number
  readonly nBefore: number
  readonly nAfter: number
  readonly nPaired: number
  readonly nBeforeOnly: number
  readonly nAfterOnly: number
  readonly nNeither: number
  readonly followUpRate: number | null
  readonly followUpInterval: Interval | null
  readonly meanBeforeAll: number | null
  readonly meanBeforeLost: number | null
  readonly sdBeforeLost: number | null
  readonly lostVersusKept: Welch | null
  /** Mean change if everybody lost had not changed at all. */
  readonly changeIfLostUnchanged: number | null
}

/** Missing values of a pair of columns; `null` is missing. */
export function attrition(before: readonly (number | null)[], after: readonly (number | null)[]): Attrition {
  const rows = before.map((first, i) => ({ first, last: after[i] ?? null }))
  const keptFirst: number[] = []
  const keptLast: number[] = []
  const lost: number[] = []
  for (const { first, last } of rows) {
    if (first !== null && last !== null) {
      keptFirst.push(first)
      keptLast.push(last)
    } else if (first !== null) lost.push(first)
  }
  const nAfter = rows.filter((row) => row.last !== null).length
  const nPaired = keptFirst.length
  const nBefore = nPaired + lost.length
  const [kept, gone] = [groupMoments(keptFirst), groupMoments(lost)]
  const change = momentsFromRows(keptFirst, keptLast).meanD
  return {
    nRows: rows.length,
    nBefore,
    nAfter,
    nPaired,
    nBeforeOnly: lost.length,
    nAfterOnly: nAfter - nPaired,
    nNeither: rows.length - nBefore - (nAfter - nPaired),
    ...followUp(nBefore, nPaired),
    meanBeforeAll: nBefore === 0 ? null : groupMoments([...keptFirst, ...lost]).mean,
    meanBeforeLost: lost.length === 0 ? null : gone.mean,
    sdBeforeLost: lost.length < 2 ? null : gone.sd,
    lostVersusKept: welch(gone, kept),
    changeIfLostUnchanged: nBefore === 0 ? null : nPaired === 0 ? 0 : (change * nPaired) / nBefore,
  }
}

/** Share followed up with Wilson's interval, from counts alone (reports have no rows). */
export function followUp(nBefore: number, nPaired: number): { readonly followUpRate: number | null; readonly followUpInterval: Interval | null } {
  return { followUpRate: nBefore === 0 ? null : nPaired / nBefore, followUpInterval: wilsonInterval(nPaired, nBefore) }
}

function groupMoments(values: readonly number[]): { n: number; mean: number; sd: number } {
  const moments = momentsFromRows(values, values)
  return { n: values.length, mean: moments.meanX, sd: values.length < 2 ? 0 : Math.sqrt(Math.max(0, moments.ssX) / (values.length - 1)) }
}
