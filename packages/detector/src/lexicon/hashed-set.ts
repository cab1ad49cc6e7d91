// Word lists travel as sorted fingerprints with Rice-coded gaps: 9.5 to 11.5 bits a word, one wrong "yes" in 256 to 1024 words, near the
// theoretical floor for such a set (Putze, Sanders, Singler 2009). The words themselves cannot be read back from it.
import { toBytes } from './base64.ts'

/** `gapBits` is both the Rice parameter and the price of a wrong "yes": one in 2^gapBits. */
export type PackedSet = { readonly count: number; readonly gapBits: number; readonly bits: string }

export type HashedSet = { has(hash: number): boolean }

/** Where a 32-bit hash falls in the set's range. */
export function fingerprint(hash: number, count: number, gapBits: number): number {
  return Math.floor((hash / 4294967296) * count * 2 ** gapBits)
}

/** Unpacks a set once; afterwards a look-up reads one bucket of one or two numbers. */
export function unpackSet({ count, gapBits, bits }: PackedSet): HashedSet {
  const bytes = toBytes(bits)
  const values = new Uint32Array(count)
  const starts = new Uint32Array(count + 1)
  let at = 0
  let value = 0
  let bucket = 0
  for (let index = 0; index < count; index += 1) {
    let quotient = 0
    while (((bytes[at >>> 3] ?? 0) >>> (at & 7)) & 1) {
      quotient += 1
      at += 1
    }
    at += 1
    let rest = 0
    for (let bit = 0; bit < gapBits; bit += 1, at += 1) rest |= (((bytes[at >>> 3] ?? 0) >>> (at & 7)) & 1) << bit
    value += quotient * 2 ** gapBits + rest
    values[index] = value
    const home = Math.floor(value / 2 ** gapBits)
    while (bucket <= home) starts[bucket++] = index
  }
  while (bucket <= count) starts[bucket++] = count
  return {
    has(hash) {
      const wanted = fingerprint(hash, count, gapBits)
      const home = Math.floor(wanted / 2 ** gapBits)
      const end = starts[home + 1] ?? count
      for (let index = starts[home] ?? count; index < end; index += 1) if (values[index] === wanted) return true
      return false
    },
  }
}
