import { createHash, randomUUID } from 'node:crypto'
import { downloadFormats } from '@attune/contract'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../test/submission.ts'
import { unzip, unzipReply } from '../../test/unzip.ts'

type Person = Client & { accountId: string }
let test: TestAttune
let north: { practitioner: Person; support: Person; lead: Person }
let south: { practitioner: Person; support: Person }
const southRecord = randomUUID()
const southCode = newCode()
beforeAll(async () => {
  test = await startAttune()
  north = {
    practitioner: await readyPractitioner(test, 'north', { firstName: 'Nell', surname: 'Aldous' }),
    support: await test.as('data-support', { serviceId: 'north' }),
    lead: await test.as('service-lead', { serviceId: 'north' }),
  }
  south = {
    practitioner: await readyPractitioner(test, 'south', { firstName: 'Sol', surname: 'Brook' }),
    support: await test.as('data-support', { serviceId: 'south' }),
  }
  await sendSession(test, south.practitioner, { client_code: southCode, narrative_child: 'Words from the south.' }, { instanceId: southRecord })
})
afterAll(() => test.stop())

const ask = <T>(question: string, values: unknown[] = []) => askDatabase<T>(test, question, values)
const retrieve = { purpose: 'retrieve' }

describe('records of a service', () => {
  it('DCS-078: another service’s rows are in no list, no count, no search by code and no download, and its ids answer 404', async () => {
    await sendSession(test, north.practitioner)
    const list = await north.support.get('/api/records', retrieve)
    expect(list.status).toBe(200)
    expect(list.body.records.length).toBeGreaterThan(0)
    expect(list.body.total).toBe(Number((await ask<{ count: string }>(`select count(*) from answers.records where service_id = 'north'`))[0]!.count))
    expect(list.text).not.toContain(southRecord)
    const byCode = await north.support.get(`/api/records?code=${southCode}`, retrieve)
    expect(byCode.body).toEqual({ records: [], total: 0, next: null })
    const one = await north.support.get(`/api/records/${southRecord}`, retrieve)
    expect([one.status, one.body.code]).toEqual([404, 'not-found'])
    const [southPractitioner] = (await south.support.get('/api/practitioners', retrieve)).body.practitioners
    const lost = await north.support.post(
      '/api/records/find-code',
      { practitionerId: southPractitioner.practitionerId, sessionOn: '2025-07-10' },
      { purpose: 'find-code' },
    )
    expect(lost.body).toEqual({ found: [] })
    const download = await north.support.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })
    const csv = unzipReply(download).get('records.csv')!.toString('utf8')
    expect(csv).not.toContain(southCode)
    expect(csv).not.toContain('Words from the south')
    expect((await south.support.get(`/api/records/${southRecord}`, retrieve)).status).toBe(200)
  })

  it('DCS-125: asking for another service gives nothing, and renaming the service changes nothing about who sees what', async () => {
    await sendSession(test, north.practitioner)
    expect((await north.support.get('/api/records?serviceId=south', retrieve)).body).toEqual({ records: [], total: 0, next: null })
    const own = await north.support.get('/api/records?serviceId=north', retrieve)
    expect(own.body.records.length).toBeGreaterThan(0)
    const administrator = await test.as('administrator')
    const renamed = await administrator.request('PATCH', '/api/services/north', { body: { name: 'Service south' } })
    expect([renamed.status, renamed.body.formerNames]).toEqual([200, ['Service north']])
    const after = await north.support.get('/api/records', retrieve)
    expect(after.body.records.map((row: { recordId: string }) => row.recordId)).toEqual(
      own.body.records.map((row: { recordId: string }) => row.recordId),
    )
    expect((await north.support.get(`/api/records/${southRecord}`, retrieve)).status).toBe(404)
    await administrator.request('PATCH', '/api/services/north', { body: { name: 'Service north' } })
  })

  it('DCS-123: data support can change nothing: every writing method on records is refused and the row stays as it is', async () => {
    const instanceId = randomUUID()
    await sendSession(test, north.practitioner, {}, { instanceId })
    const hash = async () =>
      (await ask<{ hash: string }>('select md5(r::text) as hash from answers.records r where record_id = $1', [instanceId]))[0]!.hash
    const before = await hash()
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
      const reply = await north.support.request(method, `/api/records/${instanceId}`, {
        body: method === 'DELETE' ? undefined : { sessionOn: '2025-01-01' },
        purpose: 'retrieve',
      })
      expect([403, 404, 405], method).toContain(reply.status)
    }
    expect((await sendSession(test, north.support, {}, { instanceId })).status).toBe(403)
    expect(await hash()).toBe(before)
    const client = await import('pg').then(
      ({ default: pg }) => new pg.Client({ ...test.databases.admin.attune, user: 'attune_app', password: test.databases.loginPassword }),
    )
    await client.connect()
    for (const statement of [
      `update answers.records set session_on = '2025-01-01'`,
      'delete from answers.records',
      `update scores.record_scores set scores = '{}'`,
      'delete from answers.clients',
      'delete from answers.attachments',
    ]) {
      await client.query(`begin; set local role acting_data_support; set local app.service = 'north'; set local app.purpose = 'retrieve'`)
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    }
    await client.end()
    expect(await hash()).toBe(before)
  })

  it('a read needs a purpose of the policy; another one is refused and both are in the log', async () => {
    const [{ last }] = (await ask<{ last: string }>('select max(event_id) as last from log.events')) as [{ last: string }]
    expect((await north.support.get('/api/records')).status).toBe(403)
    const curious = await north.support.get('/api/records', { purpose: 'curiosity' })
    expect([curious.status, curious.body.code]).toEqual([403, 'purpose-refused'])
    expect((await north.support.get('/api/records', { purpose: 'how Jane Smith gets on' })).status).toBe(403)
    expect(
      (await north.support.post('/api/records/find-code', { practitionerId: randomUUID(), sessionOn: '2025-07-10' }, { purpose: 'download' })).status,
    ).toBe(403)
    await north.support.get('/api/records', retrieve)
    const events = await ask<{ action: string; outcome: string; purpose: string; detail: Record<string, unknown> }>(
      'select action, outcome, purpose, detail from log.events where event_id > $1 order by event_id',
      [last],
    )
    expect(events.map(({ action, outcome, purpose }) => `${action} ${outcome} ${purpose}`.trim())).toEqual([
      'record.list refused',
      'record.list refused',
      'record.list refused',
      'record.find-code refused',
      'record.list done retrieve',
    ])
    expect(events.at(-1)!.detail).toEqual({ rows: expect.any(Number), byCode: false })
    // What was asked for is in the log as long as it is a word such as purposes are, and not somebody's sentence.
    expect(events[1]!.detail).toMatchObject({ purposeAsked: 'curiosity' })
    expect(JSON.stringify(events)).not.toContain('Jane')
  })

  it('pages go on where the last one ended, without a gap or a row twice', async () => {
    for (let day = 1; day <= 7; day++) await sendSession(test, north.practitioner, { session_on: `2025-08-0${day}` })
    const whole = await north.support.get('/api/records', retrieve)
    const ids: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: { body: { records: { recordId: string }[]; next: string | null; total: number } } = await north.support.get(
        `/api/records?limit=3${next === '' ? '' : `&after=${next}`}`,
        retrieve,
      )
      expect(page.body.total).toBe(whole.body.total)
      ids.push(...page.body.records.map((row) => row.recordId))
      next = page.body.next
    }
    expect(ids).toEqual(whole.body.records.map((row: { recordId: string }) => row.recordId))
    expect((await north.support.get('/api/records?after=bm90aGluZw', retrieve)).status).toBe(400)
  })

  it('one record is shown in the form’s own words with its practitioner', async () => {
    const instanceId = randomUUID()
    await sendSession(
      test,
      north.practitioner,
      { measures_used: ['phq-9'], ...itemsGiven('phq9', [1, 1, 1, 1, 1, 1, 1, 1, 0]), narrative_child: 'Looks up more.' },
      { instanceId },
    )
    const { body } = await north.support.get(`/api/records/${instanceId}`, retrieve)
    expect(body.practitioner).toBe('Nell Aldous')
    expect(body.record).toMatchObject({
      recordId: instanceId,
      sessionNo: 1,
      timePoint: 'before',
      sessionMode: 'face-to-face',
      ageGroup: '2-4',
      serviceCopy: true,
      reviewState: 'received',
    })
    expect(body.record.scores['phq-9']).toBe(8)
    const line = (name: string) => body.answers.find((each: { name: string }) => each.name === name)
    expect(line('narrative_child').value).toBe('Looks up more.')
    expect(line('other_support')).toMatchObject({ section: 'The child', value: 'health visiting' })
    expect(line('held_by_service').value).toBe('yes')
  })

  it('a lost code is found by practitioner and day: code and time and nothing else', async () => {
    const code = newCode()
    await sendSession(test, north.practitioner, { client_code: code, session_on: '2025-09-03' })
    const practitioners = await north.support.get('/api/practitioners', { purpose: 'find-code' })
    const nell = practitioners.body.practitioners.find((each: { name: string }) => each.name === 'Nell Aldous')
    expect(nell.consentCurrent).toBe(true)
    const found = await north.support.post(
      '/api/records/find-code',
      { practitionerId: nell.practitionerId, sessionOn: '2025-09-03' },
      { purpose: 'find-code' },
    )
    expect(found.body).toEqual({ found: [{ code, receivedAt: expect.any(String) }] })
  })

  it('a restricted record is in no list, no download and not readable, and comes back when it is lifted', async () => {
    const instanceId = randomUUID()
    await sendSession(test, north.practitioner, {}, { instanceId })
    await ask(`select answers.restrict_record('north', $1, true)`, [instanceId])
    expect((await north.support.get(`/api/records/${instanceId}`, retrieve)).status).toBe(404)
    expect((await north.support.get('/api/records', retrieve)).text).not.toContain(instanceId)
    await ask(`select answers.restrict_record('north', $1, false)`, [instanceId])
    expect((await north.support.get(`/api/records/${instanceId}`, retrieve)).status).toBe(200)
  })

  it('DCS-062: nobody of the operator gets rows out: every export route is 403 for them, and replies say no-store', async () => {
    for (const role of ['administrator', 'auditor', 'analyst', 'service-lead', 'practitioner'] as const) {
      const client = await test.as(role)
      for (const format of downloadFormats) {
        for (const purpose of ['download', 'retrieve', 'correct', 'audit', 'analyse']) {
          const reply = await client.post('/api/downloads', { format, acceptResponsibility: true }, { purpose })
          expect(reply.status, `${role} ${purpose}`).toBe(403)
          expect(reply.headers['cache-control']).toContain('no-store')
        }
      }
      expect((await client.get('/api/records', retrieve)).status, role).toBe(403)
      expect((await client.get(`/api/records/${southRecord}`, retrieve)).status, role).toBe(403)
    }
    expect((await north.support.get('/api/records', retrieve)).headers['cache-control']).toContain('no-store')
  })
})

describe('downloads', () => {
  it('needs responsibility to be accepted', async () => {
    const reply = await north.support.post('/api/downloads', { format: 'csv', acceptResponsibility: false }, { purpose: 'download' })
    expect([reply.status, reply.body.code]).toEqual([422, 'responsibility-missing'])
  })

  it('holds the service’s rows, leaves out and counts those without the client’s agreement to copies, and says who answers for it (ASVS 5.4.1, 5.4.2)', async () => {
    const dangerous = '=HYPERLINK("http://evil.example","x")'
    const support = await test.as('data-support', { serviceId: 'south' })
    const kept = randomUUID()
    await sendSession(
      test,
      south.practitioner,
      { session_on: '2025-10-01', narrative_child: dangerous, narrative_relationship: 'With, a comma and a “quote"' },
      { instanceId: kept },
    )
    const without = randomUUID()
    await sendSession(test, south.practitioner, { session_on: '2025-10-02', service_copy: 'no' }, { instanceId: without })
    const order = { acceptResponsibility: true, from: '2025-10-01', until: '2025-10-31' }
    const reply = await support.post('/api/downloads', { ...order, format: 'csv' }, { purpose: 'download' })
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toContain('application/zip')
    expect(reply.headers['content-disposition']).toBe('attachment; filename="vig-dcs-south-2025-11-21.zip"')
    const files = unzipReply(reply)
    const bytes = files.get('records.csv')!
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes
      .toString('utf8')
      .slice(1)
      .split('\r\n')
      .filter((line) => line !== '')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(kept)
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`)
    expect(bytes.toString()).not.toContain(without)
    const manifest = JSON.parse(files.get('manifest.json')!.toString())
    expect(manifest).toMatchObject({
      responsibleBody: 'Service south',
      responsibilityAccepted: true,
      requestedBy: 'data-support',
      purpose: 'download',
      rows: 1,
      withheld: 1,
      filter: { from: '2025-10-01', until: '2025-10-31' },
      policyVersion: test.attune.programme.policyVersion.text,
    })
    expect(manifest.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const [event] = await ask<{ detail: object; purpose: string }>(
      `select detail, purpose from log.events where action = 'record.download' and outcome = 'done' order by event_id desc limit 1`,
    )
    expect(event).toMatchObject({ purpose: 'download', detail: { rows: 1, withheld: 1, format: 'csv', responsibilityAccepted: true } })
  })

  it('a workbook carries labels for people, and text in it is never a formula, nor in a table (ASVS 1.2.10)', async () => {
    const words = ['=HYPERLINK("http://evil.example","x")', ' +1', '-1+1', '@SUM(A1)', '\u00a0=1']
    for (const [at, narrative_child] of words.entries())
      await sendSession(test, south.practitioner, { session_on: `2025-11-0${at + 1}`, narrative_child })
    const order = { acceptResponsibility: true, from: '2025-11-01', until: '2025-11-09' }
    const download = async (format: 'xlsx' | 'csv') =>
      unzipReply(await south.support.post('/api/downloads', { ...order, format }, { purpose: 'download' }))
    const files = await download('xlsx')
    const workbook = files.get('records.xlsx')!
    expect(JSON.parse(files.get('manifest.json')!.toString()).sha256).toBe(createHash('sha256').update(workbook).digest('hex'))
    const sheet = unzip(workbook).get('xl/worksheets/sheet1.xml')!.toString()
    const { outline } = getFormOfKind(test.attune.programme, 'client-record')
    expect(sheet).toContain(
      `<t xml:space="preserve">${outline.choices['other_support']!.find((choice) => choice.name === 'health-visiting')!.label['English (en)']}</t>`,
    )
    expect(sheet).toContain('=HYPERLINK(&quot;http://evil.example&quot;')
    expect(sheet).not.toContain('<f>')

    const table = (await download('csv')).get('records.csv')!.toString('utf8')
    for (const text of words) expect(table, text).toContain(`'${text.replaceAll('"', '""')}`)
    expect(table).not.toMatch(/[,\n]"?[\s\u00a0]*[=+@]/)
  })
})
