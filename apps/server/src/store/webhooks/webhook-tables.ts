import type { Generated } from 'kysely'

export const webhookKinds = ['record.created', 'record.changed', 'record.erased'] as const
export type WebhookKind = (typeof webhookKinds)[number]
export type DeliveryKind = WebhookKind | 'test'
export type DeliveryState = 'waiting' | 'delivered' | 'given-up'

/** The tables of the schema `hooks` as Kysely sees them. */
export type WebhookTables = {
  'hooks.webhooks': {
    service_id: string
    webhook_id: string
    kinds: WebhookKind[]
    sealed: Buffer
    made_by: string
    made_at: Date
    stopped_at: Date | null
  }
  'hooks.deliveries': {
    service_id: string
    delivery_id: Generated<string>
    webhook_id: string
    kind: DeliveryKind
    record_id: string | null
    occurred_at: Generated<Date>
    state: Generated<DeliveryState>
    tries: Generated<number>
    next_at: Date | null
    status: number | null
    because: string | null
    ended_at: Date | null
  }
}
