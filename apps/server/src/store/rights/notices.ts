// Letters that a decision or a clock calls for. Written with the decision itself, so that neither stands without the other, and sent afterwards;
// whoever is interrupted in between is found by the daily run. The same thing is told once.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
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
export async function addNotice(trx: Trx, notice: Notice): Promise<boolean> {
  const { serviceId, kind, toRole, toAccount = null, facts, at } = notice
  const added = await trx
    .insertInto('rights.notices')
    .values({
      service_id: serviceId,
      notice_id: randomUUID(),
      told_once: toldOnce(notice),
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

/** Queues many notices in one statement, so that a thousand services do not make a thousand. What was told before is not told again. */
export async function addNotices(trx: Trx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  const all = <Value>(of: (notice: Notice) => Value) => notices.map(of)
  await sql`insert into rights.notices (service_id, notice_id, told_once, kind, to_role, to_account, facts, queued_at)
    select service_id, gen_random_uuid(), told_once, kind, to_role, to_account, facts::jsonb, queued_at
    from unnest(${all((one) => one.serviceId)}::text[], ${all(toldOnce)}::text[], ${all((one) => one.kind)}::text[], ${all((one) => one.toRole)}::text[],
      ${all((one) => one.toAccount ?? null)}::uuid[], ${all((one) => JSON.stringify(one.facts))}::text[], ${all((one) => one.at)}::timestamptz[])
      n (service_id, told_once, kind, to_role, to_account, facts, queued_at)
    on conflict (service_id, told_once) do nothing`.execute(trx)
}

const toldOnce = ({ kind, toRole, about }: Notice) => `${kind} ${toRole} ${about}`

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
