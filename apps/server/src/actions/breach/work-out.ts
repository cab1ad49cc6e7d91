// Whom an incident may concern is worked out after it is recorded, some services at a time, each time in one transaction with the letters that
// follow: an incident of a nation is filed as fast as one of a single service, and a server that stops goes on where it was.
import { addDays } from '@attune/policy'
import { randomUUID } from 'node:crypto'
import type { Attune } from '../../attune.ts'
import { findUnworked, keepAffectedRecords } from '../../store/breaches/affected-records.ts'
import { findBreaches } from '../../store/breaches/breaches.ts'
import { queueForLeads } from '../../store/breaches/incident-letters.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { startOfLondonDay, toLondonDay } from '../london-day.ts'

const system = { role: 'system' } as const
const servicesAtOnce = 25
/** So many services are looked through before whoever records the incident has an answer. */
const ofOneRequest = 5

/** Looks through every service that is left. Returns how many there were. */
export async function workOutIncidents(attune: Attune, signal?: AbortSignal): Promise<number> {
  let services = 0
  for (const breachId of await withReader(attune.databases.attune, system, 'breach', (trx) => findUnworked(trx as never)))
    for (let some = 1; some > 0 && signal?.aborted !== true;) services += some = await workOutSome(attune, breachId)
  return services
}

/** The same for an incident of a few services, at once. It is recorded whatever happens here: the clock takes up what is left. */
export async function workOutSoon(attune: Attune, breachId: string, services: number): Promise<void> {
  if (services > ofOneRequest) return
  await workOutSome(attune, breachId).catch((error: unknown) => attune.faults.fault(randomUUID(), error, 'incident'))
}

async function workOutSome({ databases, keyring, clock }: Attune, breachId: string): Promise<number> {
  return withActor(databases.attune, system, 'breach', async (trx) => {
    const [breach] = await findBreaches(trx, keyring, { breachId, lock: true })
    const services = breach?.servicesLeft.slice(0, servicesAtOnce) ?? []
    if (breach === undefined || services.length === 0) return 0
    await keepAffectedRecords(trx, breachId, {
      services,
      accounts: breach.accounts,
      from: startOfLondonDay(breach.happenedFrom),
      until: startOfLondonDay(addDays(breach.happenedUntil, 1)),
    })
    const at = clock.now()
    await queueForLeads(trx, 'first', { breachId, services, today: toLondonDay(at), at })
    if (services.length === breach.servicesLeft.length) {
      const [done] = await findBreaches(trx, keyring, { breachId })
      const records = done!.affected.reduce((sum, one) => sum + one.opened + one.withinReach, 0)
      await logEvent(trx, { serviceId: 'operator', role: 'system', action: 'breach.work-out', outcome: 'done', detail: { breachId, records } })
    }
    return services.length
  })
}
