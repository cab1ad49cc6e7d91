// Solves a small symmetric positive-definite system by Cholesky's method (Golub & Van Loan 2013, section 4.2).

export type SymmetricSystem = {
  readonly solution: readonly number[]
  readonly inverse: readonly (readonly number[])[]
  readonly logDeterminant: number
}

/** Solution of A x = b with the inverse and ln det A; undefined when A is not positive definite. */
export function solveSymmetric(a: readonly (readonly number[])[], b: readonly number[]): SymmetricSystem | undefined {
  const size = b.length
  const l = a.map(() => new Array<number>(size).fill(0))
  const at = (m: readonly (readonly number[])[], i: number, j: number) => m[i]?.[j] ?? 0
  let logDeterminant = 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i, j)
      for (let k = 0; k < j; k++) sum -= at(l, i, k) * at(l, j, k)
      if (i !== j) (l[i] as number[])[j] = sum / at(l, j, j)
      else {
        if (!(sum > 1e-13 * Math.abs(at(a, i, i)))) return undefined
        ;(l[i] as number[])[i] = Math.sqrt(sum)
        logDeterminant += Math.log(sum)
      }
    }
  }
  const solve = (right: readonly number[]): number[] => {
    const x = [...right]
    for (let i = 0; i < size; i++) {
      let sum = x[i] ?? 0
      for (let k = 0; k < i; k++) sum -= at(l, i, k) * (x[k] ?? 0)
      x[i] = sum / at(l, i, i)
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = x[i] ?? 0
      for (let k = i + 1; k < size; k++) sum -= at(l, k, i) * (x[k] ?? 0)
      x[i] = sum / at(l, i, i)
    }
    return x
  }
  return { solution: solve(b), inverse: a.map((_, i) => solve(a.map((__, j) => (i === j ? 1 : 0)))), logDeterminant }
}
