import { englishWords } from './generated/english-words.ts'
import { familyNames } from './generated/family-names.ts'
import { familyWords } from './generated/family-words.ts'
import { givenNames } from './generated/given-names.ts'
import { nameShapeTable } from './generated/name-shape-table.ts'
import { namesNotWords } from './generated/names-not-words.ts'
import { rareGivenNames } from './generated/rare-given-names.ts'
import { unpackSet } from './hashed-set.ts'
import { nameLikeWords } from './generated/name-like-words.ts'
import { nameLike, shapeOf, unpackShape } from './name-shape.ts'
import { mostlyWords, namesThatAreWords } from './names-that-are-words.ts'
import { towns, widePlaces } from './places.ts'
import { noteWords, sectorWords } from './sector-words.ts'
import { wordsNotNames } from './generated/words-not-names.ts'
import { hasKnownStem, isMadeOfWords } from './word-forms.ts'
import { wordHash } from './word-hash.ts'

/** What is known of one word, whatever stands around it. */
export type WordSense = {
  /** An English word, a usual abbreviation or a word of the sector. */
  readonly isWord: boolean
  /** Never a name: a brand, a method, a wide place. */
  readonly isNobody: boolean
  /** A word or an acronym of the sector, though it may be a name as well: ELSA, PIP. */
  readonly isSector: boolean
  /** 2: a usual given name that is no English word. 1: a rare one. 0: in no list. */
  readonly given: 0 | 1 | 2
  /** A family name that is no English word. */
  readonly isFamily: boolean
  /** A family name that is a word as well: Baker, Young. */
  readonly isFamilyWord: boolean
  /** 2: a given name that is a word and mostly meant as one (May, Hope). 1: a word and a name alike. 0: neither. */
  readonly nameWord: 0 | 1 | 2
  readonly isTown: boolean
  /** How name-like the letters are; above 0 is more like a name. */
  readonly shape: number
}

export type Lexicon = { sense(folded: string): WordSense }

/** don't, she's, we'll: words with an apostrophe that no name has. */
const contraction = /[a-z](n't|'ll|'ve|'re|'m|'d|'s)$/

/** The lists that travel with the app, unpacked at the first use and kept. */
export const getLexicon = (() => {
  let made: Lexicon | undefined
  return (): Lexicon => (made ??= makeLexicon())
})()

/** `without` takes names out of every list: the bench measures names that no list holds. */
export function makeLexicon(without: ReadonlySet<string> = new Set()): Lexicon {
  const english = unpackSet(englishWords)
  const usual = unpackSet(givenNames)
  const rare = unpackSet(rareGivenNames)
  const families = unpackSet(familyNames)
  const familyAndWord = unpackSet(familyWords)
  const table = unpackShape(nameShapeTable)
  const likely = unpackSet(nameLikeWords)
  const isStem = (stem: string): boolean => {
    const hash = wordHash(stem)
    return english.has(hash) || likely.has(hash)
  }
  const seen = new Map<string, WordSense>()

  const look = (folded: string): WordSense => {
    const hash = wordHash(folded)
    const isOut = without.has(folded)
    const shape = shapeOf(folded, table)
    const isListed = (shape > nameLike ? likely : english).has(hash) && (isOut || !namesNotWords.has(folded))
    const isSector = sectorWords.has(folded) || noteWords.has(folded) || contraction.test(folded)
    const nameWord = isOut ? 0 : mostlyWords.has(folded) ? 2 : namesThatAreWords.has(folded) ? 1 : 0
    const isUsual = !isOut && usual.has(hash) && !wordsNotNames.has(folded)
    const isWide = widePlaces.has(folded)
    const isNobody = (isWide && nameWord === 0) || (isSector && !isUsual && nameWord === 0)
    const given = isOut || isNobody ? 0 : isUsual ? 2 : !isListed && rare.has(hash) ? 1 : 0
    const isFamily = !isOut && !isNobody && !isListed && families.has(hash)
    const isDerived = given !== 2 && (hasKnownStem(folded, isStem) || (given === 0 && !isFamily && nameWord === 0 && isMadeOfWords(folded, isStem)))
    // "Wenjing" only looks like a form of a word.
    const isPlural = folded.endsWith('s') && isStem(folded.slice(0, -1))
    const isWord = isListed || isNobody || (isDerived && (isPlural || shape < 0.8))
    return {
      isWord: isWord && given !== 2,
      isNobody,
      given,
      isFamily,
      isFamilyWord: !isOut && familyAndWord.has(hash),
      nameWord,
      isSector,
      isTown: towns.has(folded) || isWide,
      shape: !isWord && given === 0 ? shape : 0,
    }
  }

  return {
    sense(folded) {
      const known = seen.get(folded)
      if (known !== undefined) return known
      const sense = look(folded)
      // Bounded, so that a long session or a hostile text cannot fill the memory.
      if (seen.size > 20_000) seen.clear()
      seen.set(folded, sense)
      return sense
    },
  }
}
