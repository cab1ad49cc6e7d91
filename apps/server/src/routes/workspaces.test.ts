// Three workspaces over one store: practitioners, services, AVIGuk. What each can do without the others, and what none of them can do.
import { randomUUID } from 'node:crypto'
import { routeNames, routes, type Route } from '@attune/contract'
import { roles, type Role } from '@attune/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { nominate } from '../../test/nominate.ts'
import { itemsGiven, newCode, readyPractitioner, sendParts, sendSession, sendXml, sessionGiven, toXml, xmlPart } from '../../test/submission.ts'
import { unzipReply } from '../../test/unzip.ts'
import { toTotpCode } from '../actions/session/totp.ts'

const email = 'nominee@example.org'
const password = 'heron teapot lantern 41'
const code = newCode()
let test: TestAttune
let administrator: Client
let practitioner: Client & { accountId: string }
let nominee: Client
let secret: string

/** A nominee from the letter to the second step, made by nobody but themselves. */
beforeAll(async () => {
  test = await startAttune()
  administrator = await test.as('administrator')
  practitioner = await readyPractitioner(test, 'north', { firstName: 'Planted', surname: 'Zebedee' })
  await sendSession(test, practitioner, { client_code: code, measures_used: ['phq-9'], ...itemsGiven('phq9', [1, 1, 1, 1, 1, 1, 1, 1, 1]) })
  await sendSession(test, await readyPractitioner(test, 'south'), { client_code: newCode() })
  await nominate(test, 'north', email)
  const sent = await administrator.post('/api/invitations', { email, role: 'data-support', serviceId: 'north' })
  nominee = test.stranger()
  const accepted = { token: sent.body.link.split('#')[1], displayName: 'Nia', noticeRead: test.attune.programme.policyVersion.edition, password }
  expect((await nominee.post('/api/invitations/accept', accepted)).status).toBe(200)
  secret = (await nominee.post('/api/factors/totp')).body.secret
  await nominee.post('/api/factors/totp/confirm', { code: toTotpCode(secret, test.clock.now()) })
})
afterAll(() => test.stop())

async function signInAgain(): Promise<Client> {
  const client = test.stranger()
  test.clock.pass(60_000)
  expect((await client.post('/api/session', { email, password })).status).toBe(200)
  expect((await client.post('/api/session/totp', { code: toTotpCode(secret, test.clock.now()) })).body.assurance).toBe('second-factor')
  return client
}
/** What everybody did, without the looks at the log that this takes. */
async function events(): Promise<{ action: string; role: string; eventId: string }[]> {
  const { events: all } = (await administrator.get('/api/events?limit=500')).body as { events: { action: string; role: string; eventId: string }[] }
  return all.filter(({ action }) => action !== 'log.read')
}
const download = (client: Client) => client.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })

describe('the nominee’s desk', () => {
  it('DCS-110: from signing in to the file there is no step of AVIGuk: nobody else acts in between, and the file holds the own service’s rows', async () => {
    const before = new Set((await events()).map(({ eventId }) => eventId))
    const client = await signInAgain()
    const reply = await download(client)
    expect(reply.status).toBe(200)
    const file = unzipReply(reply).get('records.csv')!.toString('utf8')
    expect([file.includes(code), file.trim().split('\r\n').length]).toEqual([true, 2])
    const since = (await events()).filter(({ eventId }) => !before.has(eventId))
    expect(since.map(({ action }) => action)).toContain('record.download')
    expect(since.filter(({ role }) => !['data-support', 'door'].includes(role))).toEqual([])
    expect((await client.get('/api/reports/service')).status).toBe(200)
  })

  it('DCS-079: a lost code, a download, the service’s report and the requests of clients: all four are done without anybody’s help', async () => {
    const before = new Set((await events()).map(({ eventId }) => eventId))
    const people = (await nominee.get('/api/practitioners', { purpose: 'find-code' })).body.practitioners
    const { practitionerId } = people.find(({ name }: { name: string }) => name === 'Planted Zebedee')
    const found = await nominee.post('/api/records/find-code', { practitionerId, sessionOn: '2025-07-10' }, { purpose: 'find-code' })
    expect(found.body.found).toMatchObject([{ code }])
    expect((await download(nominee)).status).toBe(200)
    expect((await nominee.get('/api/reports/service')).body).toMatchObject({ scope: 'service', title: 'Service north' })
    const filed = await nominee.post('/api/rights', { type: 'access', code, identityCheck: 'known-in-person' })
    expect(filed.status).toBe(201)
    const queue = (await nominee.get('/api/rights')).body.requests as { requestId: string; state: string }[]
    expect(queue.map(({ requestId, state }) => [requestId, state])).toEqual([[filed.body.requestId, 'confirmed']])
    const since = (await events()).filter(({ eventId }) => !before.has(eventId))
    expect([...new Set(since.map(({ role }) => role))]).toEqual(['data-support'])
  })
})

type Ask = readonly [method: string, url: string, purpose?: string | undefined, body?: object]

const own: { readonly [role in Role]?: readonly Ask[] } = {
  practitioner: [
    ['GET', '/api/standing'],
    ['POST', '/api/client-codes/seen', undefined, { code }],
    ['POST', '/api/training', undefined, { course: 'a', version: '1', answers: {} }],
  ],
  'data-support': [
    ['GET', '/api/records', 'retrieve'],
    ['GET', `/api/records/${randomUUID()}`, 'retrieve'],
    ['GET', '/api/practitioners', 'find-code'],
    ['POST', '/api/records/find-code', 'find-code', { practitionerId: randomUUID(), sessionOn: '2025-07-10' }],
    ['POST', '/api/downloads', 'download', { format: 'csv', acceptResponsibility: true }],
    ['GET', '/api/reports/service'],
    ['POST', '/api/read-tokens', 'download', { name: 'Excel', acceptResponsibility: true }],
  ],
  analyst: [
    ['GET', '/api/reports/national'],
    ['GET', '/api/themes', 'analyse'],
    ['POST', '/api/themes', 'analyse', { question: 'helped_words', until: '2025-Q2', textsRead: 1, themes: [{ theme: 'more calm', count: 1 }] }],
  ],
}

describe('three tiers', () => {
  it('DCS-082: the session of each tier gets 403 at the desks of the other two, and does not at its own', async () => {
    const sessions = new Map<Role, Client>([
      ['practitioner', practitioner],
      ['data-support', nominee],
      ['analyst', await test.as('analyst')],
    ])
    for (const [tier, client] of sessions)
      for (const [desk, asks] of Object.entries(own))
        for (const [method, url, purpose, body] of asks ?? []) {
          const { status } = await client.request(method, url, { ...(body && { body }), ...(purpose !== undefined && { purpose }) })
          expect([tier, method, url, status === 403], String(status)).toEqual([tier, method, url, tier !== desk])
        }
  })

  it('DCS-082: nor does the token of a program: one that collects reads nothing, one that reads sends nothing', async () => {
    const tokenOf = async (client: Client, path: string, purpose?: string) => {
      const made = await client.post(
        path,
        { name: 'A tablet', ...(purpose && { acceptResponsibility: true }) },
        purpose === undefined ? {} : { purpose },
      )
      expect([made.status, made.text]).toEqual([201, expect.any(String)])
      return made.body as { token?: string; password?: string; user?: string }
    }
    const collecting = await tokenOf(practitioner, '/api/devices')
    const reading = await tokenOf(nominee, '/api/read-tokens', 'download')
    const basic = ({ token, password: word, user }: { token?: string; password?: string; user?: string }) => ({
      authorization: `Basic ${Buffer.from(`${user ?? 'attune'}:${token ?? word ?? ''}`).toString('base64')}`,
    })
    const stranger = test.stranger()
    for (const url of ['/odata/records', '/api/v2/assets']) {
      const { status } = await stranger.get(url, { headers: basic(collecting) })
      expect([url, [401, 403].includes(status)], String(status)).toEqual([url, true])
    }
    const list = await stranger.get('/formList', { headers: basic(reading) })
    expect([401, 403]).toContain(list.status)
    const form = test.attune.programme.forms.find((one) => one.kind === 'client-record')!
    expect((await sendXml(nominee, toXml(form, sessionGiven()))).status).toBe(403)
    expect([401, 403]).toContain((await sendParts(stranger, [xmlPart(toXml(form, sessionGiven()))], basic(reading))).status)
  })
})

describe('what practitioners’ data is never used for', () => {
  const aggregates = ['meanChange', 'nPaired', 'effect', 'improved', 'completion', 'rank', 'mean', 'average', 'caseload']
  const identities = ['practitionerId', 'practitioner', 'practitionerName', 'displayName']

  it('DCS-106: nothing answers with outcomes by practitioner: asked for, whoever asks, it is 403 or 404, and a purpose for it is not on the list', async () => {
    const [{ id }] = (await askDatabase<{ id: string }>(test, 'select practitioner_id as id from identity.practitioners limit 1')) as [{ id: string }]
    const clients = new Map<Role, Client>()
    for (const role of roles) clients.set(role, role === 'data-support' ? nominee : role === 'practitioner' ? practitioner : await test.as(role))
    for (const [role, client] of clients) {
      for (const url of [
        '/api/reports/practitioners',
        `/api/reports/practitioners/${id}`,
        `/api/practitioners/${id}`,
        `/api/practitioners/${id}/report`,
        '/api/practitioners/ranking',
      ]) {
        const { status } = await client.get(url)
        expect([role, url, status === 403 || status === 404], String(status)).toEqual([role, url, true])
      }
      for (const purpose of ['report', 'analyse', 'guide-practice', 'download', 'rank', 'newsletter', 'performance'])
        for (const url of ['/api/practitioners', '/api/consents']) {
          const { status } = await client.get(url, { purpose })
          expect([role, url, purpose, status]).toEqual([role, url, purpose, 403])
        }
      // A report cut by practitioner is no question that a report takes.
      for (const scope of ['service', 'national'])
        for (const cut of [`practitionerId=${id}`, `practitioner=${id}`, 'by=practitioner', 'groupBy=practitioner']) {
          const reply = await client.get(`/api/reports/${scope}?${cut}`)
          expect([role, cut, reply.status === 400 || reply.status === 403], String(reply.status)).toEqual([role, cut, true])
        }
    }
  })

  it('DCS-106: no reply in the contract has a practitioner beside a figure about outcomes, no sum in the database is kept by practitioner, and the purposes are these', async () => {
    const beside: string[] = []
    const look = (name: string, schema: unknown): void => {
      if (schema === null || typeof schema !== 'object') return
      const names = Object.keys((schema as { properties?: object }).properties ?? {})
      if (names.some((one) => identities.includes(one)) && names.some((one) => aggregates.includes(one))) beside.push(name)
      for (const part of Object.values(schema)) look(name, part)
    }
    for (const name of routeNames) look(name, (routes[name] as Route).reply)
    expect(beside).toEqual([])
    const columns = await askDatabase<{ name: string }>(
      test,
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema in ('sums', 'scores') and column_name ~ 'practitioner|account|author'`,
    )
    expect(columns).toEqual([])
    const { purposes, fields } = test.attune.programme.policy
    expect(purposes.filter(({ subject }) => subject === 'practitioner').map(({ code: purpose }) => purpose)).toEqual([
      'match-records',
      'practitioner-correct',
      'practitioner-delete',
      'practitioner-transfer',
      'practitioner-audit',
    ])
    const used = new Set(fields.filter(({ subject }) => subject === 'practitioner').flatMap((field) => field.purposes))
    expect([...used].sort()).toEqual(['match-records', 'practitioner-audit', 'practitioner-correct', 'practitioner-delete', 'practitioner-transfer'])
  })
})
