// Accounts: an e-mail address is found by its keyed hash and kept only sealed, together with the name (DCS-097).
import { randomUUID } from 'node:crypto'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import type { AccountsTables } from './accounts-tables.ts'

export type PersonFacts = { email: string; displayName: string; says?: string }
export type Account = PersonFacts & { accountId: string; passwordHash: string | undefined; disabled: boolean }

const place = (accountId: string) => ({ table: 'accounts.accounts', row: accountId, field: 'sealed' })

/** One spelling for one address. */
export const toEmailKey = (email: string): string => email.trim().normalize('NFC').toLowerCase()
export const hashEmail = (keyring: Keyring, email: string): Buffer => keyring.lookupHash('email', '', toEmailKey(email))

const columns = ['account_id', 'sealed', 'password_hash', 'disabled_at'] as const
type Row = { account_id: string; sealed: Buffer; password_hash: string | null; disabled_at: Date | null }

export function openFacts(keyring: Keyring, accountId: string, sealed: Buffer): PersonFacts {
  return JSON.parse(keyring.openAccount(place(accountId), sealed).toString('utf8')) as PersonFacts
}

function toAccount(keyring: Keyring, row: Row): Account {
  return {
    ...openFacts(keyring, row.account_id, row.sealed),
    accountId: row.account_id,
    passwordHash: row.password_hash ?? undefined,
    disabled: row.disabled_at !== null,
  }
}

export async function findAccountByEmail(trx: Transaction<AccountsTables>, keyring: Keyring, email: string): Promise<Account | undefined> {
  const row = await trx.selectFrom('accounts.accounts').select(columns).where('email_hash', '=', hashEmail(keyring, email)).executeTakeFirst()
  return row && toAccount(keyring, row)
}

export async function findAccount(trx: Transaction<AccountsTables>, keyring: Keyring, accountId: string): Promise<Account | undefined> {
  const row = await trx.selectFrom('accounts.accounts').select(columns).where('account_id', '=', accountId).executeTakeFirst()
  return row && toAccount(keyring, row)
}

/** Names and addresses of several accounts, by id. */
export async function findPeople(
  trx: Pick<Transaction<AccountsTables>, 'selectFrom'>,
  keyring: Keyring,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, PersonFacts & { secondFactor: boolean; disabled: boolean }>> {
  if (accountIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('accounts.accounts as a')
    .select(['a.account_id', 'a.sealed', 'a.demo_person', 'a.disabled_at'])
    .select((row) => [
      row
        .exists(
          row
            .selectFrom('accounts.totp_factors as t')
            .select('t.account_id')
            .whereRef('t.account_id', '=', 'a.account_id')
            .where('t.confirmed_at', 'is not', null),
        )
        .as('totp'),
      row.exists(row.selectFrom('accounts.passkeys as p').select('p.account_id').whereRef('p.account_id', '=', 'a.account_id')).as('passkey'),
      row.exists(row.selectFrom('accounts.provider_links as l').select('l.account_id').whereRef('l.account_id', '=', 'a.account_id')).as('provider'),
    ])
    .where('a.account_id', 'in', [...accountIds])
    .execute()
  return new Map(
    rows.map((row) => [
      row.account_id,
      {
        ...openFacts(keyring, row.account_id, row.sealed),
        disabled: row.disabled_at !== null,
        secondFactor: Boolean(row.totp) || Boolean(row.passkey) || Boolean(row.provider) || row.demo_person !== null,
      },
    ]),
  )
}

/** Ids of accounts in their order, after one of them. */
export async function findAccountIds(
  trx: Pick<Transaction<AccountsTables>, 'selectFrom'>,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  let query = trx.selectFrom('accounts.accounts').select('account_id')
  if (after !== undefined) query = query.where('account_id', '>', after)
  return (await query.orderBy('account_id').limit(limit).execute()).map((row) => row.account_id)
}

/** `accountId` is given by whoever has to find the account again after a try that broke off. */
export type NewAccount = PersonFacts & { accountId?: string; passwordHash?: string; demoPerson?: string; at: Date }

export async function addAccount(
  trx: Transaction<AccountsTables>,
  keyring: Keyring,
  { accountId = randomUUID(), passwordHash, demoPerson, at, ...facts }: NewAccount,
): Promise<string> {
  await trx
    .insertInto('accounts.accounts')
    .values({
      account_id: accountId,
      email_hash: hashEmail(keyring, facts.email),
      sealed: keyring.sealAccount(place(accountId), JSON.stringify(facts)),
      password_hash: passwordHash ?? null,
      password_at: passwordHash === undefined ? null : at,
      demo_person: demoPerson ?? null,
      disabled_at: null,
      made_at: at,
    })
    .execute()
  return accountId
}

/** Replaces name and password of an account that never had a second factor: the invitation proved whose the address is. */
export async function renewAccount(
  trx: Transaction<AccountsTables>,
  keyring: Keyring,
  accountId: string,
  { passwordHash, at, ...facts }: NewAccount,
): Promise<void> {
  await trx
    .updateTable('accounts.accounts')
    .set({
      sealed: keyring.sealAccount(place(accountId), JSON.stringify(facts)),
      password_hash: passwordHash ?? null,
      password_at: passwordHash === undefined ? null : at,
    })
    .where('account_id', '=', accountId)
    .execute()
}

/** The same password, hashed anew. */
export async function replacePasswordHash(trx: Transaction<AccountsTables>, accountId: string, passwordHash: string): Promise<void> {
  await trx.updateTable('accounts.accounts').set({ password_hash: passwordHash }).where('account_id', '=', accountId).execute()
}

/** Notes that the owner has read this edition of the notice about accounts (DCS-113). */
export async function noteNoticeRead(trx: Transaction<AccountsTables>, accountId: string, edition: string, at: Date): Promise<void> {
  await trx.updateTable('accounts.accounts').set({ notice_edition: edition, notice_at: at }).where('account_id', '=', accountId).execute()
}

/** Stops an account from signing in, at once and everywhere. */
export async function disableAccount(trx: Transaction<AccountsTables>, accountId: string, at: Date): Promise<void> {
  await trx.updateTable('accounts.accounts').set({ disabled_at: at }).where('account_id', '=', accountId).execute()
  await trx.deleteFrom('accounts.sessions').where('account_id', '=', accountId).execute()
}

/** Erases an account with everything that hangs on it: sessions, second steps, devices, and invitations to its address. Safe to repeat. */
export async function eraseAccount(trx: Transaction<AccountsTables>, accountId: string): Promise<boolean> {
  const row = await trx.selectFrom('accounts.accounts').select('email_hash').where('account_id', '=', accountId).executeTakeFirst()
  if (row === undefined) return false
  await trx.deleteFrom('accounts.invitations').where('email_hash', '=', row.email_hash).execute()
  await trx.deleteFrom('accounts.device_tokens').where('account_id', '=', accountId).execute()
  await trx.deleteFrom('accounts.accounts').where('account_id', '=', accountId).execute()
  return true
}

export async function findDemoPeople(
  trx: Pick<Transaction<AccountsTables>, 'selectFrom'>,
  keyring: Keyring,
): Promise<(PersonFacts & { accountId: string; personId: string })[]> {
  const rows = await trx
    .selectFrom('accounts.accounts')
    .select(['account_id', 'sealed', 'demo_person'])
    .where('demo_person', 'is not', null)
    .where('disabled_at', 'is', null)
    .orderBy('made_at')
    .orderBy('demo_person')
    .execute()
  return rows.map((row) => ({ ...openFacts(keyring, row.account_id, row.sealed), accountId: row.account_id, personId: row.demo_person! }))
}
