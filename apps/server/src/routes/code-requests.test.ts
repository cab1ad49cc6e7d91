// Lost client codes from outside: asked for by a practitioner, found and answered by data support or the operator; and what a service is asked
// about its list of codes. Answers are the code and the time, and nothing of a record.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRetention } from '../actions/retention/run-retention.ts'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { passTimeTo } from '../../test/pass-time.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../test/submission.ts'

type Person = Client & { accountId: string }
let test: TestAttune
let practitioner: Person
let support: Person
let southSupport: Person
let administrator: Person
const codes = [newCode(), newCode()]
const find = { purpose: 'find-code' }
const scored = { measures_used: ['phq-9'], ...itemsGiven('phq9', [3, 3, 3, 3, 3, 0, 0, 0, 0]), narrative_child: 'Planted words.' }
beforeAll(async () => {
  test = await startAttune()
  practitioner = await readyPractitioner(test, 'north', { firstName: 'Nell', surname: 'Aldous' })
  support = await test.as('data-support', { serviceId: 'north' })
  southSupport = await test.as('data-support', { serviceId: 'south' })
  administrator = await test.as('administrator')
  for (const code of codes) await sendSession(test, practitioner, { client_code: code, session_on: '2025-09-03', ...scored })
})
afterAll(() => test.stop())

const queueOf = async (client: Client) => (await client.get('/api/code-requests', find)).body.requests
const own = async (client: Client = practitioner) => (await client.get('/api/code-requests/own')).body.requests
const events = (action: string) =>
  askDatabase<{ role: string; purpose: string; detail: Record<string, unknown> }>(
    test,
    `select role, purpose, detail from log.events where action = $1 and outcome = 'done' order by event_id`,
    [action],
  )

describe('a lost client code', () => {
  it('DCS-107: is asked for by the day, waits with the nominee of the service and with nobody else, and the practitioner gets the code only', async () => {
    const asked = await practitioner.post('/api/code-requests', { sessionOn: '2025-09-03' })
    expect([asked.status, asked.body]).toEqual([201, expect.objectContaining({ sessionOn: '2025-09-03', state: 'waiting', code: null })])
    const again = await practitioner.post('/api/code-requests', { sessionOn: '2025-09-03' })
    expect(again.body.requestId).toBe(asked.body.requestId)
    expect(await queueOf(support)).toEqual([
      {
        requestId: asked.body.requestId,
        reference: asked.body.reference,
        serviceId: 'north',
        practitionerId: expect.any(String),
        practitioner: 'Nell Aldous',
        sessionOn: '2025-09-03',
        askedAt: expect.any(String),
      },
    ])
    expect([await queueOf(southSupport), await queueOf(administrator)]).toEqual([[], []])
    expect(test.letters.at(-1)?.subject).toBe('A practitioner has lost a client code')
    expect(JSON.stringify(test.letters)).not.toContain(codes[0])

    expect((await support.get('/api/marks')).body.marks).toContainEqual({ place: '/find-code', open: 1, overdue: 0 })
    expect((await administrator.get('/api/marks')).body.marks).toContainEqual({ place: '/find-code', open: 0, overdue: 0 })
    const answer = (client: Client, code: string | null) => client.post(`/api/code-requests/${asked.body.requestId}/answer`, { code }, find)
    expect((await answer(southSupport, codes[0]!)).status).toBe(404)
    expect((await answer(administrator, codes[0]!)).status).toBe(403)
    expect((await answer(practitioner, codes[0]!)).status).toBe(403)
    const wrong = await answer(support, newCode())
    expect([wrong.status, wrong.body.code]).toEqual([422, 'code-not-of-request'])
    expect((await answer(support, codes[1]!)).status).toBe(200)
    expect((await answer(support, codes[0]!)).body.code).toBe('code-request-answered')

    const seen = await practitioner.get('/api/code-requests/own')
    expect(seen.body.requests).toEqual([
      {
        requestId: asked.body.requestId,
        reference: asked.body.reference,
        sessionOn: '2025-09-03',
        askedAt: expect.any(String),
        operatorOn: '2025-11-26',
        state: 'found',
        code: codes[1],
      },
    ])
    expect(await own(await readyPractitioner(test, 'north'))).toEqual([])
    expect(await queueOf(support)).toEqual([])
  })

  it('DCS-107: what the service has not answered in time comes to AVIGuk; a service without data support is not waited for', async () => {
    const { body } = await practitioner.post('/api/code-requests', { sessionOn: '2025-09-04' })
    const administratorFinds = (sessionOn: string, practitionerId: string, request = body.requestId) =>
      administrator.post('/api/records/find-code', { practitionerId, sessionOn }, { ...find, headers: { 'attune-request': request } })
    // The service's own time to answer comes first, and the request opens nothing before it is over.
    const [{ practitionerId }] = await queueOf(support)
    expect((await administratorFinds('2025-09-04', practitionerId)).status).toBe(403)
    await passTimeTo(test, '2025-11-26T10:00:00Z')
    const [waiting] = await queueOf(administrator)
    expect(waiting).toMatchObject({ requestId: body.requestId, practitioner: 'Nell Aldous' })
    expect((await queueOf(support)).map(({ requestId }: { requestId: string }) => requestId)).toEqual([body.requestId])
    expect((await administratorFinds('2025-09-04', waiting.practitionerId)).body).toEqual({ found: [] })
    expect((await administratorFinds('2025-09-03', waiting.practitionerId)).status).toBe(403)
    expect((await administratorFinds('2025-09-04', randomUUID())).status).toBe(403)
    // The request opens the search, and no record.
    const linked = { headers: { 'attune-request': body.requestId } }
    expect((await administrator.get('/api/records', { purpose: 'correct', ...linked })).status).toBe(403)
    const none = await administrator.post(`/api/code-requests/${body.requestId}/answer`, { code: null }, { ...find, ...linked })
    expect(none.status).toBe(200)
    // An answered request opens the search no longer.
    expect((await administratorFinds('2025-09-04', waiting.practitionerId)).status).toBe(403)
    const answered = (await own()).find(({ requestId }: { requestId: string }) => requestId === body.requestId)
    expect(answered).toMatchObject({ state: 'none', code: null })

    await test.addService('west')
    const west = await readyPractitioner(test, 'west')
    const alone = await west.post('/api/code-requests', { sessionOn: '2025-09-05' })
    expect((await queueOf(administrator)).map(({ requestId }: { requestId: string }) => requestId)).toEqual([alone.body.requestId])
    await passTimeTo(test, '2025-11-21T10:00:00Z')
  })

  it('DCS-108: the search by practitioner and day gives two codes and times for two sessions, no score and no word, and its log names the request', async () => {
    const { body } = await practitioner.post('/api/code-requests', { sessionOn: '2025-09-03' })
    const [waiting] = (await queueOf(support)).filter(({ requestId }: { requestId: string }) => requestId === body.requestId)
    const found = await support.post(
      '/api/records/find-code',
      { practitionerId: waiting.practitionerId, sessionOn: waiting.sessionOn },
      { ...find, headers: { 'attune-request': body.requestId } },
    )
    expect(found.body.found.map((one: object) => Object.keys(one))).toEqual([
      ['code', 'receivedAt'],
      ['code', 'receivedAt'],
    ])
    expect(found.body.found.map(({ code }: { code: string }) => code).sort()).toEqual([...codes].sort())
    expect(found.text).not.toMatch(/Planted|phq|score|15/)
    expect((await events('record.find-code')).at(-1)).toEqual({
      role: 'data-support',
      purpose: 'find-code',
      detail: { practitionerId: waiting.practitionerId, found: 2, reference: body.reference },
    })
    const south = await southSupport.post('/api/records/find-code', { practitionerId: waiting.practitionerId, sessionOn: '2025-09-03' }, find)
    expect(south.body).toEqual({ found: [] })
  })

  it('the log says who asked, answered and read, and no code; after the policy’s days the requests are gone', async () => {
    const kept = await askDatabase<{ detail: object }>(test, `select detail from log.events where action like '%code%'`)
    expect(kept.length).toBeGreaterThan(5)
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(codes.join('|')))
    expect((await events('record.answer-code'))[0]).toMatchObject({ role: 'data-support', detail: { found: true } })
    expect((await events('record.read-code'))[0]).toMatchObject({ role: 'practitioner', detail: { codes: 1 } })
    await passTimeTo(test, '2026-02-20T10:00:00Z')
    await runRetention(test.attune)
    expect(await askDatabase(test, 'select count(*)::int as n from identity.code_requests')).toEqual([{ n: 0 }])
    await passTimeTo(test, '2025-11-21T10:00:00Z')
  })

  it('is kept for the policy’s days as London counts them, whatever the hour at which it came', async () => {
    await practitioner.post('/api/code-requests', { sessionOn: '2025-09-06' })
    await askDatabase(test, `update identity.code_requests set asked_at = '2025-07-01T23:30:00Z'`)
    const left = async (at: string) => {
      test.clock.set(at)
      await runRetention(test.attune)
      return (await askDatabase(test, 'select 1 from identity.code_requests')).length
    }
    // In London it came on 2 July; sixty days later it is 31 August.
    expect([await left('2025-08-30T04:00:00Z'), await left('2025-08-31T04:00:00Z')]).toEqual([1, 0])
    test.clock.set('2025-11-21T10:00:00Z')
  })

  it('a day that is none, or ahead, and somebody who sent nothing here are refused', async () => {
    for (const sessionOn of ['2025-02-30', '2025-12-24']) expect((await practitioner.post('/api/code-requests', { sessionOn })).status).toBe(400)
    const newcomer = await test.as('practitioner')
    expect((await newcomer.post('/api/code-requests', { sessionOn: '2025-09-03' })).body.code).toBe('code-request-too-early')
    expect((await support.post('/api/code-requests', { sessionOn: '2025-09-03' })).status).toBe(403)
    expect((await support.get('/api/code-requests')).body.code).toBe('purpose-refused')
    for (const role of ['service-lead', 'practitioner', 'auditor', 'analyst'] as const) {
      const client = await test.as(role)
      expect((await client.get('/api/code-requests', find)).status, role).toBe(403)
      expect((await client.get('/api/marks')).status, role).not.toBe(500)
    }
  })
})

describe('the list that links codes to people', () => {
  it('DCS-046: a service is not live until its lead has said where the list is kept and who keeps it', async () => {
    expect((await administrator.post('/api/services', { serviceId: 'east', name: 'East' })).status).toBe(201)
    const lead = await test.as('service-lead', { serviceId: 'east' })
    const version = test.attune.programme.policyVersion.edition
    const accept = (labels: object) => lead.post('/api/services/east/processor-terms', { version, accept: true, ...labels })
    const [linkListPlace, linkListKeeper] = ['Locked folder of the client system', 'Team manager']
    for (const labels of [{}, { linkListPlace }, { linkListPlace, linkListKeeper: '  ' }, { linkListPlace: '', linkListKeeper }]) {
      expect([400, 422]).toContain((await accept(labels)).status)
      expect((await administrator.request('PATCH', '/api/services/east', { body: { status: 'live' } })).body.code).toBe('service-not-live')
      expect(await askDatabase(test, `select status from policy.services where service_id = 'east'`)).toEqual([{ status: 'draft' }])
    }
    expect((await accept({ linkListPlace, linkListKeeper: 'x'.repeat(121) })).status).toBe(400)
    const live = await accept({ linkListPlace, linkListKeeper })
    expect([live.status, live.body.status, live.body.linkList]).toEqual([200, 'live', { place: linkListPlace, keeper: linkListKeeper }])
  })
})

describe('which episodes are complete', () => {
  const report = { purpose: 'report' }

  it('DCS-020: one session face to face and one online is below the face-to-face minimum, and the report says so', async () => {
    const south = await readyPractitioner(test, 'south')
    const [mixed, both] = [newCode(), newCode()]
    for (const [code, mode] of [
      [mixed, 'online'],
      [both, 'face-to-face'],
    ] as const) {
      await sendSession(test, south, { client_code: code })
      await sendSession(test, south, {
        client_code: code,
        session_on: '2025-08-02',
        session_no: '2',
        time_point: 'after',
        session_mode: mode,
        helped_by: ['having-goals'],
      })
    }
    const { body } = await southSupport.get('/api/completeness', report)
    expect(body).toEqual({
      leastSessions: 2,
      complete: 1,
      clients: [{ code: mixed, sessions: 2, faceToFace: 1, online: 1, lastOn: '2025-08-02', gaps: ['too-few-face-to-face'] }],
    })
    expect((await events('record.list-incomplete')).at(-1)).toMatchObject({ purpose: 'report', detail: { clients: 2 } })
    expect((await support.get('/api/completeness', report)).text).not.toContain(mixed)
  })

  it('is for the own service’s data support with a purpose, and for nobody else', async () => {
    expect((await support.get('/api/completeness')).body.code).toBe('purpose-refused')
    for (const role of ['practitioner', 'service-lead', 'analyst', 'auditor', 'administrator'] as const)
      expect((await (await test.as(role)).get('/api/completeness', report)).status, role).toBe(403)
    const { clients } = (await support.get('/api/completeness', report)).body
    expect(clients.map(({ gaps }: { gaps: string[] }) => gaps)).toEqual(codes.map(() => ['too-few-sessions', 'no-after']))
  })
})
