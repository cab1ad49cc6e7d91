import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

export type LoggedEvent = {
  readonly eventId: number
  readonly at: Date
  readonly serviceId: string
  readonly accountId: string | null
  readonly role: string
  readonly action: string
  readonly purpose: string
  readonly outcome: string
  readonly detail: object
}

/** Events before an id, newest first. */
export async function readEvents(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  before: number | undefined,
  limit: number,
): Promise<LoggedEvent[]> {
  let query = trx
    .selectFrom('log.events')
    .select(['event_id', 'at', 'service_id', 'account_id', 'role', 'action', 'purpose', 'outcome', 'detail'])
    .orderBy('event_id', 'desc')
    .limit(limit)
  if (before !== undefined) query = query.where('event_id', '<', before)
  return (await query.execute()).map((row) => ({
    eventId: row.event_id,
    at: row.at,
    serviceId: row.service_id,
    accountId: row.account_id,
    role: row.role,
    action: row.action,
    purpose: row.purpose,
    outcome: row.outcome,
    detail: row.detail,
  }))
}
