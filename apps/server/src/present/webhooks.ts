import type { DeliveryView, WebhookView } from '@attune/contract'
import type { Delivery, Webhook } from '../store/webhooks/webhooks.ts'

export function presentDelivery({ deliveryId, kind, recordId, occurredAt, state, tries, nextAt, status, because }: Delivery): DeliveryView {
  return {
    deliveryId,
    kind,
    recordId,
    occurredAt: occurredAt.toISOString(),
    state,
    tries,
    nextAt: state === 'waiting' && nextAt !== null ? nextAt.toISOString() : null,
    status,
    because: because as DeliveryView['because'],
  }
}

export function presentWebhook({ webhookId, serviceId, kinds, target, madeAt }: Webhook, last: Delivery | undefined): WebhookView {
  const { origin, pathname } = new URL(target.address)
  return {
    webhookId,
    serviceId,
    address: `${origin}${pathname}`,
    kinds: [...kinds],
    madeAt: madeAt.toISOString(),
    last: last === undefined ? null : presentDelivery(last),
  }
}
