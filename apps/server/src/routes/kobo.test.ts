// Kobo's read API at its own door, by the calls that its clients document: "Token …" in the header, start and limit, fields and query.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'
import { toKoboUid, toKoboVersion } from '../present/kobo.ts'
import { doorOperations } from './door-operations.ts'

let test: TestAttune
let token: string
beforeAll(async () => {
  test = await startAttune({ mode: 'real' })
  const north = await readyPractitioner(test, 'north')
  const south = await readyPractitioner(test, 'south')
  for (const day of ['2025-08-01', '2025-08-02', '2025-08-03']) await sendSession(test, north, { session_on: day })
  await sendSession(test, north, { session_on: '2025-08-05', service_copy: 'no' })
  await sendSession(test, south, { session_on: '2025-08-06' })
  const support = await test.as('data-support', { serviceId: 'north' })
  token = (await support.post('/api/read-tokens', { name: 'Script', acceptResponsibility: true }, { purpose: 'download' })).body.token
})
afterAll(() => test.stop())

/** Names of everything in a value, one level into its lists. */
const keysOf = (value: unknown): string[] =>
  Object.entries(value as object).flatMap(([key, one]) => [
    key,
    ...(Array.isArray(one) && typeof one[0] === 'object' ? Object.keys(one[0] as object) : []),
  ])

const askRaw = (url: string, authorization: string) =>
  test.app.inject({
    method: 'GET',
    url,
    headers: { host: 'attune.example.org', 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.9', authorization },
  })

async function ask(url: string, authorization = `Token ${token}`) {
  const headers = { host: 'attune.example.org', 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.9', authorization }
  const reply = await test.app.inject({ method: 'GET', url: url.replace('https://attune.example.org', ''), headers })
  return { status: reply.statusCode, body: reply.json() }
}
const data = (options: Record<string, string> = {}) => ask(`/api/v2/assets/client-session/data.json?${new URLSearchParams(options)}`)
const days = (body: { results: Record<string, string>[] }) => body.results.map((row) => row['session/session_on'])

describe('the read API in the manner of Kobo', () => {
  it('lists the form and describes it as an XLSForm', async () => {
    const [published] = await askDatabase<{ at: Date }>(
      test,
      `select min(published_at) as at from policy.form_versions where form_id = 'client-session'`,
    )
    const list = (await ask('/api/v2/assets.json?limit=10')).body
    expect(list).toMatchObject({
      count: 1,
      next: null,
      results: [
        { uid: toKoboUid('client-session'), asset_type: 'survey', date_created: published!.at.toISOString(), deployment__submission_count: 3 },
      ],
    })
    const { content, deployed_version_id: version } = (await ask(list.results[0].url)).body
    const { version: current } = test.attune.programme.forms.find(({ kind }) => kind === 'client-record')!
    expect([version, content.settings]).toEqual([
      toKoboVersion('client-session', current),
      { id_string: 'client-session', version: current, default_language: 'English (en)' },
    ])
    expect(content.translations).toEqual(['English (en)', 'Cymraeg (cy)'])
    const question = content.survey.find((row: { name: string }) => row.name === 'time_point')
    expect(question).toMatchObject({ type: 'select_one', $autoname: 'time_point', select_from_list_name: 'time_point' })
    expect(content.choices).toContainEqual({ list_name: 'yes_no', name: 'yes', $autovalue: 'yes', label: ['Yes', 'Ydy'] })
    expect((await ask('/api/v2/assets/another/')).status).toBe(404)
  })

  it('pages honestly through the records that may be copied, each once, and notes each read', async () => {
    const first = (await data({ limit: '2' })).body
    expect([first.count, first.previous, days(first)]).toEqual([3, null, ['2025-08-03', '2025-08-02']])
    const second = (await ask(first.next)).body
    expect([second.count, second.next, days(second)]).toEqual([3, null, ['2025-08-01']])
    expect(first.results[0]).toMatchObject({ _attachments: [], 'session/session_no': '1', 'child/other_support': 'health-visiting' })
    const [event] = await askDatabase<{ detail: object }>(
      test,
      `select detail from log.events where action = 'record.download' and outcome = 'done' order by event_id desc limit 1`,
    )
    expect(event!.detail).toMatchObject({ rows: 1, withheld: 1, format: 'kobo' })
  })

  it('narrows by query and fields, and refuses what it does not understand', async () => {
    const query = JSON.stringify({ 'session/session_on': { $gte: '2025-08-02' }, time_point: 'before' })
    const { body } = await data({ query, fields: '["session/session_on"]', sort: '{"session/session_on":-1}' })
    expect(body).toMatchObject({ count: 2, results: [{ 'session/session_on': '2025-08-03' }, { 'session/session_on': '2025-08-02' }] })
    // As in Kobo, the number of the record always comes: robotoolbox finds files by it.
    expect(Object.keys(body.results[0])).toEqual(['_id', 'session/session_on'])
    for (const options of [
      { query: '{"narrative_child":"x"}' },
      { query: '{' },
      { sort: '{"_id":1}' },
      { sort: 'null' },
      { query: 'null' },
      { limit: '-1' },
      { fields: '"x"' },
    ])
      expect((await data(options as unknown as Record<string, string>)).status, JSON.stringify(options)).toBe(400)
  })

  it('gives what pykobo and robotoolbox build on: facts of the form in the list, versions, files, and addresses that end as they asked', async () => {
    const form = test.attune.programme.forms.find(({ kind }) => kind === 'client-record')!
    const [asset] = (await ask('/api/v2/assets.json')).body.results
    expect(asset).toMatchObject({ version_id: expect.any(String), summary: { geo: false, languages: ['English (en)', 'Cymraeg (cy)'] } })
    expect([asset.url, asset.data]).toEqual(
      ['.json', '/data.json'].map((end) => `https://attune.example.org/api/v2/assets/${toKoboUid('client-session')}${end}`),
    )
    expect((await ask(asset.data)).body.count).toBe(3)
    const versions = (await ask('/api/v2/assets/client-session/versions/')).body
    expect(versions).toMatchObject({ count: 1, results: [{ uid: asset.version_id }] })
    expect((await ask(versions.results[0].url)).body.content.survey.length).toBeGreaterThan(20)
    expect((await ask('/api/v2/assets/client-session/versions/none/')).status).toBe(404)
    expect((await ask(versions.results[0].url)).body).toEqual((await ask(`/api/v2/assets/client-session/versions/${form.version}/`)).body)
    for (const [at, found] of [
      ['', 1],
      ['?limit=100&offset=0&metadata=on', 1],
      ['?limit=100&offset=100', 0],
    ] as const)
      expect((await ask(`/api/v2/assets${at}`)).body.results, at).toHaveLength(found)
    expect((await ask('/api/v2/assets/client-session/files/?format=json')).body).toMatchObject({ count: 0, results: [] })
  })

  it('gives only what came since, to the second, as scripts ask that fetch what is new', async () => {
    const since = async (bounds: object) => (await data({ query: JSON.stringify({ _submission_time: bounds }) })).body.count
    const at = '2025-11-21T10:00:00'
    expect(await since({ $gt: at })).toBe(0)
    expect(await since({ $gte: at })).toBe(3)
    expect(await since({ $lt: at })).toBe(0)
    expect(await since({ $gt: '2025-11-21T09:59:59', $lte: `${at}+00:00` })).toBe(3)
    expect((await data({ query: '{"_submission_time":{"$gt":"yesterday"}}' })).status).toBe(400)
  })

  it('answers as the interface’s description says, with the keys of its examples', async () => {
    const { paths } = (await test.stranger().get('/api/openapi.json')).body
    const doors = Object.keys(doorOperations)
    expect(doors.filter((path) => paths[path]?.get === undefined)).toEqual([])
    for (const [path, { security, example }] of Object.entries(doorOperations)) {
      const authorization = security === 'basic' ? `Basic ${Buffer.from(`attune:${token}`).toString('base64')}` : `Token ${token}`
      const url = `${path.replace('{uid}', 'client-session')}${path === '/odata/records' ? '?$count=true&$select=session_on,time_point' : ''}`
      const reply = await askRaw(url, authorization)
      expect(reply.statusCode, path).toBe(200)
      if (example === undefined) continue
      expect(keysOf(reply.json()), path).toEqual(expect.arrayContaining(keysOf(example)))
    }
  })

  it('tells the token to whoever asks with a name and a password, and to nobody else', async () => {
    const basic = (word: string) => `Basic ${Buffer.from(`anybody:${word}`).toString('base64')}`
    expect(token).toMatch(/^[0-9a-f]{40}$/)
    expect(await ask('/token/?format=json', basic(token))).toMatchObject({ status: 200, body: { token } })
    expect((await ask('/token/?format=json', basic('x'.repeat(40)))).status).toBe(401)
  })

  it('opens to no other token', async () => {
    expect((await ask('/api/v2/assets/', `Token ${'x'.repeat(43)}`)).body.code).toBe('read-token-unknown')
    expect((await ask('/api/records', `Token ${token}`)).status).toBe(401)
  })
})
