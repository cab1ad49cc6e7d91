// Which clauses are proven. A clause is proven when at least one test carries its id, every such test passed, none is marked as expected to
// fail, and tests without an assertion count as failures. A clause that only a contract or a person can make true is attested, never proven.
import type { ProgrammeLedgers } from '@attune/programme'
import { clausesIn } from './expected-failures.ts'
import type { TestResult } from './read-results.ts'

type Clause = ProgrammeLedgers['ledgers'][number]['clauses'][number]

export type ClauseState = 'proven' | 'attested' | 'unproven'
export type CountedClause = { readonly clause: Clause; readonly state: ClauseState; readonly tests: number; readonly why?: string }
export type Tally = { readonly proven: number; readonly attested: number; readonly total: number }
export type LedgerCount = {
  readonly file: string
  readonly title: string
  readonly tally: Tally
  readonly byPriority: ReadonlyMap<string, Tally>
  readonly byKind: ReadonlyMap<string, Tally>
  readonly clauses: readonly CountedClause[]
}
export type ProgrammeCount = { readonly id: string; readonly title: string; readonly tally: Tally; readonly ledgers: readonly LedgerCount[] }

export type Evidence = {
  readonly tests: readonly TestResult[]
  /** Clause ids carried by tests that are marked as expected to fail, or skipped, in their source. */
  readonly marked: ReadonlySet<string>
  /** False when the runs counted tests without an assertion as passed: then nothing is proven. */
  readonly assertionsRequired: boolean
  /** The day of the count: an attestation holds up to and with its last day. */
  readonly today: string
}

export function countClauses(programmes: readonly ProgrammeLedgers[], evidence: Evidence): readonly ProgrammeCount[] {
  const byClause = new Map<string, TestResult[]>()
  for (const test of evidence.tests) for (const id of clausesIn(test.name)) byClause.set(id, [...(byClause.get(id) ?? []), test])
  return programmes.map((programme) => {
    const ledgers = programme.ledgers.map((ledger): LedgerCount => {
      const clauses = ledger.clauses.map((clause) => countClause(clause, byClause.get(clause.id) ?? [], evidence))
      return {
        file: ledger.file,
        title: ledger.title,
        tally: tallyOf(clauses),
        byPriority: groupBy(clauses, (one) => one.clause.priority),
        byKind: groupBy(clauses, (one) => one.clause.kind),
        clauses,
      }
    })
    return { id: programme.id, title: programme.title, tally: tallyOf(ledgers.flatMap((ledger) => ledger.clauses)), ledgers }
  })
}

function countClause(clause: Clause, tests: readonly TestResult[], evidence: Evidence): CountedClause {
  const counted = { clause, tests: tests.length }
  const { attestedBy, attestedUntil } = clause
  if (attestedBy !== undefined)
    return attestedUntil !== undefined && attestedUntil < evidence.today
      ? { ...counted, state: 'unproven', why: `the word of ${attestedBy} ran out on ${attestedUntil}` }
      : { ...counted, state: 'attested', why: `attested by ${attestedBy}${attestedUntil === undefined ? '' : ` until ${attestedUntil}`}` }
  const why = whyNot(clause.id, tests, evidence)
  return why === undefined ? { ...counted, state: 'proven' } : { ...counted, state: 'unproven', why }
}

function whyNot(id: string, tests: readonly TestResult[], { marked, assertionsRequired }: Evidence): string | undefined {
  if (tests.length === 0) return 'no test carries its id'
  if (!assertionsRequired) return 'the runs do not require assertions'
  const bad = tests.filter((test) => test.status !== 'passed')
  if (bad.length > 0) return `${bad.length} of ${tests.length} tests did not pass`
  return marked.has(id) ? 'a test with its id is marked as expected to fail or skipped' : undefined
}

function tallyOf(clauses: readonly CountedClause[]): Tally {
  const count = (state: ClauseState) => clauses.filter((one) => one.state === state).length
  return { proven: count('proven'), attested: count('attested'), total: clauses.length }
}

function groupBy(clauses: readonly CountedClause[], keyOf: (one: CountedClause) => string): ReadonlyMap<string, Tally> {
  return new Map([...new Set(clauses.map(keyOf))].sort().map((key) => [key, tallyOf(clauses.filter((one) => keyOf(one) === key))]))
}
