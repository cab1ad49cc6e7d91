// Access grants: which roles an account has, and where. The door asks before anybody is known, so it acts as `door`.
import { randomUUID } from 'node:crypto'
import { isRole, type Role } from '@attune/policy'
import { sql } from 'kysely'
import { raise } from '../problems.ts'
import type { AttuneTables } from './attune-tables.ts'
import { askOnLine } from './call-once.ts'
import { gatherFor } from './gather.ts'
import type { Database } from './pool.ts'
import { isUniqueViolation } from './postgres-errors.ts'
import type { Transaction } from './with-actor.ts'

export type ActiveGrant = { grantId: string; role: Role; serviceId: string; serviceName: string }

/** The running grants of an account, oldest first; with `today` without those whose review has passed, which give nothing. */
export async function findGrants(trx: Pick<Transaction<AttuneTables>, 'selectFrom'>, accountId: string, today?: string): Promise<ActiveGrant[]> {
  let query = trx
    .selectFrom('policy.access_grants as g')
    .innerJoin('policy.services as s', 's.service_id', 'g.service_id')
    .select(['g.grant_id', 'g.role', 'g.service_id', 's.name'])
    .where('g.account_id', '=', accountId)
    .where('g.ended_at', 'is', null)
    .orderBy('g.granted_at')
  if (today !== undefined) query = query.where((any) => any.or([any('g.review_on', 'is', null), any('g.review_on', '>=', today)]))
  const rows = await query.execute()
  return rows.map(({ grant_id, role, service_id, name }) => ({ grantId: grant_id, role, serviceId: service_id, serviceName: name }))
}

/** The accounts that hold one of these roles in a service, each once; an access whose review has passed is not in force (DCS-070). */
export async function findGrantsInForce(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  { roles, serviceId, today }: { readonly roles: readonly Role[]; readonly serviceId: string; readonly today: string },
): Promise<{ accountId: string }[]> {
  const rows = await trx
    .selectFrom('policy.access_grants')
    .select('account_id')
    .distinct()
    .where('service_id', '=', serviceId)
    .where('role', 'in', [...roles])
    .where('ended_at', 'is', null)
    .where((any) => any.or([any('review_on', 'is', null), any('review_on', '>=', today)]))
    .orderBy('account_id')
    .execute()
  return rows.map((row) => ({ accountId: row.account_id }))
}

/** `today` is the day on which it is asked: a grant whose review has passed is not living. */
type GrantOf = { readonly grantId: string; readonly accountId: string; readonly today: string }
type LivingGrant = { readonly grantId: string; readonly role: Role; readonly serviceId: string }

// Asked by every request, and therefore together (see gather.ts).
const seek = gatherFor(
  async (database: Database<AttuneTables>, asked: readonly GrantOf[]): Promise<(LivingGrant | undefined)[]> => {
    const rows = await askOnLine<{ grant_id: string; account_id: string; role: string; service_id: string; review_on: string | null }>(
      database,
      { role: 'door' },
      'sign-in',
      {
        name: 'find-living-grants',
        text: 'select grant_id, account_id, role, service_id, review_on from policy.access_grants where grant_id = any ($1) and ended_at is null',
        values: [asked.map(({ grantId }) => grantId)],
      },
    )
    return asked.map(({ grantId, accountId, today }) => {
      const row = rows.find((one) => one.grant_id === grantId && one.account_id === accountId)
      const isPast = row?.review_on != null && row.review_on < today
      return row === undefined || isPast || !isRole(row.role) ? undefined : { grantId, role: row.role, serviceId: row.service_id }
    })
  },
  { limit: 200 },
)

/** The grant of this id when it belongs to the account and has not ended. Both must be uuids. */
export const findLivingGrant = (database: Database<AttuneTables>, grant: GrantOf): Promise<LivingGrant | undefined> => seek(database, grant)

/**
 * Gives an account a role. A service has as many seats for data support as the policy says (DCS-122): one more is refused with `grant-limit`, also
 * when two arrive at once, because the seat number is unique. The same role twice is `already-exists`, the same nomination twice `nomination-missing`.
 */
export async function giveGrant(
  trx: Transaction<AttuneTables>,
  {
    accountId,
    role,
    serviceId,
    grantedBy,
    reviewOn,
    nominationId,
    seats,
    at,
  }: {
    accountId: string
    role: Role
    serviceId: string
    grantedBy?: string
    reviewOn?: string
    nominationId?: string | undefined
    seats: number
    at: Date
  },
): Promise<string> {
  // Who is given a seat at the same moment takes turns: otherwise all reach for the first one, and the second stays empty.
  if (role === 'data-support') await sql`select pg_advisory_xact_lock(4281110, hashtext(${serviceId}))`.execute(trx)
  const running = await trx
    .selectFrom('policy.access_grants')
    .select(['account_id', 'role', 'seat'])
    .where('service_id', '=', serviceId)
    .where('ended_at', 'is', null)
    .where((any) => any.or([any('account_id', '=', accountId), any('role', '=', 'data-support')]))
    .execute()
  if (running.some((grant) => grant.account_id === accountId && grant.role === role)) raise('already-exists')
  const taken = new Set(running.map((grant) => grant.seat))
  const free = Array.from({ length: seats }, (_, at) => at + 1).find((number) => !taken.has(number))
  const isFull = free === undefined || running.filter((grant) => grant.seat !== null).length >= seats
  if (role === 'data-support' && isFull) raise('grant-limit', { detail: seatsSentence(seats) })
  const seat = role === 'data-support' ? free! : null
  const grantId = randomUUID()
  try {
    await trx
      .insertInto('policy.access_grants')
      .values({
        service_id: serviceId,
        grant_id: grantId,
        account_id: accountId,
        role,
        seat,
        granted_by: grantedBy ?? null,
        granted_at: at,
        review_on: reviewOn ?? null,
        nomination_id: nominationId ?? null,
      })
      .execute()
  } catch (error) {
    if (isUniqueViolation(error, 'access_grants_seat')) raise('grant-limit', { detail: seatsSentence(seats) })
    if (isUniqueViolation(error, 'access_grants_once')) raise('already-exists')
    if (isUniqueViolation(error, 'access_grants_nomination')) raise('nomination-missing')
    throw error
  }
  return grantId
}

const seatsSentence = (seats: number) =>
  `The policy lets at most ${seats} ${seats === 1 ? 'person' : 'people'} of a service see its records, and ${seats === 1 ? 'that place is' : 'all places are'} taken.`

export type GrantOfNomination = { readonly nominationId: string; readonly grantId: string; readonly accountId: string; readonly at: Date }

/** Which of these nominations were used, and for which access, running or ended. */
export async function findGrantsOfNominations(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  nominationIds: readonly string[],
): Promise<GrantOfNomination[]> {
  if (nominationIds.length === 0) return []
  const rows = await trx
    .selectFrom('policy.access_grants')
    .select(['nomination_id', 'grant_id', 'account_id', 'granted_at'])
    .where('nomination_id', 'in', [...nominationIds])
    .execute()
  return rows.map((row) => ({ nominationId: row.nomination_id!, grantId: row.grant_id, accountId: row.account_id, at: row.granted_at }))
}

/** Ends a grant now. False when there is no such running grant. */
export async function endGrant(
  trx: Transaction<AttuneTables>,
  { grantId, serviceId, endedBy, at }: { grantId: string; serviceId: string; endedBy: string; at: Date },
): Promise<boolean> {
  const ended = await trx
    .updateTable('policy.access_grants')
    .set({ ended_at: at, ended_by: endedBy })
    .where('service_id', '=', serviceId)
    .where('grant_id', '=', grantId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

export type GrantRow = {
  readonly grantId: string
  readonly accountId: string
  readonly role: Role
  readonly serviceId: string
  readonly from: Date
  readonly endedAt: Date | null
  /** The last day on which it works unless somebody looks at it; null for roles that are not reviewed. */
  readonly reviewOn: string | null
}

/** Most grants that one answer holds. */
export const mostGrants = 1_000
export type GrantFilter = { readonly grantId?: string; readonly serviceId?: string; readonly reviewed?: boolean; readonly limit?: number }

/** Grants that row security lets the actor see, running ones first; or the one of an id. */
export async function findGrantRows(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  { grantId, serviceId, reviewed = false, limit = mostGrants }: GrantFilter = {},
): Promise<GrantRow[]> {
  let query = trx.selectFrom('policy.access_grants').select(['grant_id', 'account_id', 'role', 'service_id', 'granted_at', 'ended_at', 'review_on'])
  if (grantId !== undefined) query = query.where('grant_id', '=', grantId)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  if (reviewed) query = query.where('ended_at', 'is', null).where('review_on', 'is not', null)
  const rows = await query
    .orderBy('ended_at', (order) => order.desc().nullsFirst())
    .orderBy('service_id')
    .orderBy('granted_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    grantId: row.grant_id,
    accountId: row.account_id,
    role: row.role,
    serviceId: row.service_id,
    from: row.granted_at,
    endedAt: row.ended_at,
    reviewOn: row.review_on,
  }))
}

/** Ends every running grant of an account, or only those of one service and role. Returns how many. */
export async function endGrantsOf(
  trx: Transaction<AttuneTables>,
  { accountId, serviceId, role, endedBy, at }: { accountId: string; serviceId?: string; role?: Role; endedBy: string | null; at: Date },
): Promise<number> {
  let query = trx
    .updateTable('policy.access_grants')
    .set({ ended_at: at, ended_by: endedBy })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  if (role !== undefined) query = query.where('role', '=', role)
  return Number((await query.executeTakeFirst()).numUpdatedRows)
}

/** Somebody has looked at the grant and it goes on until a later day. False when there is no such running grant, or when it is the looker's own. */
export async function reviewGrant(
  trx: Transaction<AttuneTables>,
  { grantId, by, reviewOn }: { grantId: string; by: string; reviewOn: string },
): Promise<boolean> {
  const reviewed = await trx
    .updateTable('policy.access_grants')
    .set({ review_on: reviewOn, review_opened_at: null, review_late_at: null })
    .where('grant_id', '=', grantId)
    .where('account_id', '<>', by)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return reviewed.numUpdatedRows > 0n
}

/** Ends the running grants of these ids of accounts, which never came to be. */
export async function endGrantsWithoutAccount(
  trx: Transaction<AttuneTables>,
  accountIds: readonly string[],
  at: Date,
): Promise<{ serviceId: string; grantId: string }[]> {
  const rows = await trx
    .updateTable('policy.access_grants')
    .set({ ended_at: at, ended_by: null })
    .where('account_id', 'in', [...accountIds])
    .where('ended_at', 'is', null)
    .returning(['service_id', 'grant_id'])
    .execute()
  return rows.map((row) => ({ serviceId: row.service_id, grantId: row.grant_id }))
}
