// Which clauses are shown, and the numbers on top.
import type { AssurancePage, ClauseView } from '@attune/contract'

export type ClauseFilter = { readonly programme: string; readonly priority: string; readonly state: string; readonly words: string }
export const everyClause: ClauseFilter = { programme: '', priority: '', state: '', words: '' }
export type ShownLedger = { readonly key: string; readonly programme: string; readonly title: string; readonly clauses: readonly ClauseView[] }

/** The ledgers with the clauses that fit; a ledger of which none fits is left out. */
export function filterClauses(programmes: AssurancePage['programmes'], filter: ClauseFilter): ShownLedger[] {
  const words = filter.words.trim().toLocaleLowerCase('en-GB')
  const fits = (clause: ClauseView) =>
    (filter.priority === '' || clause.priority === filter.priority) &&
    (filter.state === '' || clause.state === filter.state) &&
    (words === '' || `${clause.id} ${clause.says} ${clause.control}`.toLocaleLowerCase('en-GB').includes(words))
  return programmes
    .filter((programme) => filter.programme === '' || programme.id === filter.programme)
    .flatMap((programme) =>
      programme.ledgers.map((ledger) => ({
        key: `${programme.id}/${ledger.title}`,
        programme: programme.title,
        title: ledger.title,
        clauses: ledger.clauses.filter(fits),
      })),
    )
    .filter((ledger) => ledger.clauses.length > 0)
}

export type Numbers = { readonly all: number; readonly proven: number; readonly attested: number; readonly notProven: number }

export function countStates(clauses: readonly ClauseView[]): Numbers {
  const of = (state: ClauseView['state']) => clauses.filter((clause) => clause.state === state).length
  return { all: clauses.length, proven: of('proven'), attested: of('attested'), notProven: of('not-proven') }
}

type Control = AssurancePage['levels'][number]['controls'][number]

/** How a control stands. Without test results nothing has failed: it is only not shown. */
export function toControlState({ passing, clauses }: Pick<Control, 'passing' | 'clauses'>): 'passing' | 'notShown' | 'notNow' {
  if (passing) return 'passing'
  return clauses.length > 0 && clauses.every(({ state }) => state !== 'not-proven') ? 'notNow' : 'notShown'
}
