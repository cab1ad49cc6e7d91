// The register of incidents. Words about them are sealed under the identity partition's key: people write names when they are in a hurry.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { BreachKind, BreachRisk } from '@attune/policy'
import type { AttuneTables } from '../attune-tables.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import type { AffectedCounts } from './affected-records.ts'

type Trx = Transaction<AttuneTables>
type Reading = Pick<Trx, 'selectFrom'>

export type BreachWords = {
  readonly what: string
  readonly reasons?: string
  readonly regulatorReference?: string
  readonly lateBecause?: string
  readonly lessons?: string
}

export type Breach = {
  readonly breachId: string
  readonly number: number
  readonly kind: BreachKind
  readonly foundAt: Date
  readonly happenedFrom: string
  readonly happenedUntil: string
  readonly services: readonly string[]
  readonly accounts: readonly string[]
  readonly words: BreachWords
  readonly affected: readonly AffectedCounts[]
  /** Services whose records have still to be looked through. */
  readonly servicesLeft: readonly string[]
  readonly recordedBy: string
  readonly recordedAt: Date
  readonly likelihood: number | null
  readonly severity: number | null
  readonly risk: BreachRisk | null
  readonly regulatorToldAt: Date | null
  readonly individualsToldAt: Date | null
  readonly overdueToldAt: Date | null
  readonly closedAt: Date | null
}

const place = (breachId: string) => ({ table: 'breach.breaches', row: breachId, field: 'sealed' })
const sealWords = (keyring: Keyring, breachId: string, words: BreachWords) => keyring.sealIdentity(place(breachId), JSON.stringify(words))

/** All incidents, the newest first; or the one of an id, or those that are still open. `lock` keeps others from deciding meanwhile. */
export async function findBreaches(
  trx: Reading,
  keyring: Keyring,
  which: { breachId?: string; open?: boolean; lock?: boolean } = {},
): Promise<Breach[]> {
  let query = trx.selectFrom('breach.breaches').selectAll()
  if (which.lock === true) query = query.forUpdate()
  if (which.breachId !== undefined) query = query.where('breach_id', '=', which.breachId)
  if (which.open === true) query = query.where('closed_at', 'is', null)
  const rows = await query.orderBy('number', 'desc').limit(1_000).execute()
  return rows.map((row) => ({
    breachId: row.breach_id,
    number: row.number,
    kind: row.kind,
    foundAt: row.found_at,
    happenedFrom: row.happened_from,
    happenedUntil: row.happened_until,
    services: row.services,
    accounts: row.accounts,
    words: JSON.parse(keyring.openIdentity(place(row.breach_id), row.sealed).toString('utf8')) as BreachWords,
    affected: row.affected,
    servicesLeft: row.services_left,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
    likelihood: row.likelihood,
    severity: row.severity,
    risk: row.risk,
    regulatorToldAt: row.regulator_told_at,
    individualsToldAt: row.individuals_told_at,
    overdueToldAt: row.overdue_told_at,
    closedAt: row.closed_at,
  }))
}

export type NewBreach = Pick<
  Breach,
  'kind' | 'foundAt' | 'happenedFrom' | 'happenedUntil' | 'services' | 'accounts' | 'recordedBy' | 'recordedAt' | 'words'
>

export async function addBreach(trx: Trx, keyring: Keyring, breach: NewBreach): Promise<{ breachId: string; number: number }> {
  const breachId = randomUUID()
  // Two at the same moment must not get one number.
  await sql`select pg_advisory_xact_lock(4281116)`.execute(trx)
  const { rows } = await sql<{ next: number }>`select coalesce(max(number), 0) + 1 as next from breach.breaches`.execute(trx)
  const number = Number(rows[0]!.next)
  await trx
    .insertInto('breach.breaches')
    .values({
      breach_id: breachId,
      number,
      kind: breach.kind,
      found_at: breach.foundAt,
      happened_from: breach.happenedFrom,
      happened_until: breach.happenedUntil,
      services: [...breach.services],
      services_left: [...breach.services],
      accounts: [...breach.accounts],
      sealed: sealWords(keyring, breachId, breach.words),
      recorded_by: breach.recordedBy,
      recorded_at: breach.recordedAt,
      likelihood: null,
      severity: null,
      risk: null,
      assessed_by: null,
      assessed_at: null,
      regulator_told_at: null,
      individuals_told_at: null,
      overdue_told_at: null,
      closed_at: null,
      closed_by: null,
    })
    .execute()
  return { breachId, number }
}

export type BreachChange = {
  readonly likelihood?: number
  readonly severity?: number
  readonly risk?: BreachRisk
  readonly assessedBy?: string
  readonly assessedAt?: Date
  readonly regulatorToldAt?: Date
  readonly individualsToldAt?: Date
  readonly overdueToldAt?: Date
  readonly closedAt?: Date
  readonly closedBy?: string
}

/** Changes an incident that is not closed; words are added to those that it was found with, under a lock. False when it is closed. */
export async function changeBreach(
  trx: Trx,
  keyring: Keyring,
  { breachId, words }: Pick<Breach, 'breachId' | 'words'>,
  change: BreachChange,
  more: Partial<BreachWords> = {},
): Promise<boolean> {
  const changed = await trx
    .updateTable('breach.breaches')
    .set({
      ...(change.likelihood !== undefined && { likelihood: change.likelihood }),
      ...(change.severity !== undefined && { severity: change.severity }),
      ...(change.risk !== undefined && { risk: change.risk }),
      ...(change.assessedBy !== undefined && { assessed_by: change.assessedBy }),
      ...(change.assessedAt !== undefined && { assessed_at: change.assessedAt }),
      ...(change.regulatorToldAt !== undefined && { regulator_told_at: change.regulatorToldAt }),
      ...(change.individualsToldAt !== undefined && { individuals_told_at: change.individualsToldAt }),
      ...(change.overdueToldAt !== undefined && { overdue_told_at: change.overdueToldAt }),
      ...(change.closedAt !== undefined && { closed_at: change.closedAt }),
      ...(change.closedBy !== undefined && { closed_by: change.closedBy }),
      sealed: sealWords(keyring, breachId, { ...words, ...more }),
    })
    .where('breach_id', '=', breachId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}
