// Reviews of access: which are open, which are late, and what was told about them already.
import { sql } from 'kysely'
import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

type Trx = Transaction<AttuneTables>

export type ReviewRow = { readonly grantId: string; readonly serviceId: string; readonly reviewOn: string }

/** Opens the review of every running access that has to be looked at by a day, and returns those that were not open before. */
export async function openReviews(trx: Trx, until: string, at: Date): Promise<ReviewRow[]> {
  return toRows(
    await trx
      .updateTable('policy.access_grants')
      .set({ review_opened_at: at })
      .where('ended_at', 'is', null)
      .where('review_on', '<=', until)
      .where('review_opened_at', 'is', null)
      .returning(['grant_id', 'service_id', 'review_on'])
      .execute(),
  )
}

/** Marks running accesses whose day has passed, and returns those that were not marked before. They give nothing any more (see grants.ts). */
export async function markLateReviews(trx: Trx, today: string, at: Date): Promise<ReviewRow[]> {
  return toRows(
    await trx
      .updateTable('policy.access_grants')
      .set({ review_late_at: at })
      .where('ended_at', 'is', null)
      .where('review_on', '<', today)
      .where('review_late_at', 'is', null)
      .returning(['grant_id', 'service_id', 'review_on'])
      .execute(),
  )
}

const toRows = (rows: readonly { grant_id: string; service_id: string; review_on: string | null }[]): ReviewRow[] =>
  rows.map((row) => ({ grantId: row.grant_id, serviceId: row.service_id, reviewOn: row.review_on ?? '' }))

/** Accesses to look at by a day, and how many of them are past theirs. */
export async function countReviews(
  trx: Pick<Trx, 'selectFrom'>,
  { today, until }: { today: string; until: string },
): Promise<{ open: number; overdue: number }> {
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*)::int as open, (count(*) filter (where review_on < ${today}))::int as overdue
    from policy.access_grants where ended_at is null and review_on <= ${until}`.execute(trx as never)
  return rows[0]!
}
