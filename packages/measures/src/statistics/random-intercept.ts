// Change over more than two sessions with people measured unequally often: y = X beta + b_person + e, fitted by REML (or ML).
// The likelihood is profiled over lambda = tau2/sigma2, where V^-1 = (I - lambda/(1 + n_i lambda) J)/sigma2, so that only sums per
// person are needed: Bates et al. 2015, doi 10.18637/jss.v067.i01; Laird & Ware 1982, doi 10.2307/2529876.
// Uses every observation, valid if values are missing at random; tau2 = 0 is an answer, not a failure.
import { solveSymmetric } from './symmetric-system.ts'
import type { SymmetricSystem } from './symmetric-system.ts'

export type Observation = { readonly person: string | number; readonly time: number; readonly value: number }

export type RandomIntercept = {
  /** Intercept first; then the slope per unit of time (`linear`) or the difference of each later time from the first (`factor`). */
  readonly coefficients: readonly { readonly name: string; readonly estimate: number; readonly se: number }[]
  readonly tau2: number
  readonly sigma2: number
  readonly icc: number
  /** -2 x log-likelihood (restricted for REML). */
  readonly deviance: number
  readonly people: number
  readonly observations: number
}

type PersonSums = { n: number; x: number[]; y: number; xx: number[][]; xy: number[]; yy: number }
type Fit = { system: SymmetricSystem; rss: number; deviance: number }

/** Fits the model; undefined when there are too few observations or times to estimate it. */
export function randomIntercept(
  rows: readonly Observation[],
  time: 'linear' | 'factor' = 'linear',
  method: 'REML' | 'ML' = 'REML',
): RandomIntercept | undefined {
  const times = [...new Set(rows.map((row) => row.time))].sort((a, b) => a - b)
  if (times.length < 2) return undefined
  const names = ['intercept', ...(time === 'linear' ? ['time'] : times.slice(1).map((t) => `time ${t}`))]
  const design = (t: number) => (time === 'linear' ? [1, t] : [1, ...times.slice(1).map((other) => (other === t ? 1 : 0))])
  const degrees = method === 'REML' ? rows.length - names.length : rows.length
  if (rows.length <= names.length) return undefined
  const centre = rows.reduce((sum, row) => sum + row.value, 0) / rows.length
  const people = sumPerPerson(rows, design, centre)
  const fitAt = (share: number) => fit(people, names.length, share / (1 - share), degrees, method)
  const best = lowest((share) => fitAt(share)?.deviance ?? Infinity)
  const found = fitAt(best)
  if (found === undefined) return undefined
  const sigma2 = found.rss / degrees
  const tau2 = sigma2 * (best / (1 - best))
  const estimates = found.system.solution.map((value, i) => (i === 0 ? value + centre : value))
  return {
    coefficients: names.map((name, i) => ({
      name,
      estimate: estimates[i] ?? Number.NaN,
      se: Math.sqrt(sigma2 * (found.system.inverse[i]?.[i] ?? Number.NaN)),
    })),
    tau2,
    sigma2,
    icc: tau2 + sigma2 > 0 ? tau2 / (tau2 + sigma2) : 0,
    deviance: found.deviance,
    people: people.length,
    observations: rows.length,
  }
}

function sumPerPerson(rows: readonly Observation[], design: (time: number) => number[], centre: number): readonly PersonSums[] {
  const byPerson = new Map<string | number, PersonSums>()
  for (const row of rows) {
    const x = design(row.time)
    const y = row.value - centre
    const sums = byPerson.get(row.person) ?? { n: 0, x: x.map(() => 0), y: 0, xx: x.map(() => x.map(() => 0)), xy: x.map(() => 0), yy: 0 }
    sums.n += 1
    sums.y += y
    sums.yy += y * y
    sums.x = sums.x.map((sum, i) => sum + (x[i] ?? 0))
    sums.xy = sums.xy.map((sum, i) => sum + (x[i] ?? 0) * y)
    sums.xx = sums.xx.map((line, i) => line.map((sum, j) => sum + (x[i] ?? 0) * (x[j] ?? 0)))
    byPerson.set(row.person, sums)
  }
  return [...byPerson.values()]
}

function fit(people: readonly PersonSums[], size: number, lambda: number, degrees: number, method: 'REML' | 'ML'): Fit | undefined {
  const a = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const b = new Array<number>(size).fill(0)
  let yy = 0
  let logV = 0
  for (const person of people) {
    const c = lambda / (1 + person.n * lambda)
    logV += Math.log1p(person.n * lambda)
    yy += person.yy - c * person.y * person.y
    for (let i = 0; i < size; i++) {
      b[i] = (b[i] ?? 0) + (person.xy[i] ?? 0) - c * (person.x[i] ?? 0) * person.y
      const line = a[i] as number[]
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + (person.xx[i]?.[j] ?? 0) - c * (person.x[i] ?? 0) * (person.x[j] ?? 0)
    }
  }
  const system = solveSymmetric(a, b)
  if (system === undefined) return undefined
  const rss = Math.max(0, yy - b.reduce((sum, value, i) => sum + value * (system.solution[i] ?? 0), 0))
  const deviance = degrees * (Math.log((2 * Math.PI * rss) / degrees) + 1) + logV + (method === 'REML' ? system.logDeterminant : 0)
  return { system, rss, deviance }
}

// The minimum over the share of variance that lies between people, 0 included: a grid to find the valley, golden section to its floor.
function lowest(valueAt: (share: number) => number): number {
  const grid = Array.from({ length: 200 }, (_, i) => i / 200)
  const values = grid.map(valueAt)
  const index = values.reduce((best, value, i) => (value < (values[best] ?? Infinity) ? i : best), 0)
  let low = grid[Math.max(0, index - 1)] ?? 0
  let high = grid[index + 1] ?? 1 - 1e-12
  const golden = (Math.sqrt(5) - 1) / 2
  for (let i = 0; i < 120 && high - low > 1e-13; i++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)]
    if (valueAt(left) <= valueAt(right)) high = right
    else low = left
  }
  const share = (low + high) / 2
  return valueAt(0) <= valueAt(share) + 1e-11 ? 0 : share
}
