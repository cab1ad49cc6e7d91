// Sign-ins whose owner has no role left. Whether somebody still has an account is known in another database, so the accounts are given.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

/** `serviceId` is where the last role was, which ended at `leftAt`. */
export type Leaver = { readonly accountId: string; readonly serviceId: string; readonly leftAt: Date }

/**
 * Those of the accounts that had a role, have none now, and had their last one until before an instant. Whoever waits for an answer to a request
 * about the own data is not among them: the answer is read with the sign-in.
 */
export async function findLeavers(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  accountIds: readonly string[],
  leftBefore: Date,
): Promise<Leaver[]> {
  const { rows } = await sql<{ account_id: string; service_id: string; ended_at: Date }>`
    select distinct on (g.account_id) g.account_id, g.service_id, g.ended_at from policy.access_grants g
    where g.account_id = any (${accountIds}::uuid[]) and g.ended_at < ${leftBefore}
      and not exists (select from policy.access_grants o where o.account_id = g.account_id and (o.ended_at is null or o.ended_at >= ${leftBefore}))
      and not exists (select from rights.requests r where r.account_id = g.account_id and r.ended_at is null)
    order by g.account_id, g.ended_at desc`.execute(trx as never)
  return rows.map((row) => ({ accountId: row.account_id, serviceId: row.service_id, leftAt: row.ended_at }))
}
