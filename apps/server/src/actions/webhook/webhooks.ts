// Programs of a service that are told when a record came, changed or went: an administrator adds them, looks at what they were told, and stops them.
import { randomBytes, randomUUID } from 'node:crypto'
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { findAddressIssue } from '../../outside/reachable.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import type { Session } from '../../store/accounts/sessions.ts'
import { addTestDelivery, addWebhook, findDeliveries, findWebhooks, stopWebhook, type Delivery, type Webhook } from '../../store/webhooks/webhooks.ts'
import type { Transaction } from '../../store/with-actor.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { requireConfirmed } from '../factor/enrol.ts'

const webhooksPerService = 10
const deliveriesShown = 50
const sentences = {
  'not-an-address': 'is not an address. It begins with https:// and holds no user name',
  'not-https': 'begins with https://; other places are named in the server’s settings (ATTUNE_WEBHOOK_ORIGINS)',
  'not-public': 'lies inside a network; such places are named in the server’s settings (ATTUNE_WEBHOOK_ORIGINS)',
  'port-barred': 'has a port that is not the web’s; such places are named in the server’s settings (ATTUNE_WEBHOOK_ORIGINS)',
} as const

export type WebhookWithDeliveries = { readonly webhook: Webhook; readonly deliveries: readonly Delivery[] }

/** Each with its newest messages. */
export async function listWebhooks({ databases, keyring }: Attune, acting: Acting, most = 1): Promise<WebhookWithDeliveries[]> {
  return withReader(databases.attune, acting, '', async (trx) => {
    const webhooks = await findWebhooks(trx as never, keyring)
    const found: WebhookWithDeliveries[] = []
    for (const webhook of webhooks) found.push({ webhook, deliveries: await findDeliveries(trx as never, webhook, most) })
    return found
  })
}

export async function getWebhook(attune: Attune, acting: Acting, webhookId: string): Promise<WebhookWithDeliveries> {
  return (await listWebhooks(attune, acting, deliveriesShown)).find(({ webhook }) => webhook.webhookId === webhookId) ?? raise('not-found')
}

/** Adds one. Its secret is returned once. A new place that learns of records, so it asks for a fresh sign-in. */
export async function makeWebhook(
  attune: Attune,
  session: Session,
  acting: Acting,
  { serviceId, address, kinds }: BodyOf<'POST /api/webhooks'>,
): Promise<Webhook> {
  await requireConfirmed(attune, session)
  const { databases, keyring, clock, environment } = attune
  const refused = findAddressIssue(address, environment.webhookOrigins)
  if (refused !== undefined) raise('request-invalid', { fields: [{ place: '/address', why: sentences[refused] }] })
  const target = { address, secret: `whsec_${randomBytes(32).toString('base64')}` }
  const webhook: Webhook = { serviceId, webhookId: randomUUID(), kinds: [...new Set(kinds)], target, madeAt: clock.now() }
  await withActor(databases.attune, acting, '', async (trx) => {
    const service = await trx
      .selectFrom('policy.services')
      .select('service_id')
      .where('service_id', '=', serviceId)
      .where('status', '<>', 'operator')
      .executeTakeFirst()
    if (service === undefined) raise('request-invalid', { fields: [{ place: '/serviceId', why: 'is no service of this programme' }] })
    if ((await findWebhooks(trx, keyring)).filter((one) => one.serviceId === serviceId).length >= webhooksPerService)
      raise('request-invalid', { fields: [{ place: '/serviceId', why: `has ${webhooksPerService} already; stop one first` }] })
    await addWebhook(trx, keyring, { ...webhook, madeBy: acting.accountId })
    await note(trx, acting, webhook, 'webhook.add')
  })
  return webhook
}

/** Stops one at once; what still waits is never sent. */
export async function endWebhook(attune: Attune, acting: Acting, webhookId: string): Promise<void> {
  const { webhook } = await getWebhook(attune, acting, webhookId)
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    if (!(await stopWebhook(trx, webhookId, attune.clock.now()))) raise('not-found')
    await note(trx, acting, webhook, 'webhook.stop')
  })
}

/** Puts a message into line that is about no record, to see whether it arrives. */
export async function testWebhook(attune: Attune, acting: Acting, webhookId: string): Promise<void> {
  const { webhook } = await getWebhook(attune, acting, webhookId)
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    await addTestDelivery(trx, webhook, attune.clock.now())
    await note(trx, acting, webhook, 'webhook.test')
  })
}

async function note(
  trx: Transaction<AttuneTables>,
  { role, accountId }: Acting,
  { serviceId, webhookId, kinds }: Webhook,
  action: string,
): Promise<void> {
  await logEvent(trx, { serviceId, accountId, role, action, outcome: 'done', detail: { webhookId, kinds } })
}
