// The guard of one form while it is filled in: remembers what was kept, and looks once more before sending.
import type { KeptFacts } from '@attune/contract'
import type { Finding, TextGuard } from '../widgets/text-guard.ts'
import type { LookForFacts } from './look-for-facts.ts'
import { kindWords, neutralWords } from './neutral-words.ts'

/** From here on a fact that was left in is asked about once more. */
export const sureFrom = 0.85

export type FormGuard = TextGuard & {
  /** Everything in a text, also what was kept. */
  lookAgain(text: string): Promise<readonly Finding[]>
}

export function makeGuard({ look, roster, code }: { look: LookForFacts; roster: () => readonly string[]; code: () => string }): FormGuard {
  const kept = new Set<string>()
  const keyOf = (question: string, words: string): string => `${question}\n${words.toLowerCase()}`

  async function lookAgain(text: string): Promise<Finding[]> {
    if (text.trim() === '') return []
    return (await look(text, roster())).map(({ start, end, type, confidence }) => ({
      start,
      end,
      type,
      confidence,
      says: kindWords(type),
      replacements: neutralWords(type, code()),
    }))
  }

  return {
    lookAgain,
    async check(text, question) {
      return (await lookAgain(text)).filter(({ start, end }) => !kept.has(keyOf(question, text.slice(start, end))))
    },
    keep(question, words) {
      kept.add(keyOf(question, words))
    },
  }
}

/** How many of each kind: all that is ever sent or stored of what was left in. */
export function countFacts(findings: readonly Pick<Finding, 'type'>[]): KeptFacts {
  const counts: { -readonly [kind in keyof KeptFacts]: KeptFacts[kind] } = {}
  for (const { type } of findings) counts[type] = (counts[type] ?? 0) + 1
  return counts
}
