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

/** Whether a service has put this person forward and nobody has given them access for it yet. */
export async function isNominated(trx: Reading, keyring: Keyring, serviceId: string, email: string): Promise<boolean> {
  const row = await trx
    .selectFrom('accounts.nominations')
    .select('nomination_id')
    .where('service_id', '=', serviceId)
    .where('email_hash', '=', hashEmail(keyring, email))
    .where('given_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
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

/** Uses a nomination up: access was given for it. Another access needs another nomination. */
export async function useNomination(
  trx: Trx,
  keyring: Keyring,
  { serviceId, email, accountId, grantId, at }: { serviceId: string; email: string; accountId: string; grantId: string; at: Date },
): Promise<void> {
  await trx
    .updateTable('accounts.nominations')
    .set({ account_id: accountId, grant_id: grantId, given_at: at })
    .where('service_id', '=', serviceId)
    .where('email_hash', '=', hashEmail(keyring, email))
    .where('given_at', 'is', null)
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
