// The record's own names, slips of the pen included. Only the record's own: matching a whole caseload marks one word in thirty (docs/decisions/0012-detector-of-rules-and-lists.md).
import { isOneSlipAway } from '../tokens/one-slip.ts'
import type { Candidate, Detector } from './detector.ts'

const shortestForTypos = 5

export const detectRoster: Detector = ({ tokens, roster, lexicon }) => {
  if (roster.length === 0) return []
  const whole = new Set(roster)
  const byStart = new Map<string, string[]>()
  for (const name of roster) if (name.length >= shortestForTypos) byStart.set(name.charAt(0), [...(byStart.get(name.charAt(0)) ?? []), name])
  const found: Candidate[] = []
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' && token.kind !== 'code') return
    const known = matchRoster(token.folded, whole, byStart, (word) => lexicon.sense(word).isWord)
    if (known === undefined) return
    // A name that is a word ("may", "will") still needs its capital.
    const isPlainWord = token.letterCase === 'lower' && lexicon.sense(token.folded).isWord
    if (isPlainWord) return
    found.push({
      from: index,
      to: index + 1,
      type: 'PERSON',
      confidence: known === 'exact' ? 0.99 : 0.85,
      because: known === 'exact' ? 'a name this record holds' : 'nearly a name this record holds',
    })
  })
  return found
}

function matchRoster(
  word: string,
  whole: ReadonlySet<string>,
  byStart: ReadonlyMap<string, readonly string[]>,
  isWord: (word: string) => boolean,
): 'exact' | 'near' | undefined {
  if (whole.has(word)) return 'exact'
  if (word.endsWith('s') && whole.has(word.slice(0, -1)) && !isWord(word)) return 'exact'
  if (word.length < shortestForTypos - 1 || isWord(word)) return undefined
  for (const name of byStart.get(word.charAt(0)) ?? []) if (isOneSlipAway(word, name)) return 'near'
  return undefined
}
