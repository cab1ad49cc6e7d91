// Scaling up a sum when some items were left out: mean of the answered items x number of items.
// Published rules differ only in how many answers they ask for and in rounding (SDQ rounds half up: sdqinfo.org).

/**
 * The sum that the answered items stand for, or null when fewer than `atLeast` were answered.
 * `null` answers are unanswered. No rounding.
 */
export function prorate(answers: readonly (number | null)[], atLeast: number): number | null {
  const answered = answers.filter((answer) => answer !== null)
  if (answered.length === 0 || answered.length < atLeast) return null
  const sum = answered.reduce((total, answer) => total + answer, 0)
  return answered.length === answers.length ? sum : (sum / answered.length) * answers.length
}

/** Rounds half up to a multiple of `step`: 2.5 becomes 3, as published scoring keys do it (never to even). */
export function roundHalfUp(value: number, step = 1): number {
  return Math.floor(value / step + 0.5 + 1e-9) * step
}
