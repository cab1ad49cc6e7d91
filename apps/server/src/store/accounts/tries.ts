// Counts tries at the doors, in the database, so that every server process counts together. Per account whatever the network address, and
// per address whatever the account; an account that does not exist is counted the same way (ASVS 6.3.1, 6.3.8).
import { sql } from 'kysely'
import { raise } from '../../problems.ts'
import type { Transaction } from '../with-actor.ts'
import type { AccountsTables } from './accounts-tables.ts'

export type TryLimit = { door: string; tries: number; minutes: number }

export const tryLimits = {
  passwordPerAccount: { door: 'password', tries: 8, minutes: 5 },
  passwordPerAddress: { door: 'password-address', tries: 60, minutes: 5 },
  codePerAccount: { door: 'code', tries: 8, minutes: 5 },
  codePerDay: { door: 'code-day', tries: 50, minutes: 24 * 60 },
  invitationPerAddress: { door: 'invitation', tries: 30, minutes: 5 },
  clientRequestPerAddress: { door: 'client-request', tries: 10, minutes: 60 },
  deviceTokenPerAddress: { door: 'device-token', tries: 30, minutes: 5 },
  providerPerAddress: { door: 'provider', tries: 40, minutes: 5 },
  requestsPerDevice: { door: 'device', tries: 600, minutes: 5 },
} as const satisfies Record<string, TryLimit>

/** Counts one try and raises `too-many-tries` beyond the limit. Commit it before the try itself, or a failed one would not count. */
export async function countTry(trx: Transaction<AccountsTables>, { door, tries, minutes }: TryLimit, subject: Buffer, now: Date): Promise<void> {
  const span = minutes * 60_000
  const expired = new Date(now.getTime() - span)
  const { rows } = await sql<{
    count: number
    window_start: Date
  }>`insert into accounts.tries as t (door, subject, window_start, count) values (${door}, ${subject}, ${now}, 1)
    on conflict (door, subject) do update set
      count = case when t.window_start <= ${expired} then 1 else t.count + 1 end,
      window_start = case when t.window_start <= ${expired} then ${now} else t.window_start end
    returning count, window_start`.execute(trx)
  const { count, window_start } = rows[0]!
  if (count > tries) raise('too-many-tries', { retryAfterSeconds: Math.ceil((window_start.getTime() + span - now.getTime()) / 1000) })
}

/** A success wipes the account's slate at this door. */
export async function forgetTries(trx: Transaction<AccountsTables>, { door }: TryLimit, subject: Buffer): Promise<void> {
  await trx.deleteFrom('accounts.tries').where('door', '=', door).where('subject', '=', subject).execute()
}
