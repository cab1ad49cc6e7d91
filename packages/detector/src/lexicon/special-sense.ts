// Whether one word by itself says something of UK GDPR articles 9 and 10, however it is written. The list is tools/detector-lists/special-words.txt.
import { specialWords } from './generated/special-words.ts'
import { unpackSet } from './hashed-set.ts'
import { isMedical } from './is-medical.ts'
import { wordHash } from './word-hash.ts'

const listed = (() => {
  let made: ReturnType<typeof unpackSet> | undefined
  return (word: string): boolean => (made ??= unpackSet(specialWords)).has(wordHash(word))
})()

/** The word and what is left of it without an ending: "overdosed", "convictions", "stabbings". */
export function stemsOf(folded: string): string[] {
  const stems = [folded]
  const without = (letters: number) => {
    if (folded.length - letters > 2) stems.push(folded.slice(0, -letters))
  }
  const last = folded.charCodeAt(folded.length - 1)
  if (last === 115 /* s */) {
    without(1)
    if (folded.endsWith('es')) without(2)
  } else if (last === 100 /* d */ && folded.endsWith('ed')) {
    without(1)
    without(2)
  } else if (last === 103 /* g */ && folded.endsWith('ing')) without(3)
  return stems
}

export const isSpecialWord = (folded: string): boolean => folded.length > 1 && (stemsOf(folded).some(listed) || isMedical(folded))

/** A long word that one slip of the pen separates from such a word: two letters changed places, one too many, one of a pair left out. */
export function isNearlySpecial(folded: string): boolean {
  if (folded.length < 7 || folded.length > 16) return false
  for (let at = 0; at < folded.length; at += 1) {
    const [before, here, next, after] = [folded.slice(0, at), folded.charAt(at), folded.charAt(at + 1), folded.slice(at + 1)]
    if (
      listed(before + after) ||
      listed(before + here + here + after) ||
      (next !== '' && next !== here && listed(before + next + here + folded.slice(at + 2)))
    )
      return true
  }
  return false
}
