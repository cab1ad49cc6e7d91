import { wordHash } from './word-hash.ts'

/** A third of all names: the letter statistics never saw them, and tests take them out of the lists, so that unlisted names are measured. */
export const isHeldOut = (folded: string): boolean => wordHash(folded) % 3 === 0
