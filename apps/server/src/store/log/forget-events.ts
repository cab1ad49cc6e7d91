// Takes the events out of the log that have been there as long as the policy says. Their batches stay, with a hash for each event.
import type { Database } from '../pool.ts'
import { inSealing } from './in-sealing.ts'

/** Removes the events of all batches that were sealed before an instant, which lies a year back at least. Returns how many went. */
export async function forgetEvents(database: Database<object>, keptSince: Date): Promise<number> {
  return inSealing(database, async (client) => {
    const { rows } = await client.query<{ gone: number }>('select log.forget_events($1) as gone', [keptSince])
    return rows[0]!.gone
  })
}
