// Counts and scores as people say them.
const whole = new Intl.NumberFormat('en-GB')
export const sayWhole = (count: number): string => whole.format(count)

/** A score as it is: no decimals unless it has them. */
export const sayScore = (score: number): string => score.toLocaleString('en-GB', { maximumFractionDigits: 2 }).replace('-', '\u2212')
