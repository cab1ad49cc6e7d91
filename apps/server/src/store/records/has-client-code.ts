import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import { logEvent } from '../log-event.ts'
import type { Database } from '../pool.ts'
import { withActor, type DatabaseActor } from '../with-actor.ts'

/** Whether any of the keyed hashes belongs to a client of the service. Asking is logged, without the code. */
export async function hasClientCode(
  database: Database<AttuneTables>,
  actor: DatabaseActor & { serviceId: string; accountId: string },
  hashes: readonly Buffer[],
): Promise<boolean> {
  return withActor(database, actor, '', async (trx) => {
    const { rows } = await sql<{
      seen: boolean
    }>`select exists (select from answers.clients where service_id = ${actor.serviceId} and code_hash = any (${hashes}::bytea[])) as seen`.execute(
      trx,
    )
    const seen = rows[0]!.seen
    await logEvent(trx, {
      serviceId: actor.serviceId,
      accountId: actor.accountId,
      role: actor.role,
      action: 'record.check-code',
      outcome: 'done',
      detail: { seen },
    })
    return seen
  })
}
