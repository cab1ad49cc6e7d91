// Whether this database came out of a backup and is not ready yet.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import { logEvent } from '../log-event.ts'
import type { Database } from '../pool.ts'
import { withActor, withReader } from '../with-actor.ts'
import type { Custodian } from './dump.ts'

const system = { role: 'system' } as const

export type Unfinished = {
  readonly restorationId: string
  readonly backupId: string
  readonly backupAt: Date
  readonly fromBatch: number
  readonly people: readonly Custodian[]
}

export async function findUnfinishedRestoration(database: Database<AttuneTables>): Promise<Unfinished | undefined> {
  const row = await withReader(database, system, 'restore', (trx) =>
    trx.selectFrom('policy.restorations').selectAll().where('finished_at', 'is', null).orderBy('loaded_at', 'desc').limit(1).executeTakeFirst(),
  )
  return (
    row && {
      restorationId: row.restoration_id,
      backupId: row.backup_id,
      backupAt: row.backup_at,
      fromBatch: row.from_batch,
      people: row.people as unknown as readonly Custodian[],
    }
  )
}

export type RestoreReport = {
  /** Clients, records and practitioners that were erased after the backup and went again. */
  readonly erasedAgain: number
  readonly recordsErasedAgain: number
  readonly records: number
  readonly scored: number
}

/** The database may open now. The event names incident and approvers. */
export async function finishRestoration(
  database: Database<AttuneTables>,
  { restorationId, backupId, backupAt }: Unfinished,
  { incident, approvers, report, at }: { incident: string; approvers: readonly string[]; report: RestoreReport; at: Date },
): Promise<void> {
  await withActor(database, system, 'restore', async (trx) => {
    await trx
      .updateTable('policy.restorations')
      .set({ incident, approvers: [...approvers], finished_at: at, report: JSON.stringify(report) as never })
      .where('restoration_id', '=', restorationId)
      .execute()
    // The backup that this database came out of was still being made when it was taken. That it was put back is what verifies it.
    await sql`update policy.backups set state = case when backup_id = ${backupId}::uuid then 'verified' else 'failed' end,
      verified_at = case when backup_id = ${backupId}::uuid then ${at}::timestamptz end where state = 'making'`.execute(trx)
    await logEvent(trx, {
      serviceId: 'operator',
      role: 'system',
      action: 'backup.restore',
      purpose: 'restore',
      outcome: 'done',
      detail: { incident, approvers: [...approvers], backupId, backupAt: backupAt.toISOString(), ...report },
    })
  })
}
