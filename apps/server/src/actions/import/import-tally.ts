// What an import came to, in counts: reasons, places and ids of records, never an answer.
import type { FactKind, KeptFacts } from '@attune/contract'

export type ImportReport = {
  readonly read: number
  readonly stored: number
  /** Here already, with the same answers. */
  readonly repeated: number
  /** Here already, and different there since. They are left as they are here. */
  readonly changed: readonly string[]
  readonly refused: readonly { readonly because: string; readonly records: number; readonly examples: readonly string[] }[]
  /** Personal facts seen in free text, by question and kind. */
  readonly facts: readonly { readonly question: string; readonly kind: FactKind; readonly found: number }[]
  readonly choices: readonly { readonly question: string; readonly theirs: string; readonly ours: string }[]
  /** Keys there that no question here takes, with how many records have an answer. */
  readonly leftOut: readonly { readonly key: string; readonly records: number }[]
  /** Questions here that no record had an answer for. */
  readonly unfilled: readonly string[]
}

const examplesKept = 5
const changedKept = 1_000

export class ImportTally {
  read = 0
  stored = 0
  repeated = 0
  changedCount = 0
  refusedCount = 0
  readonly #changed: string[] = []
  readonly #refused = new Map<string, { records: number; examples: string[] }>()
  readonly #facts = new Map<string, { question: string; kind: FactKind; found: number }>()
  readonly #choices = new Map<string, { question: string; theirs: string; ours: string }>()
  readonly #leftOut = new Map<string, number>()
  readonly #filled = new Set<string>()

  refuse(because: string, instanceId: string): void {
    this.refusedCount++
    const known = this.#refused.get(because) ?? { records: 0, examples: [] }
    known.records++
    if (known.examples.length < examplesKept && instanceId !== '') known.examples.push(instanceId)
    this.#refused.set(because, known)
  }
  change(instanceId: string): void {
    this.changedCount++
    if (this.#changed.length < changedKept) this.#changed.push(instanceId)
  }
  noteFacts(question: string, facts: KeptFacts): void {
    for (const [kind, found] of Object.entries(facts) as [FactKind, number][]) {
      const known = this.#facts.get(`${question} ${kind}`) ?? { question, kind, found: 0 }
      known.found += found
      this.#facts.set(`${question} ${kind}`, known)
    }
  }
  noteChoice(question: string, theirs: string, ours: string): void {
    this.#choices.set(`${question} ${theirs}`, { question, theirs, ours })
  }
  noteLeftOut(key: string): void {
    this.#leftOut.set(key, (this.#leftOut.get(key) ?? 0) + 1)
  }
  noteFilled(question: string): void {
    this.#filled.add(question)
  }

  toReport(questions: readonly string[]): ImportReport {
    const { read, stored, repeated } = this
    return {
      read,
      stored,
      repeated,
      changed: this.#changed,
      refused: [...this.#refused].map(([because, more]) => ({ because, ...more })).sort((a, b) => b.records - a.records),
      facts: [...this.#facts.values()].sort((a, b) => b.found - a.found),
      choices: [...this.#choices.values()],
      leftOut: [...this.#leftOut].map(([key, records]) => ({ key, records })),
      unfilled: questions.filter((question) => !this.#filled.has(question)),
    }
  }
}
