import type { Attune } from '../../attune.ts'
import { countTry, tryLimits } from '../../store/accounts/tries.ts'
import { withActor } from '../../store/with-actor.ts'

/** Nobody floods the desk from one address: a handful of requests is all that a person needs. */
export async function countClientRequest({ databases, keyring, clock }: Attune, address: string): Promise<void> {
  const subject = keyring.lookupHash('client-request', '', address)
  await withActor(databases.accounts, { role: 'door' }, 'sign-in', (trx) => countTry(trx, tryLimits.clientRequestPerAddress, subject, clock.now()))
}
