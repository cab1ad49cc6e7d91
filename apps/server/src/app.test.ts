import { mkdtempSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problems, routes } from '@attune/contract'
import { startAttune, type TestAttune } from '../test/attune.ts'

let attune: TestAttune
const web = mkdtempSync(path.join(tmpdir(), 'attune-web-'))
mkdirSync(path.join(web, 'assets'))
writeFileSync(path.join(web, 'index.html'), '<!doctype html><title>Attune</title>')
writeFileSync(path.join(web, 'assets', 'index-a1b2c3d4.js'), 'export {}')
writeFileSync(path.join(web, 'service-worker.js'), 'self')

beforeAll(async () => {
  attune = await startAttune({ webFolder: web })
})
afterAll(() => attune.stop())

describe('the application', () => {
  it('answers a refusal as a problem with a code, a sentence and nothing of the request', async () => {
    const reply = await attune.stranger().post('/api/session', { email: 'secret.name@example.org', password: 'x', extra: 'planted words' })
    expect(reply.status).toBe(400)
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(reply.body).toMatchObject({ code: 'request-invalid', title: problems['request-invalid'].title })
    expect(reply.text).not.toMatch(/secret\.name|planted/)
  })

  it('takes bodies as they are: a number is not a text, broken JSON is not read, a prototype is not set, a form of another site is none (ASVS 3.5.2)', async () => {
    const stranger = attune.stranger()
    expect((await stranger.post('/api/session', { email: 'a@b.example', password: 15 })).body.code).toBe('request-invalid')
    const raw = (payload: string, type = 'application/json') =>
      stranger.request('POST', '/api/session', { body: payload, headers: { 'content-type': type } })
    expect((await raw('{"email":')).body.code).toBe('request-malformed')
    expect((await raw('{"email":"a@b.example","password":"x","__proto__":{"x":1}}')).status).toBe(400)
    expect((await raw('email=a', 'application/x-www-form-urlencoded')).body.code).toBe('media-type-unknown')
    for (const simple of ['text/plain', 'multipart/form-data; boundary=b', 'application/x-www-form-urlencoded'])
      expect((await raw('{"email":"a@b.example","password":"x"}', simple)).body.code, simple).toBe('media-type-unknown')
    expect((await raw(JSON.stringify({ email: 'a@b.example', password: 'x'.repeat(70_000) }))).body.code).toBe('too-large')
  })

  it('knows its addresses: another is not found, a known one with another method says so', async () => {
    const analyst = await attune.as('analyst')
    expect((await analyst.get('/api/nothing')).body.code).toBe('not-found')
    expect((await analyst.request('DELETE', '/api/health')).body.code).toBe('method-unknown')
    expect((await attune.stranger().get('/api/health?x=1')).body.code).toBe('request-invalid')
  })

  it('carries the security headers on every kind of response (ASVS 3.4.1)', async () => {
    const analyst = await attune.as('analyst')
    const stranger = attune.stranger()
    const replies = [
      await stranger.get('/api/health'),
      await stranger.get('/api/session'),
      await stranger.post('/api/session', {}),
      await analyst.get('/api/nothing'),
      await stranger.get('/'),
      await stranger.get('/assets/index-a1b2c3d4.js'),
      await stranger.get('/assets/missing.js'),
      await stranger.get('/%2e%2e/%2e%2e/etc/passwd'),
      await stranger.post('/api/session', { email: 'a@b.example', password: 'x'.repeat(70_000) }),
      await stranger.post('/api/session', {}, { headers: { origin: 'https://elsewhere.example' } }),
    ]
    expect(replies.map((reply) => reply.status)).toEqual([200, 401, 400, 404, 200, 200, 404, 404, 413, 403])
    for (const { headers } of replies) {
      expect(headers['strict-transport-security']).toMatch(/max-age=(\d{8,}); includeSubDomains/)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['permissions-policy']).toContain('microphone=()')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('lets nothing of the API be stored and lets hashed files be kept', async () => {
    const stranger = attune.stranger()
    expect((await stranger.get('/api/health')).headers['cache-control']).toBe('no-store')
    for (const place of ['/analysis/figures.csv', '/analysis/nothing', '/odata/nothing'])
      expect((await stranger.get(place, { headers: { accept: 'text/html' } })).headers['cache-control'], place).toBe('no-store')
    expect((await stranger.get('/assets/index-a1b2c3d4.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await stranger.get('/')).headers['cache-control']).toBe('no-cache')
    expect((await stranger.get('/service-worker.js')).headers['cache-control']).toBe('no-cache')
    expect((await stranger.get('/drafts/1', { headers: { accept: 'text/html' } })).text).toContain('<title>Attune</title>')
  })

  it('refuses changes that come from another site, from nowhere, or under a name that is not ours (ASVS 3.5.1)', async () => {
    const send = (headers: Record<string, string | undefined>) =>
      attune.stranger().post('/api/session', { email: 'a@b.example', password: 'x' }, { headers })
    expect((await send({ origin: 'https://elsewhere.example' })).body.code).toBe('origin-refused')
    expect((await send({ origin: undefined })).body.code).toBe('origin-refused')
    expect((await send({ origin: 'null' })).body.code).toBe('origin-refused')
    // A name of somebody else's that leads to this machine, as a page elsewhere would use it.
    expect((await send({ host: 'rebound.example:4280', origin: 'http://rebound.example:4280' })).body.code).toBe('insecure-connection')
    expect((await send({})).body.code).toBe('sign-in-failed')
  })

  it('answers a fault with a number and keeps its words out of reply and log (ASVS 16.5.1)', async () => {
    attune.app.log.level = 'silent'
    const broken = await startAttune({ webFolder: web })
    await broken.attune.databases.accounts.pool.query('select 1')
    const client = await broken.as('analyst')
    Object.defineProperty(broken.attune.databases.attune.pool, 'connect', { value: () => Promise.reject(new TypeError('planted words')) })
    const reply = await client.get('/api/session')
    expect(reply.status).toBe(500)
    expect(reply.body).toMatchObject({ code: 'unexpected', instance: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(reply.text + broken.faults.join()).not.toContain('planted words')
    expect(broken.faults.join()).toContain(reply.body.instance)
    await broken.stop()
  })

  it('says that the database is away when it is, and stores nothing (ASVS 16.5.3)', async () => {
    const away = await startAttune({ webFolder: web })
    await away.attune.databases.attune.close()
    const reply = await away.stranger().get('/api/health')
    expect([reply.status, reply.body.code]).toEqual([503, 'database-away'])
    await away.stop()
  })

  it('prints itself as OpenAPI 3.1, every route of the contract in it', async () => {
    const { body } = await attune.stranger().get('/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    for (const name of Object.keys(routes)) {
      const [method, url] = name.split(' ') as [string, string]
      expect(body.paths[url.replaceAll(/:([A-Za-z]+)/g, '{$1}')]?.[method.toLowerCase()], name).toBeDefined()
    }
    expect(body.paths['/api/records'].get.parameters).toContainEqual(
      expect.objectContaining({ name: 'attune-purpose', in: 'header', required: true }),
    )
  })
})

describe('the connection', () => {
  let real: TestAttune
  beforeAll(async () => {
    real = await startAttune({ mode: 'real', webFolder: web })
  })
  afterAll(() => real.stop())

  it('DCS-027: a plain HTTP post is refused with nothing stored, a plain page is sent to HTTPS, and the HTTPS reply carries HSTS', async () => {
    const rows = async () =>
      (
        (await real.attune.databases.accounts.pool.query(
          `begin; set local role acting_door; select count(*) as n from accounts.tries; commit`,
        )) as unknown as { rows: { n: number }[] }[]
      )[2]!.rows[0]!.n
    const stranger = real.stranger()
    const plain = { 'x-forwarded-proto': 'http' }
    const before = await rows()
    const refused = await stranger.post('/api/session', { email: 'a@example.org', password: 'whatever it was' }, { headers: plain })
    expect([refused.status, refused.body.code]).toEqual([403, 'insecure-connection'])
    expect(await rows()).toBe(before)
    const moved = await stranger.get('/join', { headers: { ...plain, accept: 'text/html' } })
    expect([moved.status, moved.headers['location']]).toEqual([308, 'https://attune.example.org/join'])
    const direct = await stranger.post(
      '/api/session',
      { email: 'a@example.org', password: 'x' },
      { headers: { 'x-forwarded-proto': undefined, 'x-forwarded-for': undefined } },
    )
    expect(direct.body.code).toBe('insecure-connection')

    const encrypted = await stranger.post('/api/session', { email: 'a@example.org', password: 'whatever it was' })
    expect(encrypted.body.code).toBe('sign-in-failed')
    expect(encrypted.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/)
    expect(await rows()).toBeGreaterThan(before)
  })

  it('believes nobody but the named proxies about encryption and addresses (ASVS 4.1.3)', async () => {
    const reply = await real
      .stranger()
      .request('POST', '/api/session', { body: { email: 'a@example.org', password: 'x' }, remoteAddress: '198.51.100.9' })
    expect(reply.body.code).toBe('insecure-connection')
  })

  it('counts tries by the address that its own proxy saw, whatever a stranger wrote in front of it (ASVS 4.1.3, 15.3.4)', async () => {
    real.clock.pass(60 * 60_000)
    const knock = (seen: string, round: number) =>
      real.stranger().post(
        '/api/session',
        { email: `nobody${round}@example.org`, password: 'x' },
        {
          headers: {
            'x-forwarded-for': `10.9.8.${round}, 192.0.2.${round}, ${seen}`,
            forwarded: `for=10.0.0.${round}`,
            'x-real-ip': `10.0.1.${round}`,
          },
        },
      )
    const statuses: number[] = []
    for (let round = 0; round < 61; round++) statuses.push((await knock('203.0.113.77', round)).status)
    expect(statuses).toEqual([...Array<number>(60).fill(401), 429])
    expect((await knock('203.0.113.78', 0)).status).toBe(401)
    // From somebody who is no proxy of ours such a header is worth nothing, not even that the connection is encrypted.
    const direct = await real.stranger().request('POST', '/api/session', {
      body: { email: 'a@example.org', password: 'x' },
      remoteAddress: '198.51.100.9',
      headers: { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'attune.example.org' },
    })
    expect(direct.body.code).toBe('insecure-connection')
  })

  it('refuses a demo on plain HTTP to anybody but this machine', async () => {
    const reply = await attune.stranger().request('GET', '/api/health', { remoteAddress: '192.0.2.4' })
    expect(reply.body.code).toBe('insecure-connection')
  })
})
