// Sends a message to an address that somebody typed in. So that nobody makes this server knock inside its own network, places there are asked only when
// the settings name them (ATTUNE_WEBHOOK_ORIGINS, apart from those that keep backups and keys); ask-outside.ts judges the rest.
import { createHmac } from 'node:crypto'
import { AddressRefused, askOutside, SentOn } from './ask-outside.ts'

export type WebhookMessage = {
  readonly id: string
  readonly kind: string
  readonly at: Date
  readonly serviceId: string
  readonly recordId: string | null
}
export type WebhookReply = { readonly status: number } | { readonly because: 'address-refused' | 'no-answer' | 'too-slow' }

const patienceMs = 10_000

/**
 * Posts one message, signed as Standard Webhooks say (https://www.standardwebhooks.com): HMAC-SHA-256 over id, time and body. A redirect is not
 * followed, and of the reply only the status is read.
 */
export async function postWebhook(
  { address, secret }: { readonly address: string; readonly secret: string },
  message: WebhookMessage,
  { now, origins }: { readonly now: Date; readonly origins: readonly string[] },
): Promise<WebhookReply> {
  if (!URL.canParse(address)) return { because: 'address-refused' }
  const body = JSON.stringify({
    type: message.kind,
    timestamp: message.at.toISOString(),
    data: { service: message.serviceId, ...(message.recordId !== null && { record: message.recordId }) },
  })
  const seconds = String(Math.floor(now.getTime() / 1_000))
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Attune',
    'webhook-id': message.id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signWebhook(secret, message.id, seconds, body)}`,
  }
  try {
    const asking = { method: 'POST', headers, body: Buffer.from(body), patienceMs, mostBytes: 0 }
    const reply = await askOutside(new URL(address), asking, origins)
    await reply.body?.cancel()
    return { status: reply.status }
  } catch (error) {
    if (error instanceof SentOn) return { status: error.status }
    if (error instanceof AddressRefused) return { because: 'address-refused' }
    return { because: error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name) ? 'too-slow' : 'no-answer' }
  }
}

/** `secret` is `whsec_` and the key in base64; the signature is in base64. */
export function signWebhook(secret: string, id: string, seconds: string, body: string): string {
  return createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64')
}
