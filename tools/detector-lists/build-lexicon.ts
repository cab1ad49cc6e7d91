// Makes src/lexicon/generated/*.ts from sources (public lists, see README.md) and names (our own lists, one file an origin).
// Deterministic. Run from the root of the repository: node tools/detector-lists/build-lexicon.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isHeldOut } from '../../packages/detector/src/lexicon/held-out.ts'
import { fingerprint, type PackedSet, unpackSet } from '../../packages/detector/src/lexicon/hashed-set.ts'
import { nameLike, shapeOf, unpackShape, type PackedShape } from '../../packages/detector/src/lexicon/name-shape.ts'
import { mostlyWords, namesThatAreWords } from '../../packages/detector/src/lexicon/names-that-are-words.ts'
import { isMedical } from '../../packages/detector/src/lexicon/is-medical.ts'
import { noteWords, sectorWords } from '../../packages/detector/src/lexicon/sector-words.ts'
import { slipOf } from '../../packages/detector/src/lexicon/usual-words.ts'
import { hasKnownStem } from '../../packages/detector/src/lexicon/word-forms.ts'
import { wordHash } from '../../packages/detector/src/lexicon/word-hash.ts'
import { calendarWords, rolesBefore } from '../../packages/detector/src/person/person-words.ts'
import { fold } from '../../packages/detector/src/tokens/fold.ts'
import { learnShape } from './learn-shape.ts'
import { readOriginNames } from './read-origin-names.ts'

const here = import.meta.dirname
const target = path.join(here, '../../packages/detector/src/lexicon/generated')

function readPairs(name: string): Map<string, string> {
  const text = gunzipSync(readFileSync(path.join(here, 'sources', `${name}.txt.gz`))).toString('utf8')
  return new Map(text.split('\n').map((line) => line.split(' ') as [string, string]))
}

/** The words of a list of our own; a line that starts with # is a heading, which starts a new part. */
function readParts(name: string): string[][] {
  const parts: string[][] = []
  for (const line of readFileSync(path.join(here, `${name}.txt`), 'utf8').split('\n'))
    if (line.startsWith('#')) parts.push([])
    else parts.at(-1)?.push(...line.split(' ').filter(Boolean).map(fold))
  return parts
}

const [wide = [], towns = []] = readParts('places')
const special = readParts('special-words').flat()
const takenWords = new Set([...wide, ...towns, ...special])
const namesOnly = new Set(readFileSync(path.join(here, 'names-not-words.txt'), 'utf8').trim().split(/\s+/))
const dictionary = readPairs('words')
const births = readPairs('given')
const british = readPairs('births')
const census = readPairs('families')
const origins = readdirSync(path.join(here, 'names'))
  .sort()
  .map((file) => readOriginNames(path.join(here, 'names', file)))
const ownGiven = new Set([...origins.flatMap((origin) => origin.given), ...namesOnly].map(fold))
const ownFamilies = new Set(origins.flatMap((origin) => origin.families).map(fold))

const modern = readFileSync(path.join(here, 'modern-words.txt'), 'utf8')
  .trim()
  .split(/\s+/)
  .flatMap((word) => word.split('-'))
  .map(fold)
const words = new Set([...dictionary.keys(), ...modern].filter((word) => !namesOnly.has(word)))
// Mostly names: rare as words, common as names.
for (const [name, count] of births) if (dictionary.get(name) === 'rare' && Number(count) >= 60_000 && !namesThatAreWords.has(name)) words.delete(name)

const isListable = (name: string): boolean =>
  name.length > 1 && !calendarWords.has(name) && !noteWords.has(name) && !rolesBefore.has(name) && !(mostlyWords.has(name) && !namesOnly.has(name))
const strong = new Set<string>()
const weak = new Set<string>()
for (const name of ownGiven) if (!words.has(name) && isListable(name)) strong.add(name)
for (const [name, count] of british) {
  if (words.has(name) || strong.has(name) || !isListable(name) || sectorWords.has(name) || takenWords.has(name)) continue
  if (Number(count) >= 30) strong.add(name)
  else weak.add(name)
}
for (const [name, count] of births) {
  if (words.has(name) || strong.has(name) || !isListable(name)) continue
  if (Number(count) >= 2000) strong.add(name)
  else weak.add(name)
}
const families = new Set<string>()
const familyWords = new Set<string>()
for (const name of ownFamilies) (words.has(name) ? familyWords : families).add(name)
for (const [name, rank] of census) {
  if (!isListable(name)) continue
  if (words.has(name)) {
    if (Number(rank) >= 11_000) familyWords.add(name)
  } else if (Number(rank) >= 6000 || Number(rank) < 2001) families.add(name)
}

function pack(names: Iterable<string>, gapBits: number): PackedSet {
  const list = [...new Set(names)]
  const values = list.map((name) => fingerprint(wordHash(name), list.length, gapBits)).sort((a, b) => a - b)
  const bytes: number[] = []
  let at = 0
  const write = (bit: number) => {
    if ((at & 7) === 0) bytes.push(0)
    if (bit === 1) bytes[at >>> 3] = (bytes[at >>> 3] ?? 0) | (1 << (at & 7))
    at += 1
  }
  let last = 0
  for (const value of values) {
    const gap = value - last
    last = value
    for (let quotient = Math.floor(gap / 2 ** gapBits); quotient > 0; quotient -= 1) write(1)
    write(0)
    for (let bit = 0; bit < gapBits; bit += 1) write((gap >>> bit) & 1)
  }
  return { count: list.length, gapBits, bits: Buffer.from(bytes).toString('base64') }
}

/** A third of the names is left out, so that the bench can try names the letters have not seen. */
function learnFromLists(): PackedShape {
  const weightOf = (name: string) => (ownGiven.has(name) || ownFamilies.has(name) ? 3 : Number(british.get(name) ?? 0) >= 30 ? 2 : 1)
  const isUseful = (word: string) => word.length > 2
  const names = [...new Set([...strong, ...weak, ...families])].filter((name) => isUseful(name) && !isHeldOut(name))
  const usual = [...words].filter((word) => word.length > 4 && dictionary.get(word) === 'common')
  return learnShape(
    names.map((word) => ({ word, weight: weightOf(word) })),
    [...words].filter(isUseful).map((word) => ({ word, weight: dictionary.get(word) === 'common' ? 0.7 : 0.4 })),
    usual,
  )
}

function writeSet(name: string, set: PackedSet): void {
  const constant = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  writeFileSync(
    path.join(target, `${name}.ts`),
    `// Made by tools/detector-lists/build-lexicon.ts.\nimport type { PackedSet } from '../hashed-set.ts'\n\nexport const ${constant}: PackedSet = { count: ${set.count}, gapBits: ${set.gapBits}, bits: '${set.bits}' }\n`,
  )
  console.log(name, set.count, set.bits.length)
}

// The letters alone give these away, so that they need no place in a list.
const shape = learnFromLists()
const table = unpackShape(shape)
const isOwn = (name: string): boolean => ownGiven.has(name) || ownFamilies.has(name)
const isUsual = (name: string): boolean => Number(british.get(name) ?? 0) >= 100 || Number(births.get(name) ?? 0) >= 20_000
// Short ones, and those one slip away from a usual word, would be taken for that slip.
const isGivenAway = (name: string): boolean => name.length > 3 && slipOf(name) === undefined
for (const name of strong) if (!isOwn(name) && !isUsual(name) && isGivenAway(name) && shapeOf(name, table) > 0.35) strong.delete(name)
for (const name of weak) if (!isOwn(name) && isGivenAway(name) && shapeOf(name, table) > 0.3) weak.delete(name)
for (const name of families) if (strong.has(name) || (!isOwn(name) && shapeOf(name, table) > 0.1)) families.delete(name)
// Stems only: what word-forms.ts can derive need not be listed. Nor need a rare word whose letters no name has: a capital alone does not make it one.
const stems = [...words].filter(
  (word) =>
    !hasKnownStem(word, (stem) => words.has(stem) && stem.length < word.length) &&
    !(dictionary.get(word) === 'rare' && word.length > 5 && shapeOf(word, table) < -1),
)

// A wrong "yes" costs a name only where the letters are a name's: those words take thirteen bits, the others eight.
const isNameLike = (word: string): boolean => shapeOf(word, table) > nameLike
const nameLikeStems = stems.filter(isNameLike)
const plainStems = stems.filter((word) => !isNameLike(word))
writeSet('english-words', pack(plainStems, 8))
writeSet('name-like-words', pack(nameLikeStems, 13))
writeSet('given-names', pack(strong, 10))
writeSet('rare-given-names', pack(weak, 8))
writeSet('family-names', pack(families, 8))
writeSet('family-words', pack(familyWords, 8))
// Fingerprints clash now and then: words that would pass for given names are listed outright.
const strongSet = unpackSet(pack(strong, 10))
const clashes = [...words, ...noteWords].filter((word) => strongSet.has(wordHash(word)) && !strong.has(word)).sort()
writeFileSync(
  path.join(target, 'words-not-names.ts'),
  `// Made by tools/detector-lists/build-lexicon.ts.\nimport { wordSet } from '../word-set.ts'\n\nexport const wordsNotNames = wordSet('${clashes.join(' ')}')\n`,
)
console.log('clashes', clashes.length)
// And names whose fingerprint is a word's, by themselves or with an s ("saoirses turn"): without this list they would be taken for that word.
const stemSets = [unpackSet(pack(plainStems, 8)), unpackSet(pack(nameLikeStems, 13))] as const
const isTakenForWord = (name: string): boolean => stemSets[isNameLike(name) ? 1 : 0].has(wordHash(name))
const takenForWords = [...new Set([...weak, ...ownFamilies, ...[...ownGiven].map((name) => `${name}s`)])]
  .filter(
    (name) => isTakenForWord(name) && !words.has(name) && !strong.has(name) && isListable(name) && !hasKnownStem(name, (stem) => words.has(stem)),
  )
  .sort()
writeFileSync(
  path.join(target, 'names-not-words.ts'),
  `// Made by tools/detector-lists/build-lexicon.ts.\nimport { wordSet } from '../word-set.ts'\n\nexport const namesNotWords = wordSet('${takenForWords.join(' ')}')\n`,
)
console.log('names that clash with words', takenForWords.length)
writeFileSync(
  path.join(target, 'name-shape-table.ts'),
  `// Made by tools/detector-lists/build-lexicon.ts.\nimport type { PackedShape } from '../name-shape.ts'\n\nexport const nameShapeTable: PackedShape = { step: ${shape.step}, bias: ${shape.bias}, weights: '${shape.weights}' }\n`,
)
console.log('shape', shape.weights.length)

/** Small sets whose wrong "yes" would be seen: words that are in no list are added until hardly a usual word or a name of ours passes for one of theirs. */
function packQuietly(name: string, list: readonly string[], innocents: readonly string[], allowed: number): void {
  const members = new Set(list)
  const others = innocents.filter((word) => !members.has(word))
  let best: { packed: PackedSet; wrong: readonly string[] } | undefined
  for (const gapBits of [12, 13, 14])
    for (let added = 0; added < 120 && (best?.wrong.length ?? Infinity) > allowed; added += 1) {
      const packed = pack([...members, ...Array.from({ length: added }, (_, at) => `#${at}`)], gapBits)
      const set = unpackSet(packed)
      const wrong = others.filter((word) => set.has(wordHash(word)))
      if (wrong.length < (best?.wrong.length ?? Infinity)) best = { packed, wrong }
    }
  if (best === undefined) throw new Error(`${name} is empty.`)
  writeSet(name, best.packed)
  console.log(`  taken for one of them: ${best.wrong.join(' ') || 'nothing'}`)
}

const usualWords = [...words].filter((word) => dictionary.get(word) === 'common')
const innocents = [...new Set([...usualWords, ...modern, ...noteWords, ...ownGiven, ...ownFamilies])]
packQuietly('wide-words', wide, innocents, 1)
packQuietly('town-words', towns, innocents, 5)
// What the endings of medicine give away needs no place.
packQuietly(
  'special-words',
  special.filter((word) => !isMedical(word)),
  innocents,
  0,
)
