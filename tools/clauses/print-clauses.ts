import type { CountedClause, LedgerCount, ProgrammeCount, Tally } from './count-clauses.ts'

export type ClausesJson = {
  readonly programmes: readonly {
    readonly id: string
    readonly title: string
    readonly proven: number
    readonly attested: number
    readonly total: number
    readonly ledgers: readonly {
      readonly file: string
      readonly title: string
      readonly proven: number
      readonly attested: number
      readonly total: number
      readonly byPriority: { readonly [priority: string]: Tally }
    }[]
  }[]
  readonly proven: readonly string[]
  readonly unproven: readonly string[]
  readonly attested: readonly string[]
}

export function toJson(programmes: readonly ProgrammeCount[]): ClausesJson {
  const all = clausesOf(programmes)
  const ids = (state: CountedClause['state']) => all.filter((one) => one.state === state).map((one) => one.clause.id)
  return {
    programmes: programmes.map(({ id, title, tally, ledgers }) => ({
      id,
      title,
      ...tally,
      ledgers: ledgers.map((ledger) => ({
        file: ledger.file,
        title: ledger.title,
        ...ledger.tally,
        byPriority: Object.fromEntries(ledger.byPriority),
      })),
    })),
    proven: ids('proven'),
    unproven: ids('unproven'),
    attested: ids('attested'),
  }
}

/** The page that people read: proven / total by programme, priority and kind, then every unproven must with the reason. */
export function toPage(programmes: readonly ProgrammeCount[], remarks: readonly string[]): string {
  const lines: string[] = []
  for (const programme of programmes) {
    lines.push('', `${programme.title} (${programme.id}): ${shown(programme.tally)}`)
    for (const ledger of programme.ledgers) lines.push(...ledgerLines(ledger))
  }
  const musts = clausesOf(programmes).filter((one) => one.clause.priority === 'must' && one.state === 'unproven')
  lines.push('', musts.length === 0 ? 'Every must is proven or attested.' : `Unproven musts (${musts.length}):`)
  for (const { clause, why } of musts) lines.push(`  ${clause.id}  ${clause.says}${why === 'no test carries its id' ? '' : ` (${why})`}`)
  const attested = clausesOf(programmes).filter((one) => one.state === 'attested')
  if (attested.length > 0)
    lines.push('', `Attested, not proven (${attested.length}):`, ...attested.map(({ clause, why }) => `  ${clause.id}  ${clause.says} (${why})`))
  if (remarks.length > 0) lines.push('', ...remarks)
  const total = programmes.reduce(
    (sum, { tally }) => ({ proven: sum.proven + tally.proven, attested: sum.attested + tally.attested, total: sum.total + tally.total }),
    { proven: 0, attested: 0, total: 0 },
  )
  lines.push('', `All programmes: ${shown(total)}`)
  return `${lines.join('\n').trimStart()}\n`
}

function ledgerLines(ledger: LedgerCount): string[] {
  const groups = (counts: ReadonlyMap<string, Tally>) => [...counts].map(([name, tally]) => `${name} ${tally.proven}/${tally.total}`).join(', ')
  const order = new Map(
    ['must', 'should', 'could'].flatMap((priority) =>
      ledger.byPriority.has(priority) ? [[priority, ledger.byPriority.get(priority) as Tally]] : [],
    ),
  )
  return [`  ${ledger.title}: ${shown(ledger.tally)}`, `    ${groups(order)}`, `    ${groups(ledger.byKind)}`]
}

function shown({ proven, attested, total }: Tally): string {
  return `${proven} / ${total} proven${attested === 0 ? '' : `, ${attested} attested`}`
}

function clausesOf(programmes: readonly ProgrammeCount[]): readonly CountedClause[] {
  return programmes.flatMap((programme) => programme.ledgers.flatMap((ledger) => ledger.clauses))
}
