// Internal consistency of a scale: Cronbach 1951, doi 10.1007/BF02310555. A person with any item missing is left out.

export type CronbachAlpha = { readonly nComplete: number; readonly alpha: number | null }

/** Alpha over rows of item answers; null with fewer than two complete rows, fewer than two items, or no spread of totals. */
export function cronbachAlpha(rows: readonly (readonly (number | null)[])[]): CronbachAlpha {
  const complete = rows.filter((row): row is readonly number[] => row.every((answer) => answer !== null))
  const items = complete[0]?.length ?? 0
  const nComplete = complete.length
  if (nComplete < 2 || items < 2) return { nComplete, alpha: null }
  const totalVariance = variance(complete.map((row) => row.reduce((sum, answer) => sum + answer, 0)))
  if (totalVariance === 0) return { nComplete, alpha: null }
  let itemVariance = 0
  for (let item = 0; item < items; item++) itemVariance += variance(complete.map((row) => row[item] ?? Number.NaN))
  return { nComplete, alpha: (items / (items - 1)) * (1 - itemVariance / totalVariance) }
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
