// The people behind a role, to write to.
import type { Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import { withReader } from '../../store/with-actor.ts'

export type Recipient = { readonly accountId: string; readonly displayName: string; readonly email: string }

/** Everybody who holds one of the roles now, in a service or at the operator, each once. */
export async function findRecipients({ databases, keyring }: Attune, roles: readonly Role[], serviceId: string): Promise<Recipient[]> {
  const accounts = await withReader(databases.attune, { role: 'system' }, 'mail', async (trx) => {
    const rows = await trx
      .selectFrom('policy.access_grants')
      .select('account_id')
      .distinct()
      .where('service_id', '=', serviceId)
      .where('role', 'in', [...roles])
      .where('ended_at', 'is', null)
      .execute()
    return rows.map((row) => row.account_id)
  })
  return findAccountsToWriteTo({ databases, keyring }, accounts)
}

/** Addresses of accounts. */
export async function findAccountsToWriteTo(
  { databases, keyring }: Pick<Attune, 'databases' | 'keyring'>,
  accountIds: readonly string[],
): Promise<Recipient[]> {
  const people = await withReader(databases.accounts, { role: 'door' }, 'mail', (trx) => findPeople(trx as never, keyring, [...accountIds]))
  return accountIds.flatMap((accountId) => {
    const person = people.get(accountId)
    return person === undefined ? [] : [{ accountId, displayName: person.displayName, email: person.email }]
  })
}
