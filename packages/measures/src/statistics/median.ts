// The middle of values that come with counts, so that a histogram serves as well as the rows.

export type CountedValue = readonly [value: number, count: number]

/** The median; the mean of the two middle values when the number is even; null when there are none. */
export function countedMedian(values: readonly CountedValue[]): number | null {
  const sorted = values.filter(([, count]) => count > 0).sort((a, b) => a[0] - b[0])
  const n = sorted.reduce((sum, [, count]) => sum + count, 0)
  if (n === 0) return null
  const at = (position: number): number => {
    let passed = 0
    for (const [value, count] of sorted) if ((passed += count) > position) return value
    return Number.NaN
  }
  return (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2
}

/** Values grouped with their counts; values closer than a billionth are the same. */
export function countValues(values: readonly number[]): readonly CountedValue[] {
  const counts = new Map<number, number>()
  for (const value of values) {
    const key = Math.round(value * 1e9) / 1e9 + 0
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => a[0] - b[0])
}

/**
 * Changes from before to after with their counts. Differences that only the rounding of large scores keeps apart count as equal:
 * near 100,000,000 two doubles that both mean a change of 0.1 differ in the eighth decimal.
 */
export function countChanges(before: readonly number[], after: readonly number[]): readonly CountedValue[] {
  let largest = 0
  for (const value of [...before, ...after]) largest = Math.max(largest, Math.abs(value))
  const step = 10 ** Math.max(-9, Math.ceil(Math.log10(largest * 2 ** -50 + 1e-300)))
  return countValues(after.map((value, i) => Math.round((value - (before[i] ?? Number.NaN)) / step) * step))
}
