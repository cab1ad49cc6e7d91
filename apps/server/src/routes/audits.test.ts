import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { passTimeTo } from '../../test/pass-time.ts'
import { newCode, readyPractitioner, sendSession, trainingAnswers, type Given } from '../../test/submission.ts'
import { runAuditClock } from '../actions/audit/audit-clock.ts'
import { settleOutside } from '../actions/right/settle-outside.ts'
import { addFindings } from '../store/audits/findings.ts'
import { withActor } from '../store/with-actor.ts'

// Names that nobody has: one whose record is of the service north, one of south.
const planted = 'Zebediah Quillfeather'
const purpose = 'audit'
let test: TestAttune
let auditor: Client
let administrator: Client
let leads: { north: Client; south: Client }
let practitioner: Awaited<ReturnType<typeof readyPractitioner>>
const code = newCode()
let recordId = ''

const clean: Given = {
  narrative_child: 'Curious, and looks for a shared smile.',
  narrative_relationship: 'They take more turns.',
  goal_1: 'Enjoy bath time',
}
const audits = async (client = auditor) => (await client.get('/api/audits')).body.audits
const texts = async (auditId: string) => (await auditor.get(`/api/audits/${auditId}/texts`, { purpose })).body
const judge = (textId: string, body: object, client = auditor) => client.post(`/api/audit-texts/${textId}/verdict`, body, { purpose })
const tick = () => runAuditClock(test.attune, test.clock.now())

beforeAll(async () => {
  test = await startAttune({ at: '2025-08-20T10:00:00Z' })
  auditor = await test.as('auditor', { email: 'auditor@example.org' })
  administrator = await test.as('administrator', { email: 'admin@example.org' })
  leads = {
    north: await test.as('service-lead', { serviceId: 'north', email: 'lead.north@example.org' }),
    south: await test.as('service-lead', { serviceId: 'south', email: 'lead.south@example.org' }),
  }
  practitioner = await readyPractitioner(test, 'north', { email: 'robin@example.org' })
  recordId = (
    await sendSession(test, practitioner, {
      ...clean,
      client_code: code,
      narrative_child: `Plays well when ${planted} is there, who lives in Leeds.`,
    })
  ).body.instanceId
  await sendSession(test, await readyPractitioner(test, 'south'), { ...clean, client_code: newCode() })
})
afterAll(() => test.stop())

describe('the quarterly audit', () => {
  it('DCS-053: opens by itself when a quarter has ended, once, and reads overdue past its day, with a letter', async () => {
    expect(await audits()).toEqual([])
    await tick()
    // The quarter of the first record has not ended.
    expect((await audits()).map((audit: { quarter: string }) => audit.quarter)).toEqual([])
    await passTimeTo(test, '2025-10-01T06:00:00Z')
    expect(await tick()).toEqual(['2025-Q3'])
    expect(await tick()).toEqual([])
    expect(await audits()).toMatchObject([{ quarter: '2025-Q3', state: 'open', dueOn: '2025-10-30' }])
    expect(test.letters.filter(({ to, subject }) => to === 'auditor@example.org' && subject === 'A quarterly audit is open')).toHaveLength(1)
    await passTimeTo(test, '2025-10-30T22:00:00Z')
    await tick()
    expect((await audits())[0].state).toBe('open')
    await passTimeTo(test, '2025-10-31T06:00:00Z')
    await tick()
    await tick()
    expect((await audits())[0].state).toBe('overdue')
    expect((await audits(administrator))[0].state).toBe('overdue')
    for (const client of [auditor, administrator])
      expect((await client.get('/api/marks')).body.marks).toContainEqual({ place: '/audits', open: 1, overdue: 1 })
    for (const to of ['auditor@example.org', 'admin@example.org'])
      expect(test.letters.filter((letter) => letter.to === to && letter.subject === 'A quarterly audit is overdue')).toHaveLength(1)
    await passTimeTo(test, '2025-10-02T09:00:00Z')
  })

  it('DCS-047: the worklist holds answers to the questions marked as disclosure risk and to no other', async () => {
    const [audit] = await audits()
    // Four marked answers in each of two records: two narratives, one goal; a rating, a code or a date is never among them.
    const rows = await askDatabase<{ question: string }>(test, 'select distinct question from audit.texts order by 1')
    expect(rows.map((row) => row.question)).toEqual(['goal_1', 'narrative_child', 'narrative_relationship'])
    expect(audit.services.map((service: { texts: number }) => service.texts)).toEqual([3, 3])
    const marked = test.attune.programme.policy.fields
      .filter((field) => field.form === 'client-session' && field.disclosureRisk)
      .map((field) => field.name)
    expect(rows.every((row) => marked.includes(row.question))).toBe(true)
  })

  it('shows the auditor the text, the marks and nothing about scores, days or who wrote it', async () => {
    const [audit] = await audits()
    const page = await texts(audit.auditId)
    expect(page.left).toBe(6)
    const [first] = page.texts
    expect(first).toMatchObject({ because: 'flagged', text: expect.stringContaining(planted) })
    expect(Object.keys(first).sort()).toEqual(['because', 'marks', 'question', 'text', 'textId'])
    for (const word of ['robin@example.org', 'Robin', 'north', code, '2025-07-10', recordId]) expect(JSON.stringify(page)).not.toContain(word)
    expect(page.texts.slice(1).every((text: { because: string }) => text.because === 'sample')).toBe(true)
    const reply = await auditor.get(`/api/audits/${audit.auditId}/texts`, { purpose })
    expect(reply.headers['cache-control']).toContain('no-store')
    for (const client of [administrator, leads.north, practitioner])
      expect((await client.get(`/api/audits/${audit.auditId}/texts`, { purpose })).status).toBe(403)
    expect((await auditor.get(`/api/audits/${audit.auditId}/texts`, { purpose: 'analyse' })).status).toBe(403)
  })

  it('DCS-054: does not close while a flagged or a drawn text has no verdict, and says how many', async () => {
    const [audit] = await audits()
    const refused = await auditor.post(`/api/audits/${audit.auditId}/close`)
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
      409,
      'audit-unjudged',
      expect.stringContaining('6 texts need a verdict'),
    ])
    expect((await audits())[0].closedAt).toBeNull()
    expect((await administrator.post(`/api/audits/${audit.auditId}/close`)).status).toBe(403)
  })

  it.each([
    ['nothing marked', []],
    ['a mark outside of the text', [{ start: 5, end: 5000, as: 'friend' }]],
    [
      'marks that overlap',
      [
        { start: 0, end: 8, as: 'friend' },
        { start: 4, end: 12, as: 'place' },
      ],
    ],
    ['a mark that is empty', [{ start: 9, end: 9, as: 'friend' }]],
  ])('refuses a replacement with %s and changes nothing', async (_what, spans) => {
    const [audit] = await audits()
    const [first] = (await texts(audit.auditId)).texts
    const reply = await judge(first.textId, { verdict: 'replace', ...(spans.length > 0 && { spans }) })
    expect([reply.status, reply.body.code]).toEqual([400, 'request-invalid'])
    expect((await texts(audit.auditId)).left).toBe(6)
  })

  it('DCS-055: a planted name is replaced by a neutral word or the code, in every place that the system has', async () => {
    const [audit] = await audits()
    const [first] = (await texts(audit.auditId)).texts
    const [from, to] = [first.text.indexOf(planted), first.text.indexOf(planted) + planted.length]
    const place = first.text.indexOf('Leeds')
    const spans = [
      { start: from, end: to, as: 'client' },
      { start: place, end: place + 5, as: 'place' },
    ]
    // Whatever happens to the letters, the verdict stands and is answered.
    const { mail } = test.attune
    Object.assign(test.attune, { mail: { ...mail, send: () => Promise.reject(new Error('broken off')) } })
    const reply = await judge(first.textId, { verdict: 'replace', spans })
    Object.assign(test.attune, { mail })
    expect(reply.status, reply.text).toBe(200)
    expect(test.letters.filter(({ subject }) => subject.startsWith('The audit found something'))).toEqual([])
    await settleOutside(test.attune)
    expect(reply.body).toEqual({ left: 5, text: `Plays well when ${code} is there, who lives in [a place].` })
    expect((await judge(first.textId, { verdict: 'clear' })).body.code).toBe('audit-text-judged')

    const support = await test.as('data-support', { serviceId: 'north' })
    const read = await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })
    expect(read.text).toContain(`Plays well when ${code} is there`)
    expect(read.text).not.toContain('Quillfeather')
    // What the row holds under its seal, and what the log and the audit's own tables say.
    const { keyring } = test.attune
    const { open } = await import('../store/keyring/seal.ts')
    const { xmlPlace } = await import('../store/records/places.ts')
    const [row] = await askDatabase<{ client_id: string; xml_sealed: Buffer }>(
      test,
      'select client_id, xml_sealed from answers.records where record_id = $1',
      [recordId],
    )
    const key = (await keyring.findClientKeys('north', [row!.client_id])).get(row!.client_id)!
    const xml = open(key, xmlPlace({ recordId, clientId: row!.client_id }), row!.xml_sealed).toString('utf8')
    expect(xml).toContain(`<narrative_child>Plays well when ${code} is there, who lives in [a place].</narrative_child>`)
    expect(xml).not.toMatch(/Quillfeather|Leeds/)
    const everything = await askDatabase<{ text: string }>(
      test,
      `select t::text as text from log.events t union all select t::text from audit.findings t union all select t::text from audit.texts t union all select t::text from answers.records t`,
    )
    expect(everything.length).toBeGreaterThan(5)
    expect(everything.filter(({ text }) => /Quillfeather|Zebediah|Leeds/.test(text))).toEqual([])
    const [redacted] = (await administrator.get('/api/events')).body.events.filter((event: { action: string }) => event.action === 'record.redact')
    expect(redacted.detail).toMatch(
      /after [0-9a-f]{64}, before [0-9a-f]{64}, lengths 21 5, question narrative_child, recordId \S+, categories client-name place/,
    )
  })

  it('a device that sends the same form again is told that it is here, and the name does not come back', async () => {
    const found = await askDatabase<{ content: Buffer }>(test, 'select content_hash as content from answers.records where record_id = $1', [recordId])
    expect(found[0]!.content.length).toBe(32)
    const again = await sendSession(
      test,
      practitioner,
      { ...clean, client_code: code, narrative_child: `Plays well when ${planted} is there, who lives in Leeds.` },
      { instanceId: recordId },
    )
    expect([again.status, again.body.repeated]).toEqual([202, true])
    const support = await test.as('data-support', { serviceId: 'north' })
    expect((await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).text).not.toContain('Quillfeather')
  })

  it('DCS-056: one letter goes to the lead of the service with code, kind and day; none to another, and never the words', async () => {
    const about = test.letters.filter((letter) => letter.subject === 'The audit found something in a record of your service')
    expect(about.map((letter) => letter.to)).toEqual(['lead.north@example.org'])
    expect(about[0]!.text).toContain(`${code}, session on 10 July 2025: the client's name in free text; a place in free text`)
    expect(JSON.stringify(test.letters)).not.toMatch(/Quillfeather|Zebediah|Leeds/)
    expect(test.letters.every((letter) => !letter.subject.includes(code))).toBe(true)
    const [audit] = await audits()
    const own = (await leads.north.get(`/api/audits/${audit.auditId}/findings`)).body.findings
    expect(own).toMatchObject([
      { code, category: 'place', question: 'narrative_child', action: { dueOn: '2025-11-01', doneAt: null } },
      { code, category: 'client-name' },
    ])
    expect((await leads.south.get(`/api/audits/${audit.auditId}/findings`)).body.findings).toEqual([])
    expect((await audits(leads.south))[0].services.map((service: { serviceId: string }) => service.serviceId)).toEqual(['south'])
  })

  it('DCS-057: the practitioner sees the task; past its day nothing is taken in until the training is taken again', async () => {
    expect(test.letters.filter(({ to, subject }) => to === 'robin@example.org' && subject === 'There is a training task for you')).toHaveLength(1)
    expect((await practitioner.get('/api/standing')).body).toMatchObject({ ready: true, tasks: [{ dueOn: '2025-11-01', overdue: false }] })
    await passTimeTo(test, '2025-11-01T10:00:00Z')
    expect((await sendSession(test, practitioner, { ...clean, client_code: code, session_no: '2' })).status).toBe(201)
    await passTimeTo(test, '2025-11-02T10:00:00Z')
    const refused = await sendSession(test, practitioner, { ...clean, client_code: code, session_no: '3' })
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('training task')])
    expect((await practitioner.get('/api/standing')).body).toMatchObject({ ready: false, tasks: [{ overdue: true }] })
    expect((await practitioner.post('/api/training', trainingAnswers(test.attune.programme))).body).toMatchObject({ ready: true, tasks: [] })
    expect((await sendSession(test, practitioner, { ...clean, client_code: code, session_no: '3' })).status).toBe(201)
    const [audit] = await audits()
    expect((await leads.north.get(`/api/audits/${audit.auditId}/findings`)).body.findings[0].action.doneAt).toBe('2025-11-02T10:00:00.000Z')
  })

  it('closes once everything is judged, and sends each service its own numbers', async () => {
    const [audit] = await audits()
    for (const { textId } of (await texts(audit.auditId)).texts) expect((await judge(textId, { verdict: 'clear' })).status).toBe(200)
    const closed = await auditor.post(`/api/audits/${audit.auditId}/close`)
    expect(closed.body).toMatchObject({ state: 'closed', toJudge: 0, judged: 6 })
    expect(closed.body.services).toMatchObject([
      { serviceId: 'north', records: 1, texts: 3, flagged: 1, sampled: 2, findings: 2, actionsDone: 1, actionsOpen: 0 },
      { serviceId: 'south', records: 1, texts: 3, flagged: 0, sampled: 3, findings: 0 },
    ])
    const reported = () => test.letters.filter((letter) => letter.subject === 'The report of the quarterly audit for your service')
    // Noted with the closing, sent by the clock: a server that stops in between loses none, and a second run sends none twice.
    expect(reported()).toEqual([])
    const { mail } = test.attune
    Object.assign(test.attune, { mail: { ...mail, send: () => Promise.reject(new Error('broken off')) } })
    await expect(settleOutside(test.attune)).rejects.toThrow('broken off')
    Object.assign(test.attune, { mail })
    await settleOutside(test.attune)
    await settleOutside(test.attune)
    const reports = reported()
    expect(reports.map((letter) => [letter.to, /findings: (\d)/.exec(letter.text)?.[1]])).toEqual([
      ['lead.north@example.org', '2'],
      ['lead.south@example.org', '0'],
    ])
    expect((await auditor.post(`/api/audits/${audit.auditId}/close`)).body.code).toBe('audit-closed')
  })

  it('the next audit takes only what came in since, whatever was cut off or run twice', async () => {
    await passTimeTo(test, '2026-01-05T06:00:00Z')
    await Promise.allSettled([tick(), tick()])
    await tick()
    const [audit] = await audits()
    expect(audit).toMatchObject({ quarter: '2025-Q4', services: [{ serviceId: 'north', records: 2 }] })
  })
})

describe('a record that was corrected', () => {
  it('DCS-054: goes through the next audit again, and a text that waits for its verdict loses marks that stood in the old words', async () => {
    const filed = await leads.north.post('/api/rights', { type: 'rectify', code, identityCheck: 'known-in-person' })
    const put = async (record: string, words: string) => {
      const answers = { narrative_child: words }
      const order = { requestId: filed.body.requestId, reason: 'The family says that it was otherwise.', answers }
      const reply = await administrator.post(`/api/records/${record}/correction`, order)
      return [reply.status, reply.text]
    }
    const done = [200, expect.any(String)]
    const seen = () => askDatabase(test, 'select audited_in is not null as seen from answers.records where record_id = $1', [recordId])
    expect(await seen()).toEqual([{ seen: true }])
    expect(await put(recordId, 'Plays best at home.')).toEqual(done)
    expect(await seen()).toEqual([{ seen: false }])
    const flagged = await sendSession(test, practitioner, { ...clean, client_code: code, session_no: '9', narrative_child: `With ${planted}.` })
    await passTimeTo(test, '2026-04-01T06:00:00Z')
    await tick()
    const next = (await audits()).find(({ quarter }: { quarter: string }) => quarter === '2026-Q1')
    const page = await texts(next.auditId)
    expect(page.texts.map(({ text }: { text: string }) => text)).toContain('Plays best at home.')
    const marked = page.texts[0]
    expect([marked.text, marked.marks.length > 0]).toEqual([`With ${planted}.`, true])
    expect(await put(flagged.body.instanceId, 'Plays well.')).toEqual(done)
    const after = (await texts(next.auditId)).texts.find(({ textId }: { textId: string }) => textId === marked.textId)
    expect(after).toMatchObject({ text: 'Plays well.', marks: [] })
  })
})

describe('who sent without being ready', () => {
  it('DCS-104: a submission whose author had not signed the edition in force is named; with valid signatures the list is empty', async () => {
    const [audit] = await audits()
    expect((await auditor.get(`/api/audits/${audit.auditId}/findings`)).body.findings).toEqual([])
    const sent = await sendSession(test, practitioner, { ...clean, client_code: code, session_no: '4' })
    await askDatabase(test, `update answers.records set policy_version = '2031-01+x' where record_id = $1`, [sent.body.instanceId])
    await passTimeTo(test, '2026-07-02T06:00:00Z')
    await tick()
    const [next] = await audits()
    const { findings } = (await auditor.get(`/api/audits/${next.auditId}/findings`)).body
    expect(findings).toMatchObject([{ recordId: sent.body.instanceId, category: 'missing-consent', code, action: { doneAt: null } }])
    expect(JSON.stringify(findings)).not.toMatch(/Robin|robin@/)
  })

  it('DCS-105: a submission from before the author passed the training is named', async () => {
    const sent = await sendSession(test, practitioner, { ...clean, client_code: code, session_no: '5' })
    await askDatabase(test, `update identity.training_records set passed_at = '2026-08-01' where passed_at < '2026-08-01'`)
    await passTimeTo(test, '2026-10-02T06:00:00Z')
    await tick()
    const [next] = await audits()
    expect((await auditor.get(`/api/audits/${next.auditId}/findings`)).body.findings).toMatchObject([
      { recordId: sent.body.instanceId, category: 'missing-training' },
    ])
  })
})

describe('an audit that finds much', () => {
  it('keeps more findings than one statement can hold', async () => {
    const auditId = randomUUID()
    const finding = { serviceId: 'north', auditId, recordId: randomUUID(), clientId: randomUUID(), sessionOn: '2025-08-01', actionId: undefined }
    await withActor(test.attune.databases.attune, { role: 'system' }, 'audit', (trx) =>
      addFindings(
        trx,
        Array.from({ length: 5_000 }, () => ({ ...finding, category: 'other-name' as const, foundAt: test.clock.now() })),
      ),
    )
    expect(await askDatabase(test, 'select count(*)::integer as count from audit.findings where audit_id = $1', [auditId])).toEqual([
      { count: 5_000 },
    ])
  })
})

describe('the audits of a nation', () => {
  it('come by year and by pages of services, counted and cut by the server; what is not closed comes with every year', async () => {
    const many = Array.from({ length: 60 }, (_, at) => `page-${String(at).padStart(2, '0')}`)
    for (const serviceId of many) await test.addService(serviceId, `A ${serviceId}`)
    const closed = randomUUID()
    await askDatabase(
      test,
      `insert into audit.audits (audit_id, programme_id, quarter, until_at, opened_at, due_on, seed, scanned_at, closed_at, closed_by)
       select $1, programme_id, '2019-Q2', now(), now(), '2019-07-30', 'seed', now(), now(), gen_random_uuid() from audit.audits limit 1`,
      [closed],
    )
    await askDatabase(
      test,
      `insert into audit.service_counts (service_id, audit_id, records, texts, flagged, sampled) select s, $1, 1, 2, 0, 2 from unnest($2::text[]) s`,
      [closed, many],
    )
    const first = (await auditor.get('/api/audits?year=2019')).body
    expect(first).toMatchObject({ year: '2019', page: 1, pages: 2, years: expect.arrayContaining(['2019', '2026']) })
    const of2019 = first.audits.find((audit: { quarter: string }) => audit.quarter === '2019-Q2')
    expect(of2019.services.map((service: { serviceId: string }) => service.serviceId)).toEqual(many.slice(0, 50))
    expect(first.audits.filter((audit: { quarter: string; state: string }) => audit.state === 'closed')).toEqual([of2019])
    const open = first.audits.filter((audit: { state: string }) => audit.state !== 'closed')
    expect(open.length).toBe((await auditor.get('/api/marks')).body.marks.find((mark: { place: string }) => mark.place === '/audits').open)
    const alone = (await auditor.get(`/api/audits?auditId=${closed}&page=2`)).body
    expect([alone.pages, alone.services, alone.audits.length]).toEqual([2, 60, 1])
    expect(alone.audits[0].services.map((service: { serviceId: string }) => service.serviceId)).toEqual(many.slice(50))
    expect((await auditor.get('/api/audits')).body.audits.map((audit: { quarter: string }) => audit.quarter)).not.toContain('2019-Q2')
    // A lead is shown the own service and no other, however many there are.
    const lead = (await leads.south.get('/api/audits?year=2019')).body
    expect(JSON.stringify(lead)).not.toContain('page-0')
    for (const wrong of ['year=19', 'year=abcd', 'page=0', 'auditId=1']) expect((await auditor.get(`/api/audits?${wrong}`)).status).toBe(400)
  })
})
