// Every kind of credential at every address that the server has, also those outside the contract's table. What comes of it is committed beside this
// test: a route that is added, or a credential that opens one more door, changes that file and has to be looked at.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { readyPractitioner } from '../../test/submission.ts'

let test: TestAttune
let appToken: string
let readToken: string
let analysisToken: string
beforeAll(async () => {
  test = await startAttune({ mode: 'real' })
  const practitioner = await readyPractitioner(test)
  appToken = (await practitioner.post('/api/devices', { name: 'Phone' })).body.token
  const support = await test.as('data-support')
  readToken = (await support.post('/api/read-tokens', { name: 'Excel', acceptResponsibility: true }, { purpose: 'download' })).body.token
  const analyst = await test.as('analyst')
  analysisToken = (await analyst.post('/api/analysis-tokens', { name: 'R' }, { purpose: 'analyse' })).body.token
})
afterAll(() => test.stop())

const uuid = '00000000-0000-4000-8000-000000000000'
const toAddress = (url: string) =>
  url
    .replaceAll(/:(formId|version)/g, 'x')
    .replaceAll(/:[A-Za-z]*Id/g, uuid)
    .replaceAll(/:[A-Za-z]+/g, 'x')
    .replace('*', 'nothing.js')
const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`attune:${token}`).toString('base64')}` })
const places = () => test.routes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => ({ method, url, name: `${method} ${url}` }))
const full = async () => test.as('administrator')
const half = async () => test.as('administrator', { assurance: 'password' })

type Kind = readonly [name: string, make: () => Promise<{ client: Client; headers?: Record<string, string> }>]
const kinds: readonly Kind[] = [
  ['nothing', async () => ({ client: test.stranger() })],
  ['session before its second step', async () => ({ client: await half() })],
  ['whole session', async () => ({ client: await full() })],
  ['token of a collecting app', async () => ({ client: test.stranger(), headers: basic(appToken) })],
  ['token of a reading program', async () => ({ client: test.stranger(), headers: basic(readToken) })],
  ['token of an analysis program', async () => ({ client: test.stranger(), headers: basic(analysisToken) })],
]
const held = new Map<string, Awaited<ReturnType<Kind[1]>>>()

/** The same person for all addresses, but a new one after an address that may have changed their session. */
async function take([name, make]: Kind, place: string): Promise<Awaited<ReturnType<Kind[1]>>> {
  const known = held.get(name)
  if (known !== undefined && !place.includes('/session')) return known
  const made = await make()
  if (!place.includes('/session')) held.set(name, made)
  return made
}

/** What the door said: shut, half-way, not for this role, or open. */
async function knock({ method, url }: { method: string; url: string }, kind: Kind): Promise<string> {
  const { client, headers } = await take(kind, url)
  // Other programs send no Origin; what a browser would have to send is left out for them.
  const more = headers === undefined ? {} : { origin: undefined }
  const reply = await client.request(method, toAddress(url), { ...(method !== 'GET' && { body: {} }), headers: { ...headers, ...more } })
  if (reply.status === 401 && ['sign-in-failed', 'passkey-refused'].includes(reply.body?.code)) return 'in'
  if (reply.status === 401) return 'shut'
  if (reply.body?.code === 'second-factor-needed') return 'second step'
  if (['not-allowed', 'purpose-refused'].includes(reply.body?.code)) return 'role'
  if (reply.body?.code === 'origin-refused') return 'origin'
  return 'in'
}

describe('credentials', () => {
  it('open what the committed matrix says, each kind at each address (ASVS 6.3.4)', { timeout: 180_000 }, async () => {
    const heads = ['address', ...kinds.map(([name]) => name)]
    const lines = [heads.join(' | ')]
    for (const [at, place] of places().entries()) {
      // Wrong tokens are counted per address and five minutes, two of them at an address of programs; this looks at what each opens, not at how often
      // one may try.
      if (at % 12 === 11) {
        test.clock.pass(6 * 60_000)
        held.clear()
      }
      const found = []
      for (const kind of kinds) found.push(await knock(place, kind))
      lines.push([place.name, ...found].join(' | '))
    }
    expect(lines.length).toBeGreaterThan(90)
    await expect(
      `${lines.sort((one, other) => (one.startsWith('address') ? -1 : other.startsWith('address') ? 1 : one.localeCompare(other, 'en'))).join('\n')}\n`,
    ).toMatchFileSnapshot('../../test/credential-matrix.txt')
  })

  it('before the second step open nothing but the way to it, at any address, known or not (ASVS 6.3.3)', { timeout: 120_000 }, async () => {
    const open: string[] = []
    const client = await half()
    for (const place of [...places(), { method: 'GET', url: '/api/nothing', name: 'GET /api/nothing' }]) {
      if (place.name === 'DELETE /api/session' || place.url === '/*') continue
      const reply = await client.request(place.method, toAddress(place.url), { ...(place.method !== 'GET' && { body: {} }) })
      if (![401, 403].includes(reply.status)) open.push(place.name)
    }
    expect(open.sort()).toEqual(
      [
        'GET /api/health',
        'GET /api/programme',
        'GET /api/controls',
        'GET /api/policy',
        'GET /api/openapi.json',
        'GET /health',
        'GET /ready',
        'GET /api/session',
        'POST /api/session',
        'POST /api/session/totp',
        'POST /api/session/recovery',
        'POST /api/session/passkey',
        'POST /api/session/passkey/options',
        'POST /api/session/provider',
        'POST /api/session/provider/begin',
        'POST /api/invitations/look',
        'POST /api/invitations/accept',
        'POST /api/factors/totp',
        'POST /api/factors/totp/confirm',
        'POST /api/factors/passkey',
        'POST /api/factors/passkey/options',
        'GET /api/demo/people',
        'POST /api/demo/session',
        // Whoever has a code may ask; it is counted per address and answers nothing.
        'POST /api/client-requests',
      ].sort(),
    )
  })

  it('are worth nothing in the place of another: a token as a cookie, a session as a token, either as a bearer (ASVS 6.3.4)', async () => {
    test.clock.pass(10 * 60_000)
    const person = await full()
    const session = person.cookies.get('__Host-attune')!
    const swapped: Record<string, string>[] = [
      { cookie: `__Host-attune=${appToken}` },
      { cookie: `__Host-attune=${readToken}` },
      { cookie: `attune-demo=${session}` },
      { ...basic(session), origin: '' },
      { authorization: `Bearer ${session}` },
      { authorization: `Bearer ${readToken}` },
      { authorization: `Token ${appToken}` },
      { cookie: '__Host-attune=' },
      { cookie: `__Host-attune=${session.slice(0, -1)}` },
    ]
    for (const headers of swapped)
      for (const url of ['/api/session', '/api/events', '/odata/records', '/submission']) {
        const reply = await test.stranger().request(url === '/submission' ? 'POST' : 'GET', url, { headers: { origin: undefined, ...headers } })
        expect([401, 403, 415], `${url} with ${Object.keys(headers).join()}`).toContain(reply.status)
        if (url !== '/submission') expect(reply.status, url).not.toBe(415)
      }
    expect((await person.get('/api/session')).status).toBe(200)
  })
})
