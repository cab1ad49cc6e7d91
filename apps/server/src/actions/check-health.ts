import type { Attune } from '../attune.ts'
import { readOnce } from '../store/with-actor.ts'

/** Done once all three databases have answered. One that does not raises `database-away`. */
export async function checkHealth({ databases }: Attune): Promise<void> {
  await Promise.all([
    readOnce(databases.attune, { role: 'door' }, 'health', 'select 1'),
    readOnce(databases.accounts, { role: 'door' }, 'health', 'select 1'),
    readOnce(databases.keyring, { role: 'keys' }, 'health', 'select 1'),
  ])
}
