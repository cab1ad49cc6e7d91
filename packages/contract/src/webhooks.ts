// Other programs that are told when a record came, changed or went, and what they were told.
import { Type, type Static } from 'typebox'
import type { Route } from './route.ts'
import { closed, Done, Instant, ServiceId, Uuid } from './words.ts'

const Kind = Type.Enum(['record.created', 'record.changed', 'record.erased'])
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const DeliveryView = closed({
  deliveryId: Uuid,
  kind: Type.Enum(['record.created', 'record.changed', 'record.erased', 'test']),
  recordId: nullable(Uuid),
  occurredAt: Instant,
  state: Type.Enum(['waiting', 'delivered', 'given-up']),
  tries: Type.Integer(),
  /** When it is tried again; null when it is over, or goes out within seconds. */
  nextAt: nullable(Instant),
  /** What the other side answered last. */
  status: nullable(Type.Integer()),
  /** Why it could not be asked. */
  because: nullable(Type.Enum(['address-refused', 'no-answer', 'too-slow'])),
})
export type DeliveryView = Static<typeof DeliveryView>

export const WebhookView = closed({
  webhookId: Uuid,
  serviceId: ServiceId,
  /** Without what follows a question mark: secrets of the other side often stand there. */
  address: Type.String(),
  kinds: Type.Array(Kind),
  madeAt: Instant,
  /** Its newest message. */
  last: nullable(DeliveryView),
})
export type WebhookView = Static<typeof WebhookView>

export const WebhookNew = closed({
  serviceId: ServiceId,
  address: Type.String({ minLength: 8, maxLength: 500 }),
  kinds: Type.Array(Kind, { minItems: 1, maxItems: 3 }),
})
/** The secret is shown once. */
export const WebhookAdded = closed({ webhook: WebhookView, secret: Type.String() })
export type WebhookAdded = Static<typeof WebhookAdded>

const params = closed({ webhookId: Uuid })

export const webhookRoutes = {
  'GET /api/webhooks': {
    summary: 'Programs that are told of records',
    door: 'second-factor',
    act: 'webhook.read',
    reply: closed({ webhooks: Type.Array(WebhookView) }),
  },
  'POST /api/webhooks': {
    summary: 'Tell a program when records come, change or go',
    door: 'second-factor',
    act: 'webhook.change',
    body: WebhookNew,
    status: 201,
    reply: WebhookAdded,
  },
  'GET /api/webhooks/:webhookId': {
    summary: 'What a program was told of late',
    door: 'second-factor',
    act: 'webhook.read',
    params,
    reply: closed({ webhook: WebhookView, deliveries: Type.Array(DeliveryView) }),
  },
  'POST /api/webhooks/:webhookId/test': {
    summary: 'Send a message about no record',
    door: 'second-factor',
    act: 'webhook.change',
    params,
    reply: Done,
  },
  'DELETE /api/webhooks/:webhookId': { summary: 'Tell it no longer', door: 'second-factor', act: 'webhook.change', params, reply: Done },
} as const satisfies { readonly [name: string]: Route }
