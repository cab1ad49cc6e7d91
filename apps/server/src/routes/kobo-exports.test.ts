// Kobo's exports and export settings by the calls that its clients document: KoboconnectR orders by a web form and reads the list until it is ready,
// Excel and Power BI refresh by the address of settings.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { itemsGiven, readyPractitioner, sendSession } from '../../test/submission.ts'
import { unzip } from '../../test/unzip.ts'

let test: TestAttune
let token: string
let southToken: string
const tokenOf = async (serviceId: string) => {
  const support = await test.as('data-support', { serviceId })
  return (await support.post('/api/read-tokens', { name: 'Script', acceptResponsibility: true }, { purpose: 'download' })).body.token as string
}
beforeAll(async () => {
  test = await startAttune({ mode: 'real' })
  const north = await readyPractitioner(test, 'north')
  const south = await readyPractitioner(test, 'south')
  const phq = itemsGiven('phq9', [1, 1, 1, 1, 1, 1, 1, 1, 0])
  const given = { measures_used: ['phq-9'], ...phq, other_support: ['health-visiting', 'education'], goal_1: '=SUM(A1)' }
  for (const day of ['2025-08-01', '2025-08-02', '2025-08-03'])
    expect((await sendSession(test, north, { ...given, session_on: day })).status).toBe(201)
  await sendSession(test, north, { session_on: '2025-08-05', service_copy: 'no' })
  await sendSession(test, south, { session_on: '2025-08-06' })
  ;[token, southToken] = [await tokenOf('north'), await tokenOf('south')]
})
afterAll(() => test.stop())

type Body = Record<string, unknown> | URLSearchParams
async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: Body, authorization = `Token ${token}`) {
  const reply = await test.app.inject({
    method,
    url: url.replace('https://attune.example.org', ''),
    headers: {
      host: 'attune.example.org',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '198.51.100.9',
      authorization,
      ...(body instanceof URLSearchParams && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(body !== undefined && { payload: body instanceof URLSearchParams ? body.toString() : body }),
  })
  const isJson = String(reply.headers['content-type']).includes('json') && reply.body !== ''
  return { status: reply.statusCode, headers: reply.headers, text: reply.body, bytes: reply.rawPayload, body: isJson ? reply.json() : undefined }
}
const basic = (word: string) => `Basic ${Buffer.from(`anybody:${word}`).toString('base64')}`
const exports = '/api/v2/assets/client-session/exports/'
const settings = '/api/v2/assets/client-session/export-settings/'
/** The cells of such a file; none in these tests holds a line break. */
const cells = (text: string) =>
  text
    .trim()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('";"'))
const order = async (options: Record<string, unknown>) => {
  const made = await ask('POST', exports, options)
  expect(made.status, made.text).toBe(201)
  return cells((await ask('GET', made.body.result)).text)
}
const column = (rows: string[][], head: string) => rows.slice(1).map((row) => row[rows[0]!.indexOf(head)])

describe('exports in the manner of Kobo', () => {
  it('are ordered by a web form, found in the list, fetched with the same password, and taken away', async () => {
    const form = new URLSearchParams({
      type: 'csv',
      fields_from_all_versions: 'true',
      lang: '_xml',
      hierarchy_in_labels: 'false',
      group_sep: '/',
      multiple_select: 'both',
      include_media_url: 'true',
      flatten: 'true',
      fields: '[]',
    })
    const made = await ask('POST', exports, form, basic(token))
    expect([made.status, made.body.status]).toEqual([201, 'complete'])
    const list = (await ask('GET', `${exports}?format=json`, undefined, basic(token))).body
    const found = list.results.find(({ uid }: { uid: string }) => uid === made.body.uid)
    expect([list.count, found.status, found.data.lang]).toEqual([1, 'complete', '_xml'])
    expect((await ask('GET', found.url)).body.result).toBe(found.result)
    const file = await ask('GET', found.result, undefined, basic(token))
    expect([file.status, file.headers['content-type'], file.headers['content-disposition']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      expect.stringMatching(/filename="client-session-\d{4}-\d{2}-\d{2}\.csv"/),
    ])
    const rows = cells(file.text)
    expect(rows).toHaveLength(4)
    expect(column(rows, 'session_on')).toEqual(['2025-08-03', '2025-08-02', '2025-08-01'])
    expect(column(rows, 'other_support')[0]).toBe('health-visiting education')
    expect([column(rows, 'other_support/education')[0], column(rows, 'other_support/none')[0]]).toEqual(['1', '0'])
    expect(column(rows, 'phq9_total')[0]).toBe('8')
    expect(column(rows, 'goal_1')[0]).toBe("'=SUM(A1)")
    expect(rows[0]!.slice(-10)).toEqual([
      '_id',
      '_uuid',
      '_submission_time',
      '_validation_status',
      '_notes',
      '_status',
      '_submitted_by',
      '__version__',
      '_tags',
      '_index',
    ])
    expect(column(rows, '_index')).toEqual(['1', '2', '3'])
    expect((await ask('DELETE', found.url)).status).toBe(204)
    expect([(await ask('GET', found.url)).status, (await ask('GET', found.result)).status]).toEqual([404, 404])
  })

  it('speak in the language that was asked for, with groups in front, and hold the fields, records and days that were asked for', async () => {
    const labelled = await order({ lang: 'Cymraeg (cy)', hierarchy_in_labels: true, group_sep: ' > ', multiple_select: 'summary' })
    expect(labelled[0]).toContain('Y sesiwn > Ar ba ddiwrnod oedd y sesiwn?')
    expect(labelled[0]!.some((head) => head.endsWith(' > 1'))).toBe(false)
    expect(column(labelled, "Cydsyniad > A yw'r cleient wedi llofnodi'r daflen gydsynio?")[0]).toBe('Ydy')
    const few = await order({ lang: '_xml', multiple_select: 'details', fields: ['session/session_on', 'child/other_support', '_id'] })
    expect([few[0]![0], few[0]!.slice(-2), few[0]!.includes('other_support')]).toEqual(['session_on', ['_id', '_index'], false])
    const [, second] = column(few, '_id')
    expect(column(await order({ lang: '_xml', submission_ids: [Number(second)] }), 'session_on')).toEqual(['2025-08-02'])
    const query = { session_on: { $gte: '2025-08-02', $lte: '2025-08-02' } }
    expect(column(await order({ lang: '_xml', query }), 'session_on')).toEqual(['2025-08-02'])
    expect(await order({ lang: '_xml', query: { _submission_time: { $gt: '2999-01-01' } } })).toHaveLength(1)
  })

  it('come as a workbook, its numbers as numbers where that is asked for', async () => {
    const { body } = await ask('POST', exports, { type: 'xls', lang: '_xml', xls_types_as_text: false, fields: ['phq9/phq9_total', '_uuid'] })
    expect(body.result).toMatch(/client-session\.xlsx$/)
    const file = await ask('GET', body.result)
    const sheet = (await unzip(file.bytes)).get('xl/worksheets/sheet1.xml')!.toString()
    expect(sheet).toContain('<v>8</v>')
    expect(sheet.match(/<row>/g)).toHaveLength(4)
  })

  it('are copies that the service keeps: only what the client agreed to, each noted with whom it holds', async () => {
    const [event] = await askDatabase<{ detail: object; purpose: string }>(
      test,
      `select detail, purpose from log.events where action = 'record.download' and outcome = 'done' order by event_id desc limit 1`,
    )
    expect(event).toMatchObject({ purpose: 'download', detail: { rows: 3, withheld: 1, format: 'kobo-xls', deviceId: expect.any(String) } })
    const [noted] = await askDatabase<{ records: number; clients: number }>(
      test,
      'select records, cardinality(client_ids) as clients from log.exports order by at desc, records desc limit 1',
    )
    expect(noted).toMatchObject({ records: 3, clients: 3 })
    expect(await askDatabase(test, `select 1 from answers.export_orders where options::text ~ 'health-visiting|2025-08-03'`)).toEqual([])
  })

  it('refuse what cannot be done, in a sentence at its place, and keep nothing of it', async () => {
    const before = (await ask('GET', exports)).body.count
    for (const [options, place] of [
      [{ type: 'geojson' }, '/type'],
      [{ type: 'spss_labels' }, '/type'],
      [{ lang: 'Klingon' }, '/lang'],
      [{ fields: 'x' }, '/fields'],
      [{ submission_ids: ['a'] }, '/submission_ids'],
      [{ query: { narrative_child: 'x' } }, '/query'],
      [{ query: '{' }, '/query'],
      [{ flag: 1 }, '/flag'],
      [{ hierarchy_in_labels: 'perhaps' }, '/hierarchy_in_labels'],
    ] as const) {
      const { status, body } = await ask('POST', exports, options)
      expect([status, body.fields?.[0]?.place], JSON.stringify(options)).toEqual([400, place])
    }
    expect((await ask('POST', '/api/v2/assets/another/exports/', {})).status).toBe(404)
    expect((await ask('GET', exports)).body.count).toBe(before)
  })

  it('are forgotten after a day', async () => {
    const { body } = await ask('POST', exports, {})
    expect((await ask('GET', body.url)).status).toBe(200)
    test.clock.pass(25 * 60 * 60_000)
    expect((await ask('GET', body.url)).status).toBe(404)
    await ask('POST', exports, {})
    expect(await askDatabase(test, `select 1 from answers.export_orders where order_id = '${body.uid}'`)).toEqual([])
  })
})

describe('settings of exports', () => {
  it('give spreadsheets an address that always holds today’s records', async () => {
    const made = await ask('POST', settings, {
      name: 'For our board',
      export_settings: { type: 'csv', lang: '_xml', fields: ['session/session_on'] },
    })
    expect([made.status, made.body.name]).toEqual([201, 'For our board'])
    const refresh = (address: string) => ask('GET', address, undefined, basic(token))
    const csv = await refresh(made.body.data_url_csv)
    expect(cells(csv.text)).toEqual([
      ['session_on', '_index'],
      ['2025-08-03', '1'],
      ['2025-08-02', '2'],
      ['2025-08-01', '3'],
    ])
    await sendSession(test, await readyPractitioner(test, 'north'), { session_on: '2025-08-07' })
    expect(cells((await refresh(made.body.data_url_csv)).text)[1]).toEqual(['2025-08-07', '1'])
    expect((await unzip((await refresh(made.body.data_url_xlsx)).bytes)).has('xl/worksheets/sheet1.xml')).toBe(true)
    expect((await refresh(`${made.body.url}data/?format=csv`)).text).toBe((await refresh(made.body.data_url_csv)).text)
    expect((await refresh(`${made.body.url}data/?format=pdf`)).status).toBe(400)

    const changed = await ask('PATCH', made.body.url, { name: 'Board' })
    expect(changed.body).toMatchObject({ uid: made.body.uid, name: 'Board', export_settings: { lang: '_xml' } })
    const list = (await ask('GET', settings)).body
    expect(list.results.map(({ name }: { name: string }) => name)).toEqual(['Board'])
    expect((await ask('GET', exports)).body.results.map(({ uid }: { uid: string }) => uid)).not.toContain(made.body.uid)
    for (const body of [{}, { name: 'x' }, { name: ' ', export_settings: {} }, { name: 'x', export_settings: { lang: 'xx' } }])
      expect((await ask('POST', settings, body)).status).toBe(400)
  })

  it('and exports of one service are nothing to another, to a session, or to a token that is over', async () => {
    const [{ uid, url, data_url_csv: address }] = (await ask('GET', settings)).body.results
    const south = (method: 'GET' | 'PATCH' | 'DELETE', at: string) =>
      ask(method, at, method === 'PATCH' ? { name: 'Taken' } : undefined, `Token ${southToken}`)
    for (const [method, at] of [
      ['GET', url],
      ['GET', address],
      ['PATCH', url],
      ['DELETE', url],
    ] as const)
      expect((await south(method, at)).status, `${method} ${at}`).toBe(404)
    expect((await south('GET', settings)).body.count).toBe(0)
    const support = await test.as('data-support', { serviceId: 'north' })
    expect((await support.get(new URL(address).pathname, { purpose: 'download' })).status).toBe(401)
    expect((await ask('POST', exports, {}, `Token ${'x'.repeat(43)}`)).body.code).toBe('read-token-unknown')
    expect((await ask('DELETE', url)).status).toBe(204)
    expect(await askDatabase(test, `select 1 from answers.export_orders where order_id = '${uid}'`)).toEqual([])
  })
})
