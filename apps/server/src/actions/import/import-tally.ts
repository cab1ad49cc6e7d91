// What an import came to, in counts: reasons, places and ids of records, never an answer.
import type { FactKind, KeptFacts } from '@attune/contract'

export type ImportReport = {
  readonly read: number
  readonly stored: number
  /** Files that came along with what was stored. */
  readonly files: number
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
  /** Records with files that no answer taken over names, and how many. */
  readonly unnamed: readonly { readonly record: string; readonly files: number }[]
  /** Questions here that no record had an answer for. */
  readonly unfilled: readonly string[]
}

const examplesKept = 5
const idsKept = 1_000

export class ImportTally {
  read = 0
  stored = 0
  files = 0
  repeated = 0
  changedCount = 0
  refusedCount = 0
  readonly #changed: string[] = []
  readonly #refused = new Map<string, { records: number; examples: string[] }>()
  readonly #facts = new Map<string, { question: string; kind: FactKind; found: number }>()
  readonly #choices = new Map<string, { question: string; theirs: string; ours: string }>()
  readonly #leftOut = new Map<string, number>()
  readonly #unnamed: { readonly record: string; readonly files: number }[] = []
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
    if (this.#changed.length < idsKept) this.#changed.push(instanceId)
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
  noteUnnamed(record: string, files: number): void {
    if (this.#unnamed.length < idsKept) this.#unnamed.push({ record, files })
  }
  noteFilled(question: string): void {
    this.#filled.add(question)
  }

  /** Personal facts seen, of all kinds and questions together. */
  get seen(): number {
    return [...this.#facts.values()].reduce((sum, { found }) => sum + found, 0)
  }

  toReport(questions: readonly string[]): ImportReport {
    const { read, stored, files, repeated } = this
    return {
      read,
      stored,
      files,
      repeated,
      changed: this.#changed,
      refused: [...this.#refused].map(([because, more]) => ({ because, ...more })).sort((a, b) => b.records - a.records),
      facts: [...this.#facts.values()].sort((a, b) => b.found - a.found),
      choices: [...this.#choices.values()],
      leftOut: [...this.#leftOut].map(([key, records]) => ({ key, records })),
      unnamed: this.#unnamed,
      unfilled: questions.filter((question) => !this.#filled.has(question)),
    }
  }
}
