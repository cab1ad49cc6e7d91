// Log-gamma and the regularised incomplete gamma functions.
// DLMF 5.11 (Stirling), 8.7.1 (series) and 8.9.2 (continued fraction): https://dlmf.nist.gov/

const halfLogTwoPi = 0.9189385332046728

/** Stirling's correction: lnGamma(x) - ((x - 1/2) ln x - x + ln(2 pi)/2), for x >= 10 (DLMF 5.11.1). */
export function stirlingCorrection(x: number): number {
  const z = 1 / (x * x)
  return (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360)))))) / x
}

/** Natural logarithm of the gamma function for x > 0. */
export function lnGamma(x: number): number {
  let shift = 1
  let y = x
  while (y < 15) {
    shift *= y
    y += 1
  }
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + stirlingCorrection(y) - Math.log(shift)
}

/** lnGamma(x + 1/2) - lnGamma(x) without the cancellation that large x would bring. */
export function lnGammaHalfStep(x: number): number {
  if (x < 15) return lnGamma(x + 0.5) - lnGamma(x)
  return x * Math.log1p(0.5 / x) - 0.5 + 0.5 * Math.log(x) + stirlingCorrection(x + 0.5) - stirlingCorrection(x)
}

/** Lower and upper regularised incomplete gamma, P(a, x) and Q(a, x); each is accurate where it is the smaller one. */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  const front = Math.exp(a * Math.log(x) - x - lnGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let k = 1; k < 100_000 && Math.abs(term) > Math.abs(sum) * 1e-17; k++) {
      term *= x / (a + k)
      sum += term
    }
    const lower = Math.min(1, front * sum)
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, front * upperFraction(a, x))
  return { lower: 1 - upper, upper }
}

function upperFraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < tiny) d = tiny
    c = b + an / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return h
}
