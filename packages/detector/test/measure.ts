import type { FindingType } from '../src/finding.ts'
import { detectWith } from '../src/detect.ts'
import { getLexicon, type Lexicon } from '../src/lexicon/lexicon.ts'
import type { Sentence } from './read-marked.ts'
import { addToTally, emptyTally, type Tally } from './score.ts'

export type { Lexicon }

/** Looks through every sentence and counts; with the lists that the app has unless others are given. */
export function tallyOf(sentences: readonly Sentence[], only?: FindingType, lexicon: Lexicon = getLexicon()): Tally {
  const tally = emptyTally()
  for (const sentence of sentences) addToTally(tally, sentence, detectWith(lexicon, sentence.text), only)
  return tally
}
