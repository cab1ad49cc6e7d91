import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addLeaf, emptyFrontier, findPath, hashLeaf, rootByPath, rootOf, rootOfLeaves } from './merkle.ts'

// The definition of RFC 6962, section 2.1, as it stands there: MTH(D[n]) = H(1 || MTH(D[0:k]) || MTH(D[k:n])).
function definition(leaves: readonly Buffer[]): Buffer {
  const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  if (leaves.length === 0) return hash()
  if (leaves.length === 1) return hash(Buffer.of(0), leaves[0]!)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hash(Buffer.of(1), definition(leaves.slice(0, k)), definition(leaves.slice(k)))
}

const content = fc.array(fc.uint8Array({ maxLength: 20 }).map(Buffer.from), { minLength: 1, maxLength: 70 })

describe('a Merkle tree', () => {
  it('has the root of RFC 6962 whatever its size, grown leaf by leaf or at once', () => {
    fc.assert(
      fc.property(content, (leaves) => {
        const hashed = leaves.map(hashLeaf)
        expect(rootOf(hashed.reduce(addLeaf, emptyFrontier)).equals(definition(leaves))).toBe(true)
        expect(rootOfLeaves(hashed).equals(definition(leaves))).toBe(true)
      }),
      { seed: 20261127 },
    )
    expect(rootOfLeaves([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('proves each leaf, and no other leaf, place or size', () => {
    fc.assert(
      fc.property(content, fc.nat(), (leaves, pick) => {
        const hashed = leaves.map(hashLeaf)
        const index = pick % leaves.length
        const path = findPath(hashed, index)
        const root = rootOfLeaves(hashed)
        expect(rootByPath(hashed[index]!, index, leaves.length, path)?.equals(root)).toBe(true)
        expect(rootByPath(hashLeaf(Buffer.from('a leaf that is not there')), index, leaves.length, path)?.equals(root) ?? false).toBe(false)
        if (path.length > 0) expect(rootByPath(hashed[index]!, index, leaves.length, path.slice(1))?.equals(root) ?? false).toBe(false)
      }),
      { seed: 20261127 },
    )
  })
})
