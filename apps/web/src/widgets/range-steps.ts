export type RangeBounds = { readonly start: number; readonly end: number; readonly step: number }

/** Every value of a range from start to end; counts downwards when the end is the smaller. Undefined when there are more than `most`. */
export function findRangeSteps({ start, end, step }: RangeBounds, most = 200): number[] | undefined {
  const size = Math.abs(step) || 1
  const count = Math.floor(Math.abs(end - start) / size + 1e-9)
  if (count + 1 > most) return undefined
  const direction = end < start ? -1 : 1
  return Array.from({ length: count + 1 }, (_, index) => tidy(start + direction * index * size))
}

/** 0.1 + 0.2 is 0.3 for a person. */
export function tidy(value: number): number {
  return Number(value.toFixed(10))
}

/** The nearest value that the range has, for a number that was typed. */
export function toRangeValue({ start, end, step }: RangeBounds, value: number): number | undefined {
  if (value < Math.min(start, end) || value > Math.max(start, end)) return undefined
  const size = Math.abs(step) || 1
  const steps = (value - start) / size
  return Math.abs(steps - Math.round(steps)) < 1e-6 ? tidy(value) : undefined
}
