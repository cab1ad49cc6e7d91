// The headers that keep a browser safe, on every kind of response that this server can give: pages, files, answers, refusals, faults, redirects,
// other protocols, and what is written to a socket before there is a request.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type Reply, type TestAttune } from '../../test/attune.ts'
import { securityHeaders, withMap } from './security-headers.ts'

const web = mkdtempSync(path.join(tmpdir(), 'attune-web-'))
mkdirSync(path.join(web, 'assets'))
writeFileSync(path.join(web, 'index.html'), '<!doctype html><title>Attune</title>')
writeFileSync(path.join(web, 'assets', 'index-a1b2c3d4.js'), 'export {}')
writeFileSync(path.join(web, 'assets', 'index-a1b2c3d4.js.map'), '{}')
writeFileSync(path.join(web, '.env'), 'SECRET=planted')
const strays = [
  'index.html.bak',
  'index.html~',
  'main.ts',
  'package.json',
  'records.sql',
  'records.csv',
  'site.zip',
  'notes.txt',
  'settings.yaml',
  'LICENSE',
]
for (const stray of strays) for (const folder of [web, path.join(web, 'assets')]) writeFileSync(path.join(folder, stray), 'planted')

let test: TestAttune
let address: URL
beforeAll(async () => {
  test = await startAttune({ mode: 'real', webFolder: web })
  address = new URL(await test.listen())
})
afterAll(() => test.stop())

/** Bytes over a socket, and everything that comes back until the end. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(address.port), '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (piece: Buffer) => (text += piece))
    socket.on('close', () => resolve(text))
    socket.on('error', () => resolve(text))
    setTimeout(() => socket.end(), 3_000).unref()
  })
}

async function everyKind(): Promise<{ [kind: string]: Reply }> {
  const stranger = test.stranger()
  const analyst = await test.as('analyst')
  const broken = await startAttune({ mode: 'real', webFolder: web })
  const brokenClient = await broken.as('analyst')
  const tries: Reply[] = []
  for (let round = 0; round < 9; round++) tries.push(await stranger.post('/api/session', { email: 'nobody@example.org', password: 'not it at all' }))
  const leaving = await test.as('analyst')
  const kinds: { [kind: string]: Reply } = {
    'an answer': await stranger.get('/api/health'),
    'an answer to HEAD': await stranger.request('HEAD', '/api/health'),
    'the page': await stranger.get('/'),
    'a screen reloaded': await stranger.get('/records', { headers: { accept: 'text/html' } }),
    'a file': await stranger.get('/assets/index-a1b2c3d4.js'),
    'a file that has not changed': await stranger.get('/assets/index-a1b2c3d4.js', {
      headers: { 'if-none-match': String((await stranger.get('/assets/index-a1b2c3d4.js')).headers['etag']) },
    }),
    'a file that is not there': await stranger.get('/assets/missing.js'),
    'the printed contract': await stranger.get('/api/openapi.json'),
    'a stranger refused': await stranger.get('/api/events'),
    'a role refused': await analyst.get('/api/people'),
    'another site refused': await stranger.post('/api/session', {}, { headers: { origin: 'https://elsewhere.example' } }),
    'nothing there': await analyst.get('/api/nothing'),
    'another method': await analyst.request('PUT', '/api/health'),
    'a body that is wrong': await stranger.post('/api/session', {}),
    'a body that is too large': await stranger.post('/api/session', { email: 'a@b.example', password: 'x'.repeat(70_000) }),
    'another kind of body': await stranger.request('POST', '/api/session', { body: 'a=b', headers: { 'content-type': 'text/plain' } }),
    'too many tries': tries.at(-1)!,
    'plain HTTP sent on': await stranger.get('/join', { headers: { 'x-forwarded-proto': 'http', accept: 'text/html' } }),
    'plain HTTP refused': await stranger.post('/api/session', {}, { headers: { 'x-forwarded-proto': 'http' } }),
    'OpenRosa refused': await stranger.get('/formList', { headers: { 'x-openrosa-version': '1.0' } }),
    'OpenRosa answered': await (await test.as('practitioner')).request('HEAD', '/submission'),
    'OData asks for a token': await stranger.get('/odata/records', { headers: { origin: undefined } }),
    'a preflight': await stranger.request('OPTIONS', '/api/session', {
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    }),
    'signing out': await leaving.request('DELETE', '/api/session'),
  }
  const { pool } = broken.attune.databases.attune
  Object.defineProperty(pool, 'connect', { value: () => Promise.reject(new TypeError('planted words')), configurable: true })
  kinds['a fault'] = await brokenClient.get('/api/session')
  Reflect.deleteProperty(pool, 'connect')
  await broken.attune.databases.accounts.close()
  kinds['the database away'] = await broken.stranger().get('/api/health')
  await broken.stop()
  return kinds
}

const statuses: { [kind: string]: number } = {
  'an answer': 200,
  'an answer to HEAD': 200,
  'the page': 200,
  'a screen reloaded': 200,
  'a file': 200,
  'a file that has not changed': 304,
  'a file that is not there': 404,
  'the printed contract': 200,
  'a stranger refused': 401,
  'a role refused': 403,
  'another site refused': 403,
  'nothing there': 404,
  'another method': 405,
  'a body that is wrong': 400,
  'a body that is too large': 413,
  'another kind of body': 415,
  'too many tries': 429,
  'plain HTTP sent on': 308,
  'plain HTTP refused': 403,
  'OpenRosa refused': 401,
  'OpenRosa answered': 204,
  'OData asks for a token': 401,
  'a preflight': 401,
  'signing out': 200,
  'a fault': 500,
  'the database away': 503,
}

describe('every kind of response', () => {
  let kinds: { [kind: string]: Reply }
  beforeAll(async () => {
    kinds = await everyKind()
  })

  it('is there', () => {
    expect(Object.fromEntries(Object.entries(kinds).map(([kind, { status }]) => [kind, status]))).toEqual(statuses)
  })

  it.each(Object.keys(statuses))('carries the security headers: %s (ASVS 3.4.1, 3.4.3, 3.4.4, 3.4.5, 3.4.6)', (kind) => {
    const { headers } = kinds[kind]!
    const age = /^max-age=(\d+); includeSubDomains$/.exec(String(headers['strict-transport-security']))?.[1]
    expect(Number(age)).toBeGreaterThanOrEqual(31_536_000)
    const policy = new Map(
      String(headers['content-security-policy'])
        .split('; ')
        .map((rule) => [rule.split(' ')[0]!, rule.split(' ').slice(1).join(' ')]),
    )
    expect(Object.fromEntries(policy)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self' 'wasm-unsafe-eval'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'default vue',
    })
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    for (const off of ['microphone', 'payment', 'usb', 'display-capture', 'bluetooth']) expect(headers['permissions-policy']).toContain(`${off}=()`)
    for (const own of ['camera', 'geolocation']) expect(headers['permissions-policy']).toContain(`${own}=(self)`)
    expect(headers['server']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  })

  it('with a map set up lets pictures come from its origin too; nothing else is opened', () => {
    const opened = withMap(securityHeaders, { tiles: 'https://tiles.example.org:8443/ground/{z}/{x}/{y}.png?key=1' })
    const differing = Object.keys(securityHeaders).filter((name) => opened[name] !== securityHeaders[name])
    expect(differing.toSorted()).toEqual(['content-security-policy'])
    const policy = (headers: typeof opened) => headers['content-security-policy']!.split('; ')
    expect(policy(opened).filter((directive) => !policy(securityHeaders).includes(directive))).toEqual([
      "img-src 'self' blob: data: https://tiles.example.org:8443",
    ])
  })

  it('lets no other origin in: no word of CORS, also when another origin asks (ASVS 3.4.2)', () => {
    for (const [kind, { headers }] of Object.entries(kinds))
      expect(
        Object.keys(headers).filter((name) => name.startsWith('access-control-')),
        kind,
      ).toEqual([])
  })

  it('is stored nowhere when it is of the API or of another program’s protocol (ASVS 14.3.2)', () => {
    const files = ['the page', 'a screen reloaded', 'a file', 'a file that has not changed', 'a file that is not there', 'plain HTTP sent on']
    for (const [kind, { headers }] of Object.entries(kinds)) {
      if (!files.includes(kind)) expect(headers['cache-control'], kind).toBe('no-store')
      else expect(String(headers['cache-control'] ?? ''), kind).not.toMatch(/private|s-maxage/)
    }
  })

  it('clears what the browser kept when somebody signs out (ASVS 14.3.1)', () => {
    const { headers } = kinds['signing out']!
    expect(headers['clear-site-data']).toBe('"cache", "cookies"')
    expect(String(headers['set-cookie'])).toMatch(/^__Host-attune=; Path=\/; HttpOnly; SameSite=Strict; Max-Age=0; Secure$/)
  })
})

describe('what comes before a request', () => {
  const head = `Host: attune.example.org\r\n`
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\n${head}X: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['two lengths that differ', `POST /api/session HTTP/1.1\r\n${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345`],
    [
      'a length and chunks',
      `POST /api/session HTTP/1.1\r\n${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\n\r\n`,
    ],
    ['chunked, said oddly', `POST /api/session HTTP/1.1\r\n${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['chunked, said twice', `POST /api/session HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`],
    ['a folded header', `GET /api/health HTTP/1.1\r\n${head}X-A: b\r\n c\r\n\r\n`],
    ['a blank before the colon', `GET /api/health HTTP/1.1\r\n${head}Content-Length : 4\r\n\r\n1234`],
    ['a bare line feed in a name', `GET /api/health HTTP/1.1\r\n${head}X-A\n: b\r\n\r\n`],
    ['a chunk size that is none', `POST /api/session HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n1\r\n0\r\n\r\n`],
  ])('%s: one refusal with every header, the connection ends, and no second request is taken out of it (ASVS 3.4.1, 4.2.1)', async (_what, bytes) => {
    const reply = await raw(bytes)
    expect(reply.match(/^HTTP\/1\.1 /gm) ?? []).toHaveLength(1)
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(reply.toLowerCase()).toContain('strict-transport-security: max-age=63072000')
    expect(reply.toLowerCase()).toContain("content-security-policy: default-src 'none'")
    expect(reply.toLowerCase()).toMatch(/connection: close/)
  })

  it('TRACE is not answered with what was sent (ASVS 13.4.4)', async () => {
    const ask = (method: string) =>
      raw(
        `${method} /api/health HTTP/1.1\r\n${head}X-Forwarded-Proto: https\r\nX-Forwarded-For: 203.0.113.9\r\nOrigin: https://attune.example.org\r\nX-Planted: planted-words\r\nConnection: close\r\n\r\n`,
      )
    // What is refused is the method, not the way that it came.
    expect(await ask('GET')).toMatch(/^HTTP\/1\.1 200 /)
    const reply = await ask('TRACE')
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(reply).not.toContain('planted-words')
  })
})

describe('what is not for the world', () => {
  it('is served from nowhere: history, settings, sources, maps, listings (ASVS 13.4.1, 13.4.2, 13.4.3, 13.4.5, 13.4.7)', async () => {
    const stranger = test.stranger()
    for (const place of [
      ...strays.flatMap((stray) => [`/${stray}`, `/assets/${stray}`]),
      '/.git/config',
      '/.git/HEAD',
      '/.env',
      '/assets/',
      '/assets',
      '/package.json',
      '/src/main.ts',
      '/node_modules/fastify/package.json',
      '/docs',
      '/metrics',
      '/debug',
      '/server-status',
      '/assets/index-a1b2c3d4.js.map',
      '/assets/..%2f..%2f.env',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/%00index.js',
    ]) {
      const reply = await stranger.get(place)
      expect([400, 401, 403, 404], place).toContain(reply.status)
      expect(reply.text, place).not.toMatch(/planted|root:|"dependencies"|Index of/)
    }
  })
})
