// Labelled sentences made from frames and names. Frames by three hands are kept apart: `notes` and `letters` were in sight while the rules were
// written, `records` only measures. Names come from outside, so that listed and unlisted ones can be tried.
import { readMarked, type Sentence } from './read-marked.ts'

export type Names = { readonly given: readonly string[]; readonly families: readonly string[] }
export type NameCase = 'written' | 'lower' | 'upper'

/** The same numbers for the same seed, on every machine (mulberry32). */
export function toRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** `count` sentences from frames and names. */
export function generateSentences(
  frames: readonly string[],
  names: Names,
  { count, seed, nameCase = 'written' }: { count: number; seed: number; nameCase?: NameCase },
): Sentence[] {
  const random = toRandom(seed)
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const sentences: Sentence[] = []
  for (let made = 0; made < count; made += 1) {
    const marked = (frames[made % frames.length] ?? '')
      .replace(/\{g\} \{f\}/g, () => `[PERSON|${pick(names.given)} ${pick(names.families)}]`)
      .replace(/\{g\}/g, () => `[PERSON|${pick(names.given)}]`)
      .replace(/\{f\}/g, () => `[PERSON|${pick(names.families)}]`)
    const { text, spans, group } = readMarked(marked)
    sentences.push({ text: nameCase === 'lower' ? text.toLowerCase() : nameCase === 'upper' ? text.toUpperCase() : text, spans, group })
  }
  return sentences
}
