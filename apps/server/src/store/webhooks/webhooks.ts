// Programs that are told of records, and what they were told. Address and secret are sealed: an address may hold a secret of the other side.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import type { DeliveryKind, DeliveryState, WebhookKind } from './webhook-tables.ts'

type Reading = Pick<Transaction<AttuneTables>, 'selectFrom'>

export type WebhookTarget = { readonly address: string; readonly secret: string }
export type Webhook = {
  readonly serviceId: string
  readonly webhookId: string
  readonly kinds: readonly WebhookKind[]
  readonly target: WebhookTarget
  readonly madeAt: Date
}
export type Delivery = {
  readonly serviceId: string
  readonly deliveryId: string
  readonly webhookId: string
  readonly kind: DeliveryKind
  readonly recordId: string | null
  readonly occurredAt: Date
  readonly state: DeliveryState
  readonly tries: number
  readonly nextAt: Date | null
  readonly status: number | null
  readonly because: string | null
  readonly endedAt: Date | null
}

const place = (webhookId: string) => ({ table: 'hooks.webhooks', row: webhookId, field: 'sealed' })

export async function addWebhook(
  trx: Transaction<AttuneTables>,
  keyring: Keyring,
  { serviceId, webhookId, kinds, target, madeAt, madeBy }: Webhook & { readonly madeBy: string },
): Promise<void> {
  await trx
    .insertInto('hooks.webhooks')
    .values({
      service_id: serviceId,
      webhook_id: webhookId,
      kinds: [...kinds],
      sealed: keyring.sealIdentity(place(webhookId), JSON.stringify(target)),
      made_by: madeBy,
      made_at: madeAt,
      stopped_at: null,
    })
    .execute()
}

/** Those that are told just now, the oldest first. */
export async function findWebhooks(trx: Reading, keyring: Keyring): Promise<Webhook[]> {
  const rows = await trx.selectFrom('hooks.webhooks').selectAll().where('stopped_at', 'is', null).orderBy('made_at').execute()
  return rows.map((row) => ({
    serviceId: row.service_id,
    webhookId: row.webhook_id,
    kinds: row.kinds,
    target: JSON.parse(keyring.openIdentity(place(row.webhook_id), row.sealed).toString('utf8')) as WebhookTarget,
    madeAt: row.made_at,
  }))
}

/** False when there is none. What still waits for it is never sent. */
export async function stopWebhook(trx: Transaction<AttuneTables>, webhookId: string, at: Date): Promise<boolean> {
  const result = await trx
    .updateTable('hooks.webhooks')
    .set({ stopped_at: at })
    .where('webhook_id', '=', webhookId)
    .where('stopped_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function addTestDelivery(trx: Transaction<AttuneTables>, { serviceId, webhookId }: Webhook, at: Date): Promise<void> {
  await trx
    .insertInto('hooks.deliveries')
    .values({
      service_id: serviceId,
      webhook_id: webhookId,
      kind: 'test',
      record_id: null,
      occurred_at: at,
      next_at: null,
      status: null,
      because: null,
      ended_at: null,
    })
    .execute()
}

const toDelivery = (row: {
  service_id: string
  delivery_id: string
  webhook_id: string
  kind: DeliveryKind
  record_id: string | null
  occurred_at: Date
  state: DeliveryState
  tries: number
  next_at: Date | null
  status: number | null
  because: string | null
  ended_at: Date | null
}): Delivery => ({
  serviceId: row.service_id,
  deliveryId: row.delivery_id,
  webhookId: row.webhook_id,
  kind: row.kind,
  recordId: row.record_id,
  occurredAt: row.occurred_at,
  state: row.state,
  tries: row.tries,
  nextAt: row.next_at,
  status: row.status,
  because: row.because,
  endedAt: row.ended_at,
})

/** The newest messages of one, at most so many. */
export async function findDeliveries(
  trx: Reading,
  { serviceId, webhookId }: Pick<Webhook, 'serviceId' | 'webhookId'>,
  most: number,
): Promise<Delivery[]> {
  const rows = await trx
    .selectFrom('hooks.deliveries')
    .selectAll()
    .where('service_id', '=', serviceId)
    .where('webhook_id', '=', webhookId)
    .orderBy('occurred_at', 'desc')
    .orderBy('delivery_id')
    .limit(most)
    .execute()
  return rows.map(toDelivery)
}

/** What is to be sent now, at most so many messages to each program, what waits longest first: one that is away keeps no other from being told. */
export async function findDueDeliveries(trx: Reading, at: Date, mostEach: number): Promise<Delivery[]> {
  const { rows } = await sql<Parameters<typeof toDelivery>[0]>`
    select d.* from hooks.webhooks w cross join lateral (
      select * from hooks.deliveries d where d.service_id = w.service_id and d.webhook_id = w.webhook_id and d.state = 'waiting' and (d.next_at is null or d.next_at <= ${at})
      order by d.next_at nulls first, d.occurred_at limit ${mostEach}) d
    where w.stopped_at is null order by d.next_at nulls first, d.occurred_at`.execute(trx as never)
  return rows.map(toDelivery)
}

export type Attempt = { readonly status: number | null; readonly because: string | null }

/** Notes a try. `nextAt` left out: it was the last one. */
export async function noteAttempt(
  trx: Transaction<AttuneTables>,
  { serviceId, deliveryId }: Pick<Delivery, 'serviceId' | 'deliveryId'>,
  { status, because }: Attempt,
  after: { readonly state: DeliveryState; readonly at: Date; readonly nextAt?: Date },
): Promise<void> {
  await trx
    .updateTable('hooks.deliveries')
    .set({
      state: after.state,
      tries: sql`tries + 1`,
      status,
      because,
      ...(after.nextAt !== undefined && { next_at: after.nextAt }),
      ended_at: after.state === 'waiting' ? null : after.at,
    })
    .where('service_id', '=', serviceId)
    .where('delivery_id', '=', deliveryId)
    .execute()
}

/** Takes out what is over since before `before`, and what waits for a program that is told no longer. Returns how many. */
export async function sweepDeliveries(trx: Transaction<AttuneTables>, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from hooks.deliveries d where d.ended_at < ${before} or (d.state = 'waiting' and exists (
    select from hooks.webhooks w where w.service_id = d.service_id and w.webhook_id = d.webhook_id and w.stopped_at is not null))`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
