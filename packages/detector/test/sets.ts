// The sets that are measured, read from this folder and from the lists of names. Node only: tests and `npm run bench:detector` use it.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readOriginNames, type OriginNames } from '../../../tools/detector-lists/read-origin-names.ts'
import type { Lexicon } from '../src/lexicon/lexicon.ts'
import { makeLexicon } from '../src/lexicon/lexicon.ts'
import { isHeldOut } from '../src/lexicon/held-out.ts'
import { fold } from '../src/tokens/fold.ts'
import { generateSentences, type NameCase } from './generate.ts'
import { readMarkedFile, type Sentence } from './read-marked.ts'

const here = import.meta.dirname
const namesFolder = path.join(here, '../../../tools/detector-lists/names')
const read = (name: string): string => readFileSync(path.join(here, name), 'utf8')
const readLines = (name: string): string[] => read(name).split('\n').filter(Boolean)

/** Sentences written by hand: `tuned` was in sight while the rules were written, `unseen` is by somebody who did not see them, and only measures. */
export const readWritten = (which: 'tuned' | 'unseen'): Sentence[] => readMarkedFile(read(`${which}-marked.txt`))
/** Prose of the work without a single personal fact, full of capitals. */
export const readClean = (which: 'tuned' | 'unseen'): Sentence[] =>
  readLines(`${which}-clean.txt`).map((text) => ({ text, spans: [], group: 'clean' }))

export type Author = 'notes' | 'letters' | 'records'
export const readOrigins = (): OriginNames[] =>
  readdirSync(namesFolder)
    .sort()
    .map((file) => readOriginNames(path.join(namesFolder, file)))

/** Sentences by one author with names of one origin; `heldOut` takes only the third of the names that no list and no letter statistics hold. */
export function generateSet(
  author: Author,
  origin: OriginNames,
  { heldOut, count = 300, nameCase = 'written' }: { heldOut: boolean; count?: number; nameCase?: NameCase },
): Sentence[] {
  const names = heldOut
    ? { given: origin.given.filter((name) => isHeldOut(fold(name))), families: origin.families.filter((name) => isHeldOut(fold(name))) }
    : origin
  return generateSentences(readLines(`frames-${author}.txt`), names, { count, seed: 7, nameCase })
}

/** The lists without a third of the names. */
export function makeLexiconWithoutHeldOut(): Lexicon {
  const without = new Set<string>()
  for (const origin of readOrigins())
    for (const name of [...origin.given, ...origin.families].map(fold))
      if (isHeldOut(name)) for (const part of [name, ...name.split(/[-']/)]) without.add(part)
  return makeLexicon(without)
}
