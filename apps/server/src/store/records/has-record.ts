import type { AttuneTables } from '../attune-tables.ts'
import type { Database } from '../pool.ts'
import { withReader } from '../with-actor.ts'

/** Whether a record of this id exists in any service. For clocks and set-up, which belong to no service. */
export async function hasRecord(database: Database<AttuneTables>, recordId: string): Promise<boolean> {
  return withReader(database, { role: 'system' }, 'set-up', async (trx) => {
    const row = await trx.selectFrom('answers.records').select('record_id').where('record_id', '=', recordId).executeTakeFirst()
    return row !== undefined
  })
}
