// Is a service changing over time, or is it noise? Individuals chart (XmR): Wheeler & Chambers 1992; p chart with Laney's correction for
// large or uneven n: Laney 2002, doi 10.1081/QEN-120006555. 1.128 and 3.267 are d2 and D4 for moving ranges of two.

export type IndividualsChart = {
  readonly centre: number
  readonly meanRange: number
  readonly sigma: number
  readonly upper: number
  readonly lower: number
  readonly rangeUpper: number
  /** Positions (from 0) outside the limits. */
  readonly outside: readonly number[]
  /** For each point, how many in a row lie on its side of the centre; eight or more is a signal. A point on the centre line counts 0 and does not end a run. */
  readonly runs: readonly number[]
}

/** Limits for single values in order of time; undefined with fewer than two. */
export function individualsChart(values: readonly number[]): IndividualsChart | undefined {
  if (values.length < 2) return undefined
  const centre = mean(values)
  const meanRange = mean(movingRanges(values))
  const sigma = meanRange / 1.128
  const [upper, lower] = [centre + 3 * sigma, centre - 3 * sigma]
  const outside = values.flatMap((value, i) => (value > upper || value < lower ? [i] : []))
  return { centre, meanRange, sigma, upper, lower, rangeUpper: 3.267 * meanRange, outside, runs: runLengths(values, centre) }
}

export type ProportionChart = {
  readonly centre: number
  readonly limits: readonly { readonly lower: number; readonly upper: number }[]
  readonly laneySigma: number | null
  readonly laneyLimits: readonly { readonly lower: number; readonly upper: number }[]
}

/**
 * Limits for x of n per period, as a plain p chart and widened by Laney's factor; undefined without any people. A period without people says
 * nothing: its limits are 0 and 1, and its neighbours stand side by side. Where everybody or nobody counts there is no spread to widen.
 */
export function proportionChart(periods: readonly { readonly x: number; readonly n: number }[]): ProportionChart | undefined {
  const people = periods.reduce((sum, period) => sum + period.n, 0)
  if (people === 0) return undefined
  const centre = periods.reduce((sum, period) => sum + period.x, 0) / people
  const sigmaOf = (n: number) => Math.sqrt((centre * (1 - centre)) / n)
  const z = periods.flatMap(({ x, n }) => (n === 0 ? [] : [(x / n - centre) / sigmaOf(n)]))
  const laneySigma = z.length < 2 || sigmaOf(1) === 0 ? null : mean(movingRanges(z)) / 1.128
  const limitsAt = (factor: number) =>
    periods.map(({ n }) =>
      n === 0
        ? { lower: 0, upper: 1 }
        : { lower: Math.max(0, centre - 3 * sigmaOf(n) * factor), upper: Math.min(1, centre + 3 * sigmaOf(n) * factor) },
    )
  return { centre, limits: limitsAt(1), laneySigma, laneyLimits: limitsAt(laneySigma ?? 1) }
}

function runLengths(values: readonly number[], centre: number): readonly number[] {
  let length = 0
  let side = 0
  return values.map((value) => {
    const now = Math.sign(value - centre)
    if (now === 0) return 0
    length = now === side ? length + 1 : 1
    side = now
    return length
  })
}

function movingRanges(values: readonly number[]): readonly number[] {
  return values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? Number.NaN)))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
