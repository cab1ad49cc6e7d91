// The standard normal distribution. erfc(x) = Q(1/2, x^2): DLMF 7.11.2.
import { incompleteGamma } from './gamma.ts'

/** Probability that a standard normal value is at most z. */
export function normalCdf(z: number): number {
  const tail = incompleteGamma(0.5, (z * z) / 2)
  return z < 0 ? tail.upper / 2 : 0.5 + tail.lower / 2
}

/** Probability that a standard normal value is more than z; accurate far out in the tail. */
export function normalTail(z: number): number {
  return normalCdf(-z)
}

/** The value that a standard normal variable stays below with probability p (0 < p < 1). */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity
  if (p >= 1) return Infinity
  if (p > 0.5) return -normalQuantile(1 - p)
  // First guess: Abramowitz & Stegun 26.2.23 (error below 4.5e-4); Halley steps then give full precision.
  const s = Math.sqrt(-2 * Math.log(p))
  let z = -(s - (2.515517 + s * (0.802853 + s * 0.010328)) / (1 + s * (1.432788 + s * (0.189269 + s * 0.001308))))
  for (let i = 0; i < 4; i++) {
    const step = ((normalCdf(z) - p) * Math.sqrt(2 * Math.PI)) / Math.exp((-z * z) / 2)
    z -= step / (1 + (z * step) / 2)
    if (Math.abs(step) < 1e-15) break
  }
  return z
}
