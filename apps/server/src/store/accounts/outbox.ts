// The outbox: without a mail server, letters wait here, sealed, where a demo and the person who installs Attune can read them.
import { randomUUID } from 'node:crypto'
import type { Letter, Mail } from '../../outside/mail.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Database } from '../pool.ts'
import { withActor, withReader } from '../with-actor.ts'
import type { AccountsTables } from './accounts-tables.ts'

const place = (row: string) => ({ table: 'accounts.outbox', row, field: 'sealed' })

/** Mail that stays here. */
export function openOutbox(database: Database<AccountsTables>, keyring: Keyring, now: () => Date): Mail {
  return {
    async send(letter) {
      const id = randomUUID()
      const sealed = keyring.sealAccount(place(id), JSON.stringify(letter))
      await withActor(database, { role: 'door' }, 'mail', (trx) =>
        trx.insertInto('accounts.outbox').values({ letter_id: id, sealed, written_at: now(), sent_at: null }).execute(),
      )
      return false
    },
  }
}

/** The letters that wait, newest first. */
export async function readOutbox(database: Database<AccountsTables>, keyring: Keyring): Promise<(Letter & { writtenAt: Date })[]> {
  const rows = await withReader(database, { role: 'door' }, 'mail', (trx) =>
    trx.selectFrom('accounts.outbox').selectAll().where('sent_at', 'is', null).orderBy('written_at', 'desc').limit(200).execute(),
  )
  return rows.map(({ letter_id, sealed, written_at }) => ({
    ...(JSON.parse(keyring.openAccount(place(letter_id), sealed).toString('utf8')) as Letter),
    writtenAt: written_at,
  }))
}
