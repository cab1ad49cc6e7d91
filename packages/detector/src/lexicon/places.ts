// The places of tools/detector-lists/places.txt.
import { townWords } from './generated/town-words.ts'
import { wideWords } from './generated/wide-words.ts'
import { unpackSet } from './hashed-set.ts'
import { wordHash } from './word-hash.ts'

const asSet = (packed: typeof townWords) => {
  let set: ReturnType<typeof unpackSet> | undefined
  return { has: (folded: string): boolean => (set ??= unpackSet(packed)).has(wordHash(folded)) }
}

/** Towns and cities that say where somebody lives. */
export const towns = asSet(townWords)
/** Countries, counties, peoples and languages. */
export const widePlaces = asSet(wideWords)
