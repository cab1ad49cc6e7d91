// The people behind a role, to write to.
import type { Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import { findGrantsInForce } from '../../store/grants.ts'
import { withReader } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'

export type Recipient = { readonly accountId: string; readonly displayName: string; readonly email: string }

/** Everybody whose access under one of the roles is in force today, in a service or at the operator, each once. */
export async function findRecipients({ databases, keyring, clock }: Attune, roles: readonly Role[], serviceId: string): Promise<Recipient[]> {
  const accounts = await withReader(databases.attune, { role: 'system' }, 'mail', async (trx) => {
    const grants = await findGrantsInForce(trx as never, { roles, serviceId, today: toLondonDay(clock.now()) })
    return grants.map((grant) => grant.accountId)
  })
  return findAccountsToWriteTo({ databases, keyring }, accounts)
}

/** Addresses of accounts that can still sign in. */
export async function findAccountsToWriteTo(
  { databases, keyring }: Pick<Attune, 'databases' | 'keyring'>,
  accountIds: readonly string[],
): Promise<Recipient[]> {
  const people = await withReader(databases.accounts, { role: 'door' }, 'mail', (trx) => findPeople(trx as never, keyring, [...accountIds]))
  return accountIds.flatMap((accountId) => {
    const person = people.get(accountId)
    return person === undefined || person.disabled ? [] : [{ accountId, displayName: person.displayName, email: person.email }]
  })
}
