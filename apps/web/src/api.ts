// The only file that fetches. Calls are named by the contract's route table and typed by it; only types are imported, so that the
// schema library stays out of the phone's download.
import type {
  BodyOf,
  keptFactsPart,
  KeptFacts,
  ParamsOf,
  Problem,
  QueryOf,
  Receipt,
  ReplyOf,
  RouteName,
  ShownDocuments,
  shownDocumentsPart,
} from '@attune/contract'
import { noteServerTime } from './clock.ts'
import { noteReach } from './connection.ts'
import { sayProblem } from './messages/index.ts'
import { offlineRefusal, portalRefusal, Refusal, serverRefusal } from './refusal.ts'

type Part<K extends string, T> = [T] extends [undefined] ? { readonly [key in K]?: never } : { readonly [key in K]: T }
type QueryPart<T> = [T] extends [undefined] ? { readonly query?: never } : { readonly query?: T }
/** What a call takes: the route's own parameters, query and body, the purpose under which rows are read, and the request that it serves. */
export type CallOptions<R extends RouteName> = Part<'params', ParamsOf<R>> &
  QueryPart<QueryOf<R>> &
  Part<'body', BodyOf<R>> & { readonly purpose?: string; readonly request?: string; readonly signal?: AbortSignal; readonly patience?: number }
type Given<R extends RouteName> = [ParamsOf<R>, BodyOf<R>] extends [undefined, undefined] ? [options?: CallOptions<R>] : [options: CallOptions<R>]

type AnyOptions = {
  readonly params?: object
  readonly query?: object
  readonly body?: unknown
  readonly purpose?: string
  readonly request?: string
  readonly signal?: AbortSignal
  readonly patience?: number
}

const patienceMs = 20_000
let onSignedOut: (() => void) | undefined

/** The session is told when the server no longer knows it. */
export function whenSignedOut(tell: () => void): void {
  onSignedOut = tell
}

/** Calls a route whose reply is a file, and gives the reply's headers with it. */
export async function callForFile<R extends RouteName>(route: R, ...given: Given<R>): Promise<{ readonly file: Blob; readonly headers: Headers }> {
  const reply = await ask(route, (given[0] ?? {}) as AnyOptions)
  return { file: await reply.blob(), headers: reply.headers }
}

/** Calls a route. Raises a Refusal with a sentence for the person when it does not succeed. */
export async function call<R extends RouteName>(route: R, ...given: Given<R>): Promise<ReplyOf<R>> {
  const reply = await ask(route, (given[0] ?? {}) as AnyOptions)
  if (reply.status === 204) return undefined as ReplyOf<R>
  return (isJson(reply) ? await reply.json() : await reply.blob()) as ReplyOf<R>
}

function ask(route: RouteName, options: AnyOptions): Promise<Response> {
  const [method = 'GET', pattern = ''] = route.split(' ')
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json, application/zip' }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  if (options.purpose !== undefined) headers['attune-purpose'] = options.purpose
  if (options.request !== undefined) headers['attune-request'] = options.request
  const init: RequestInit = { method, headers }
  if (options.body !== undefined) init.body = JSON.stringify(options.body)
  return send(toAddress(pattern, options.params, options.query), init, options)
}

/** Sends one finished form as OpenRosa does: the XML and its attachments in one multipart request. */
export async function sendSubmission(
  xml: string,
  attachments: readonly { readonly name: string; readonly blob: Blob }[],
  { keptFacts = {}, shown }: { readonly keptFacts?: KeptFacts | undefined; readonly shown?: ShownDocuments | undefined } = {},
  signal?: AbortSignal,
): Promise<Receipt> {
  const form = new FormData()
  form.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'xml_submission_file')
  if (Object.keys(keptFacts).length > 0) form.append('attune-kept-facts' satisfies typeof keptFactsPart, JSON.stringify(keptFacts))
  if (shown !== undefined) form.append('attune-shown-documents' satisfies typeof shownDocumentsPart, JSON.stringify(shown))
  for (const { name, blob } of attachments) form.append(name, blob, name)
  const headers = { accept: 'application/json, application/problem+json', 'x-openrosa-version': '1.0' }
  // Pictures over a weak signal take long; the outbox would only begin again.
  const reply = await send('/submission', { method: 'POST', headers, body: form }, { patience: 180_000, ...(signal === undefined ? {} : { signal }) })
  if (!isJson(reply)) throw portalRefusal()
  return (await reply.json()) as Receipt
}

async function send(address: string, init: RequestInit, options: { readonly signal?: AbortSignal; readonly patience?: number }): Promise<Response> {
  const clock = AbortSignal.timeout(options.patience ?? patienceMs)
  const signal = options.signal === undefined ? clock : AbortSignal.any([clock, options.signal])
  let reply: Response
  try {
    reply = await fetch(new URL(address, location.origin), { ...init, signal, credentials: 'same-origin', cache: 'no-store', redirect: 'manual' })
  } catch (fault) {
    if (options.signal?.aborted === true) throw fault
    noteReach('away')
    throw offlineRefusal()
  }
  return checkReply(reply)
}

async function checkReply(reply: Response): Promise<Response> {
  const type = reply.headers.get('content-type') ?? ''
  // Attune never answers a call with a page or a redirect: something between did, such as the sign-in page of a hotel's Wi-Fi.
  if (reply.type === 'opaqueredirect' || (type.startsWith('text/html') && reply.status < 500)) {
    noteReach('portal')
    throw portalRefusal()
  }
  // A reply that the service worker had kept says nothing about the way to the server.
  if (!reply.headers.has('attune-kept')) {
    noteReach('reached')
    noteServerTime(reply.headers.get('date'))
  }
  if (reply.ok) return reply
  const problem = await readProblem(reply, type)
  if (problem === undefined) throw serverRefusal(reply.status)
  throw toRefusalOf(reply, problem)
}

async function readProblem(reply: Response, type: string): Promise<Problem | undefined> {
  if (!type.includes('json')) return undefined
  const body: unknown = await reply.json().catch(() => undefined)
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body ? (body as Problem) : undefined
}

function toRefusalOf(reply: Response, problem: Problem): Refusal {
  const words = sayProblem(problem)
  const wait = Number(reply.headers.get('retry-after'))
  const more = { status: reply.status, problem, retryAfterSeconds: wait > 0 ? wait : undefined }
  if (problem.code === 'not-signed-in') {
    onSignedOut?.()
    return new Refusal('signed-out', words, more)
  }
  if (problem.code === 'second-factor-needed' || problem.code === 'step-up-needed') return new Refusal('second-step', words, more)
  return new Refusal(reply.status >= 500 ? 'server' : 'refused', words, more)
}

function toAddress(pattern: string, params: object | undefined, query: object | undefined): string {
  const given = new Map<string, unknown>(Object.entries(params ?? {}))
  const path = pattern.replace(/:([A-Za-z]+)/g, (_whole, name: string) => encodeURIComponent(String(given.get(name) ?? '')))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== '') search.set(name, String(value))
  const tail = search.toString()
  return tail === '' ? path : `${path}?${tail}`
}

const isJson = (reply: Response): boolean => /\bjson\b/.test(reply.headers.get('content-type') ?? '')
