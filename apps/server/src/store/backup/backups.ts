// What is known of each backup. Their content is nowhere in the database.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import { logEvent } from '../log-event.ts'
import type { Database } from '../pool.ts'
import { withActor, withReader, type Transaction } from '../with-actor.ts'
import type { BackupKind, Counts } from './dump.ts'

export type Cycle = 'platform' | 'offsite'
export type BackupState = 'making' | 'verified' | 'failed' | 'removed'

export type Backup = {
  readonly backupId: string
  readonly kind: BackupKind
  readonly cycle: Cycle
  readonly madeAt: Date
  readonly destination: string
  readonly name: string
  readonly bytes: number | null
  readonly counts: Counts
  readonly state: BackupState
  readonly problem: string | null
  readonly verifiedAt: Date | null
}

const system = { role: 'system' } as const
type Attune = Database<AttuneTables>

export async function addBackup(
  database: Attune,
  {
    backupId,
    kind,
    cycle,
    madeAt,
    destination,
    name,
    askedBy,
  }: Pick<Backup, 'backupId' | 'kind' | 'cycle' | 'madeAt' | 'destination' | 'name'> & { askedBy?: string },
): Promise<void> {
  await withActor(database, system, 'backup', (trx) =>
    trx
      .insertInto('policy.backups')
      .values({ backup_id: backupId, kind, cycle, made_at: madeAt, destination, name, ...(askedBy !== undefined && { asked_by: askedBy }) })
      .execute(),
  )
}

export type BackupEnd =
  | { readonly state: 'verified'; readonly bytes: number; readonly sha256: Buffer; readonly counts: Counts; readonly at: Date }
  | { readonly state: 'failed'; readonly problem: string }

/** Writes down how it ended, and the event with it. */
export async function endBackup(
  database: Attune,
  { backupId, kind, cycle }: Pick<Backup, 'backupId' | 'kind' | 'cycle'>,
  end: BackupEnd,
): Promise<void> {
  await withActor(database, system, 'backup', async (trx) => {
    const values =
      end.state === 'verified'
        ? { state: end.state, bytes: end.bytes, sha256: end.sha256, counts: JSON.stringify(end.counts), verified_at: end.at }
        : { state: end.state, problem: end.problem }
    await trx.updateTable('policy.backups').set(values).where('backup_id', '=', backupId).execute()
    await log(trx, 'backup.make', end.state === 'verified' ? 'done' : 'failed', {
      backupId,
      kind,
      cycle,
      ...(end.state === 'verified' && { bytes: end.bytes, rows: Object.values(end.counts).reduce((sum, count) => sum + count, 0) }),
    })
  })
}

export async function markRemoved(database: Attune, { backupId, kind, cycle }: Backup, at: Date): Promise<void> {
  await withActor(database, system, 'backup', async (trx) => {
    await trx.updateTable('policy.backups').set({ state: 'removed', removed_at: at }).where('backup_id', '=', backupId).execute()
    await log(trx, 'backup.remove', 'done', { backupId, kind, cycle })
  })
}

/** Newest first, without those that were removed. */
export async function listBackups(database: Attune, { limit = 200 } = {}): Promise<Backup[]> {
  return withReader(database, system, 'backup', async (trx) => {
    const rows = await trx.selectFrom('policy.backups').selectAll().where('state', '<>', 'removed').orderBy('made_at', 'desc').limit(limit).execute()
    return rows.map((row) => ({
      backupId: row.backup_id,
      kind: row.kind,
      cycle: row.cycle,
      madeAt: row.made_at,
      destination: row.destination,
      name: row.name,
      bytes: row.bytes,
      counts: row.counts,
      state: row.state,
      problem: row.problem,
      verifiedAt: row.verified_at,
    }))
  })
}

/** Notes that a backup is late on this day; false when that was noted before. */
export async function noteLateBackup(trx: Transaction<AttuneTables>, { kind, cycle }: Pick<Backup, 'kind' | 'cycle'>, day: string): Promise<boolean> {
  // Of several servers one notes it: the others wait here and find it noted.
  await sql`select pg_advisory_xact_lock(hashtext(${`backup.late ${kind} ${cycle}`}))`.execute(trx)
  const { rows } = await sql`select from log.events where service_id = 'operator' and action = 'backup.late'
    and detail ->> 'kind' = ${kind} and detail ->> 'cycle' = ${cycle} and detail ->> 'day' = ${day} limit 1`.execute(trx)
  if (rows.length > 0) return false
  await log(trx, 'backup.late', 'failed', { kind, cycle, day })
  return true
}

/** A server that was killed over a backup left it unfinished: nobody works on it any more. */
export async function failUnfinished(database: Attune, before: Date): Promise<void> {
  await withActor(database, system, 'backup', (trx) =>
    trx
      .updateTable('policy.backups')
      .set({ state: 'failed', problem: 'interrupted' })
      .where('state', '=', 'making')
      .where('made_at', '<', before)
      .execute(),
  )
}

/** The last batch of the log; -1 when there is none. */
export async function findLastBatch(database: Database<object>): Promise<number> {
  const { rows } = await database.pool.query<{ last: number }>('select coalesce(max(batch), -1) as last from log.batches')
  return rows[0]!.last
}

async function log(
  trx: Transaction<AttuneTables>,
  action: string,
  outcome: 'done' | 'failed',
  detail: Record<string, string | number>,
): Promise<void> {
  await logEvent(trx, { serviceId: 'operator', role: 'system', action, purpose: 'backup', outcome, detail })
}

export type Restoration = {
  readonly backupAt: Date
  readonly finishedAt: Date
  readonly incident: string
  readonly approvers: readonly string[]
  readonly erasedAgain: number
  readonly records: number
}

/** Restores that were finished, newest first. */
export async function listRestorations(database: Attune): Promise<Restoration[]> {
  return withReader(database, system, 'backup', async (trx) => {
    const rows = await trx
      .selectFrom('policy.restorations')
      .selectAll()
      .where('finished_at', 'is not', null)
      .orderBy('finished_at', 'desc')
      .limit(20)
      .execute()
    return rows.map(({ backup_at, finished_at, incident, approvers, report }) => {
      const { erasedAgain = 0, records = 0 } = (report ?? {}) as { erasedAgain?: number; records?: number }
      return { backupAt: backup_at, finishedAt: finished_at!, incident: incident ?? '', approvers: approvers ?? [], erasedAgain, records }
    })
  })
}
