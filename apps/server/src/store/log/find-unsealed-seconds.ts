import type { Database } from '../pool.ts'
import { inSealing } from './in-sealing.ts'

/** How long the oldest event that is not sealed yet has waited, in seconds; 0 when all are sealed. */
export async function findUnsealedSeconds(database: Database<object>): Promise<number> {
  return inSealing(database, async (client) => {
    const { rows } = await client.query<{ seconds: number | null }>(
      `select extract(epoch from clock_timestamp() - min(e.at))::float8 as seconds from log.events e
       where e.xact >= coalesce((select b.upto from log.batches b order by b.batch desc limit 1), '0'::xid8)`,
    )
    return Math.max(0, rows[0]?.seconds ?? 0)
  })
}
