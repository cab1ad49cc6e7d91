// Connections of accounts to people at the sign-in of an organisation, and visits there that are under way.
import { randomBytes } from 'node:crypto'
import { digestToken } from '../keyring/seal.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import type { AccountsTables } from './accounts-tables.ts'

type Trx = Transaction<AccountsTables>
const visitMs = 10 * 60_000
const place = (digest: Buffer) => ({ table: 'accounts.provider_visits', row: digest.toString('hex'), field: 'sealed' })

/** A person there: the issuer belongs to it, because two of them may give the same subject to different people (ASVS 6.8.1, 10.3.3). */
export const hashSubject = (keyring: Keyring, issuer: string, subject: string): Buffer =>
  keyring.lookupHash('provider', '', JSON.stringify([issuer, subject]))

export async function findLinkedAccount(trx: Trx, subjectDigest: Buffer): Promise<string | undefined> {
  const row = await trx.selectFrom('accounts.provider_links').select('account_id').where('subject_digest', '=', subjectDigest).executeTakeFirst()
  return row?.account_id
}

/** Connects an account; an earlier connection of it ends. A person there who is connected elsewhere is a unique violation. */
export async function addLink(trx: Trx, accountId: string, subjectDigest: Buffer, at: Date): Promise<void> {
  await trx
    .insertInto('accounts.provider_links')
    .values({ account_id: accountId, subject_digest: subjectDigest, made_at: at, used_at: null })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ subject_digest: subjectDigest, made_at: at, used_at: null }))
    .execute()
}

export async function noteLinkUse(trx: Trx, accountId: string, at: Date): Promise<void> {
  await trx.updateTable('accounts.provider_links').set({ used_at: at }).where('account_id', '=', accountId).execute()
}

export async function removeLink(trx: Trx, accountId: string): Promise<boolean> {
  const removed = await trx.deleteFrom('accounts.provider_links').where('account_id', '=', accountId).executeTakeFirst()
  return removed.numDeletedRows > 0n
}

/** Keeps what a visit has to fit; the token, for the browser that goes there, exists nowhere else. */
export async function addVisit(trx: Trx, keyring: Keyring, visit: object, at: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const digest = digestToken(token)
  await trx
    .insertInto('accounts.provider_visits')
    .values({ digest, sealed: keyring.sealAccount(place(digest), JSON.stringify(visit)), ends_at: new Date(at.getTime() + visitMs) })
    .execute()
  return token
}

/** Takes a visit away. Of any number of tries exactly one gets it. */
export async function takeVisit(trx: Trx, keyring: Keyring, token: string, now: Date): Promise<unknown> {
  const digest = digestToken(token)
  const row = await trx.deleteFrom('accounts.provider_visits').where('digest', '=', digest).returning(['sealed', 'ends_at']).executeTakeFirst()
  if (row === undefined || row.ends_at <= now) return undefined
  return JSON.parse(keyring.openAccount(place(digest), row.sealed).toString('utf8')) as unknown
}
