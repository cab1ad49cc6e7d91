import type { Attune } from '../../attune.ts'
import { findAccount } from '../../store/accounts/accounts.ts'
import { withReader } from '../../store/with-actor.ts'

/** The e-mail address that an account signed up with; empty when the account is gone. */
export async function findOwnEmail({ databases, keyring }: Attune, { accountId }: { readonly accountId: string }): Promise<string> {
  const account = await withReader(databases.accounts, { role: 'door' }, 'sign-in', (trx) => findAccount(trx as never, keyring, accountId))
  return account?.email ?? ''
}
