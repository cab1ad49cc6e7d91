// Whether records may be taken over at all, asked before anything is read: the service has to have agreed to process them, and whoever runs the
// server that they are fetched from has to be under an agreement that is in force (DCS-061, UK GDPR Article 28(3)).
import { mayConnect } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findService } from '../../store/services.ts'
import { withReader } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'

/** Why nothing may be fetched from a Kobo server now, in a sentence; undefined when it may. */
export function findKoboRefusal({ programme, clock }: Pick<Attune, 'programme' | 'clock'>): string | undefined {
  const decision = mayConnect(programme.policy, 'kobo', toLondonDay(clock.now()))
  return decision.allowed ? undefined : decision.sentence
}

/** Why nothing may be kept for a service, in a sentence; undefined when it may, and for a service that is not known here. */
export async function findServiceRefusal({ databases }: Pick<Attune, 'databases'>, serviceId: string): Promise<string | undefined> {
  const service = await withReader(databases.attune, { role: 'system' }, 'set-up', (trx) => findService(trx as never, serviceId))
  if (service === undefined || (service.status === 'live' && service.processorTermsOn !== null)) return undefined
  return service.processorTermsOn === null
    ? `${service.name} has not accepted the processor terms, so nothing was read and nothing is kept for it. Its lead accepts them in Attune; then run the import again.`
    : `${service.name} is closed here, so nothing was read and nothing is kept for it.`
}
