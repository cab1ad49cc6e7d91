import { randomUUID } from 'node:crypto'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import {
  itemsGiven,
  newCode,
  onePixel,
  readyPractitioner,
  sendConsent,
  sendParts,
  sendSession,
  sendXml,
  sessionGiven,
  toXml,
  trainingAnswers,
  xmlPart,
  consentGiven,
  type Given,
} from '../../../test/submission.ts'
import { askDatabase } from '../../../test/ask-database.ts'

let test: TestAttune
let practitioner: Awaited<ReturnType<typeof readyPractitioner>>
let support: Client
beforeAll(async () => {
  test = await startAttune()
  practitioner = await readyPractitioner(test)
  support = await test.as('data-support', { serviceId: 'north' })
})
afterAll(() => test.stop())

const ask = <T>(question: string, values: unknown[] = []) => askDatabase<T>(test, question, values)
const counts = async () => {
  const [row] = await ask<{ records: string; clients: string; scores: string; authors: string; files: string }>(
    `select (select count(*) from answers.records) as records, (select count(*) from answers.clients) as clients, (select count(*) from scores.record_scores) as scores,
      (select count(*) from identity.record_authors) as authors, (select count(*) from answers.attachments) as files`,
  )
  return row
}
/** Sends and says whether anything was left behind. */
const refusedSession = async (more: Given, options: Parameters<typeof sendSession>[3] = {}) => {
  const before = await counts()
  const reply = await sendSession(test, practitioner, more, options)
  expect(await counts()).toEqual(before)
  expect(reply.headers['content-type']).toContain('application/problem+json')
  return reply
}
const places = (reply: { body: { fields?: { place: string }[] } }) => (reply.body.fields ?? []).map((field) => field.place)

describe('sending a session', () => {
  it('DCS-036: scores are worked out from the items; a typed total is replaced and an item out of range is refused', async () => {
    const instanceId = randomUUID()
    const reply = await sendSession(
      test,
      practitioner,
      {
        measures_used: ['phq-9', 'gad-7'],
        ...itemsGiven('phq9', [1, 2, 3, 0, 1, 2, 3, 0, 0]),
        ...itemsGiven('gad7', [1, 1, 1, 1, 1, 1, 1]),
        phq9_total: '3',
      },
      { instanceId },
    )
    expect(reply.status).toBe(201)
    const [stored] = await ask<{ scales: string[]; scores: number[] }>('select scales, scores from scores.record_scores where record_id = $1', [
      instanceId,
    ])
    const score = (scale: string) => stored!.scores[stored!.scales.indexOf(scale)]
    expect([score('phq-9/total'), score('gad-7/total')]).toEqual([12, 7])
    const read = await support.get(`/api/records/${instanceId}`, { purpose: 'retrieve' })
    expect(read.body.answers.find((line: { name: string }) => line.name === 'phq9_total').value).toBe('12')
    const refused = await refusedSession({ measures_used: ['phq-9'], phq9_1: '4' })
    expect(refused.status).toBe(422)
    expect(places(refused)).toEqual(['/data/phq9/phq9_1'])
  })

  it('DCS-003: an answer that the form does not ask for, or a required one that is missing, is refused with its place and no row is kept', async () => {
    const extra = await refusedSession({}, { extra: '<favourite_colour>teal</favourite_colour>' })
    expect(extra.status).toBe(422)
    expect(extra.body.code).toBe('submission-invalid')
    expect(extra.text).not.toContain('teal')
    const missing = await refusedSession({ session_on: undefined })
    expect(missing.status).toBe(422)
    expect(places(missing)).toEqual(['/data/session/session_on'])
  })

  it('DCS-033: an exact age or a date of birth is refused; exactly the five labels are taken', async () => {
    for (const age of ['3', '7 years', '2019-04-01', '2-5', '5 to 11', 'pre birth']) {
      const reply = await refusedSession({ age_group: age })
      expect([reply.status, places(reply)]).toEqual([422, ['/data/child/age_group']])
    }
    const dated = await refusedSession({}, { extra: '<date_of_birth>2019-04-01</date_of_birth>' })
    expect(dated.status).toBe(422)
    for (const label of ['pre-birth', '0-2', '2-4', '5-11', '11-18'])
      expect((await sendSession(test, practitioner, { age_group: label })).status).toBe(201)
  })

  it('a support that is not on the coded list is refused', async () => {
    const reply = await refusedSession({ other_support: ['yoga'] })
    expect([reply.status, places(reply)]).toEqual([422, ['/data/child/other_support']])
  })

  it('DCS-041: without a code for the client nothing is taken in; the code is nowhere in the database in clear', async () => {
    const missing = await refusedSession({ client_code: undefined })
    expect([missing.status, places(missing)]).toEqual([422, ['/data/code/client_code']])
    const code = newCode()
    expect((await sendSession(test, practitioner, { client_code: code })).body.code).toBe(code)
    const tables = await ask<{ table: string }>(
      `select format('%I.%I', table_schema, table_name) as table from information_schema.tables where table_schema in ('policy', 'identity', 'answers', 'scores', 'sums', 'log') and table_type = 'BASE TABLE'`,
    )
    expect(tables.length).toBeGreaterThan(12)
    for (const { table } of tables)
      expect(
        await ask(`select 1 from ${table} t where t::text ilike $1 or t::text ilike $2`, [`%${code}%`, `%${Buffer.from(code).toString('hex')}%`]),
        table,
      ).toEqual([])
    const columns = await ask<{ column_name: string }>(
      `select column_name from information_schema.columns where table_schema in ('answers', 'scores') and column_name ~ '(name|email|birth|nhs|postcode|address|phone)' and column_name not in ('name_hash', 'name_sealed')`,
    )
    expect(columns).toEqual([])
  })

  it('DCS-042: a made code with one wrong symbol is refused; two valid sessions join into one episode', async () => {
    const code = newCode()
    const wrong = code.slice(0, 3) + (code[3] === 'K' ? 'M' : 'K') + code.slice(4)
    expect((await sendSession(test, practitioner, { client_code: code })).status).toBe(201)
    const refused = await refusedSession({ client_code: wrong, session_no: '2', time_point: 'during' })
    expect([refused.status, refused.body.code]).toEqual([422, 'client-code-refused'])
    const spaced = `${code.slice(0, 4)} ${code.slice(4, 8).toLowerCase()} ${code.slice(8)}`
    const followUp = await sendSession(test, practitioner, {
      client_code: spaced,
      session_no: '2',
      time_point: 'after',
      session_on: '2025-08-10',
      helped_by: ['talking-it-through'],
    })
    expect(followUp.status).toBe(201)
    const joined = await ask<{ sessions: number }>(
      `select count(*)::int as sessions from answers.records where client_id = (select client_id from answers.records order by received_at desc, session_on desc limit 1) `,
    )
    expect(joined).toEqual([{ sessions: 2 }])
  })

  it('DCS-043: a code that looks like a person or like a number that others use for the client is refused; one that fits the service’s pattern is taken', async () => {
    await ask(`update policy.services set code_pattern = '"VIG"-9999 or 9999999999' where service_id = 'north'`)
    for (const code of ['JohnSmith', 'Jane Smith', 'jane@example.org', '07700 900123', '12/03/2019', '2019-04-01', '943 476 5919', '9434765919']) {
      const reply = await refusedSession({ code_source: 'service', client_code: code })
      expect([reply.status, reply.body.code], code).toEqual([422, 'client-code-refused'])
      expect(reply.text).not.toContain(code)
    }
    const taken = await sendSession(test, practitioner, { code_source: 'service', client_code: 'VIG-0042' })
    expect([taken.status, taken.body.code]).toEqual([201, 'VIG-0042'])
    await ask(`update policy.services set code_pattern = null where service_id = 'north'`)
  })

  it('DCS-015: without the attestation of the client’s consent it is 422, from a practitioner who has not signed it is 403, and neither leaves a row', async () => {
    for (const more of [{ client_consented: undefined }, { held_by_service: undefined }, { signed_on: undefined }])
      expect((await refusedSession(more)).status).toBe(422)
    const before = await counts()
    const no = await sendXml(practitioner, toXml(getFormOfKind(test.attune.programme, 'client-record'), { client_consented: 'no' }))
    expect([no.status, no.body.code]).toEqual([422, 'client-consent-missing'])
    const unsigned = await test.as('practitioner', { serviceId: 'north' })
    const refused = await sendSession(test, unsigned)
    expect([refused.status, refused.body.code]).toEqual([403, 'consent-missing'])
    expect(await counts()).toEqual(before)
  })

  it('DCS-018: an anonymous post and one by somebody who is not enrolled as a practitioner are refused and leave no row', async () => {
    const before = await counts()
    expect((await sendSession(test, test.stranger())).status).toBe(401)
    expect((await sendSession(test, await test.as('practitioner', { assurance: 'password' }))).status).toBe(403)
    expect((await sendSession(test, support)).status).toBe(403)
    // The role alone is not enough: who has it, fully signed in, and has not enrolled is refused as well.
    expect((await sendSession(test, await test.as('practitioner'))).body.code).toBe('consent-missing')
    for (const role of ['service-lead', 'administrator', 'auditor', 'analyst'] as const)
      expect((await sendSession(test, await test.as(role))).status, role).toBe(403)
    expect((await sendSession(test, practitioner, { session_no: undefined })).status).toBe(422)
    expect(await counts()).toEqual(before)
  })

  it('DCS-049: whoever has signed and not passed the training gets 403 that names the training, until it is passed', async () => {
    const email = 'new.starter@example.org'
    const client = await test.as('practitioner', { serviceId: 'north', email })
    const early = await client.post('/api/training', trainingAnswers(test.attune.programme))
    expect([early.status, early.body.code]).toEqual([403, 'consent-missing'])
    expect((await sendConsent(client, test.attune.programme, consentGiven({ email, serviceName: 'Service north' }))).status).toBe(201)
    const untrained = await sendSession(test, client)
    expect([untrained.status, untrained.body.code]).toEqual([403, 'training-missing'])
    expect(untrained.body.detail).toContain('training')
    const { answers, ...training } = trainingAnswers(test.attune.programme)
    expect((await client.post('/api/training', { ...training, answers: {} })).body.ready).toBe(false)
    expect((await sendSession(test, client)).body.code).toBe('training-missing')
    expect((await client.post('/api/training', { ...training, answers })).body.ready).toBe(true)
    expect((await sendSession(test, client)).status).toBe(201)
  })

  it('DCS-025: the same submission sent again after a dropped reply is one row with the same receipt, also when both arrive at once', async () => {
    const form = getFormOfKind(test.attune.programme, 'client-record')
    const xml = toXml(form, sessionGiven())
    const before = await counts()
    const replies = await Promise.all(Array.from({ length: 6 }, () => sendXml(practitioner, xml)))
    const again = await sendXml(practitioner, xml)
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 202, 202, 202, 202, 202])
    expect(again.status).toBe(202)
    const receipts = [...replies, again].map(({ body: { repeated: _repeated, ...receipt } }) => JSON.stringify(receipt))
    expect(new Set(receipts).size).toBe(1)
    expect(Number((await counts())!.records)).toBe(Number(before!.records) + 1)
    expect(Number((await counts())!.scores)).toBe(Number(before!.scores) + 1)
  })

  it('the same id with other answers is refused with 409 and the first one stays', async () => {
    const instanceId = randomUUID()
    const code = newCode()
    expect((await sendSession(test, practitioner, { client_code: code }, { instanceId })).status).toBe(201)
    const [kept] = await ask<{ xml_sealed: Buffer }>('select xml_sealed from answers.records where record_id = $1', [instanceId])
    const changed = await refusedSession({ client_code: code, goal_1_rating: '9' }, { instanceId })
    expect([changed.status, changed.body.code]).toEqual([409, 'submission-changed'])
    expect(
      (await ask<{ xml_sealed: Buffer }>('select xml_sealed from answers.records where record_id = $1', [instanceId]))[0]!.xml_sealed.equals(
        kept!.xml_sealed,
      ),
    ).toBe(true)
  })

  it('DCS-075: a practitioner cannot read back what was sent, and the reply holds no answer', async () => {
    const instanceId = randomUUID()
    const reply = await sendSession(test, practitioner, { narrative_child: 'Marker of the living room.' }, { instanceId })
    expect(reply.status).toBe(201)
    expect(Object.keys(reply.body).sort()).toEqual(['code', 'day', 'formId', 'instanceId', 'receivedAt', 'repeated'])
    expect(reply.text).not.toMatch(/Marker|bath|health-visiting|face-to-face/)
    // Whatever purpose is named: none of the policy's opens a record to a practitioner.
    for (const { code: purpose } of test.attune.programme.policy.purposes)
      for (const url of [`/api/records/${instanceId}`, '/api/records']) {
        const read = await practitioner.get(url, { purpose })
        expect([read.status, read.text.includes('Marker')], `${url} ${purpose}`).toEqual([403, false])
      }
  })

  it('a closed form takes nothing, from the next request on', async () => {
    await ask(`update policy.form_versions set status = 'closed' where form_id = 'client-session'`)
    try {
      const reply = await refusedSession({})
      expect([reply.status, reply.body.code]).toEqual([403, 'form-closed'])
    } finally {
      await ask(`update policy.form_versions set status = 'published' where form_id = 'client-session'`)
    }
  })

  it('a file that no answer names is refused', async () => {
    const form = getFormOfKind(test.attune.programme, 'client-record')
    const before = await counts()
    const reply = await sendParts(practitioner, [
      xmlPart(toXml(form, sessionGiven())),
      { name: 'extra.png', fileName: 'extra.png', type: 'image/png', content: onePixel },
    ])
    expect([reply.status, reply.body.code]).toEqual([422, 'submission-invalid'])
    expect(await counts()).toEqual(before)
  })

  it('every refusal is an event without an answer in it', async () => {
    const [{ event_id: last }] = (await ask<{ event_id: string }>('select max(event_id) as event_id from log.events')) as [{ event_id: string }]
    await refusedSession({ age_group: 'seventeen' })
    const events = await ask<{ action: string; outcome: string; detail: object; role: string; service_id: string }>(
      'select action, outcome, detail, role, service_id from log.events where event_id > $1',
      [last],
    )
    expect(events).toEqual([
      { action: 'record.submit', outcome: 'refused', detail: { because: 'submission-invalid' }, role: 'practitioner', service_id: 'north' },
    ])
  })
})

describe('who ran the session', () => {
  it('DCS-037: a practitioner’s name in the post changes nothing: the stored name is the signed-in practitioner’s', async () => {
    const robin = await readyPractitioner(test, 'north', { email: 'robin@north.example.org', firstName: 'Robin', surname: 'Applegarth' })
    const tampered = await sendSession(test, robin, {}, { extra: '<practitioner_name>Somebody Else</practitioner_name>' })
    expect(tampered.status).toBe(422)
    const instanceId = randomUUID()
    expect((await sendSession(test, robin, {}, { instanceId })).status).toBe(201)
    const read = await support.get(`/api/records/${instanceId}`, { purpose: 'retrieve' })
    expect(read.body.practitioner).toBe('Robin Applegarth')
  })

  it('DCS-038: e-mail and service are stamped from enrolment; another service’s name is refused', async () => {
    const email = 'kim@north.example.org'
    const client = await test.as('practitioner', { serviceId: 'north', email })
    for (const more of [{ service_name: 'Service south' }, { business_email: 'other@example.org' }]) {
      const reply = await sendConsent(client, test.attune.programme, consentGiven({ email, serviceName: 'Service north' }, more))
      expect([reply.status, reply.body.code]).toEqual([422, 'submission-invalid'])
    }
    const kim = await readyPractitioner(test, 'north', { email: 'kim2@north.example.org', firstName: 'Kim', surname: 'Stone' })
    const posted = await sendSession(test, kim, {}, { extra: '<service_name>Service south</service_name>' })
    expect(posted.status).toBe(422)
    const instanceId = randomUUID()
    await sendSession(test, kim, {}, { instanceId })
    const [author] = await ask<{ service_id: string; sealed: Buffer }>(
      'select service_id, sealed from identity.record_authors where record_id = $1',
      [instanceId],
    )
    const stamp = JSON.parse(
      test.attune.keyring.openIdentity({ table: 'identity.record_authors', row: instanceId, field: 'sealed' }, author!.sealed).toString(),
    )
    expect([author!.service_id, stamp]).toEqual(['north', { name: 'Kim Stone', email: 'kim2@north.example.org', service: 'north' }])
  })
})
