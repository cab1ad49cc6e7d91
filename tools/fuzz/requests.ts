// Requests as a stranger or a colleague with bad intentions would write them, for every route of the contract and for the other protocols: ids, queries,
// headers and bodies that are near to what fits, and far from it. Whatever comes, the answer is no fault, and of the contract's kinds.
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { problemCodes, routeNames, routes, type Route } from '@attune/contract'
import { hostileText } from './hostile.ts'

export type FuzzRequest = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}
export type FuzzReply = { readonly status: number; readonly contentType: string; readonly code: string | undefined; readonly text: string }

/** What ends the sender's own session would only make the rest of the run boring. */
const leftOut = new Set(['DELETE /api/session', 'POST /api/leaving', 'POST /api/demo/session'])
const other = [
  'POST /submission',
  'GET /formList',
  'GET /formList/:formId/:version/form.xml',
  'GET /odata/records',
  'GET /api/v2/assets.json',
  'GET /health',
  'GET /:place',
]

type Schema = TSchema & {
  readonly type?: string
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly items?: TSchema
  readonly anyOf?: readonly TSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
}

/** A value that would fit the schema, with something hostile in each place now and then. */
export function fromSchema(schema: TSchema, depth = 0): fc.Arbitrary<unknown> {
  const { type, properties, items, anyOf, enum: words, const: only, pattern } = schema as Schema
  const odd = fc.oneof(hostileText(), fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<unknown>)
  const fits = (): fc.Arbitrary<unknown> => {
    if (only !== undefined) return fc.constant(only)
    if (words !== undefined) return fc.constantFrom(...words)
    if (anyOf !== undefined) return fc.oneof(...anyOf.map((each) => fromSchema(each, depth + 1)))
    if (properties !== undefined)
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, fromSchema(each, depth + 1)])), {
        requiredKeys: [],
      })
    if (type === 'array') return fc.array(items === undefined || depth > 3 ? odd : fromSchema(items, depth + 1), { maxLength: 3 })
    if (type === 'integer' || type === 'number') return fc.oneof(fc.integer({ min: -2, max: 400 }), fc.constantFrom(1e20, -1e20, 2 ** 53))
    if (type === 'boolean') return fc.boolean()
    if (pattern?.includes('[0-9a-f]{12}')) return fc.uuid()
    return fc.oneof(fc.constantFrom('client-session', 'north', '2025-07-10', '1', 'practitioner', 'someone@example.org'), hostileText())
  }
  return fc.oneof({ weight: 6, arbitrary: fits() }, { weight: 1, arbitrary: odd })
}

const headers = fc.dictionary(
  fc.constantFrom(
    'attune-purpose',
    'attune-grant',
    'attune-request',
    'x-forwarded-for',
    'x-forwarded-proto',
    'x-forwarded-host',
    'x-http-method-override',
    'x-original-url',
    'authorization',
    'accept',
    'accept-encoding',
    'if-none-match',
    'range',
    'content-type',
    'x-openrosa-version',
    'expect-ct',
  ),
  fc.oneof(
    fc.constantFrom(
      'retrieve',
      'download',
      'analyse',
      'application/json',
      'multipart/form-data; boundary=b',
      'text/html',
      'bytes=0-1,2-3,-1',
      '1.0',
      'Basic YTpi',
      '127.0.0.1',
    ),
    // What a client cannot put into a header never arrives.
    hostileText().map((text) => text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200)),
  ),
  { maxKeys: 3 },
)

const path = (pattern: string) =>
  fc
    .array(
      fc.oneof(
        fc.uuid(),
        fc.constantFrom('client-session', '1', 'north', 'decision'),
        hostileText().map((text) => text.slice(0, 300)),
      ),
      { minLength: 3, maxLength: 3 },
    )
    .map((words) => {
      let at = 0
      return pattern.replaceAll(/:[A-Za-z]+/g, () => encode(words[at++ % 3]!))
    })

/** Percent-encoded; halves of characters, which no client can send, are left out. */
const encode = (text: string) => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, ''))

const query = (schema: TSchema | undefined) =>
  fc
    .dictionary(
      fc.oneof(fc.constantFrom(...Object.keys((schema as Schema | undefined)?.properties ?? {}), '$filter', 'limit', '__proto__'), hostileText()),
      hostileText(),
      {
        maxKeys: 3,
      },
    )
    .map((pairs) => {
      const text = Object.entries(pairs)
        .map(([name, value]) => `${encode(name)}=${encode(value.slice(0, 500))}`)
        .join('&')
      return text === '' ? '' : `?${text}`
    })

/** One request to one of the routes. Made once for each route: to put a schema's values together takes longer than to draw one. */
export const anyRequest = (): fc.Arbitrary<FuzzRequest> => fc.oneof(...[...routeNames.filter((name) => !leftOut.has(name)), ...other].map(requestTo))

function requestTo(name: string): fc.Arbitrary<FuzzRequest> {
  const [method, pattern] = name.split(' ') as [string, string]
  const route = (routes as Readonly<Record<string, Route>>)[name]
  const sends = method !== 'GET' && method !== 'DELETE'
  const body = route?.body === undefined ? fc.jsonValue({ maxDepth: 2 }) : fromSchema(route.body)
  return fc
    .record({
      url: path(pattern),
      query: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: query(route?.query) }),
      headers,
      body: sends
        ? fc.oneof(
            { weight: 6, arbitrary: body.map((value) => JSON.stringify(value)) },
            { weight: 1, arbitrary: hostileText() },
            {
              weight: 1,
              arbitrary: fc.constantFrom(
                '{"__proto__":{"polluted":true}}',
                '{"constructor":{"prototype":{"polluted":true}}}',
                '[',
                '\u0000',
                '{"a":1,"a":2}',
              ),
            },
          )
        : fc.constant(undefined),
    })
    .map(({ url, query: asked, headers: given, body: sent }) => ({
      method,
      url: url + asked,
      headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...given },
      body: sent,
    }))
}

const known: ReadonlySet<string> = new Set(problemCodes)

/** What is wrong with a reply; undefined when nothing is. */
export function findFault({ status, contentType, code, text }: FuzzReply): string | undefined {
  if (status >= 500) return `answered ${status}`
  if (status < 200) return 'answered nothing'
  if (contentType.includes('problem+json') && (code === undefined || !known.has(code))) return 'a problem that is not in the catalogue'
  if (/\n\s+at |node_modules|PostgresError|syntax error at/.test(text.slice(0, 4_000))) return 'words from inside'
  if (({} as Record<string, unknown>)['polluted'] !== undefined) return 'a prototype was changed'
  return undefined
}
