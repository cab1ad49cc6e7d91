// Asks the server that records are taken over from. The token goes to the host that was named and to no other: redirects are not followed, and of
// a link to the next page only the question is used.
import { setTimeout as sleep } from 'node:timers/promises'
import { submissionLimitBytes } from '@attune/contract'
import { AddressRefused, askOutside, ReplyTooLong, SentOn } from '../ask-outside.ts'
import { fileTooLong, isJson, SourceUnreadable } from './source.ts'

export type SourceServer = {
  /** Without a slash at its end. */
  readonly address: string
  /** The value of the header `authorization`. */
  readonly authorization: string
  /** Places of the own network that may be asked (ask-outside.ts). */
  readonly near: readonly string[]
  /** Milliseconds before the first repetition; doubled each time. */
  readonly patienceMs?: number
}

const tries = 5
const timeoutMs = 120_000
/** A page is never larger; what is larger is no page. */
const mostBytes = 256 * 1024 * 1024
const isLocal = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'

/** Checks an address that somebody typed. Only https, because the token goes there; http on this very machine. */
export function toSourceAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.username !== '' || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname))))
    throw new SourceUnreadable('The address begins with https:// and holds no password.')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** Whoever types the address of this very machine means it: the place to name as near. */
export const nearOf = (address: string): readonly string[] => (isLocal(new URL(address).hostname) ? [new URL(address).origin] : [])

/** A list as JSON, asked for as `askServer` asks. */
export async function askServerList(server: SourceServer, path: string): Promise<readonly { readonly [key: string]: unknown }[]> {
  const value = await readJson(await askPatiently(server, path, 'application/json', mostBytes))
  if (!Array.isArray(value) || !value.every(isJson)) throw new SourceUnreadable('The server answered something other than a list.')
  return value
}

/** One page as JSON. Tries again when the server is busy or away; raises `SourceUnreadable` when it refuses. */
export async function askServer(server: SourceServer, path: string): Promise<{ readonly [key: string]: unknown }> {
  return readPage(await askPatiently(server, path, 'application/json', mostBytes))
}

/** The bytes of a file, as `askServer` asks. One that is longer than a submission may be is refused. */
export async function askServerFile(server: SourceServer, path: string): Promise<Buffer> {
  const reply = await askPatiently(server, path, '*/*', submissionLimitBytes)
  return reply.arrayBuffer().then(Buffer.from, (error: unknown) => {
    throw new SourceUnreadable(error instanceof ReplyTooLong ? fileTooLong : 'The server broke off its answer.')
  })
}

async function askPatiently(
  { address, authorization, near, patienceMs = 1_000 }: SourceServer,
  path: string,
  accept: string,
  mostBytes: number,
): Promise<Response> {
  const asking = { method: 'GET', headers: { authorization, accept }, patienceMs: timeoutMs, mostBytes }
  for (let tried = 1; ; tried++) {
    const reply = await askOutside(new URL(`${address}${path}`), asking, near).catch((error: unknown) => {
      if (error instanceof SentOn) throw new SourceUnreadable(toSentence(error.status))
      if (error instanceof AddressRefused) throw new SourceUnreadable(error.message)
      return undefined
    })
    if (reply?.ok === true) return reply
    await reply?.body?.cancel()
    if (reply !== undefined && reply.status < 500 && reply.status !== 429) throw new SourceUnreadable(toSentence(reply.status))
    if (tried === tries)
      throw new SourceUnreadable(reply === undefined ? 'The server does not answer.' : `The server answered ${reply.status}, five times.`)
    const asked = Number(reply?.headers.get('retry-after') ?? Number.NaN)
    await sleep(Number.isFinite(asked) ? Math.min(asked * 1_000, 60_000) : patienceMs * 2 ** (tried - 1))
  }
}

function toSentence(status: number): string {
  if (status === 401 || status === 403) return `The server does not take this token (${status}).`
  if (status === 404) return 'The server knows nothing at this address (404), or this token may not see it.'
  if (status >= 300 && status < 400) return `The server sends elsewhere (${status}). Name the address that it sends to.`
  return `The server refused the question (${status}).`
}

async function readPage(reply: Response): Promise<{ readonly [key: string]: unknown }> {
  const value = await readJson(reply)
  if (!isJson(value)) throw new SourceUnreadable('The server answered something other than a page.')
  return value
}

async function readJson(reply: Response): Promise<unknown> {
  const text = await reply.text().catch((error: unknown) => {
    throw new SourceUnreadable(error instanceof ReplyTooLong ? 'The server sent more than a page can be.' : 'The server broke off its answer.')
  })
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new SourceUnreadable('The server answered something other than JSON.')
  }
}
