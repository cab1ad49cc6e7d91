// The OData feed at its own door, as Excel and Power BI ask: HTTP Basic with the token as the password.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'

let test: TestAttune
let support: Client & { accountId: string }
let token: string
let deviceId: string
type Page = { value: { session_on: string }[]; '@odata.count'?: number; '@odata.nextLink'?: string }
const download = { purpose: 'download' }
const fetchRaw = (url: string, headers: Record<string, string> = {}) =>
  test.app.inject({
    method: 'GET',
    url,
    headers: { host: 'attune.example.org', 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.9', ...headers },
  })
const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`attune:${password}`).toString('base64')}` })
const ask = async (options: string, password = token) => {
  const reply = await fetchRaw(`/odata/records${options}`, basic(password))
  return { status: reply.statusCode, text: reply.body, body: JSON.parse(reply.body) }
}
const lastRead = async () =>
  (
    await askDatabase<{ purpose: string; account_id: string; detail: Record<string, unknown> }>(
      test,
      `select purpose, account_id, detail from log.events where action = 'record.download' and outcome = 'done' order by event_id desc limit 1`,
    )
  )[0]!

beforeAll(async () => {
  test = await startAttune({ mode: 'real' })
  const north = await readyPractitioner(test, 'north')
  const south = await readyPractitioner(test, 'south')
  support = await test.as('data-support', { serviceId: 'north' })
  for (const [day, timePoint] of [
    ['2025-08-01', 'before'],
    ['2025-08-02', 'during'],
    ['2025-08-03', 'during'],
    ['2025-08-04', 'after'],
  ] as const)
    await sendSession(test, north, { session_on: day, time_point: timePoint, ...(timePoint !== 'before' && { helped_by: ['other'] }) })
  await sendSession(test, north, { session_on: '2025-08-05', service_copy: 'no', narrative_child: 'Stays out of copies.' })
  await sendSession(test, south, { session_on: '2025-08-06', narrative_child: 'Words from the south.' })
  const made = await support.post('/api/read-tokens', { name: 'Excel at the desk', acceptResponsibility: true }, download)
  if (made.status !== 201) throw new Error(made.text)
  token = made.body.token
  deviceId = made.body.device.deviceId
  expect(made.body.address).toBe('https://attune.example.org/odata/')
})
afterAll(() => test.stop())

describe('the OData feed', () => {
  it('tells what there is: a challenge, the service document, the metadata', async () => {
    const knock = await fetchRaw('/odata/')
    expect([knock.statusCode, knock.headers['www-authenticate']]).toEqual([401, 'Basic realm="Attune", charset="UTF-8"'])
    const service = await fetchRaw('/odata/', basic(token))
    expect(service.headers['odata-version']).toBe('4.0')
    expect(service.headers['cache-control']).toContain('no-store')
    expect(service.json()).toEqual({
      '@odata.context': 'https://attune.example.org/odata/$metadata',
      value: [{ name: 'records', kind: 'EntitySet', url: 'records' }],
    })
    const metadata = (await fetchRaw('/odata/$metadata', basic(token))).body
    expect(metadata).toContain('<Key><PropertyRef Name="record_id"/></Key>')
    for (const [name, type] of [
      ['session_on', 'Edm.Date'],
      ['session_no', 'Edm.Int32'],
      ['time_point', 'Edm.String'],
      ['received_at', 'Edm.DateTimeOffset'],
      ['scores_phq_9', 'Edm.Int32'],
    ])
      expect(metadata).toContain(`<Property Name="${name}" Type="${type}">`)
    const declared = [...metadata.matchAll(/<Property Name="(\w+)"/g)].map((found) => found[1])
    expect(Object.keys((await ask('?$top=1')).body.value[0])).toEqual(declared)
  })

  it('gives the rows of the own service whose clients agreed to copies, and notes each read with its purpose and its copy', async () => {
    const { text, body } = await ask('?$count=true')
    expect(body['@odata.count']).toBe(4)
    expect(body.value.map((row: { session_on: string }) => row.session_on)).toEqual(['2025-08-04', '2025-08-03', '2025-08-02', '2025-08-01'])
    expect(body['@odata.nextLink']).toBeUndefined()
    expect(body.value[0]).toMatchObject({ session_no: 1, goal_1_rating: 4, other_support: 'health-visiting' })
    expect(text).not.toContain('Stays out of copies.')
    expect(text).not.toContain('Words from the south.')
    const sha256 = createHash('sha256').update(text).digest('hex')
    expect(await lastRead()).toEqual({
      purpose: 'download',
      account_id: support.accountId,
      detail: { rows: 4, withheld: 1, format: 'odata', sha256, deviceId, policyVersion: test.attune.programme.policyVersion.text },
    })
    const [copy] = await askDatabase<{ records: number; clients: number }>(
      test,
      'select records, cardinality(client_ids) as clients from log.exports where sha256 = $1',
      [sha256],
    )
    expect(copy).toEqual({ records: 4, clients: 4 })
  })

  it('pages by link until the wanted rows are told, each once', async () => {
    const seen: string[] = []
    const sizes: number[] = []
    let link: string | undefined =
      `https://attune.example.org/odata/records?$top=3&$count=true&$select=session_on&$filter=${encodeURIComponent('session_on ge 2025-08-01')}`
    for (let first = true; link !== undefined; first = false) {
      const reply: Awaited<ReturnType<typeof fetchRaw>> = await fetchRaw(link.replace('https://attune.example.org', ''), {
        ...basic(token),
        prefer: 'odata.maxpagesize=2',
      })
      expect(reply.headers).toMatchObject({ 'preference-applied': 'odata.maxpagesize=2' })
      const body = reply.json<Page>()
      expect(body['@odata.count']).toBe(first ? 4 : undefined)
      sizes.push(body.value.length)
      seen.push(...body.value.map((row) => row.session_on))
      link = body['@odata.nextLink']
    }
    expect(seen).toEqual(['2025-08-04', '2025-08-03', '2025-08-02'])
    expect(sizes).toEqual([2, 1])
  })

  it('skips, takes and selects', async () => {
    const first = await ask('?$top=2&$skip=1&$select=session_on,time_point')
    expect(first.body.value).toEqual([
      { session_on: '2025-08-03', time_point: 'during' },
      { session_on: '2025-08-02', time_point: 'during' },
    ])
    expect(first.body['@odata.context']).toBe('https://attune.example.org/odata/$metadata#records(session_on,time_point)')
    expect(first.body['@odata.nextLink']).toBeUndefined()
    expect((await ask('?$top=0&$count=true')).body).toMatchObject({ '@odata.count': 4, value: [] })
  })

  it('filters by day and by time point, and refuses what it does not understand', async () => {
    const days = async (filter: string) => {
      const { body } = await ask(`?$filter=${encodeURIComponent(filter)}`)
      return body.value?.map((row: { session_on: string }) => row.session_on.slice(8)).join() ?? body.code
    }
    expect(await days('session_on ge 2025-08-02 and session_on lt 2025-08-04')).toBe('03,02')
    expect(await days('(session_on gt 2025-08-02) and (session_on le 2025-08-04)')).toBe('04,03')
    expect(await days("time_point eq 'during'")).toBe('03,02')
    expect(await days("time_point eq 'during' and session_on eq 2025-08-02")).toBe('02')
    expect(await days("narrative_child eq 'x'")).toBe('request-invalid')
    expect(await days("time_point eq 'during' or session_on eq 2025-08-01")).toBe('request-invalid')
    for (const options of ['?$orderby=session_on', '?$select=nothing', '?$top=-1', '?$skiptoken=x', '?$expand=records'])
      expect((await ask(options)).status, options).toBe(400)
  })
})

describe('a reading token', () => {
  it('opens the feed only, and a collecting app’s token does not open the feed', async () => {
    for (const url of ['/api/records', '/api/session', '/formList', '/api/read-tokens'])
      expect((await fetchRaw(url, { ...basic(token), 'attune-purpose': 'retrieve' })).statusCode, url).toBe(401)
    const practitioner = await readyPractitioner(test, 'north')
    const phone = await practitioner.post('/api/devices', { name: 'Phone' })
    expect((await ask('', phone.body.token)).body.code).toBe('read-token-unknown')
    expect((await support.get('/api/devices')).status).toBe(403)
    // A signed-in browser is not a way around the token.
    expect((await support.get('/odata/records', download)).status).toBe(401)
  })

  it('is given to data support only, who accepts responsibility; an analyst gets none', async () => {
    for (const role of ['analyst', 'practitioner', 'service-lead', 'administrator', 'auditor'] as const) {
      const reply = await (await test.as(role)).post('/api/read-tokens', { name: 'Power BI', acceptResponsibility: true }, download)
      expect([role, reply.status]).toEqual([role, 403])
    }
    const careless = await support.post('/api/read-tokens', { name: 'Power BI', acceptResponsibility: false }, download)
    expect([careless.status, careless.body.code]).toEqual([422, 'responsibility-missing'])
    expect((await support.post('/api/read-tokens', { name: 'Power BI', acceptResponsibility: true }, { purpose: 'retrieve' })).status).toBe(403)
  })

  it('stands in the list without its words, and opens nothing once it is disconnected or its owner’s role has ended', async () => {
    const list = await support.get('/api/read-tokens', download)
    expect(list.body.devices).toContainEqual(expect.objectContaining({ deviceId, name: 'Excel at the desk', usedOn: '2025-11-21' }))
    expect(list.text).not.toContain(token)
    const leaver = await test.as('data-support', { serviceId: 'north' })
    const made = await leaver.post('/api/read-tokens', { name: 'Power BI', acceptResponsibility: true }, download)
    expect((await ask('?$top=0', made.body.token)).status).toBe(200)
    await askDatabase(test, 'update policy.access_grants set ended_at = now() where account_id = $1', [leaver.accountId])
    expect((await ask('', made.body.token)).body.code).toBe('read-token-unknown')
    expect((await support.request('DELETE', `/api/read-tokens/${deviceId}`, download)).status).toBe(200)
    const shut = await ask('')
    expect([shut.status, shut.body.code]).toEqual([401, 'read-token-unknown'])
  })
})
