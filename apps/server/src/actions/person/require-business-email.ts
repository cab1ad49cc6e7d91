import { mayBeBusinessEmail } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import { findService } from '../../store/services.ts'
import { withReader } from '../../store/with-actor.ts'

/** Raises when somebody who works for a service would be known by a private address, or by one of another organisation (DCS-100). */
export async function requireBusinessEmail({ databases, programme }: Attune, serviceId: string, email: string): Promise<void> {
  const service = await withReader(databases.attune, { role: 'door' }, 'invite', (trx) => findService(trx as never, serviceId))
  const decision = mayBeBusinessEmail(programme.policy, service?.emailDomains ?? [], email)
  if (!decision.allowed) raise('email-not-business', telling(decision))
}
