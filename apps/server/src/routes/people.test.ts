import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { nominee } from '../../test/nominate.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'

type Person = Client & { accountId: string }
let test: TestAttune
let administrator: Person
let lead: Person
beforeAll(async () => {
  test = await startAttune()
  administrator = await test.as('administrator', { displayName: 'Ada Administrator' })
  lead = await test.as('service-lead', { serviceId: 'north' })
})
afterAll(() => test.stop())

const people = async (client: Client) =>
  (await client.get('/api/people')).body.people as {
    grantId: string
    accountId: string
    role: string
    serviceId: string
    endedAt: string | null
    email: string
  }[]

describe('people and services', () => {
  it('DCS-122: a third person with data access is refused with 409; after one is ended the third is let in, and the ended one is out at once', async () => {
    const first = await test.as('data-support', { serviceId: 'north', email: 'first@example.org' })
    await test.as('data-support', { serviceId: 'north' })
    const third = await nominee(test, 'north')
    const order = { accountId: third.accountId, role: 'data-support', serviceId: 'north' }
    const refused = await administrator.post('/api/grants', order)
    expect([refused.status, refused.body.code]).toEqual([409, 'grant-limit'])
    expect((await first.get('/api/records', { purpose: 'retrieve' })).status).toBe(200)
    const grant = (await people(administrator)).find((person) => person.accountId === first.accountId)!
    expect((await administrator.request('DELETE', `/api/grants/${grant.grantId}`)).status).toBe(200)
    expect((await first.get('/api/records', { purpose: 'retrieve' })).status).toBe(403)
    const given = await administrator.post('/api/grants', order)
    expect([given.status, given.body.role, given.body.endedAt]).toEqual([201, 'data-support', null])
    const [running] = await askDatabase<{ count: string }>(
      test,
      `select count(*) from policy.access_grants where service_id = 'north' and role = 'data-support' and ended_at is null`,
    )
    expect(running!.count).toBe('2')
  })

  it('four people made data support at the same moment: two get a seat', async () => {
    const candidates = await Promise.all([1, 2, 3, 4].map(() => nominee(test, 'south')))
    const replies = await Promise.all(
      candidates.map((person) => administrator.post('/api/grants', { accountId: person.accountId, role: 'data-support', serviceId: 'south' })),
    )
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 201, 409, 409])
  })

  it('a lead sees and ends people of the own service only, invites practitioners only', async () => {
    const south = await test.as('practitioner', { serviceId: 'south' })
    const mine = await people(lead)
    expect(new Set(mine.map((person) => person.serviceId))).toEqual(new Set(['north']))
    const grant = (await people(administrator)).find((person) => person.accountId === south.accountId)!
    expect((await lead.request('DELETE', `/api/grants/${grant.grantId}`)).status).toBe(404)
    const invite = (role: string, serviceId: string) => lead.post('/api/invitations', { email: `${randomUUID()}@example.org`, role, serviceId })
    const sent = await invite('practitioner', 'north')
    expect([sent.status, sent.body.link]).toEqual([201, expect.stringMatching(/\/join#/)])
    for (const [role, serviceId, status] of [
      ['service-lead', 'north', 403],
      ['data-support', 'north', 403],
      ['administrator', 'operator', 403],
      ['practitioner', 'south', 403],
      ['practitioner', 'operator', 400],
      ['analyst', 'north', 400],
    ] as const) {
      expect((await invite(role, serviceId)).status, `${role} ${serviceId}`).toBe(status)
    }
    expect((await lead.get('/api/people')).body.invitations).toHaveLength(1)
    expect((await lead.post('/api/grants', { accountId: south.accountId, role: 'practitioner', serviceId: 'north' })).status).toBe(403)
  })

  it('a removed practitioner cannot send from the next request on', async () => {
    const practitioner = await readyPractitioner(test, 'north')
    expect((await sendSession(test, practitioner)).status).toBe(201)
    const grant = (await people(lead)).find((person) => person.accountId === practitioner.accountId)!
    expect((await lead.request('DELETE', `/api/grants/${grant.grantId}`)).status).toBe(200)
    expect((await sendSession(test, practitioner)).status).toBe(403)
    expect((await lead.request('DELETE', `/api/grants/${grant.grantId}`)).status).toBe(404)
  })

  it('nobody but a lead is enrolled before the lead has accepted the processor terms', async () => {
    const opened = await administrator.post('/api/services', { serviceId: 'east', name: 'East Families', codePattern: '"E"-9999' })
    expect([opened.status, opened.body]).toEqual([201, expect.objectContaining({ status: 'draft', processorTermsOn: null, practitioners: 0 })])
    expect((await administrator.post('/api/services', { serviceId: 'east', name: 'Again' })).body.code).toBe('already-exists')
    const early = await administrator.post('/api/invitations', { email: 'p@example.org', role: 'practitioner', serviceId: 'east' })
    expect([early.status, early.body.code]).toEqual([409, 'service-not-live'])
    expect((await administrator.request('PATCH', '/api/services/east', { body: { status: 'live' } })).body.code).toBe('service-not-live')
    const eastLead = await test.as('service-lead', { serviceId: 'east' })
    const accept = (version: string, service = 'east') =>
      eastLead.post(`/api/services/${service}/processor-terms`, {
        version,
        accept: true,
        linkListPlace: 'Client system',
        linkListKeeper: 'Team lead',
      })
    expect((await accept('1999-01')).status).toBe(400)
    expect((await accept(test.attune.programme.policyVersion.edition, 'north')).status).toBe(404)
    const accepted = await accept(test.attune.programme.policyVersion.edition)
    expect([accepted.status, accepted.body.status, accepted.body.processorTermsOn]).toEqual([200, 'live', '2025-11-21'])
    expect((await administrator.post('/api/invitations', { email: 'p@example.org', role: 'practitioner', serviceId: 'east' })).status).toBe(201)
  })

  it('a code pattern that would let a name pass is refused; a good one is asked of every code', async () => {
    expect((await administrator.request('PATCH', '/api/services/south', { body: { codePattern: 'AAAAA' } })).status).toBe(400)
    expect((await administrator.request('PATCH', '/api/services/south', { body: { codePattern: '"S"-9999' } })).status).toBe(200)
    const practitioner = await readyPractitioner(test, 'south')
    expect((await sendSession(test, practitioner, { code_source: 'service', client_code: 'X12345' })).body.code).toBe('client-code-refused')
    expect((await sendSession(test, practitioner, { code_source: 'service', client_code: 'S-1234' })).status).toBe(201)
  })

  it('a closed service takes nothing more', async () => {
    await test.addService('west')
    const practitioner = await readyPractitioner(test, 'west')
    expect((await sendSession(test, practitioner)).status).toBe(201)
    expect((await administrator.request('PATCH', '/api/services/west', { body: { status: 'closed' } })).body.status).toBe('closed')
    expect((await sendSession(test, practitioner)).body.code).toBe('service-not-live')
  })

  it('the log says who did what for which purpose, and no name of a family, address, code or answer', async () => {
    const { status, body, text } = await administrator.get('/api/events?limit=10')
    expect(status).toBe(200)
    expect(body.events[0]).toMatchObject({ action: expect.any(String), role: expect.any(String), outcome: expect.any(String) })
    expect(body.events.some((event: { actor: string }) => event.actor === 'Ada Administrator')).toBe(true)
    expect(text).not.toMatch(/@example\.org|S-1234|bath time/)
    const next = await administrator.get(`/api/events?limit=10&before=${body.next}`)
    expect(Number(next.body.events[0].eventId)).toBeLessThan(Number(body.next))
    expect((await lead.get('/api/events')).status).toBe(403)
  })
})

describe('a list of people longer than one answer', () => {
  it('says that there are more; a service, one grant and the accesses to look at again are asked for by themselves', async () => {
    const south = await test.as('practitioner', { serviceId: 'south', displayName: 'Somebody Southern' })
    const ask = async (query: string) =>
      (await administrator.get(`/api/people${query}`)).body as {
        people: (Person & { reviewOn: string | null; serviceId: string; grantId: string })[]
        more: boolean
      }
    expect((await ask('')).more).toBe(false)
    await askDatabase(
      test,
      `insert into policy.access_grants (service_id, grant_id, account_id, role) select 'north', gen_random_uuid(), gen_random_uuid(), 'practitioner' from generate_series(1, 1000)`,
    )
    expect((await ask('')).more).toBe(true)
    const ofSouth = await ask('?serviceId=south')
    expect([ofSouth.more, new Set(ofSouth.people.map(({ serviceId }) => serviceId))]).toEqual([false, new Set(['south'])])
    const found = ofSouth.people.find(({ accountId }) => accountId === south.accountId)!
    expect((await ask(`?grantId=${found.grantId}`)).people.map(({ accountId }) => accountId)).toEqual([south.accountId])
    const reviewed = await ask('?reviewed=true')
    expect(reviewed.people.length).toBeGreaterThan(0)
    expect(reviewed.people.filter(({ reviewOn }) => reviewOn === null)).toEqual([])
    expect((await lead.get('/api/people?serviceId=south')).body.people).toEqual([])
  })
})
