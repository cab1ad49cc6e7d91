// What a release says about its own proofs: for every clause its state, why, and the tests that carry its id. The server reads this file and shows
// it on the assurance page; without it the page says that no results came with the release.
import { createHash } from 'node:crypto'
import path from 'node:path'
import { toLedgerText, type ProgrammeLedgers } from '@attune/programme'
import { countClauses, type Evidence } from './count-clauses.ts'
import { clausesIn } from './expected-failures.ts'

export type ReleaseProofs = {
  readonly madeAt: string
  readonly commit: string
  /** What keeps the results from being trusted, in sentences; none when they are fresh and whole. */
  readonly remarks: readonly string[]
  /** Of the ledgers that were counted, so that results are not shown beside other ledgers. */
  readonly ledgers: string
  readonly clauses: {
    readonly [id: string]: {
      readonly state: 'proven' | 'attested' | 'unproven'
      readonly why?: string
      readonly tests: readonly { readonly name: string; readonly file: string; readonly passed: boolean }[]
    }
  }
}

/** A digest of the clauses' ids and words; comments and order do not change it. */
export const digestLedgers = (programmes: readonly ProgrammeLedgers[]): string => createHash('sha256').update(toLedgerText(programmes)).digest('hex')

export function toReleaseProofs(
  programmes: readonly ProgrammeLedgers[],
  evidence: Evidence,
  facts: { readonly madeAt: string; readonly commit: string; readonly remarks: readonly string[]; readonly top: string },
): ReleaseProofs {
  const tests = new Map<string, { name: string; file: string; passed: boolean }[]>()
  for (const test of evidence.tests)
    for (const id of clausesIn(test.name))
      tests.set(id, [
        ...(tests.get(id) ?? []),
        { name: test.name, file: path.relative(facts.top, test.file).split(path.sep).join('/'), passed: test.status === 'passed' },
      ])
  const counted = countClauses(programmes, evidence).flatMap((programme) => programme.ledgers.flatMap((ledger) => ledger.clauses))
  return {
    madeAt: facts.madeAt,
    commit: facts.commit,
    remarks: facts.remarks,
    ledgers: digestLedgers(programmes),
    clauses: Object.fromEntries(
      counted.map(({ clause, state, why }) => [clause.id, { state, ...(why !== undefined && { why }), tests: tests.get(clause.id) ?? [] }]),
    ),
  }
}
