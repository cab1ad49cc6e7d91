// Merkle trees as in RFC 6962, section 2.1: leaves and nodes are hashed apart, so that none can pass for the other.
import { hash } from 'node:crypto'

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')
const leafMark = Buffer.of(0)
const nodeMark = Buffer.of(1)

export const hashLeaf = (content: Uint8Array): Buffer => sha256(leafMark, content)
const hashNode = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodeMark, left, right)
/** The root of a tree without leaves. */
const emptyRoot = sha256()

/** Roots of the whole subtrees of a growing tree, the largest first. */
export type Frontier = { readonly size: number; readonly roots: readonly Buffer[] }
export const emptyFrontier: Frontier = { size: 0, roots: [] }

/** The frontier with one more leaf. */
export function addLeaf({ size, roots }: Frontier, leaf: Buffer): Frontier {
  const grown = [...roots]
  let node = leaf
  // As many whole subtrees merge as the size has ones at its low end.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) node = hashNode(grown.pop()!, node)
  return { size: size + 1, roots: [...grown, node] }
}

export function rootOf({ roots }: Frontier): Buffer {
  if (roots.length === 0) return emptyRoot
  return roots.slice(0, -1).reduceRight((right, left) => hashNode(left, right), roots.at(-1)!)
}

export const rootOfLeaves = (leaves: readonly Buffer[]): Buffer => rootOf(leaves.reduce(addLeaf, emptyFrontier))

/** The hashes that lead from a leaf to the root, the nearest first (RFC 6962, section 2.1.1). */
export function findPath(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  return index < split
    ? [...findPath(leaves.slice(0, split), index), rootOfLeaves(leaves.slice(split))]
    : [...findPath(leaves.slice(split), index - split), rootOfLeaves(leaves.slice(0, split))]
}

/** The root that a leaf at an index of a tree of a size leads to by a path; undefined when the path has the wrong length. */
export function rootByPath(leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | undefined {
  if (size <= 1) return path.length === 0 && index === 0 ? leaf : undefined
  const next = path.at(-1)
  if (next === undefined || index >= size) return undefined
  const split = splitOf(size)
  const below = index < split ? rootByPath(leaf, index, split, path.slice(0, -1)) : rootByPath(leaf, index - split, size - split, path.slice(0, -1))
  if (below === undefined) return undefined
  return index < split ? hashNode(below, next) : hashNode(next, below)
}

/** The largest power of two below the size. */
const splitOf = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1)
