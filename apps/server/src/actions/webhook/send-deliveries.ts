// Sends what waits for other programs. A message goes out at least once: its id stays the same, so the other side knows it again. One that fails is
// tried again later and later, for two days; then it is given up, which the log says.
import type { Attune } from '../../attune.ts'
import { postWebhook } from '../../outside/post-webhook.ts'
import { logEvent } from '../../store/log-event.ts'
import {
  findDueDeliveries,
  findWebhooks,
  noteAttempt,
  stopWebhook,
  sweepDeliveries,
  type Delivery,
  type Webhook,
} from '../../store/webhooks/webhooks.ts'
import { withActor, withReader } from '../../store/with-actor.ts'

const system = { role: 'system' } as const
const minute = 60_000
/** Waits before the second, third … try. */
export const retryWaitsMs = [minute, 5 * minute, 30 * minute, 2 * 60 * minute, 6 * 60 * minute, 12 * 60 * minute, 24 * 60 * minute] as const
/** Messages to one program in one run. One that answers slowly holds the next run up for minutes, not for hours. */
const atOnce = 25
const keptMs = 30 * 24 * 60 * minute
/** https://www.rfc-editor.org/rfc/rfc9110#name-410-gone: the other side asks not to be told again. */
const gone = 410

/** Sends what is due, programs side by side, the messages of each one after the other until one fails. */
export async function sendDeliveries(attune: Attune, signal: AbortSignal): Promise<{ delivered: number; failed: number; givenUp: number }> {
  const { databases, keyring, clock } = attune
  const counts = { delivered: 0, failed: 0, givenUp: 0 }
  const { due, webhooks } = await withReader(databases.attune, system, '', async (trx) => {
    const due = await findDueDeliveries(trx as never, clock.now(), atOnce)
    return { due, webhooks: due.length === 0 ? [] : await findWebhooks(trx as never, keyring) }
  })
  await Promise.all(
    webhooks.map(async (webhook) => {
      for (const delivery of due.filter(({ webhookId }) => webhookId === webhook.webhookId)) {
        if (signal.aborted) return
        const state = await send(attune, webhook, delivery)
        counts[state === 'delivered' ? 'delivered' : state === 'given-up' ? 'givenUp' : 'failed']++
        if (state !== 'delivered') return
      }
    }),
  )
  return counts
}

async function send(attune: Attune, { serviceId, webhookId, target }: Webhook, delivery: Delivery): Promise<Delivery['state']> {
  const { databases, clock, environment } = attune
  const { deliveryId, kind, recordId, occurredAt, tries } = delivery
  const message = { id: deliveryId, kind, at: occurredAt, serviceId, recordId }
  const reply = await postWebhook(target, message, { now: clock.now(), origins: environment.webhookOrigins })
  const status = 'status' in reply ? reply.status : null
  const because = 'because' in reply ? reply.because : null
  const at = clock.now()
  const isDelivered = status !== null && status >= 200 && status < 300
  const wait = retryWaitsMs[tries]
  const state = isDelivered ? 'delivered' : wait === undefined || status === gone ? 'given-up' : 'waiting'
  await withActor(databases.attune, system, '', async (trx) => {
    await noteAttempt(trx, delivery, { status, because }, { state, at, ...(state === 'waiting' && { nextAt: new Date(at.getTime() + wait!) }) })
    if (state !== 'given-up') return
    await logEvent(trx, {
      serviceId,
      role: 'system',
      action: 'webhook.give-up',
      outcome: 'failed',
      detail: { webhookId, deliveryId, because: because ?? String(status) },
    })
    if (status === gone && (await stopWebhook(trx, webhookId, at)))
      await logEvent(trx, { serviceId, role: 'system', action: 'webhook.stop', outcome: 'done', detail: { webhookId, because: 'gone' } })
  })
  return state
}

/** Takes messages out of the list a month after they were delivered or given up. */
export async function forgetDeliveries({ databases, clock }: Attune): Promise<number> {
  return withActor(databases.attune, system, '', (trx) => sweepDeliveries(trx, new Date(clock.now().getTime() - keptMs)))
}
