// The ledger of clauses: what the source documents ask for, one row each, with the control and the proof.
import type { Cursor } from './cursor.ts'
import { openYaml } from './cursor.ts'
import type { IssueSink, ProgrammeIssue } from './issue.ts'
import type { Clause } from './programme.ts'
import { readUnique } from './read-list.ts'

export const clauseKinds = [
  'access',
  'analysis',
  'archive',
  'audit',
  'collection',
  'consent',
  'dpia',
  'lawful-basis',
  'linkage',
  'media',
  'notice',
  'onboarding',
  'pseudonymisation',
  'reporting',
  'retention',
  'rights',
  'security',
  'sharing',
  'storage',
  'survey',
  'training',
] as const
export const clausePriorities = ['must', 'should', 'could'] as const

export type Ledger = { readonly file: string; readonly title: string; readonly clauses: readonly Clause[] }
export type ProgrammeLedgers = { readonly id: string; readonly title: string; readonly status: ProgrammeStatus; readonly ledgers: readonly Ledger[] }

export const programmeStatuses = ['running', 'ledger-only'] as const
export type ProgrammeStatus = (typeof programmeStatuses)[number]

/** Reads the ledgers of a programme folder, running or not, and nothing else. */
export function readLedgers(
  files: ReadonlyMap<string, string>,
): { readonly ok: true; readonly programme: ProgrammeLedgers } | { readonly ok: false; readonly issues: readonly ProgrammeIssue[] } {
  const issues: ProgrammeIssue[] = []
  const root = openYaml(files, 'programme.yaml', issues)
  const programme = { ...readHead(root), ledgers: readLedgerFiles(root, files, issues) }
  return issues.length === 0 ? { ok: true, programme } : { ok: false, issues }
}

/** What the ledgers ask for as one text: results of tests are shown only beside the ledgers that they were counted for. */
export function toLedgerText(programmes: readonly ProgrammeLedgers[]): string {
  const clauses = programmes.flatMap((programme) => programme.ledgers.flatMap((ledger) => ledger.clauses))
  return clauses
    .map(({ id, says, proof }) => `${id}|${says}|${proof}`)
    .sort()
    .join('\n')
}

export function readHead(root: Cursor): { readonly id: string; readonly title: string; readonly status: ProgrammeStatus } {
  return {
    id: root.need('id', 'the name of the folder').id(),
    title: root.need('title', 'what the programme is called').text(),
    status: root.need('status', 'running').word(programmeStatuses),
  }
}

export function readLedgerFiles(root: Cursor, files: ReadonlyMap<string, string>, issues: IssueSink): readonly Ledger[] {
  const seen = new Map<string, string>()
  return root
    .need('ledgers', 'a list of { file: clauses.yaml, title: … }')
    .items()
    .map((item) => {
      item.onlyKeys(['file', 'title'])
      const file = item.need('file', 'the path of the ledger').text()
      const title = item.need('title', 'the document that it follows').text()
      if (file === '') return { file, title, clauses: [] }
      const ledger = openYaml(files, file, issues)
      const clauses = ledger.isMissing
        ? []
        : readUnique(
            ledger,
            (clause: Clause) => clause.id,
            (row) => readClause(row, file, seen),
          )
      return { file, title, clauses }
    })
}

function readClause(row: Cursor, file: string, seen: Map<string, string>): Clause {
  row.onlyKeys(['id', 'section', 'says', 'kind', 'actors', 'control', 'proof', 'priority', 'attestedBy', 'attestedUntil'])
  const idPlace = row.need('id', 'three letters, a hyphen and three digits')
  const id = idPlace.text()
  if (id !== '' && !/^[A-Z]{3}-\d{3}$/.test(id))
    idPlace.report('clause-broken', `"${id}" is no clause id. Write three capital letters, a hyphen and three digits: DCS-001.`)
  const elsewhere = seen.get(id)
  if (elsewhere !== undefined && elsewhere !== file) idPlace.report('duplicate', `The clause ${id} stands in ${elsewhere} as well.`)
  seen.set(id, file)
  const attestedBy = row.at('attestedBy')?.text()
  const until = row.at('attestedUntil')
  const attestedUntil = until?.day()
  if ((attestedBy === undefined) !== (until === undefined))
    row.report('clause-broken', `${id}: attestedBy and attestedUntil belong together. Say who attests it and until which day.`)
  return {
    id,
    section: row.need('section', 'the heading in the document').text(),
    says: row.need('says', 'what the document says, in our words').text(),
    kind: row.need('kind', clauseKinds.join(' or ')).word(clauseKinds),
    actors: row.need('actors', 'a list').texts(),
    control: row.need('control', 'what makes it true').text(),
    proof: row.need('proof', 'what a test watches').text(),
    priority: row.need('priority', clausePriorities.join(' or ')).word(clausePriorities),
    ...(attestedBy === undefined ? {} : { attestedBy }),
    ...(attestedUntil === undefined ? {} : { attestedUntil }),
  }
}
