// Requests for lost codes as they lie. Row security shows a practitioner the own ones, data support those of the service, administrators all.
import type { Selectable } from 'kysely'
import type { AttuneTables } from './attune-tables.ts'
import type { Transaction } from './with-actor.ts'

type Trx = Transaction<AttuneTables>
type Reading = Pick<Trx, 'selectFrom'>
export type CodeRequestRow = Selectable<AttuneTables['identity.code_requests']>
export type CodeRequestNew = Omit<CodeRequestRow, 'state' | 'client_id' | 'answered_at' | 'answered_by'>

const shownAtOnce = 50

/** Adds one. The same practitioner asking again for the same day, while nobody has answered, gets the request that waits already. */
export async function addCodeRequest(trx: Trx, request: CodeRequestNew): Promise<{ readonly row: CodeRequestRow; readonly isNew: boolean }> {
  const added = await trx
    .insertInto('identity.code_requests')
    .values({ ...request, client_id: null, answered_at: null, answered_by: null })
    .onConflict((conflict) => conflict.columns(['service_id', 'practitioner_id', 'session_on']).where('state', '=', 'waiting').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (added !== undefined) return { row: added, isNew: true }
  const row = await trx
    .selectFrom('identity.code_requests')
    .selectAll()
    .where('service_id', '=', request.service_id)
    .where('practitioner_id', '=', request.practitioner_id)
    .where('session_on', '=', request.session_on)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return { row, isNew: false }
}

/** The latest ones that an account asked. */
export async function findCodeRequestsOf(trx: Reading, accountId: string): Promise<CodeRequestRow[]> {
  return trx
    .selectFrom('identity.code_requests')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('asked_at', 'desc')
    .limit(shownAtOnce)
    .execute()
}

/** Those that wait, the oldest first; `operatorOn`: only those that are the operator's as well on that day. */
export async function findWaitingCodeRequests(trx: Reading, operatorOn: string | undefined): Promise<CodeRequestRow[]> {
  let query = trx.selectFrom('identity.code_requests').selectAll().where('state', '=', 'waiting')
  if (operatorOn !== undefined) query = query.where('operator_on', '<=', operatorOn)
  return query.orderBy('asked_at').orderBy('request_id').limit(shownAtOnce).execute()
}

export async function findCodeRequest(trx: Reading, requestId: string): Promise<CodeRequestRow | undefined> {
  return trx.selectFrom('identity.code_requests').selectAll().where('request_id', '=', requestId).executeTakeFirst()
}

/** Answers one that waits. False when somebody else was quicker. */
export async function answerCodeRequest(
  trx: Trx,
  { service_id, request_id }: CodeRequestRow,
  { clientId, at, by }: { readonly clientId: string | undefined; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('identity.code_requests')
    .set({ state: clientId === undefined ? 'none' : 'found', client_id: clientId ?? null, answered_at: at, answered_by: by })
    .where('service_id', '=', service_id)
    .where('request_id', '=', request_id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes out those that were asked before an instant. Returns how many. */
export async function removeCodeRequests(trx: Trx, before: Date): Promise<number> {
  const { numDeletedRows } = await trx.deleteFrom('identity.code_requests').where('asked_at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
