// The one way out to services of others over HTTP: stores for backups and keepers of keys. An address that somebody got into the settings, or that a
// name was made to point to, cannot turn this server against its own network (SSRF, ASVS 1.3.6): private addresses only where the administrator
// names the host in ATTUNE_NEAR, link-local ones (a cloud's metadata) never, plain HTTP only there as well, and no redirect is followed.
import { lookup as resolve, type LookupAddress } from 'node:dns'
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestEncrypted } from 'node:https'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'
import { Readable } from 'node:stream'

export type Asking = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly patienceMs: number
}

/** The way to such an address is not open. Its message names the host and the setting. */
export class AddressRefused extends Error {}

// Never: this network, link-local, multicast, reserved, broadcast. RFC 6890 and its successors.
const never = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  never.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  never.addSubnet(net, bits, 'ipv6')
// A cloud's metadata service, which lies among the private ones.
never.addAddress('fd00:ec2::254', 'ipv6')

const nearby = new BlockList()
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const)
  nearby.addSubnet(net, bits, 'ipv4')
nearby.addAddress('::1', 'ipv6')
nearby.addSubnet('fc00::', 7, 'ipv6')

/** Whether an address may be connected to, for a host that is named as near or not. */
export function mayReach(address: string, isNear: boolean): boolean {
  const mapped = /^::ffff:(?:0:)?(.+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mayReach(toDotted(mapped), isNear)
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (never.check(address, family)) return false
  return isNear || !nearby.check(address, family)
}

/** "7f00:1", as addresses of version 4 are written inside those of version 6, to "127.0.0.1". */
function toDotted(mapped: string): string {
  if (mapped.includes('.')) return mapped
  const [high = 0, low = 0] = mapped.split(':').map((part) => Number.parseInt(part, 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/**
 * Asks and gives the reply with its body as a stream. Rejects with AddressRefused for an address that is not allowed and for a redirect, and with the
 * network's own error otherwise.
 */
export async function askOutside(url: URL, { method, headers, body, patienceMs }: Asking, near: readonly string[] = []): Promise<Response> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isNear = near.includes(url.host) || near.includes(url.hostname) || near.includes(host)
  const refused = () => new AddressRefused(`${url.hostname} is an address of a private network. If that is meant, name it in ATTUNE_NEAR.`)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNear)) throw new AddressRefused(`${url.hostname} has to be asked over https.`)
  if (isIP(host) !== 0 && !mayReach(host, isNear)) throw refused()

  // Checked where the connection is made, so that a name cannot point elsewhere between the check and the use.
  const lookup: LookupFunction = (name, options, found) =>
    resolve(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return found(error, '', 0)
      if (addresses.length === 0 || addresses.some(({ address }) => !mayReach(address, isNear))) return found(refused(), '', 0)
      if (options.all === true) return found(null, addresses)
      return found(null, addresses[0]!.address, addresses[0]!.family)
    })
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-length': String(body.length) }) },
    lookup,
    signal: AbortSignal.timeout(patienceMs),
  }
  const reply = await new Promise<IncomingMessage>((answered, failed) => {
    const call = (url.protocol === 'https:' ? requestEncrypted : requestPlain)(url, options, answered)
    call.on('error', failed)
    call.end(body)
  })
  const status = reply.statusCode ?? 0
  if (status >= 300 && status < 400) {
    reply.destroy()
    throw new AddressRefused(`${url.hostname} sends on to another place (${status}), which is not followed.`)
  }
  const said = Object.entries(reply.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []))
  const empty = status === 204 || status < 200
  if (empty) reply.resume()
  return new Response(empty ? null : (Readable.toWeb(reply) as ReadableStream<Uint8Array>), { status, headers: said })
}
