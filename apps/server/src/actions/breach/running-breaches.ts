import type { Attune } from '../../attune.ts'
import { findBreaches } from '../../store/breaches/breaches.ts'
import { withReader, type DatabaseActor } from '../../store/with-actor.ts'
import { tracksOf } from './breaches.ts'

/** How many incidents are open, and of them those past the time to tell the regulator. */
export async function runningBreaches(attune: Attune, actor: DatabaseActor, now: Date): Promise<{ open: number; overdue: number }> {
  const running = await withReader(attune.databases.attune, actor, 'breach', (trx) => findBreaches(trx as never, attune.keyring, { open: true }))
  return { open: running.length, overdue: running.filter((breach) => tracksOf(attune, breach, now).regulator === 'overdue').length }
}
