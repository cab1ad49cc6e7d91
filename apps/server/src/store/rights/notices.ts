// Letters that a decision or a clock calls for. Written with the decision itself, so that neither stands without the other, and sent afterwards;
// whoever is interrupted in between is found by the daily run. The same thing is told once.
import { randomUUID } from 'node:crypto'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'
import type { NoticeFacts } from './rights-tables.ts'

type Trx = Transaction<AttuneTables>

export type Notice = {
  readonly serviceId: string
  readonly kind: string
  /** What it is about, so that it is told once: a reference, a day. */
  readonly about: string
  readonly toRole: 'administrator' | 'auditor' | 'service-lead' | 'data-support' | 'practitioner'
  readonly toAccount?: string | null
  readonly facts: NoticeFacts
  readonly at: Date
}

/** Queues a notice. False when the same was told before. */
export async function addNotice(trx: Trx, { serviceId, kind, about, toRole, toAccount = null, facts, at }: Notice): Promise<boolean> {
  const added = await trx
    .insertInto('rights.notices')
    .values({
      service_id: serviceId,
      notice_id: randomUUID(),
      told_once: `${kind} ${toRole} ${about}`,
      kind,
      to_role: toRole,
      to_account: toAccount,
      facts: JSON.stringify(facts),
      queued_at: at,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.columns(['service_id', 'told_once']).doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type QueuedNotice = {
  serviceId: string
  noticeId: string
  kind: string
  toRole: string
  toAccount: string | null
  facts: NoticeFacts
  queuedAt: Date
}

/** Notices that wait, the oldest first: of one service, or of all. */
export async function findUnsentNotices(
  trx: Pick<Trx, 'selectFrom'>,
  { serviceId, limit }: { serviceId?: string; limit: number },
): Promise<QueuedNotice[]> {
  let query = trx.selectFrom('rights.notices').selectAll().where('sent_at', 'is', null)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  return (await query.orderBy('queued_at').limit(limit).execute()).map(toNotice)
}

/** What was told lately to a role, for its home screen. */
export async function findShownNotices(
  trx: Pick<Trx, 'selectFrom'>,
  serviceId: string | undefined,
  toRole: string,
  limit: number,
): Promise<QueuedNotice[]> {
  let query = trx.selectFrom('rights.notices').selectAll().where('to_role', '=', toRole)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  return (await query.orderBy('queued_at', 'desc').limit(limit).execute()).map(toNotice)
}

/** Marks one as sent. False when another process was quicker: then it has the letter in hand. */
export async function takeNotice(trx: Trx, { serviceId, noticeId }: QueuedNotice, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('rights.notices')
    .set({ sent_at: at })
    .where('service_id', '=', serviceId)
    .where('notice_id', '=', noticeId)
    .where('sent_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const toNotice = (row: {
  service_id: string
  notice_id: string
  kind: string
  to_role: string
  to_account: string | null
  facts: NoticeFacts
  queued_at: Date
}): QueuedNotice => ({
  serviceId: row.service_id,
  noticeId: row.notice_id,
  kind: row.kind,
  toRole: row.to_role,
  toAccount: row.to_account,
  facts: row.facts,
  queuedAt: row.queued_at,
})
