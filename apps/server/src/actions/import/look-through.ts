// Free text of a record that comes from elsewhere is looked through before anything of it is stored: nobody was told so while writing it. What is
// then done with a personal fact is for whoever runs the import to say, the same for a command and for the clock.
import { detect } from '@attune/detector'
import type { FactKind, KeptFacts } from '@attune/contract'
import type { FactTreatment } from '../../env.ts'
import { stripIdentity } from '../themes/code-themes.ts'

export type Look = {
  /** What stands in for a text of a question; undefined leaves it as it is. */
  readonly instead: (question: string, text: string) => string | undefined
  /** Questions whose text was left with a fact in it, each once. */
  readonly naming: () => readonly string[]
  /** What was left in, by kind; undefined when nothing was. */
  readonly kept: () => KeptFacts | undefined
}

/** Looks through the texts of one record. `risky` are the questions where somebody could be named; `note` is told of each text with facts. */
export function lookThrough(risky: ReadonlySet<string>, treatment: FactTreatment, note: (question: string, facts: KeptFacts) => void): Look {
  const naming = new Set<string>()
  const kept: { [kind in FactKind]?: number } = {}
  return {
    instead(question, text) {
      const seen = risky.has(question) ? countFacts(text) : undefined
      if (seen === undefined) return undefined
      note(question, seen)
      if (treatment === 'empty') return ''
      if (treatment === 'strip') return stripIdentity(text)
      naming.add(question)
      for (const [kind, count] of Object.entries(seen) as [FactKind, number][]) kept[kind] = (kept[kind] ?? 0) + count
      return undefined
    },
    naming: () => [...naming],
    kept: () => (naming.size === 0 ? undefined : kept),
  }
}

function countFacts(text: string): KeptFacts | undefined {
  const counts: { [kind in FactKind]?: number } = {}
  const found = detect(text)
  for (const { type } of found) counts[type] = (counts[type] ?? 0) + 1
  return found.length === 0 ? undefined : counts
}
