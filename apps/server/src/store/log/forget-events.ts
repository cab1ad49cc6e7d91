// Takes the events out of the log that have been there as long as the policy says. Their batches stay, with a hash for each event.
import type pg from 'pg'
import type { Database } from '../pool.ts'
import type { HeadSigner } from './head.ts'
import { inSealing } from './in-sealing.ts'

/** Removes the events of all batches that were sealed before an instant, which lies a year back at least. Returns how many went. */
export async function forgetEvents(database: Database<object>, keptSince: Date): Promise<number> {
  return inSealing(database, async (client) => {
    const { rows } = await client.query<{ gone: number }>('select log.forget_events($1) as gone', [keptSince])
    return rows[0]!.gone
  })
}

/** Whether `forgetEvents` would find something to remove. */
export async function isForgettingDue(database: Database<object>, keptSince: Date): Promise<boolean> {
  return inSealing(database, async (client) => {
    const { rows } = await client.query<{ due: boolean }>(
      `select exists (select from log.events e where e.at < $1
         and e.event_id in (select unnest(b.event_ids) from log.batches b where b.sealed_at < $1)) as due`,
      [keptSince],
    )
    return rows[0]!.due
  })
}

/** What the event says before events go: it is signed, so that nobody who only holds the database can excuse a deletion with it. */
export const forgetAction = 'log.forget'
export const toForgetDetail = (signer: HeadSigner, keptSince: Date) => ({
  keptSince: keptSince.toISOString(),
  signature: signer.signEnd(keptSince).toString('base64'),
})

/** The latest instant before which events have gone with our own signature; undefined when none has. */
export async function findForgotten(client: pg.ClientBase, signer: HeadSigner): Promise<Date | undefined> {
  const { rows } = await client.query<{ since: string | null; signature: string | null }>(
    `select e.detail ->> 'keptSince' as since, e.detail ->> 'signature' as signature from log.events e where e.action = $1`,
    [forgetAction],
  )
  const times = rows.flatMap(({ since, signature }) => {
    const keptSince = new Date(since ?? '')
    const holds = !Number.isNaN(keptSince.getTime()) && signer.verifyEnd(keptSince, Buffer.from(signature ?? '', 'base64'))
    return holds ? [keptSince.getTime()] : []
  })
  return times.length === 0 ? undefined : new Date(Math.max(...times))
}
