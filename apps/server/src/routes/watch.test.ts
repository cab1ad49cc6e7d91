import { mkdirSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { newCode, readyPractitioner, sendSession } from '../../test/submission.ts'
import { sealEverything } from '../store/log/seal-log.ts'
import { openWatch, type Watch } from './watch.ts'

let test: TestAttune
let watch: Watch
beforeAll(async () => {
  test = await startAttune({ logRequests: true })
  mkdirSync(test.attune.environment.home, { recursive: true })
  watch = await openWatch(test.attune, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await watch.stop()
  await test.stop()
})
const look = async (place: string, method = 'GET') => {
  const reply = await fetch(`http://127.0.0.1:${watch.port}${place}`, { method })
  return { status: reply.status, text: await reply.text(), type: reply.headers.get('content-type') }
}
const ready = async () => JSON.parse((await look('/ready')).text) as { ready: boolean; parts: Record<string, boolean> }
const well = { database: true, keyring: true, sealer: true, disk: true }

describe('readiness', () => {
  it('is told at the people’s address and at the watch’s own, the same', async () => {
    await sealEverything(test.attune.databases.sealer, test.attune.signer)
    expect(await ready()).toEqual({ ready: true, parts: well })
    const reply = await test.stranger().get('/ready')
    expect([reply.status, reply.body, reply.headers['cache-control']]).toEqual([200, { ready: true, parts: well }, 'no-store'])
    expect((await test.stranger().get('/health')).body).toEqual({ alive: true })
    expect((await test.stranger().get('/metrics')).status).toBe(404)
  })

  it('is lost while events wait to be sealed for minutes, and comes back with the next seal', async () => {
    await test.stranger().post('/api/session', { email: 'nobody@example.org', password: 'not it at all' })
    await askDatabase(
      test,
      `begin; set local session_replication_role = replica; update log.events set at = at - interval '5 minutes' where event_id = (select max(event_id) from log.events); commit`,
    )
    expect(await ready()).toEqual({ ready: false, parts: { ...well, sealer: false } })
    expect((await look('/ready')).status).toBe(503)
    // A transaction of another test, in another database of this server, may hold the seal up for a moment.
    const sealedAndReady = async () => {
      await sealEverything(test.attune.databases.sealer, test.attune.signer)
      return (await ready()).ready
    }
    await expect.poll(sealedAndReady, { timeout: 20_000 }).toBe(true)
  })

  it('is lost when the disk cannot be looked at, or the keys are of another epoch', async () => {
    rmSync(test.attune.environment.home, { recursive: true })
    expect((await ready()).parts).toEqual({ ...well, disk: false })
    mkdirSync(test.attune.environment.home)
    await askDatabase(test, `update keyring.epochs set current = false`, [], 'keyring')
    expect((await ready()).parts).toEqual({ ...well, keyring: false })
    await askDatabase(test, `update keyring.epochs set current = true`, [], 'keyring')
    expect((await ready()).ready).toBe(true)
  })

  it('is lost without the database, and the process still says that it is alive', async () => {
    const away = await startAttune()
    const beside = await openWatch(away.attune, { host: '127.0.0.1', port: 0 })
    await away.attune.databases.close()
    const reply = await fetch(`http://127.0.0.1:${beside.port}/ready`)
    expect([reply.status, ((await reply.json()) as { parts: object }).parts]).toMatchObject([503, { database: false, keyring: false, sealer: false }])
    expect((await fetch(`http://127.0.0.1:${beside.port}/health`)).status).toBe(200)
    const figures = await (await fetch(`http://127.0.0.1:${beside.port}/metrics`)).text()
    expect(figures).toContain('attune_ready{part="database"} 0')
    await beside.stop()
    await away.stop()
  })
})

describe('figures', () => {
  it('are text as Prometheus reads it: every family with its kind, every line a name, labels and a number', async () => {
    const { text, type } = await look('/metrics')
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8')
    const kinds = new Map<string, string>()
    for (const line of text.trimEnd().split('\n')) {
      const [, name, kind] = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line) ?? []
      if (name !== undefined) kinds.set(name, kind!)
      if (line.startsWith('#')) continue
      const [, of] = /^([a-z_]+)(?:\{(?:[a-z]+="[^"\n]*",?)+\})? [0-9.e+-]+$/.exec(line) ?? []
      expect(of, line).toBeDefined()
      expect(kinds.has(of!.replace(/_(bucket|sum|count)$/, '')) || kinds.has(of!), line).toBe(true)
    }
    for (const name of [
      'attune_info',
      'attune_ready',
      'attune_requests_total',
      'attune_request_seconds',
      'attune_faults_total',
      'attune_log_unsealed_seconds',
      'attune_backup_late',
      'attune_disk_free_bytes',
      'attune_database_connections',
      'process_resident_memory_bytes',
    ])
      expect([...kinds.keys()]).toContain(name)
  })

  it('count requests by the route of the table', async () => {
    const count = async () =>
      Number(/attune_requests_total\{method="GET",route="\/api\/health",status="200"\} (\d+)/.exec((await look('/metrics')).text)?.[1] ?? 0)
    const before = await count()
    for (let round = 0; round < 3; round++) await test.stranger().get('/api/health')
    expect((await count()) - before).toBe(3)
  })

  it('and lines about requests hold nothing of a person, whatever was asked and sent (ASVS 14.2.1)', async () => {
    const client = await readyPractitioner(test, 'north', { email: 'planted.mail@example.org', firstName: 'Plantedfirst', surname: 'Plantedlast' })
    const code = newCode()
    await sendSession(test, client, { client_code: code, narrative_child: 'Planted words of a family.' })
    const support = await test.as('data-support')
    await support.get(`/api/records?code=${encodeURIComponent(code)}`, { purpose: 'retrieve' })
    await support.get('/api/records/planted-id', { purpose: 'retrieve' })
    await support.get('/planted/place?token=planted', { headers: { 'user-agent': 'planted', referer: 'https://planted.example' } })
    await test
      .stranger()
      .request('PLANTED' as 'GET', '/api/planted')
      .catch(() => undefined)
    await test.stranger().post('/api/session', { email: 'planted.mail@example.org', password: 'planted' })
    const lines = test.faults.filter((line) => line.includes('"request"'))
    expect(lines.length).toBeGreaterThan(8)
    const said = lines.join('') + (await look('/metrics')).text
    expect(said).toContain('/api/records/:recordId')
    expect(said).not.toMatch(/planted/i)
    for (const secret of [code, client.accountId, ...client.cookies.values()]) expect(said).not.toContain(secret)
    for (const line of lines)
      expect(Object.keys(JSON.parse(line).request).filter((name) => !['method', 'route', 'status', 'milliseconds', 'role'].includes(name))).toEqual(
        [],
      )
  })

  it('are told to those who ask for them and nothing else is', async () => {
    expect((await look('/')).status).toBe(404)
    expect((await look('/metrics', 'POST')).status).toBe(404)
    expect((await look('/../../etc/passwd')).status).toBe(404)
  })
})
