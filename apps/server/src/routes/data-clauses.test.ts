// Clauses about what may be done with the data and where each kind of it lies. Watched through the API and the raw database.
import { createHash, randomUUID } from 'node:crypto'
import { routeNames, routes, type Route } from '@attune/contract'
import { roles, securityPage, type PolicyDocument, type Role } from '@attune/policy'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import type { Client, TestAttune } from '../../test/attune.ts'
import { openDesk, type Desk } from '../../test/rights-desk.ts'
import {
  consentGiven,
  newCode,
  onePixel,
  sendConsent,
  readyPractitioner,
  sendParts,
  sessionGiven,
  toMultipart,
  toXml,
  xmlPart,
} from '../../test/submission.ts'
import { unzipReply } from '../../test/unzip.ts'

const uuid = '00000000-0000-4000-8000-000000000000'
let desk: Desk
let test: TestAttune
const people = new Map<Role, Client>()
const code = newCode()
beforeAll(async () => {
  desk = await openDesk('2025-11-21T10:00:00Z')
  test = desk.test
  for (const role of roles) people.set(role, await test.as(role, { serviceId: role === 'data-support' ? 'south' : undefined } as never))
  await desk.sent(code)
})
afterAll(() => test.stop())

const addressOf = (name: string) => {
  const [method, pattern] = name.split(' ') as [string, string]
  return {
    method,
    url: pattern
      .replace(':formId', 'client-session')
      .replace(':serviceId', 'north')
      .replaceAll(/:[A-Za-z]+/g, uuid),
  }
}

describe('purposes', () => {
  it('DCS-013: on every route that opens rows, each role gets through with the purposes that policy.yaml lists for it and with no other; every refusal is in the log with the purpose that was asked for', async () => {
    const { policy } = test.attune.programme
    const codes = [...policy.purposes.map((purpose) => purpose.code), 'marketing', 'analyse-everything']
    const opening = routeNames.filter((name) => (routes[name] as Route).needsPurpose === true)
    expect(opening.length).toBeGreaterThan(8)
    const expected: string[] = []
    const passed: string[] = []
    for (const name of opening) {
      const { act, body } = routes[name] as Route
      const { method, url } = addressOf(name)
      for (const role of roles) {
        const rule = policy.roleRules.find((one) => one.role === role && one.act === act)
        if (rule === undefined) continue
        for (const purpose of [undefined, ...codes]) {
          const listed = policy.purposes.find((one) => one.code === purpose)
          const may =
            listed !== undefined && rule.purposes.includes(listed.code) && listed.actors.includes(role) && !listed.needsRequest && !rule.needsRequest
          const headers = { ...(purpose !== undefined && { purpose }), ...(body !== undefined && { body: {} }) }
          const reply = await people.get(role)!.request(method, url, headers)
          const isRefused = reply.status === 403 && ['purpose-refused', 'not-allowed'].includes(reply.body.code)
          const what = `${role} ${name} ${purpose ?? '(none)'}`
          if (!isRefused) passed.push(what)
          if (may) expected.push(what)
          else expect([reply.status, what]).toEqual([403, what])
        }
      }
    }
    expect(passed).toEqual(expected)
    expect(expected).toContain('data-support GET /api/records retrieve')
    const asked = await askDatabase<{ purpose: string; role: string; count: number }>(
      test,
      `select detail->>'purposeAsked' as purpose, role, count(*)::int as count from log.events where outcome = 'refused' and detail->>'purposeAsked' = 'marketing' group by 1, 2 order by 2`,
    )
    const rulesOf = (role: Role) =>
      opening.filter((name) => policy.roleRules.some((rule) => rule.role === role && rule.act === (routes[name] as Route).act)).length
    expect(asked).toEqual(
      [...roles]
        .filter((role) => rulesOf(role) > 0)
        .sort()
        .map((role) => ({ purpose: 'marketing', role, count: rulesOf(role) })),
    )
  }, 120_000)
})

describe('copies of a service', () => {
  it('DCS-011: without accepting responsibility there is no copy (4xx) and no event; with it the archive names the service as the responsible body, and the log holds the handover', async () => {
    const order = (acceptResponsibility: boolean) =>
      desk.support.post('/api/downloads', { format: 'csv', acceptResponsibility }, { purpose: 'download' })
    const handovers = () =>
      askDatabase<{ service_id: string; detail: Record<string, unknown> }>(
        test,
        `select service_id, detail from log.events where action = 'record.download' and outcome = 'done'`,
      )
    const refused = await order(false)
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(refused.status).toBeLessThan(500)
    expect(refused.body.code).toBe('responsibility-missing')
    expect(await handovers()).toEqual([])
    const files = unzipReply(await order(true))
    const manifest = JSON.parse(files.get('manifest.json')!.toString('utf8'))
    expect(manifest).toMatchObject({ responsibleBody: 'Service north', serviceId: 'north', responsibilityAccepted: true, rows: 1 })
    const sha256 = createHash('sha256').update(files.get('records.csv')!).digest('hex')
    expect(manifest.sha256).toBe(sha256)
    expect(await handovers()).toEqual([
      { service_id: 'north', detail: expect.objectContaining({ responsibilityAccepted: true, responsibleBody: 'Service north', sha256, rows: 1 }) },
    ])
  })
})

describe('client and practitioner data', () => {
  it('DCS-017: who may read client records gets 403 on consents; a client erased leaves the consents, and a consent removed leaves the records', async () => {
    expect((await desk.support.get('/api/records', { purpose: 'retrieve' })).status).toBe(200)
    for (const { code: purpose } of test.attune.programme.policy.purposes)
      expect((await desk.support.get('/api/consents', { purpose })).status, purpose).toBe(403)
    const rows = (question: string) => askDatabase(test, question)
    const client = () => rows(`select record_id, xml_sealed, answers_sealed from answers.records where service_id = 'north' order by 1`)
    const consents = () => rows(`select consent_id, sealed, proof_hash from identity.practitioner_consents order by 1`)
    const register = async () => (await desk.administrator.get('/api/consents', { purpose: 'practitioner-audit' })).body.consents

    const gone = newCode()
    await desk.sent(gone)
    const before = { consents: await consents(), register: await register() }
    await desk.grant({ type: 'delete', code: gone })
    expect(await desk.listed(gone)).toEqual([])
    expect({ consents: await consents(), register: await register() }).toEqual(before)

    const leaver = await readyPractitioner(test, 'north', { firstName: 'Wren', surname: 'Leaver' })
    const recordId = await desk.sent(code, {}, leaver)
    const kept = await client()
    expect((await register()).map((one: { practitioner: string }) => one.practitioner)).toContain('Wren Leaver')
    await leaver.post('/api/leaving', { leaving: true })
    expect((await register()).map((one: { practitioner: string }) => one.practitioner)).not.toContain('Wren Leaver')
    expect(await client()).toEqual(kept)
    expect((await desk.support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).body.record.code).toBe(code)
  })

  it('DCS-017: in the database, the role that reads client records reads no consent, and client answers and consents have retention rules of their own', async () => {
    const may = async (role: string, table: string) =>
      (await askDatabase<{ may: boolean }>(test, `select has_table_privilege($1, $2, 'select') as may`, [role, table]))[0]!.may
    expect(await may('acting_data_support', 'answers.records')).toBe(true)
    expect(await may('acting_data_support', 'identity.practitioner_consents')).toBe(false)
    const { fields, retention } = test.attune.programme.policy
    const keeps = (subject: string) => [...new Set(fields.filter((field) => field.subject === subject).map((field) => field.keep))]
    expect(keeps('client').filter((keep) => keeps('practitioner').includes(keep))).toEqual([])
    expect(retention.find((rule) => rule.id === 'client-record')?.starts).toBe('session')
    expect(retention.find((rule) => rule.id === 'practitioner-consent')?.starts).toBe('leaving')
  })
})

describe('the address of a practitioner', () => {
  it('DCS-100: at a free-mail domain it is refused with a hint, at the service’s own domain it is accepted, and at another organisation’s it is refused; a role or a consent is no way round', async () => {
    const invite = (email: string, who = desk.lead) => who.post('/api/invitations', { email, role: 'practitioner', serviceId: 'north' })
    const change = (emailDomains: string[]) => desk.administrator.request('PATCH', '/api/services/north', { body: { emailDomains } })
    const before = await askDatabase(test, 'select * from accounts.invitations', [], 'accounts')
    for (const email of ['robin@gmail.com', 'robin@Hotmail.co.uk', 'robin@x.yahoo.com']) {
      const reply = await invite(email)
      expect([reply.status, reply.body.code], email).toEqual([422, 'email-not-business'])
      expect(reply.body.detail).toMatch(/the service gave/)
    }
    expect((await change(['gmail.com'])).body.code).toBe('request-invalid')
    expect((await change(['north.example'])).body.emailDomains).toEqual(['north.example'])
    expect((await invite('robin@elsewhere.example')).body.detail).toContain('north.example')
    expect(await askDatabase(test, 'select * from accounts.invitations', [], 'accounts')).toEqual(before)
    expect((await invite('robin@north.example')).status).toBe(201)

    const other = await test.as('analyst', { email: 'robin.analyst@gmail.com' })
    const given = await desk.administrator.post('/api/grants', { accountId: other.accountId, role: 'practitioner', serviceId: 'north' })
    expect(given.body.code).toBe('email-not-business')
    const person = { email: 'sam@gmail.com', serviceName: 'Service north' }
    const enrolled = await test.as('practitioner', { serviceId: 'north', email: person.email })
    const signed = await sendConsent(enrolled, test.attune.programme, consentGiven(person))
    expect([signed.status, signed.body.code]).toEqual([422, 'email-not-business'])
    expect((await change([])).status).toBe(200)
  })
})

describe('the contact', () => {
  it('gets a copy of each request that is filed, at the address that policy.yaml names at that moment', async () => {
    const { policy } = test.attune.programme
    const told = (reference: string) => test.letters.filter(({ text }) => text.includes(reference)).map(({ to }) => to)
    const first = await desk.file({ type: 'access', code, identityCheck: 'known-in-person' })
    expect(told(first.reference)).toContain('dcs@example.org')
    const contacts = policy.contacts.map((one) => ({ ...one, email: 'new.desk@changed.example' }))
    Object.assign(test.attune.programme, { policy: { ...policy, contacts } })
    for (const [who, filing] of [
      [desk.lead, { type: 'rectify', code, identityCheck: 'known-in-person' }],
      [desk.practitioner, { type: 'access' }],
    ] as const) {
      const filed = await desk.file(filing, who)
      expect(told(filed.reference)).toContain('new.desk@changed.example')
      expect(told(filed.reference)).not.toContain('dcs@example.org')
    }
    expect(test.letters.at(-1)?.text).toContain('Questions: new.desk@changed.example')
    Object.assign(test.attune.programme, { policy })
  })
})

describe('the page about security', () => {
  it('is made of the measures as they stand: row security switched off takes its sentence out of what holds and says so, to anybody who looks', async () => {
    const printed = async () => {
      const stranger = test.stranger()
      const { controls } = (await stranger.get('/api/controls')).body as { controls: { measure: string; state: 'in-order' }[] }
      const policy = (await stranger.get('/api/policy')).body
      return securityPage(policy, new Map(controls.map(({ measure, state }) => [measure, state])))
    }
    const sentence = 'The database itself keeps the rows of one service from the people of another.'
    const under = (page: PolicyDocument, heading: string) =>
      JSON.stringify(page.sections.find((section) => section.heading === heading)?.blocks ?? [])
    const before = await printed()
    expect(under(before, 'The platform')).toContain(sentence)
    await askDatabase(test, 'alter table answers.records no force row level security')
    test.clock.pass(60_000)
    const after = await printed()
    expect(under(after, 'The platform')).not.toContain(sentence)
    expect(under(after, 'Not in force at this moment')).toContain(sentence)
    await askDatabase(test, 'alter table answers.records force row level security')
    test.clock.pass(60_000)
    expect(under(await printed(), 'The platform')).toContain(sentence)
    expect(after).not.toEqual(before)
  })
})

describe('the client’s signed sheet', () => {
  it('DCS-140: no route takes a file about a client, nothing of it is kept, and no table has a place for a client’s signature', async () => {
    const form = getFormOfKind(test.attune.programme, 'client-record')
    const count = async () => (await askDatabase<{ n: number }>(test, 'select count(*)::int as n from answers.attachments'))[0]!.n
    const records = async () => (await askDatabase<{ n: number }>(test, 'select count(*)::int as n from answers.records'))[0]!.n
    const before = [await count(), await records()]
    for (const fileName of ['signature.png', 'consent.jpg', 'sheet.pdf']) {
      const instanceId = randomUUID()
      const parts = [xmlPart(toXml(form, sessionGiven(), { instanceId })), { name: 'signature', fileName, type: 'image/png', content: onePixel }]
      const reply = await sendParts(desk.practitioner, parts)
      expect([reply.status, reply.body.code], fileName).toEqual([422, 'submission-invalid'])
    }
    // Nor can the form be made to name one: the policy lists no such question, and the server knows none.
    const smuggled = toXml(form, sessionGiven()).replace('</data>', '<client_signature>signature.png</client_signature></data>')
    expect((await sendParts(desk.practitioner, [xmlPart(smuggled), { name: 's', fileName: 'signature.png', content: onePixel }])).status).toBe(422)
    const { payload, contentType } = toMultipart([{ name: 'file', fileName: 'signature.png', type: 'image/png', content: onePixel }])
    const taken: string[] = []
    for (const name of routeNames.filter((name) => !name.startsWith('GET '))) {
      const { method, url } = addressOf(name)
      for (const who of [desk.practitioner, desk.lead]) {
        const reply = await who.request(method, url, { body: payload, headers: { 'content-type': contentType }, purpose: 'download' })
        if (reply.status < 400 && name !== 'DELETE /api/session') taken.push(`${name} ${reply.status}`)
      }
    }
    expect(taken).toEqual([])
    expect([await count(), await records()]).toEqual(before)
    const places = await askDatabase<{ place: string }>(
      test,
      `select table_schema || '.' || table_name || '.' || column_name as place from information_schema.columns
       where table_schema not in ('pg_catalog', 'information_schema') and column_name ~ '(signature|signed|paper|scan$|upload)' order by 1`,
    )
    const others = ['identity.practitioner_consents.signature_kind', 'identity.practitioner_consents.signed_at', 'log.batches.signature']
    expect(places.map(({ place }) => place).filter((place) => !others.includes(place))).toEqual([])
    expect(form.outline.children.length).toBeGreaterThan(0)
    const held = test.attune.programme.policy.fields.find((field) => field.name === form.questions.heldByService)
    expect(held?.label).toBe('Service holds the signed sheet')
  }, 120_000)
})
