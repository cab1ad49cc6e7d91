// In whose name a record is taken over: a practitioner of the service, because a record has one and because the gates are about that person.
import type { Attune } from '../../attune.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import { findGrants } from '../../store/grants.ts'
import { withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'

const door = { role: 'door' } as const

/** The practitioner with this e-mail address in this service; undefined when there is none with a living role. */
export async function findSender({ databases, keyring }: Attune, serviceId: string, email: string): Promise<Acting | undefined> {
  const account = await withReader(databases.accounts, door, 'sign-in', (trx) => findAccountByEmail(trx as never, keyring, email))
  if (account === undefined || account.disabled) return undefined
  const { accountId } = account
  const grants = await withReader(databases.attune, door, 'sign-in', (trx) => findGrants(trx, accountId))
  return grants.some((grant) => grant.role === 'practitioner' && grant.serviceId === serviceId)
    ? { role: 'practitioner', serviceId, accountId }
    : undefined
}
