import type { Finding, FindingType } from '../src/finding.ts'
import type { Sentence } from './read-marked.ts'

export type Tally = { facts: number; flagged: number; typed: number; alarms: number; words: number }
export const emptyTally = (): Tally => ({ facts: 0, flagged: 0, typed: 0, alarms: 0, words: 0 })

/** Adds one sentence: a fact is flagged when any finding touches it, typed when one of its own type does; an alarm touches no fact. */
export function addToTally(tally: Tally, sentence: Sentence, findings: readonly Finding[], only?: FindingType): void {
  const touches = (a: { start: number; end: number }, b: { start: number; end: number }) => a.start < b.end && b.start < a.end
  for (const span of sentence.spans) {
    if (only !== undefined && span.type !== only) continue
    tally.facts += 1
    const hits = findings.filter((finding) => touches(finding, span))
    if (hits.length > 0) tally.flagged += 1
    if (hits.some((finding) => finding.type === span.type)) tally.typed += 1
  }
  for (const finding of findings)
    if ((only === undefined || finding.type === only) && !sentence.spans.some((span) => touches(finding, span))) tally.alarms += 1
  tally.words += sentence.text.split(/\s+/).length
}

/** How much of what is there was flagged under any type. */
export const recallOf = (tally: Tally): number => (tally.facts === 0 ? 1 : tally.flagged / tally.facts)
/** How much of what is there was flagged under its own type. */
export const typedRecallOf = (tally: Tally): number => (tally.facts === 0 ? 1 : tally.typed / tally.facts)
export const alarmsPer100Words = (tally: Tally): number => (tally.words === 0 ? 0 : (100 * tally.alarms) / tally.words)
