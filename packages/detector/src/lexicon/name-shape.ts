// How name-like the letters of a word are: runs of two, three and four letters, each with a weight that tools/detector-lists/learn-shape.ts learnt
// from lists of names against English words and slips of the pen in them. It only tips the scale for words that are in no list.

/** A run of letters falls into one of so many places; two runs may share one. */
export const shapePlaces = 16_384
/** What a mean weight is worth and where nothing is, so that 0.2 and more is reached by one misspelt English word in ten. */
const scale = 0.357
const base = 0.506
const shortest = 2
const longest = 4

/** Above this, words and names are told apart by a list of its own, which takes fewer names for words. */
export const nameLike = 0.5

/** Calls `visit` with the place of every run of two to four letters; the start and the end of the word count as letters. */
export function visitRuns(word: string, visit: (place: number) => void): void {
  const end = word.length + 1
  for (let from = 0; from < end; from += 1) {
    let hash = 0x811c9dc5
    for (let at = from; at <= end && at < from + longest; at += 1) {
      const code = at === 0 ? 94 : at === end ? 36 : word.charCodeAt(at - 1)
      hash = Math.imul(hash ^ code, 0x01000193)
      if (at - from + 1 < shortest) continue
      const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
      visit(((mixed ^ (mixed >>> 13)) >>> 0) % shapePlaces)
    }
  }
}

export type Shape = { readonly weights: Int8Array; readonly step: number; readonly bias: number }
export type PackedShape = { readonly weights: string; readonly step: number; readonly bias: number }

/** One character a place: 'a' is −7 steps, 'h' is 0, 'o' is +7. */
export function unpackShape({ weights, step, bias }: PackedShape): Shape {
  const table = new Int8Array(shapePlaces)
  for (let at = 0; at < weights.length; at += 1) table[at] = weights.charCodeAt(at) - 104
  return { weights: table, step, bias }
}

/** Above 0 is more like a name, below 0 more like an English word; about −1.5 to 1.5. */
export function shapeOf(word: string, { weights, step, bias }: Shape): number {
  let total = 0
  let count = 0
  visitRuns(word, (place) => {
    total += weights[place] ?? 0
    count += 1
  })
  return ((total * step) / Math.sqrt(count) + bias) * scale + base
}
