import type { Database } from '../pool.ts'
import { inSealing } from './in-sealing.ts'

/** Data losses that a finished restore has put right: the log between `fromBatch` and `at` is lost with them. */
export async function findRestores(database: Database<object>): Promise<readonly { fromBatch: number; at: Date }[]> {
  return inSealing(database, async (client) => {
    const { rows } = await client.query<{ from_batch: number; finished_at: Date }>(
      'select from_batch, finished_at from policy.restorations where finished_at is not null',
    )
    return rows.map(({ from_batch, finished_at }) => ({ fromBatch: from_batch, at: finished_at }))
  })
}
