// Clauses about who gets in: services, nominees, administrators, the register of consents. Watched through the API and the raw database.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPurposeCovered, consentNow } from '@attune/policy'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { nominate, nominee } from '../../test/nominate.ts'
import { passTimeTo } from '../../test/pass-time.ts'
import { consentGiven, newCode, readyPractitioner, sendConsent, sendSession } from '../../test/submission.ts'
import { unzipReply } from '../../test/unzip.ts'

let test: TestAttune
let administrator: Client & { accountId: string }
let lead: Client
let support: Client & { accountId: string }
const codes = { north: newCode(), south: newCode() }
beforeAll(async () => {
  test = await startAttune()
  administrator = await test.as('administrator')
  lead = await test.as('service-lead')
  support = await test.as('data-support')
  await sendSession(test, await readyPractitioner(test, 'north'), { client_code: codes.north })
  await sendSession(test, await readyPractitioner(test, 'south'), { client_code: codes.south })
})
afterAll(() => test.stop())

const events = async (action: string) =>
  (await administrator.get('/api/events?limit=500')).body.events.filter((event: { action: string }) => event.action === action)

describe('services', () => {
  it('DCS-010: nobody is enrolled in a service whose lead has not accepted the processor terms (409); afterwards it is possible', async () => {
    expect((await administrator.post('/api/services', { serviceId: 'west', name: 'West' })).status).toBe(201)
    const order = { email: 'new@example.org', role: 'practitioner', serviceId: 'west' }
    expect((await administrator.post('/api/invitations', order)).status).toBe(409)
    const westLead = await test.as('service-lead', { serviceId: 'west' })
    expect(
      (
        await westLead.post('/api/services/west/processor-terms', {
          version: '2025-06',
          accept: true,
          linkListPlace: 'Client system',
          linkListKeeper: 'Team lead',
        })
      ).status,
    ).toBe(200)
    expect((await administrator.post('/api/invitations', order)).status).toBe(201)
    expect(await askDatabase(test, `select processor_terms_version as version from policy.services where service_id = 'west'`)).toEqual([
      { version: '2025-06' },
    ])
  })

  it('DCS-069: a service downloads its own records only, and the log holds the hash of the file', async () => {
    const reply = await support.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })
    const file = unzipReply(reply).get('records.csv')!
    expect(file.toString('utf8')).toContain(codes.north)
    expect(file.toString('utf8')).not.toContain(codes.south)
    const [event] = await events('record.download')
    expect(event.detail).toContain(createHash('sha256').update(file).digest('hex'))
  })
})

describe('access', () => {
  it('DCS-109: only an administrator gives access: a service lead gets 403, and an administrator’s grant shows in the log', async () => {
    const someone = await nominee(test, 'north')
    const order = { accountId: someone.accountId, role: 'data-support', serviceId: 'north' }
    expect((await lead.post('/api/grants', order)).status).toBe(403)
    const given = await administrator.post('/api/grants', order)
    expect(given.status).toBe(201)
    expect((await events('grant.give'))[0].detail).toContain(given.body.grantId)
    await administrator.request('DELETE', `/api/grants/${given.body.grantId}`)
  })

  it('DCS-077: without a nomination by the service nobody becomes data support, by whichever way; with one they do, once', async () => {
    const email = 'nominee@example.org'
    const someone = await test.as('practitioner', { serviceId: 'south', email })
    const order = { accountId: someone.accountId, role: 'data-support', serviceId: 'north' }
    const invitation = { email, role: 'data-support', serviceId: 'north' }
    const give = (path: string, body: object) => administrator.post(path, body).then(({ status, body: said }) => [status, said.code])
    const refused = [409, 'nomination-missing']
    expect(await give('/api/grants', order)).toEqual(refused)
    expect(await give('/api/invitations', invitation)).toEqual(refused)
    // Of another service, or taken back: no nomination of this one.
    expect((await nominate(test, 'south', email)).status).toBe(201)
    const taken = await lead.post('/api/nominations', { email, displayName: 'Nominee', jobTitle: 'Service lead' })
    expect((await lead.post('/api/nominations', { email, displayName: 'Nominee', jobTitle: 'Service lead' })).body.code).toBe('already-exists')
    const southLead = await test.as('service-lead', { serviceId: 'south' })
    expect((await southLead.request('DELETE', `/api/nominations/${taken.body.nominationId}`)).status).toBe(404)
    const letter = await administrator.post('/api/invitations', invitation)
    expect(letter.status).toBe(201)
    expect((await lead.request('DELETE', `/api/nominations/${taken.body.nominationId}`)).status).toBe(200)
    const accept = { token: letter.body.link.split('#')[1], displayName: 'Nominee', noticeRead: test.attune.programme.policyVersion.edition }
    expect((await someone.post('/api/invitations/accept', accept)).body.code).toBe('nomination-missing')
    expect(await give('/api/grants', order)).toEqual(refused)

    await lead.post('/api/nominations', { email, displayName: 'Nominee', jobTitle: 'Service lead' })
    const [open] = (await administrator.get('/api/nominations')).body.nominations.filter((one: { serviceId: string }) => one.serviceId === 'north')
    expect(open).toMatchObject({ email, jobTitle: 'Service lead', nominatedBy: 'A Person', nominatedAt: test.clock.now().toISOString() })
    const given = await administrator.post('/api/grants', order)
    expect(given.status).toBe(201)
    await administrator.request('DELETE', `/api/grants/${given.body.grantId}`)
    expect(await give('/api/grants', order)).toEqual(refused)
    for (const client of [support, someone])
      expect((await client.post('/api/nominations', { email, displayName: 'X', jobTitle: 'Yes' })).status).toBe(403)
    expect((await events('nominee.propose')).length).toBeGreaterThan(2)
  })

  it('DCS-080: an analyst of the service’s data who is no practitioner and has signed nothing is nominated with the job, reads, and cannot send', async () => {
    await test.addService('east')
    const person = await nominee(test, 'east', { jobTitle: 'Data analyst' })
    expect(
      (await administrator.get('/api/nominations')).body.nominations.find((one: { serviceId: string }) => one.serviceId === 'east'),
    ).toMatchObject({
      jobTitle: 'Data analyst',
    })
    const given = await administrator.post('/api/grants', { accountId: person.accountId, role: 'data-support', serviceId: 'east' })
    expect(given.status).toBe(201)
    await person.post('/api/session/grant', { grantId: given.body.grantId })
    const code = newCode()
    await sendSession(test, await readyPractitioner(test, 'east'), { client_code: code })
    const read = await person.get('/api/records', { purpose: 'retrieve' })
    expect(read.body.records.map((record: { code: string }) => record.code)).toEqual([code])
    expect(await askDatabase(test, `select 1 from identity.practitioners where account_id = $1 and service_id = 'east'`, [person.accountId])).toEqual(
      [],
    )
    expect((await sendSession(test, person)).status).toBe(403)
  })

  it('DCS-124: a grant works for the account that it was given to and for no other', async () => {
    const [grant] = await askDatabase<{ grant_id: string }>(test, 'select grant_id from policy.access_grants where account_id = $1', [
      support.accountId,
    ])
    const headers = { 'attune-grant': grant!.grant_id }
    expect((await support.get('/api/records', { purpose: 'retrieve', headers })).status).toBe(200)
    for (const other of [lead, administrator, await test.as('practitioner')])
      expect((await other.get('/api/records', { purpose: 'retrieve', headers })).status).toBe(403)
  })

  it('DCS-070: an administrator with a purpose and both steps reads rows of two services; a grant past its review loses access until somebody else looks at it', async () => {
    for (const serviceId of ['north', 'south'] as const) {
      const ownLead = serviceId === 'north' ? lead : await test.as('service-lead', { serviceId })
      const filed = await ownLead.post('/api/rights', { type: 'rectify', code: codes[serviceId], identityCheck: 'known-in-person' })
      const read = await administrator.get('/api/records', { purpose: 'correct', headers: { 'attune-request': filed.body.requestId } })
      expect(read.body.records.map((record: { code: string }) => record.code)).toEqual([codes[serviceId]])
      const half = await test.as('administrator', { assurance: 'password' })
      expect((await half.get('/api/records', { purpose: 'correct', headers: { 'attune-request': filed.body.requestId } })).status).toBe(403)
    }
    const someone = await test.as('practitioner')
    const given = await administrator.post('/api/grants', { accountId: someone.accountId, role: 'administrator', serviceId: 'operator' })
    const [kept] = await askDatabase<{ review: string; by: string }>(
      test,
      'select review_on::text as review, granted_by as by from policy.access_grants where grant_id = $1',
      [given.body.grantId],
    )
    expect(kept).toEqual({ review: '2026-11-21', by: administrator.accountId })
    const headers = { 'attune-grant': given.body.grantId }
    expect((await someone.get('/api/people', { headers })).status).toBe(200)
    await passTimeTo(test, '2026-11-22T10:00:00Z')
    expect((await someone.get('/api/people', { headers })).status).toBe(403)
    expect((await administrator.post(`/api/grants/${given.body.grantId}/review`, { verdict: 'keep' })).status).toBe(200)
    expect((await someone.get('/api/people', { headers })).status).toBe(200)
    expect((await someone.request('POST', `/api/grants/${given.body.grantId}/review`, { headers, body: { verdict: 'keep' } })).body.code).toBe(
      'second-person-same',
    )
    expect((await events('grant.review'))[0].detail).toContain('2027-11-22')
    expect((await administrator.post(`/api/grants/${given.body.grantId}/review`, { verdict: 'end' })).status).toBe(400)
    expect((await administrator.post(`/api/grants/${given.body.grantId}/review`, { verdict: 'end', reason: 'other-work' })).status).toBe(200)
    expect((await someone.get('/api/people', { headers })).status).toBe(403)
    expect((await events('grant.review'))[0].detail).toContain('other-work')
    await passTimeTo(test, '2025-11-21T10:00:00Z')
  })
})

describe('the register of practitioner consents', () => {
  it('DCS-102: data support and analysts may not see it; an administrator may, for a purpose, and it is logged', async () => {
    for (const client of [support, lead, await test.as('analyst')])
      expect((await client.get('/api/consents', { purpose: 'practitioner-audit' })).status).toBe(403)
    const reply = await administrator.get('/api/consents', { purpose: 'practitioner-audit' })
    expect(reply.body).toMatchObject({ total: 3, consents: [{ practitioner: 'Robin Example', edition: '2025-06', signature: 'drawn' }, {}, {}] })
    expect(reply.text).not.toContain('iVBOR')
    expect((await events('consent.read'))[0]).toMatchObject({ purpose: 'practitioner-audit', outcome: 'done' })
    expect((await administrator.get('/api/consents')).status).toBe(403)
  })

  it('DCS-103: it is opened for correction, deletion, transfer and audit, and never to analyse', async () => {
    for (const purpose of ['analyse', 'report', 'match-records', 'marketing'])
      expect((await administrator.get('/api/consents', { purpose })).status).toBe(403)
    const auditor = await test.as('auditor')
    expect((await auditor.get('/api/consents', { purpose: 'practitioner-audit' })).status).toBe(200)
    expect((await auditor.get('/api/consents', { purpose: 'practitioner-correct' })).status).toBe(403)
    // To correct is an administrator's; to delete and to pass on only with the request that asks for it.
    expect((await administrator.get('/api/consents', { purpose: 'practitioner-correct' })).status).toBe(200)
    for (const purpose of ['practitioner-delete', 'practitioner-transfer'])
      expect((await administrator.get('/api/consents', { purpose })).status, purpose).toBe(403)
  })

  it('DCS-136: a stored consent holds the policy version and the purposes that were shown; a purpose that comes later is not covered', async () => {
    const [row] = await askDatabase<{ policy_version: string; purposes: string[]; edition: string; terms_version: string; signed_at: Date }>(
      test,
      'select policy_version, purposes, edition, terms_version, signed_at from identity.practitioner_consents limit 1',
    )
    const { policy, policyVersion } = test.attune.programme
    expect(row!.policy_version).toBe(policyVersion.text)
    expect([...row!.purposes].sort()).toEqual(
      policy.purposes
        .filter((purpose) => purpose.subject === 'practitioner')
        .map((purpose) => purpose.code)
        .sort(),
    )
    const now = consentNow([
      { kind: 'given', at: row!.signed_at.toISOString(), policyEdition: row!.edition, termsVersion: row!.terms_version, purposes: row!.purposes },
    ])
    expect(isPurposeCovered(now, 'practitioner-audit')).toBe(true)
    expect(isPurposeCovered(now, 'newsletter')).toBe(false)
  })

  it('DCS-098: the consent form takes no field beyond its own: an extra telephone number is refused and nothing is kept', async () => {
    const email = 'extra@example.org'
    const person = await test.as('practitioner', { email })
    const serviceName = (await person.get('/api/standing')).body.prefill['service_name']
    const given = consentGiven({ email, serviceName })
    const kept = () => askDatabase(test, `select count(*)::int as count from identity.practitioner_consents`)
    const before = await kept()
    // Everything else is as it should be: what is refused is the field.
    const reply = await sendConsent(person, test.attune.programme, given, { extra: '<phone>07700900123</phone>' })
    expect([reply.status, reply.body.fields]).toEqual([422, [{ place: '/data', why: 'There is an answer here that the form does not ask for.' }]])
    expect(await kept()).toEqual(before)
    expect((await sendConsent(person, test.attune.programme, given)).status).toBe(201)
  })
})
