import type { AssurancePage, ClauseView } from '@attune/contract'
import { securityLevels, type SecurityControl } from '@attune/policy'
import type { ProgrammeLedgers } from '@attune/programme'

type Proof = { readonly state: 'proven' | 'attested' | 'unproven'; readonly why?: string; readonly tests: readonly ClauseView['tests'][number][] }
type Facts = {
  readonly ledgers: readonly ProgrammeLedgers[]
  readonly results: { readonly madeAt: string; readonly commit: string; readonly remarks: readonly string[] } | undefined
  readonly proofs: ReadonlyMap<string, Proof>
  readonly today: string
  readonly live: readonly (Omit<AssurancePage['live'][number], 'clauses'> & { readonly clauses: readonly string[] })[]
}

export function presentAssurance(
  { ledgers, results, proofs, today, live }: Facts,
  controls: readonly SecurityControl[],
  lookedAt: Date,
): AssurancePage {
  const checksOf = (id: string) => live.filter((check) => check.clauses.includes(id)).map((check) => check.id)
  const page: Omit<AssurancePage, 'levels'> = {
    results: results === undefined ? null : { madeAt: results.madeAt, commit: results.commit, remarks: [...results.remarks] },
    programmes: ledgers.map((programme) => ({
      id: programme.id,
      title: programme.title,
      running: programme.status === 'running',
      ledgers: programme.ledgers.map((ledger) => ({
        title: ledger.title,
        clauses: ledger.clauses.map((clause) =>
          presentClause(clause, results === undefined ? undefined : proofs.get(clause.id), checksOf(clause.id), results !== undefined, today),
        ),
      })),
    })),
    live: live.map(({ id, title, state, says, clauses }) => ({ id, title, state, says, clauses: [...clauses] })),
    lookedAt: lookedAt.toISOString(),
  }
  return { ...page, levels: presentLevels(page, controls) }
}

/** The register of controls: each under its level, with how its clauses stand in the release and at this moment. */
function presentLevels({ programmes, live }: Omit<AssurancePage, 'levels'>, controls: readonly SecurityControl[]): AssurancePage['levels'] {
  const clauses = new Map(
    programmes.flatMap(({ ledgers }) => ledgers.flatMap((ledger) => ledger.clauses.map((clause) => [clause.id, clause] as const))),
  )
  const attention = new Set(live.filter((check) => check.state === 'attention').map((check) => check.id))
  return securityLevels.map((level) => ({
    level,
    controls: controls
      .filter((control) => control.level === level)
      .map(({ id, text, code, clauses: served }) => {
        const found = served.flatMap((clause) => clauses.get(clause) ?? [])
        const isProven = found.length === served.length && found.every((clause) => clause.state !== 'not-proven')
        return {
          id,
          says: text,
          code,
          clauses: found.map((clause) => ({ id: clause.id, state: clause.state, tests: clause.tests.length })),
          passing: isProven && !found.some((clause) => clause.live.some((check) => attention.has(check))),
        }
      }),
  }))
}

type Clause = ProgrammeLedgers['ledgers'][number]['clauses'][number]

/** Attested is said before anything else: a test never turns into a proof what only a contract can make true. */
function presentClause(clause: Clause, proof: Proof | undefined, live: string[], hasResults: boolean, today: string): ClauseView {
  const { id, section, says, control, priority, kind, attestedBy, attestedUntil } = clause
  const ranOut = attestedUntil !== undefined && attestedUntil < today
  const tests = (proof?.tests ?? []).map(({ name, file, passed }) => ({ name, file, passed }))
  const state = attestedBy !== undefined ? (ranOut ? 'not-proven' : 'attested') : proof?.state === 'proven' ? 'proven' : 'not-proven'
  const why =
    attestedBy !== undefined
      ? `${attestedBy}${attestedUntil === undefined ? '' : ranOut ? ` (only until ${attestedUntil})` : `, until ${attestedUntil}`}`
      : state === 'proven'
        ? ''
        : hasResults
          ? (proof?.why ?? 'no test carries its id')
          : 'no test results came with this release'
  return { id, section, says, control, proof: clause.proof, priority, kind, state, why, tests, live }
}
