// `npm run bench:detector`: how much the detector finds, in whom, how often it cries wolf, how fast it is and how much a browser has to fetch.
// `npm run bench:detector -- FILE.ndjson` measures a file of one's own: lines {"text", "spans": [{"start", "end", "type"}]}.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { detect, findingTypes } from '../packages/detector/src/index.ts'
import { tallyOf, type Lexicon } from '../packages/detector/test/measure.ts'
import { hostilePieces, hostileText } from '../packages/detector/test/hostile.ts'
import type { Sentence } from '../packages/detector/test/read-marked.ts'
import { alarmsPer100Words, recallOf, typedRecallOf } from '../packages/detector/test/score.ts'
import { generateSet, makeLexiconWithoutHeldOut, readClean, readOrigins, readWritten, type Author } from '../packages/detector/test/sets.ts'

/** The detector and its lists as a browser fetches them; a page that runs it has `attuneDetector.detect`. */
export async function bundleDetector(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry: path.resolve(import.meta.dirname, '../packages/detector/src/index.ts'), formats: ['iife'], name: 'attuneDetector' },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (output === undefined || !('output' in output)) throw new Error('The detector was not bundled.')
  return output.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n')
}

const share = (value: number): string => value.toFixed(3)
const row = (...cells: (string | number)[]): void =>
  console.log(cells.map((cell, at) => (at === 0 ? String(cell).padEnd(24) : String(cell).padStart(11))).join(''))

function printWritten(title: string, sentences: readonly Sentence[], clean: readonly Sentence[]): void {
  console.log(`\n${title}: ${sentences.length} sentences with facts, ${clean.length} without`)
  row('', 'facts', 'flagged', 'own type')
  const all = tallyOf(sentences)
  row('all', all.facts, share(recallOf(all)), share(typedRecallOf(all)))
  for (const type of findingTypes) {
    const tally = tallyOf(sentences, type)
    if (tally.facts > 0) row(type, tally.facts, share(recallOf(tally)), share(typedRecallOf(tally)))
  }
  const people = [...new Set(sentences.map(({ group }) => group))].filter((group) => group !== '')
  for (const group of people) {
    const tally = tallyOf(
      sentences.filter((sentence) => sentence.group === group),
      ['facts', 'mixed'].includes(group) ? undefined : 'PERSON',
    )
    row(`  ${group}`, tally.facts, share(recallOf(tally)), share(typedRecallOf(tally)))
  }
  const quiet = tallyOf(clean)
  if (quiet.words > 0) row('false alarms / 100 words', alarmsPer100Words(quiet).toFixed(2), `${quiet.words} words`)
}

function printGenerated(): void {
  const unlisted: Lexicon = makeLexiconWithoutHeldOut()
  console.log('\nPERSON in generated notes (frames by three hands): listed names as written, in lower case, in capitals; names in no list')
  row('', 'written', 'lower', 'CAPITALS', 'unlisted', 'unl. lower')
  for (const origin of readOrigins()) {
    const of = (heldOut: boolean, nameCase: 'written' | 'lower' | 'upper'): string => {
      const sentences = (['notes', 'letters', 'records'] as Author[]).flatMap((author) => generateSet(author, origin, { heldOut, nameCase }))
      return share(recallOf(tallyOf(sentences, 'PERSON', heldOut ? unlisted : undefined)))
    }
    row(origin.origin, of(false, 'written'), of(false, 'lower'), of(false, 'upper'), of(true, 'written'), of(true, 'lower'))
  }
}

function measureSpeed(sentences: readonly Sentence[]): void {
  for (const { text } of sentences) detect(text)
  // Of processor time: other programs on the machine do not make the detector slower.
  let characters = 0
  const start = process.cpuUsage()
  const used = (): number => (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1e6
  while (used() < 1)
    for (const { text } of sentences) {
      detect(text)
      characters += text.length
    }
  console.log(`\ncharacters a second        ${Math.round(characters / used()).toLocaleString('en-GB')}`)
  const note = sentences
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 2400)
  const noteStart = used()
  for (let round = 0; round < 50; round += 1) detect(note)
  console.log(`a note of 2,400 characters ${(((used() - noteStart) / 50) * 1000).toFixed(2)} ms`)
  const times = hostilePieces.map((piece) => {
    const text = hostileText(piece, 10_000)
    let best = Infinity
    for (let round = 0; round < 3; round += 1) {
      const begun = process.cpuUsage()
      detect(text)
      const { user, system } = process.cpuUsage(begun)
      best = Math.min(best, (user + system) / 1000)
    }
    return { piece, best }
  })
  times.sort((a, b) => b.best - a.best)
  console.log(`worst of ${times.length} hostile texts of 10,000 characters (best of three, ms):`)
  console.log(
    `  ${times
      .slice(0, 6)
      .map(({ piece, best }) => `${JSON.stringify(piece)} ${best.toFixed(1)}`)
      .join('   ')}`,
  )
}

function readOwn(file: string): Sentence[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { text, spans } = JSON.parse(line) as Omit<Sentence, 'group'>
      return { text, spans, group: '' }
    })
}

if (process.argv[1] === import.meta.filename) {
  const begun = performance.now()
  detect('Rang Ffion.')
  const loadMs = performance.now() - begun
  const [own] = process.argv.slice(2)
  if (own !== undefined) {
    const sentences = readOwn(own)
    printWritten(
      own,
      sentences,
      sentences.filter(({ spans }) => spans.length === 0),
    )
  } else {
    printWritten('Written by hand by somebody who had not seen the rules', readWritten('unseen'), readClean('unseen'))
    printWritten('Written by hand, in sight of the rules', readWritten('tuned'), readClean('tuned'))
    printGenerated()
  }
  measureSpeed([...readWritten('tuned'), ...readClean('tuned')])
  const code = await bundleDetector()
  console.log(`unpacking the lists        ${loadMs.toFixed(1)} ms`)
  console.log(
    `in the browser             ${(code.length / 1000).toFixed(0)} kB, ${(gzipSync(code, { level: 9 }).length / 1000).toFixed(1)} kB gzip (limit 150)`,
  )
  console.log('\nA high share found is reduced risk. It never proves that nobody can be known from a text.')
}
