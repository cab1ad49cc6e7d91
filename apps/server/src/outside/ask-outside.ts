// The one way out over HTTP: stores for backups, keepers of keys, programs of a service, places where people sign in. An address that somebody got into
// the settings, or that a name was made to point to, cannot turn this server against its own network (SSRF, ASVS 1.3.6). What a name stands for is judged
// where the connection is made, so that it cannot point elsewhere between a check and the use; no redirect is followed; size and time have an end.
import { lookup as lookUp, type LookupAddress } from 'node:dns'
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestEncrypted } from 'node:https'
import type { LookupFunction } from 'node:net'
import { findAddressIssue, isNamed, mayReach } from './reachable.ts'

export type Asking = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Milliseconds from the first step to the last byte of the reply. */
  readonly patienceMs: number
  /** Bytes of the reply's body; what is longer is broken off. */
  readonly mostBytes: number
}

/** Finds all addresses of a name. */
export type LookUp = (name: string, options: { readonly all: true }, found: (error: Error | null, addresses: LookupAddress[]) => void) => void

/** The way to such an address is not open. Its message names the host and the setting. */
export class AddressRefused extends Error {}
/** The other side sends on to another place, which is not followed. */
export class SentOn extends AddressRefused {
  readonly status: number
  constructor(host: string, status: number) {
    super(`${host} sends on to another place (${status}), which is not followed.`)
    this.status = status
  }
}
/** The reply is longer than was allowed. */
export class ReplyTooLong extends Error {}

const sentences = {
  'not-an-address': 'is not an address of the web, or holds a user name.',
  'not-https': 'has to be asked over https.',
  'not-public': 'is an address of a private network. If that is meant, name it in ATTUNE_NEAR.',
  'port-barred': 'would be asked at a port that is not the web’s. If that is meant, name it with its port in ATTUNE_NEAR.',
}

/**
 * Asks and gives the reply with its body as a stream. `named` are the places of the own network that the settings allow (`host`, `host:port` or scheme,
 * host and port). Rejects with AddressRefused for a place that is not allowed, with SentOn for a redirect, and with the network's own error otherwise; a
 * body that is too long fails with ReplyTooLong while it is read.
 */
export async function askOutside(
  url: URL,
  { method, headers, body, patienceMs, mostBytes }: Asking,
  named: readonly string[] = [],
  findAddresses: LookUp = lookUp as LookUp,
): Promise<Response> {
  const issue = findAddressIssue(url, named)
  if (issue !== undefined) throw new AddressRefused(`${url.hostname} ${sentences[issue]}`)
  const isNear = isNamed(url, named)
  const lookup: LookupFunction = (name, options, found) =>
    findAddresses(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return found(error, '', 0)
      const [first] = addresses
      // One that is shut among open ones: somebody hopes that we take the other.
      if (first === undefined || !addresses.every(({ address }) => mayReach(address, isNear)))
        return found(new AddressRefused(`${url.hostname} ${sentences['not-public']}`), '', 0)
      return options.all === true ? found(null, addresses) : found(null, first.address, first.family)
    })
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-length': String(body.length) }) },
    lookup,
    // No connection is used again: one that was opened for a named place would serve another caller who may not go there.
    agent: false,
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
    throw new SentOn(url.hostname, status)
  }
  const said = Object.entries(reply.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []))
  const empty = status === 204 || status < 200
  if (empty) reply.resume()
  return new Response(empty ? null : toStream(reply, mostBytes, url.hostname), { status, headers: said })
}

function toStream(reply: IncomingMessage, mostBytes: number, host: string): ReadableStream<Uint8Array> {
  const pieces = (reply as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  let bytes = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(out) {
        const next = await pieces.next()
        if (next.done === true) return out.close()
        bytes += next.value.length
        if (bytes <= mostBytes) return out.enqueue(next.value)
        reply.destroy()
        throw new ReplyTooLong(`${host} sent more than ${mostBytes} bytes.`)
      },
      cancel: () => void reply.destroy(),
    },
    { highWaterMark: 0 },
  )
}
