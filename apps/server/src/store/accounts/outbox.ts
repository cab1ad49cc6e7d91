// The outbox: every letter is put here, sealed, before a mail server is asked to take it. So a letter can be written in the transaction that decides
// about an account, the same letter is never put twice, and what a mail server did not take is offered to it again. Without a mail server letters
// wait here, where a demo and the person who installs Attune can read them.
import { randomUUID } from 'node:crypto'
import type { Carrier, Letter } from '../../outside/mail.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Database } from '../pool.ts'
import { withActor, withReader, type Transaction } from '../with-actor.ts'
import type { AccountsTables } from './accounts-tables.ts'

type Trx = Transaction<AccountsTables>
const door = { role: 'door' } as const
const place = (row: string) => ({ table: 'accounts.outbox', row, field: 'sealed' })
const firstPauseMs = 5 * 60_000
const longestPauseMs = 24 * 60 * 60_000
/** A letter older than this is no news any more: it is not sent late, as to a server that was set up anew, and waits here to be read. */
const offeredForMs = 7 * 24 * 60 * 60_000

export type Mail = {
  /** Puts a letter into the outbox with the caller's transaction and returns its id. A letter of an id that is there already is not put again. */
  readonly put: (trx: Trx, letter: Letter, id?: string) => Promise<string>
  /** Offers a letter of the outbox to the mail server. True once it was taken; false while it waits here. */
  readonly deliver: (id: string) => Promise<boolean>
  /** Puts and delivers. Safe to repeat with the same id. */
  readonly send: (letter: Letter, id?: string) => Promise<boolean>
  /** Offers what waits and is due to be offered again, the oldest first, until `signal` says stop. Returns how many were taken. */
  readonly deliverWaiting: (signal?: AbortSignal) => Promise<number>
}

/** Opens the outbox; without `carrier` letters stay in it. */
export function openOutbox(database: Database<AccountsTables>, keyring: Keyring, now: () => Date, carrier?: Carrier): Mail {
  const put: Mail['put'] = async (trx, letter, id = randomUUID()) => {
    await trx
      .insertInto('accounts.outbox')
      .values({ letter_id: id, sealed: keyring.sealAccount(place(id), JSON.stringify(letter)), written_at: now(), sent_at: null, try_at: null })
      .onConflict((conflict) => conflict.column('letter_id').doNothing())
      .execute()
    return id
  }
  const deliver: Mail['deliver'] = async (id) => {
    if (carrier === undefined) return false
    return withActor(database, door, 'mail', async (trx) => {
      // Whoever else has this letter in hand is not waited for.
      const row = await trx
        .selectFrom('accounts.outbox')
        .select(['sealed', 'sent_at', 'tries'])
        .where('letter_id', '=', id)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (row === undefined) return false
      if (row.sent_at !== null) return true
      const letter = JSON.parse(keyring.openAccount(place(id), row.sealed).toString('utf8')) as Letter
      const taken = await carrier.carry(letter, id).then(
        () => true,
        () => false,
      )
      const pause = Math.min(firstPauseMs * 2 ** row.tries, longestPauseMs)
      await trx
        .updateTable('accounts.outbox')
        // What was taken is kept here no longer; that it was, is, so that it is not written again.
        .set(taken ? { sent_at: now(), sealed: Buffer.alloc(0) } : { tries: row.tries + 1, try_at: new Date(now().getTime() + pause) })
        .where('letter_id', '=', id)
        .execute()
      return taken
    })
  }
  return {
    put,
    deliver,
    async send(letter, id) {
      return deliver(await withActor(database, door, 'mail', (trx) => put(trx, letter, id)))
    },
    async deliverWaiting(signal) {
      if (carrier === undefined) return 0
      const waiting = await withReader(database, door, 'mail', (trx) => findWaiting(trx as never, now()))
      let taken = 0
      for (const id of waiting) {
        if (signal?.aborted === true) break
        if (await deliver(id)) taken++
      }
      return taken
    },
  }
}

async function findWaiting(trx: Pick<Trx, 'selectFrom'>, now: Date): Promise<string[]> {
  const rows = await trx
    .selectFrom('accounts.outbox')
    .select('letter_id')
    .where('sent_at', 'is', null)
    .where('written_at', '>', new Date(now.getTime() - offeredForMs))
    .where((any) => any.or([any('try_at', 'is', null), any('try_at', '<=', now)]))
    .orderBy('written_at')
    .limit(200)
    .execute()
  return rows.map((row) => row.letter_id)
}

/** The letters that wait, newest first. */
export async function readOutbox(database: Database<AccountsTables>, keyring: Keyring): Promise<(Letter & { writtenAt: Date })[]> {
  const rows = await withReader(database, door, 'mail', (trx) =>
    trx
      .selectFrom('accounts.outbox')
      .select(['letter_id', 'sealed', 'written_at'])
      .where('sent_at', 'is', null)
      .orderBy('written_at', 'desc')
      .limit(200)
      .execute(),
  )
  return rows.map(({ letter_id, sealed, written_at }) => ({
    ...(JSON.parse(keyring.openAccount(place(letter_id), sealed).toString('utf8')) as Letter),
    writtenAt: written_at,
  }))
}

/** Removes letters that were written before an instant. Returns how many there were, and how many of them no mail server ever took. */
export async function removeLetters(trx: Trx, writtenBefore: Date): Promise<{ letters: number; untaken: number }> {
  const gone = await trx.deleteFrom('accounts.outbox').where('written_at', '<', writtenBefore).returning('sent_at').execute()
  return { letters: gone.length, untaken: gone.filter(({ sent_at }) => sent_at === null).length }
}
