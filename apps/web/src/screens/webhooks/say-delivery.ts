// How a message to another program stands, in words.
import type { DeliveryView } from '@attune/contract'
import { say, sayWhen } from '../../messages/index.ts'

export const webhookKinds = ['record.created', 'record.changed', 'record.erased'] as const

export function sayKind(kind: DeliveryView['kind']): string {
  return say(`webhooks.kind.${kind}`)
}

export function sayDelivery({ state, tries, status, because, nextAt }: DeliveryView): string {
  const why = because !== null ? say(`webhooks.because.${because}`) : say('webhooks.answered', { status: String(status ?? '') })
  if (state === 'delivered') return say('webhooks.delivered')
  if (state === 'given-up') return say('webhooks.givenUp', { tries: String(tries), why })
  if (tries === 0) return say('webhooks.waiting')
  return say('webhooks.again', { why, when: nextAt === null ? '' : sayWhen(nextAt) })
}
