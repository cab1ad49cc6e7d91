// Nominations of data support: put forward by the lead of a service, used when an administrator gives access, gone when they are withdrawn.
import { randomUUID } from 'node:crypto'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import { hashEmail, toEmailKey } from './accounts.ts'
import type { AccountsTables } from './accounts-tables.ts'

type Trx = Transaction<AccountsTables>
type Reading = Pick<Trx, 'selectFrom'>

export type Nominee = { readonly email: string; readonly displayName: string; readonly jobTitle: string }
export type Nomination = Nominee & {
  readonly nominationId: string
  readonly serviceId: string
  /** The account of whoever nominated. */
  readonly nominatedBy: string
  readonly nominatedAt: Date
}

const place = (id: string) => ({ table: 'accounts.nominations', row: id, field: 'sealed' })

/** Keeps a nomination and returns its id. A second open one of the same person by the same service is a unique violation. */
export async function addNomination(
  trx: Trx,
  keyring: Keyring,
  { serviceId, nominee, by, at }: { serviceId: string; nominee: Nominee; by: string; at: Date },
): Promise<string> {
  const nominationId = randomUUID()
  await trx
    .insertInto('accounts.nominations')
    .values({
      nomination_id: nominationId,
      service_id: serviceId,
      email_hash: hashEmail(keyring, nominee.email),
      sealed: keyring.sealAccount(place(nominationId), JSON.stringify({ ...nominee, email: toEmailKey(nominee.email) })),
      nominated_by: by,
      nominated_at: at,
      account_id: null,
      grant_id: null,
      given_at: null,
    })
    .execute()
  return nominationId
}

/** Nominations that wait for access, of one service or of all, oldest first. */
export async function findOpenNominations(trx: Reading, keyring: Keyring, serviceId: string | undefined): Promise<Nomination[]> {
  let query = trx
    .selectFrom('accounts.nominations')
    .select(['nomination_id', 'service_id', 'sealed', 'nominated_by', 'nominated_at'])
    .where('given_at', 'is', null)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  const rows = await query.orderBy('nominated_at').limit(500).execute()
  return rows.map((row) => ({
    ...(JSON.parse(keyring.openAccount(place(row.nomination_id), row.sealed).toString('utf8')) as Nominee),
    nominationId: row.nomination_id,
    serviceId: row.service_id,
    nominatedBy: row.nominated_by,
    nominatedAt: row.nominated_at,
  }))
}

export async function countOpenNominations(trx: Reading): Promise<number> {
  const row = await trx
    .selectFrom('accounts.nominations')
    .select((count) => count.fn.countAll<number>().as('count'))
    .where('given_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The open nomination of this person by this service. With `lock` nobody takes it back, or uses it up, before the transaction is over. */
export async function findNominationOf(trx: Reading, keyring: Keyring, serviceId: string, email: string, lock = false): Promise<string | undefined> {
  let query = trx
    .selectFrom('accounts.nominations')
    .select('nomination_id')
    .where('service_id', '=', serviceId)
    .where('email_hash', '=', hashEmail(keyring, email))
    .where('given_at', 'is', null)
  if (lock) query = query.forUpdate()
  return (await query.executeTakeFirst())?.nomination_id
}

/** The ids of the nominations that wait, of one service or of all. */
export async function findOpenNominationIds(trx: Reading, serviceId: string | undefined): Promise<string[]> {
  let query = trx.selectFrom('accounts.nominations').select('nomination_id').where('given_at', 'is', null)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  return (await query.execute()).map((row) => row.nomination_id)
}

/** Open nominations from before an instant for which no invitation is on its way, oldest first. */
export async function findStaleNominations(
  trx: Reading,
  nominatedBefore: Date,
  now: Date,
): Promise<Pick<Nomination, 'nominationId' | 'serviceId' | 'nominatedAt'>[]> {
  const rows = await trx
    .selectFrom('accounts.nominations as n')
    .select(['n.nomination_id', 'n.service_id', 'n.nominated_at'])
    .where('n.given_at', 'is', null)
    .where('n.nominated_at', '<', nominatedBefore)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('accounts.invitations as i')
            .select('i.invitation_id')
            .whereRef('i.email_hash', '=', 'n.email_hash')
            .whereRef('i.service_id', '=', 'n.service_id')
            .where('i.role', '=', 'data-support')
            .where('i.used_at', 'is', null)
            .where('i.revoked_at', 'is', null)
            .where('i.ends_at', '>', now),
        ),
      ),
    )
    .orderBy('n.nominated_at')
    .limit(1_000)
    .execute()
  return rows.map((row) => ({ nominationId: row.nomination_id, serviceId: row.service_id, nominatedAt: row.nominated_at }))
}

/**
 * Uses a nomination up: access was given for it. Another access needs another nomination. Safe to repeat. Where a try to join broke off before there
 * was an account, nothing is marked yet.
 */
export async function useNomination(
  trx: Trx,
  { nominationId, accountId, grantId, at }: { nominationId: string; accountId: string; grantId: string; at: Date },
): Promise<void> {
  await trx
    .updateTable('accounts.nominations')
    .set({ account_id: accountId, grant_id: grantId, given_at: at })
    .where('nomination_id', '=', nominationId)
    .where('given_at', 'is', null)
    .where((row) => row.exists(row.selectFrom('accounts.accounts').select('account_id').where('account_id', '=', accountId)))
    .execute()
}

/** Removes an open nomination with everything that it says about the person. False when the service has no such open one. */
export async function removeNomination(trx: Trx, nominationId: string, serviceId: string): Promise<boolean> {
  const removed = await trx
    .deleteFrom('accounts.nominations')
    .where('nomination_id', '=', nominationId)
    .where('service_id', '=', serviceId)
    .where('given_at', 'is', null)
    .executeTakeFirst()
  return removed.numDeletedRows > 0n
}
