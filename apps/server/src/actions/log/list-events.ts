import type { QueryOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import { logEvent } from '../../store/log-event.ts'
import { readEvents, type LoggedEvent } from '../../store/read-events.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'

const usualPage = 100

/** A page of the log with the names of who acted. Reading the log is an event as well. */
export async function listEvents(
  { databases, keyring }: Attune,
  acting: Acting,
  query: QueryOf<'GET /api/events'>,
): Promise<{ events: (LoggedEvent & { actor: string })[]; next: string | null }> {
  const { role, serviceId, accountId } = acting
  if (query.before !== undefined && !/^\d{1,15}$/.test(query.before))
    raise('request-invalid', { fields: [{ place: '/before', why: 'is not the number of an event' }] })
  const limit = query.limit ?? usualPage
  const events = await withActor(databases.attune, acting, '', async (trx) => {
    const rows = await readEvents(trx, query.before === undefined ? undefined : Number(query.before), limit + 1)
    await logEvent(trx, { serviceId, accountId, role, action: 'log.read', outcome: 'done', detail: { rows: Math.min(rows.length, limit) } })
    return rows
  })
  const page = events.slice(0, limit)
  const accounts = [...new Set(page.flatMap((event) => event.accountId ?? []))]
  const people = await withReader(databases.accounts, { role: 'door' }, 'sign-in', (trx) => findPeople(trx as never, keyring, accounts))
  return {
    events: page.map((event) => ({ ...event, actor: (event.accountId && people.get(event.accountId)?.displayName) || '' })),
    next: events.length > limit ? String(page.at(-1)!.eventId) : null,
  }
}
