// The rights desk from outside: requests as services, practitioners and administrators file and decide them, and what is left behind.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import type { Client, TestAttune } from '../../test/attune.ts'
import { openDesk, reasons, type Desk } from '../../test/rights-desk.ts'
import { newCode } from '../../test/submission.ts'
import { unzipReply } from '../../test/unzip.ts'

let desk: Desk
let test: TestAttune
let administrator: Client
let lead: Client
let southLead: Client
let support: Client
let practitioner: Client
beforeAll(async () => {
  desk = await openDesk('2025-12-22T10:00:00Z')
  ;({ test, administrator, lead, southLead, support, practitioner } = desk)
})
afterAll(() => test.stop())

describe('filing', () => {
  it('DCS-153: a deletion request filed on 22 December 2025 is due on 14 January 2026, and overdue on the day after', async () => {
    const request = await desk.file({ type: 'delete', code: newCode(), identityCheck: 'known-in-person' })
    expect([request.dueOn, request.urgency, request.explanation]).toEqual(['2026-01-14', 'in-time', expect.stringContaining('14 working days')])
    const urgencyOn = async (at: string) => {
      test.clock.set(at)
      const { body } = await (await test.as('administrator')).get(`/api/rights/${request.requestId}`)
      test.clock.set('2025-12-22T10:00:00Z')
      return body.urgency
    }
    expect([await urgencyOn('2026-01-12T10:00:00Z'), await urgencyOn('2026-01-14T22:00:00Z'), await urgencyOn('2026-01-15T00:30:00Z')]).toEqual([
      'soon',
      'soon',
      'overdue',
    ])
  })

  it('DCS-144: each kind of request is accepted with a reference before a record is here, while it is, after it was audited and after it was added up', async () => {
    const types = ['access', 'rectify', 'restrict', 'pause', 'object', 'port', 'delete', 'withdraw', 'not-automated', 'complain']
    const [draft, here, audited, added] = [newCode(), newCode(), newCode(), newCode()]
    await desk.sent(here)
    await askDatabase(test, 'update answers.records set audited_in = gen_random_uuid() where record_id = $1', [await desk.sent(audited)])
    await desk.sent(added, { session_on: '2025-08-02' })
    const analyst = await test.as('analyst')
    expect(
      (await analyst.post('/api/aggregations', { sessionFrom: '2025-08-02', sessionUntil: '2025-08-02' }, { purpose: 'analyse' })).body.records,
    ).toBe(1)
    const references = new Set<string>()
    for (const code of [draft, here, audited, added])
      for (const type of types) {
        const request = await desk.file({ type, code, ...(type === 'restrict' && { ground: 'inaccurate' }) })
        expect(request.reference).toMatch(/^R-[2-9A-Z]{6}$/)
        references.add(request.reference)
        expect((await lead.post(`/api/rights/${request.requestId}/take-back`)).body.state).toBe('withdrawn')
      }
    expect(references.size).toBe(40)
    expect(await desk.listed(here)).toHaveLength(1)
  })

  it('DCS-151: a client asks at the service without an account; it is in that service’s queue and nobody’s name is stored', async () => {
    const filed = await test.stranger().post('/api/client-requests', { serviceId: 'north', type: 'access' })
    expect([filed.status, filed.body.reference]).toEqual([201, expect.stringMatching(/^R-/)])
    const inQueue = async (who: Client) =>
      ((await who.get('/api/rights')).body.requests as { reference: string }[]).some((one) => one.reference === filed.body.reference)
    expect([await inQueue(lead), await inQueue(support), await inQueue(southLead)]).toEqual([true, true, false])
    expect(test.letters.filter((letter) => letter.to === 'lead@example.org' && letter.text.includes(filed.body.reference))).toHaveLength(1)
    const columns = await askDatabase<{ name: string }>(
      test,
      `select column_name as name from information_schema.columns where table_schema = 'rights' and table_name = 'requests'`,
    )
    expect(columns.map((column) => column.name).filter((name) => /name|birth|address|email|phone/.test(name))).toEqual([])
    expect((await test.stranger().post('/api/client-requests', { serviceId: 'north', type: 'access', name: 'Robin' })).status).toBe(400)
    const named = await lead.post('/api/rights', { type: 'access', code: newCode(), words: 'This is for Sarah Thompson of 12 Mill Lane.' })
    expect([named.status, named.body.code, named.text]).toEqual([422, 'request-names-person', expect.not.stringContaining('Sarah')])
    const nameAsCode = await lead.post('/api/rights', { type: 'access', code: 'SARAH THOMPSON' })
    expect([nameAsCode.status, nameAsCode.body.code]).toEqual([422, 'client-code-refused'])

    const requestId = ((await lead.get('/api/rights')).body.requests as { reference: string; requestId: string }[]).find(
      (one) => one.reference === filed.body.reference,
    )!.requestId
    expect((await desk.decide(requestId)).body.detail).toContain('not confirmed')
    expect((await lead.post(`/api/rights/${requestId}/confirm`, { identityCheck: 'document-seen' })).body.code).toBe('request-incomplete')
    const code = newCode()
    const confirmed = await lead.post(`/api/rights/${requestId}/confirm`, { identityCheck: 'document-seen', code })
    expect([confirmed.body.state, confirmed.body.code]).toEqual(['confirmed', code])
    expect((await southLead.get(`/api/rights/${requestId}`)).status).toBe(404)
  })

  it('DCS-152: a practitioner’s own request is in the administrators’ queue and not in the service’s', async () => {
    const own = await desk.file({ type: 'access' }, practitioner)
    const inQueue = async (who: Client) =>
      ((await who.get('/api/rights')).body.requests as { requestId: string }[]).some((one) => one.requestId === own.requestId)
    expect([await inQueue(administrator), await inQueue(practitioner), await inQueue(lead), await inQueue(support)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect((await practitioner.post('/api/rights', { type: 'delete', code: newCode() })).status).toBe(403)
    await practitioner.post(`/api/rights/${own.requestId}/take-back`)
  })

  it('days that cannot be, a missing ground and an unknown service are refused, and nothing is filed', async () => {
    const before = await askDatabase(test, 'select count(*) from rights.requests')
    const code = newCode()
    for (const [body, status] of [
      [{ type: 'access', code, receivedOn: '2025-02-31' }, 400],
      [{ type: 'access', code, receivedOn: '2025-12-23' }, 422],
      [{ type: 'access', code, receivedOn: '2024-01-01' }, 422],
      [{ type: 'restrict', code }, 422],
      [{ type: 'access' }, 422],
      [{ type: 'access', code, serviceId: 'south' }, 403],
      [{ type: 'whole-service', code }, 400],
    ] as const)
      expect((await lead.post('/api/rights', body)).status, JSON.stringify(body)).toBe(status)
    expect((await administrator.post('/api/rights', { type: 'access', code })).body.code).toBe('request-incomplete')
    expect(await askDatabase(test, 'select count(*) from rights.requests')).toEqual(before)
  })
})

describe('holds and restrictions', () => {
  /** Pairs of scores in the running sums, from which every report is made: of the service, or over all of them. */
  const counted = async (where = `service_id = 'north'`) =>
    Number((await askDatabase<{ n: string }>(test, `select coalesce(sum(n), 0)::text as n from sums.changes_now where ${where}`))[0]!.n)
  const isDownloaded = async (recordId: string) => {
    const reply = await support.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })
    const file = unzipReply(reply).get('records.csv')!.toString('utf8')
    expect(file).toContain('record_id')
    return file.includes(recordId)
  }

  it('DCS-146: filed with a pause, the record is out of lists, files and sums before anybody has acted', async () => {
    const code = newCode()
    const recordId = await desk.sent(code, { measures_used: 'kpcs', kpcs_total: '31' })
    const before = await counted()
    expect(await isDownloaded(recordId)).toBe(true)
    const request = await desk.file({ type: 'pause', code })
    expect([request.state, request.holding]).toEqual(['received', true])
    expect(await desk.listed(code)).toEqual([])
    expect((await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).status).toBe(404)
    expect(await counted()).toBeLessThan(before)
    expect(await isDownloaded(recordId)).toBe(false)
    const later = await desk.sent(code, { session_on: '2025-08-20', session_no: '2' })
    expect(await desk.listed(code)).toEqual([])
    expect(await askDatabase(test, 'select 1 from answers.records where record_id in ($1, $2)', [recordId, later])).toHaveLength(2)
    await lead.post(`/api/rights/${request.requestId}/confirm`, { identityCheck: 'called-back' })
    expect((await desk.decide(request.requestId)).body.state).toBe('done')
    expect(await desk.listed(code)).toHaveLength(2)
    expect(await counted()).toBe(before)
  })

  it('DCS-145: a restricted client is left out of list, download and totals and stays stored; ending it brings the records back', async () => {
    const code = newCode()
    const recordId = await desk.sent(code, { measures_used: 'kpcs', kpcs_total: '31' })
    const [national, own] = [await counted('true'), await counted()]
    const request = await desk.file({ type: 'restrict', code, ground: 'inaccurate', identityCheck: 'known-in-person' })
    expect(await desk.listed(code)).toHaveLength(1)
    const decided = await desk.decide(request.requestId)
    expect([decided.body.state, decided.body.holding, decided.body.ground]).toEqual(['done', true, 'inaccurate'])
    expect(await desk.listed(code)).toEqual([])
    expect(await isDownloaded(recordId)).toBe(false)
    expect(await counted('true')).toBeLessThan(national)
    expect(await counted()).toBeLessThan(own)
    expect(await askDatabase(test, 'select 1 from answers.records where record_id = $1 and restricted_at is not null', [recordId])).toHaveLength(1)
    const lifted = await administrator.post(`/api/rights/${request.requestId}/lift`, {
      reasons: 'The record was put right, and the person was told.',
    })
    expect([lifted.status, lifted.body.holding]).toEqual([200, false])
    expect(await desk.listed(code)).toHaveLength(1)
    expect([await counted('true'), await counted()]).toEqual([national, own])
    expect(await isDownloaded(recordId)).toBe(true)
  })

  it('DCS-147 DCS-148: an objection with a hold is two linked entries; under consent it is decided as taking consent back, and says why', async () => {
    const code = newCode()
    await desk.sent(code)
    const objection = await desk.file({
      type: 'object',
      code,
      hold: true,
      words: 'It upsets the family to be counted.',
      identityCheck: 'known-in-person',
    })
    expect([objection.holding, objection.linked]).toEqual([true, [expect.objectContaining({ reference: expect.stringMatching(/^R-/) })]])
    const linked = (await lead.get(`/api/rights/${objection.linked[0].requestId}`)).body
    expect([linked.type, linked.ground, linked.holding]).toEqual(['pause', 'awaiting-objection', true])
    expect(await desk.listed(code)).toEqual([])
    const decided = await desk.decide(objection.requestId)
    expect([decided.body.state, decided.body.treatedBecause]).toEqual(['done', expect.stringContaining('withdraw consent')])
    expect((await lead.get(`/api/rights/${objection.linked[0].requestId}`)).body).toMatchObject({ state: 'done', holding: false })
    expect(await desk.listed(code)).toEqual([])
  })

  it('an objection that is taken back takes the pause with it that was asked for until it is decided', async () => {
    const code = newCode()
    await desk.sent(code)
    const objection = await desk.file({ type: 'object', code, hold: true, identityCheck: 'known-in-person' })
    expect(await desk.listed(code)).toEqual([])
    expect((await lead.post(`/api/rights/${objection.requestId}/take-back`)).body).toMatchObject({ state: 'withdrawn', holding: false })
    expect((await lead.get(`/api/rights/${objection.linked[0].requestId}`)).body).toMatchObject({ state: 'withdrawn', holding: false })
    expect(await desk.listed(code)).toHaveLength(1)
  })

  it('two requests hold one client: ending the first leaves the second in force', async () => {
    const code = newCode()
    await desk.sent(code)
    const [first, second] = [
      await desk.file({ type: 'pause', code, identityCheck: 'known-in-person' }),
      await desk.file({ type: 'pause', code, identityCheck: 'known-in-person' }),
    ]
    await desk.decide(first.requestId)
    expect(await desk.listed(code)).toEqual([])
    await lead.post(`/api/rights/${second.requestId}/take-back`)
    expect(await desk.listed(code)).toHaveLength(1)
  })
})

describe('deciding', () => {
  it('needs reasons without names, and where the policy says so a second person who is somebody else', async () => {
    const code = newCode()
    const recordId = await desk.sent(code)
    const request = await desk.file({ type: 'delete', code, identityCheck: 'known-in-person' })
    expect((await desk.decide(request.requestId, { reasons: '' })).body.code).toBe('request-incomplete')
    expect((await desk.decide(request.requestId, { reasons: 'Sarah Thompson asked for it on the phone.' })).body.code).toBe('request-names-person')
    expect((await lead.post(`/api/rights/${request.requestId}/decision`, { outcome: 'grant', reasons })).status).toBe(403)
    expect((await desk.decide(request.requestId)).body.state).toBe('proposed')
    const same = await desk.agree(request.requestId, administrator)
    expect([same.status, same.body.code]).toEqual([403, 'second-person-same'])
    expect((await desk.decide(request.requestId)).body.code).toBe('request-step-refused')
    expect(await askDatabase(test, 'select 1 from answers.records where record_id = $1', [recordId])).toHaveLength(1)
    const disagreed = await desk.colleague.post(`/api/rights/${request.requestId}/agreement`, { agrees: false })
    expect([disagreed.body.state, disagreed.body.outcome]).toEqual(['confirmed', null])
    expect(await desk.listed(code)).toHaveLength(1)
  })

  it('two people who agree at the same moment carry it out once', async () => {
    const code = newCode()
    await desk.sent(code)
    const request = await desk.file({ type: 'delete', code, identityCheck: 'known-in-person' })
    await desk.decide(request.requestId)
    const replies = await Promise.all([desk.agree(request.requestId), desk.agree(request.requestId)])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409])
  })

  it('stops a reply’s clock and moves it on, adds two months once, and leaves a deletion’s clock alone', async () => {
    const access = await desk.file({ type: 'access', code: newCode(), identityCheck: 'known-in-person', receivedOn: '2025-12-15' })
    let who: Client = administrator
    const [asked, longer] = ['On which day was the session?', 'Four services have to be asked first.']
    const turn = (requestId: string, step: string) =>
      who.post(`/api/rights/${requestId}/clock`, { step, ...(step !== 'resume' && { reasons: step === 'pause' ? asked : longer }) })
    const letter = async (kind: string) => (await who.get(`/api/rights/${access.requestId}/letters/${kind}`)).text
    expect(access.dueOn).toBe('2026-01-15')
    expect((await turn(access.requestId, 'pause')).body).toMatchObject({ dueOn: null, urgency: 'standing' })
    expect((await turn(access.requestId, 'pause')).body.code).toBe('request-step-refused')
    expect(await letter('question')).toContain(asked)
    test.clock.set('2026-01-05T10:00:00Z')
    who = await test.as('administrator')
    expect((await turn(access.requestId, 'resume')).body.dueOn).toBe('2026-01-29')
    expect((await turn(access.requestId, 'extend')).body.dueOn).toBe('2026-03-30')
    expect((await turn(access.requestId, 'extend')).body.code).toBe('request-step-refused')
    expect(await letter('more-time')).toContain(longer)
    expect(JSON.stringify(await askDatabase(test, 'select r::text from rights.requests r'))).not.toContain(longer)
    expect((await turn(access.requestId, 'pause')).body.urgency).toBe('standing')
    const answered = await desk.decide(access.requestId, {}, who)
    expect([answered.body.state, answered.body.dueOn]).toEqual(['done', '2026-03-30'])
    expect([answered.body.explanation, answered.body.letters]).toEqual([
      expect.stringContaining('It was due by 30 March 2026'),
      expect.not.arrayContaining(['question']),
    ])
    test.clock.set('2025-12-22T10:00:00Z')
    const deletion = await desk.file({ type: 'delete', code: newCode(), identityCheck: 'known-in-person' })
    expect((await turn(deletion.requestId, 'pause')).body.detail).toContain('does not stop')
  })
})
