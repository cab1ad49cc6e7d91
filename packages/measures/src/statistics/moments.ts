// The moments of n pairs (x before, y after). Two roads lead here: rows, and six exact sums.
// Sums of squares of reals lose every digit to cancellation (scores near 1e8 with a spread of 0.2), so real rows are centred first
// (two passes: Chan, Golub & LeVeque 1983, doi 10.1080/00031305.1983.10483115); whole numbers are summed exactly.

export type PairMoments = {
  readonly n: number
  readonly meanX: number
  readonly meanY: number
  readonly meanD: number
  /** Centred sums of squares of x, y and d = y - x, and the centred sum of products of x and y. */
  readonly ssX: number
  readonly ssY: number
  readonly ssD: number
  readonly spXY: number
}

export type SixSums = {
  readonly n: number
  readonly sx: number
  readonly sy: number
  readonly sxx: number
  readonly syy: number
  readonly sxy: number
}

/** Moments from six whole-number sums, in points (sums / scoreFactor). Exact up to one rounding per value. */
export function momentsFromSums(sums: SixSums, scoreFactor = 1): PairMoments {
  const [n, sx, sy, sxx, syy, sxy] = [sums.n, sums.sx, sums.sy, sums.sxx, sums.syy, sums.sxy].map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ]
  const unit = sums.n * scoreFactor
  const square = unit * scoreFactor
  const diff = sy - sx
  return {
    n: sums.n,
    meanX: sums.sx / unit,
    meanY: sums.sy / unit,
    meanD: Number(diff) / unit,
    ssX: Number(n * sxx - sx * sx) / square,
    ssY: Number(n * syy - sy * sy) / square,
    ssD: Number(n * (sxx + syy - 2n * sxy) - diff * diff) / square,
    spXY: Number(n * sxy - sx * sy) / square,
  }
}

/** Moments from rows. Whole numbers take the exact road, so that rows and sums can never disagree. */
export function momentsFromRows(x: readonly number[], y: readonly number[], scoreFactor = 1): PairMoments {
  const n = x.length
  const highest = Math.max(1, largest(x), largest(y))
  if (x.every(Number.isSafeInteger) && y.every(Number.isSafeInteger) && highest * highest * n < Number.MAX_SAFE_INTEGER / 4) {
    return momentsFromSums({ n, sx: sum(x, x, 0), sy: sum(y, y, 0), sxx: sum(x, x, 1), syy: sum(y, y, 1), sxy: sum(x, y, 1) }, scoreFactor)
  }
  const meanX = mean(x)
  const meanY = mean(y)
  const d = x.map((value, i) => (y[i] ?? Number.NaN) - value)
  const meanD = mean(d)
  const cx = x.map((value) => value - meanX)
  const cy = y.map((value) => value - meanY)
  const cd = d.map((value) => value - meanD)
  const square = scoreFactor * scoreFactor
  return {
    n,
    meanX: meanX / scoreFactor,
    meanY: meanY / scoreFactor,
    meanD: meanD / scoreFactor,
    ssX: sum(cx, cx, 1) / square,
    ssY: sum(cy, cy, 1) / square,
    ssD: sum(cd, cd, 1) / square,
    spXY: sum(cx, cy, 1) / square,
  }
}

function largest(values: readonly number[]): number {
  let found = 0
  for (const value of values) found = Math.max(found, Math.abs(value))
  return found
}

function sum(x: readonly number[], y: readonly number[], power: 0 | 1): number {
  let total = 0
  for (let i = 0; i < x.length; i++) total += power === 0 ? (x[i] ?? 0) : (x[i] ?? 0) * (y[i] ?? 0)
  return total
}

// The second pass takes out what the first one lost to rounding.
function mean(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN
  const first = values.reduce((total, value) => total + value, 0) / values.length
  return first + values.reduce((total, value) => total + (value - first), 0) / values.length
}
