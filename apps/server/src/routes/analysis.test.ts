// Analysis as a program of an analyst does it, from connecting to the file on the disk.
import { spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../test/submission.ts'

const command = path.join(import.meta.dirname, '../../../../tools/attune-command.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'attune-analysis-'))
const [temporary, out] = [path.join(folder, 'tmp'), path.join(folder, 'out')]
const codes: string[] = []
let test: TestAttune
let analyst: Client
let address: string
let token: string
beforeAll(async () => {
  for (const each of [temporary, out]) mkdirSync(each)
  // The server's own temporary folder as well: whatever it would put down in between lands here.
  vi.stubEnv('TMPDIR', temporary)
  test = await startAttune()
  for (const [serviceId, count] of [
    ['north', 24],
    ['south', 16],
  ] as const) {
    const practitioner = await readyPractitioner(test, serviceId)
    for (let client = 0; client < count; client++) {
      const code = newCode()
      codes.push(code)
      for (const [no, timePoint] of (['before', 'after'] as const).entries()) {
        const scores = [no === 0 ? 2 : client % 3, 1, no === 0 ? 2 + (client % 2) : 1, 0, 0, 1, client % 2]
        await sendSession(test, practitioner, {
          client_code: code,
          session_no: String(no + 1),
          session_on: no === 0 ? '2025-07-10' : '2025-08-10',
          time_point: timePoint,
          // One age group has too few people to be shown.
          age_group: client < 3 && serviceId === 'south' ? '11-18' : '2-4',
          measures_used: ['gad-7'],
          ...itemsGiven('gad7', scores),
          gad7_complete: 'yes',
          gad7_total: String(scores.reduce((sum, score) => sum + score, 0)),
          ...(timePoint === 'after' && { helped_by: ['seeing-strengths'] }),
        })
      }
    }
  }
  analyst = await test.as('analyst')
  address = await test.listen()
  const added = await analyst.post('/api/analysis-tokens', { name: 'R in the office' }, { purpose: 'analyse' })
  expect(added.status).toBe(201)
  token = added.body.token
}, 180_000)
afterAll(async () => {
  await test.stop()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const runs = () =>
  askDatabase<{ role: string; purpose: string; detail: { deviceId: string; records: number; rows: number } }>(
    test,
    `select role, purpose, detail from log.events where action = 'analysis.run' order by event_id`,
  )

/** The command as an analyst runs it, in a process of its own. */
async function analyse(...args: string[]): Promise<{ code: number | null; said: string }> {
  const env = { PATH: process.env['PATH'], TMPDIR: temporary, ATTUNE_ANALYSIS_TOKEN: token, HOME: folder }
  const flags = ['--disable-warning=ExperimentalWarning', command, 'analyse', '--server', address, ...args]
  const child = spawn(process.execPath, flags, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (said += String(words)))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, said }
}

describe('analysis over all services', () => {
  it('DCS-064: a run writes one file of counts and means without any code or id, small cells are withheld in it, and the temporary folder stays as it was', async () => {
    const seen = new Set<string>()
    const watchers = [folder, temporary, out].map((each) => watch(each, (_event, name) => seen.add(path.join(each, String(name)))))
    const file = path.join(out, 'figures.csv')
    const before = readdirSync(temporary)
    const { code, said } = await analyse('--out', file)
    expect([code, said]).toEqual([0, expect.stringMatching(/^\d+ figures were written to/)])
    for (const watcher of watchers) watcher.close()
    expect([...seen].filter((name) => name !== out)).toEqual([file])
    expect(readdirSync(temporary)).toEqual(before)
    expect(readdirSync(out)).toEqual(['figures.csv'])

    const csv = readFileSync(file, 'utf8')
    const lines = csv.trimEnd().split('\r\n')
    expect(lines[0]).toBe('table,row,statistic,value,hidden_because')
    expect(csv).toMatch(/measure,gad-7\/\w+,mean_before,\d+(\.\d+)?,/)
    expect(csv).toMatch(/people,clients,n,40,/)
    expect(csv).toMatch(/age-group,11-18,n,,"?.*hidden/)
    const ids = await askDatabase<{ id: string }>(
      test,
      `select record_id::text as id from answers.records union select client_id::text from answers.clients union select practitioner_id::text from identity.practitioners`,
    )
    expect(ids.length).toBeGreaterThan(100)
    expect([...codes, ...ids.map(({ id }) => id), 'north', 'south'].filter((secret) => csv.includes(secret))).toEqual([])
  })

  it('DCS-095: the figures that a program fetches hold no practitioner’s name, no address and no word of a family', async () => {
    const csv = readFileSync(path.join(out, 'figures.csv'), 'utf8')
    expect(csv.split('\n').length).toBeGreaterThan(20)
    const sealed = await askDatabase<{ sealed: boolean }>(test, 'select sealed is not null as sealed from identity.practitioners')
    expect(sealed).toContainEqual({ sealed: true })
    expect(csv).not.toMatch(/Robin|Example|@|bath time|shared smile/i)
  })

  it('DCS-063: each run stands in the log with token, purpose and number of records; an expired token, another one and a session yield nothing', async () => {
    const [run] = await runs()
    const [device] = (await analyst.get('/api/analysis-tokens', { purpose: 'analyse' })).body.devices
    expect(run).toMatchObject({ role: 'analyst', purpose: 'analyse', detail: { deviceId: device.deviceId, records: 80 } })
    expect(run!.detail.rows).toBe(readFileSync(path.join(out, 'figures.csv'), 'utf8').trimEnd().split('\n').length - 1)
    const fetched = (authorization: string | undefined, url = '/analysis/figures.csv') =>
      test.stranger().get(url, { headers: { authorization } }) as Promise<{ status: number; text: string }>
    expect((await fetched(`Token ${token}`)).status).toBe(200)

    // The token opens nothing else, and no other kind of token opens this.
    for (const url of ['/odata/Records', '/api/v2/assets', '/formList', '/api/records', '/api/reports/national', '/api/themes/texts'])
      expect([401, 403, 404], url).toContain((await fetched(`Token ${token}`, url)).status)
    const reading = await (
      await test.as('data-support')
    ).post('/api/read-tokens', { name: 'Excel', acceptResponsibility: true }, { purpose: 'download' })
    for (const authorization of [undefined, `Token ${reading.body.token}`, `Token ${'x'.repeat(43)}`]) {
      const reply = await fetched(authorization)
      expect([reply.status, reply.text.includes('gad-7')]).toEqual([401, false])
    }
    expect((await analyst.get('/analysis/figures.csv')).status).toBe(401)

    const known = (await runs()).length
    test.clock.set('2026-05-24T10:00:00Z')
    const late = await analyse('--out', path.join(out, 'late.csv'))
    expect([late.code, late.said]).toEqual([1, expect.stringContaining('This token opens nothing')])
    expect(readdirSync(out)).toEqual(['figures.csv'])
    expect((await runs()).length).toBe(known)
    test.clock.set('2025-11-21T10:00:00Z')
    expect((await analyst.request('DELETE', `/api/analysis-tokens/${device.deviceId}`, { purpose: 'analyse' })).status).toBe(200)
    expect((await fetched(`Token ${token}`)).status).toBe(401)
  })

  it('is for analysts and their purpose alone', async () => {
    for (const role of ['practitioner', 'service-lead', 'administrator', 'auditor'] as const)
      expect((await (await test.as(role)).post('/api/analysis-tokens', { name: 'x' }, { purpose: 'analyse' })).status, role).toBe(403)
    expect((await analyst.post('/api/analysis-tokens', { name: 'x' })).status).toBe(403)
    expect((await analyst.post('/api/analysis-tokens', { name: 'x' }, { purpose: 'report' })).status).toBe(403)
  })
})
