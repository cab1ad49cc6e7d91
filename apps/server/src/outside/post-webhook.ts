// Sends a message to an address that somebody typed in. So that nobody makes this server knock inside its own network, only https is asked, at
// public addresses, unless the settings name the place (ATTUNE_WEBHOOK_ORIGINS). The name is looked up once, by the connection itself, and what it
// stands for is judged there: between a check and a call nothing can change. https://owasp.org/www-community/attacks/Server_Side_Request_Forgery
import { createHmac } from 'node:crypto'
import { lookup as lookUp, type LookupAddress } from 'node:dns'
import { request as askPlain } from 'node:http'
import { request as askSecure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

export type WebhookMessage = {
  readonly id: string
  readonly kind: string
  readonly at: Date
  readonly serviceId: string
  readonly recordId: string | null
}
export type WebhookReply = { readonly status: number } | { readonly because: 'address-refused' | 'no-answer' | 'too-slow' }

const timeoutMs = 10_000

// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry: what is not globally reachable.
const inside = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, bits, 'ipv4')
// Of IPv6 only 2000::/3 is handed out; of that, tunnels to IPv4 and examples are left out.
const outside6 = new BlockList()
outside6.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(network, bits, 'ipv6')

/** True for an address that everybody on the internet reaches. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  return family === 6 && outside6.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

/** Why an address cannot be a webhook's, before anything is asked; undefined when it can. `origins` are those that the settings allow. */
export function refuseWebhookAddress(address: string, origins: readonly string[]): 'not-an-address' | 'not-https' | 'not-public' | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || url.username !== '' || url.password !== '' || url.hash !== '' || !/^https?:$/.test(url.protocol)) return 'not-an-address'
  if (origins.includes(url.origin)) return undefined
  if (url.protocol !== 'https:') return 'not-https'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'not-public' : undefined
}

/** The name `localhost` and whatever a name server may say are judged here, for the very connection. */
const lookupPublic: LookupFunction = (host, options, tell) => {
  lookUp(host, { ...options, all: true }, (error, found) => {
    if (error !== null) return tell(error, '', 0)
    const addresses = found as LookupAddress[]
    const [first] = addresses
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) return tell(new AddressRefused(), '', 0)
    if (options.all === true) return tell(null, addresses)
    tell(null, first.address, first.family)
  })
}
class AddressRefused extends Error {}

/**
 * Posts one message, signed as Standard Webhooks say (https://www.standardwebhooks.com): HMAC-SHA-256 over id, time and body. A redirect is not
 * followed, and of the reply only the status is read.
 */
export async function postWebhook(
  { address, secret }: { readonly address: string; readonly secret: string },
  message: WebhookMessage,
  { now, origins }: { readonly now: Date; readonly origins: readonly string[] },
): Promise<WebhookReply> {
  if (refuseWebhookAddress(address, origins) !== undefined) return { because: 'address-refused' }
  const url = new URL(address)
  const body = JSON.stringify({
    type: message.kind,
    timestamp: message.at.toISOString(),
    data: { service: message.serviceId, ...(message.recordId !== null && { record: message.recordId }) },
  })
  const seconds = String(Math.floor(now.getTime() / 1_000))
  const ask = url.protocol === 'https:' ? askSecure : askPlain
  return new Promise((resolve) => {
    const request = ask(
      url,
      {
        method: 'POST',
        agent: false,
        ...(!origins.includes(url.origin) && { lookup: lookupPublic }),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Attune',
          'webhook-id': message.id,
          'webhook-timestamp': seconds,
          'webhook-signature': `v1,${signWebhook(secret, message.id, seconds, body)}`,
        },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (reply) => {
        resolve({ status: reply.statusCode ?? 0 })
        reply.destroy()
      },
    )
    request.on('error', (error) =>
      resolve({
        because:
          error instanceof AddressRefused
            ? 'address-refused'
            : error.name === 'AbortError' || error.name === 'TimeoutError'
              ? 'too-slow'
              : 'no-answer',
      }),
    )
    request.end(body)
  })
}

/** `secret` is `whsec_` and the key in base64; the signature is in base64. */
export function signWebhook(secret: string, id: string, seconds: string, body: string): string {
  return createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64')
}
