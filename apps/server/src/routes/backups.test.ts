// Backups as an administrator and as a thief of the storage see them, over days that a clock passes.
import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '@attune/contract'
import { documentsOf } from '@attune/policy'
import { openBackup, startBackupBench, type BackupBench } from '../../test/backups.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'
import { makeBackup } from '../actions/backup/make-backup.ts'
import { isVerificationDue } from '../actions/log/keep-log.ts'
import { makeJobRunner, type JobRunner } from '../jobs/run-jobs.ts'
import { trustJobs } from '../jobs/trust-jobs.ts'
import { copyOut } from '../store/backup/copy-stream.ts'
import { withClient } from '../store/postgres-databases.ts'

const day = 24 * 60 * 60_000
const marks = {
  sentence: 'The heron sentence at the weir',
  goal: 'Plantedgoal of lapwing',
  email: 'planted.lead@planted.example',
  name: 'Plantedsurname',
}
let bench: BackupBench
let runner: JobRunner
beforeAll(async () => {
  bench = await startBackupBench()
  const { test } = bench
  const practitioner = await readyPractitioner(test, 'north', { email: marks.email, surname: marks.name })
  expect((await sendSession(test, practitioner, { narrative_child: marks.sentence, goal_1: marks.goal })).status).toBe(201)
  runner = await makeJobRunner(test.attune, trustJobs)
}, 120_000)
afterAll(() => bench.stop())

const dataFiles = (place: string, kind = 'data') => bench.files(place).filter((name) => name.startsWith(`attune-${kind}-`))
const page = async () => (await (await bench.test.as('administrator')).get('/api/backups')).body
const pass = async (milliseconds: number) => {
  bench.test.clock.pass(milliseconds)
  await runner.runDue()
}

describe('backups over time', () => {
  it('DCS-068: after three days there are three daily backups, each put back for a test with equal numbers of rows', async () => {
    await runner.runDue()
    await pass(day)
    await pass(day)
    expect(dataFiles('platform')).toHaveLength(3)
    expect(dataFiles('platform', 'accounts')).toHaveLength(3)
    expect(dataFiles('keys', 'keyring')).toHaveLength(3)
    const { backups } = await page()
    const daily = backups.filter(({ kind, cycle }: { kind: string; cycle: string }) => kind === 'data' && cycle === 'platform')
    expect(daily.map(({ state }: { state: string }) => state)).toEqual(['verified', 'verified', 'verified'])
    const plain = await openBackup(bench.read('platform', daily[0].name), bench.people.ana.identity)
    const counted = Object.values(JSON.parse(/^-- attune-end (.*)$/m.exec(plain)![1]!) as Record<string, number>).reduce(
      (sum, count) => sum + count,
      0,
    )
    expect(daily[0].rows).toBe(counted)
    expect(counted).toBeGreaterThan(10)
  }, 120_000)

  it('DCS-065: past its interval a backup of every record is made and verified; when it cannot be made, an alert shows', async () => {
    const before = dataFiles('offsite').length
    expect(before).toBe(1)
    await pass(7 * day)
    expect(dataFiles('offsite')).toHaveLength(before + 1)
    const newest = (await page()).plans.find(({ cycle }: { cycle: string }) => cycle === 'offsite')
    expect(newest).toMatchObject({ late: false, lastAt: bench.test.clock.now().toISOString(), verifiedAt: bench.test.clock.now().toISOString() })
    const plain = await openBackup(bench.read('offsite', dataFiles('offsite').at(-1)!), bench.people.bryn.identity)
    for (const table of ['answers.records', 'identity.practitioners', 'identity.practitioner_consents'])
      expect(rowsOf(plain, table), table).not.toEqual([])

    // The place is taken away: a file stands where the folder was.
    rmSync(bench.place('offsite'), { recursive: true })
    writeFileSync(bench.place('offsite'), '')
    await pass(7 * day)
    expect((await page()).plans.find(({ cycle }: { cycle: string }) => cycle === 'offsite').late).toBe(false)
    await pass(day)
    const state = await page()
    expect(state.plans.filter(({ late }: { late: boolean }) => late)).toMatchObject([{ kind: 'data', cycle: 'offsite' }])
    // Every administrator hears of it by letter, once that day and again on the next.
    const told = () =>
      bench.test.letters.filter(({ subject, text }) => subject === 'A backup is late' && text.includes('records, away from the server'))
    const first = told().length
    expect(first).toBeGreaterThan(0)
    expect(told()[0]!.text).not.toMatch(/heron|Planted/)
    await pass(20 * 60_000)
    expect(told()).toHaveLength(first)
    await pass(day)
    expect(told().length).toBeGreaterThan(first)
    expect(state.backups.some(({ state: each, cycle }: { state: string; cycle: string }) => each === 'failed' && cycle === 'offsite')).toBe(true)
    rmSync(bench.place('offsite'))
    await pass(day)
    expect((await page()).plans.some(({ late }: { late: boolean }) => late)).toBe(false)
  }, 120_000)

  it('keeps as many generations as the policy says and lets older ones go', async () => {
    const { values } = bench.test.attune.programme.policy
    const keep = { ...bench.test.attune.programme.policy, values: { ...values, platformBackupGenerationsKept: 2 } }
    const { removeOld } = await import('../actions/backup/due-backups.ts')
    const removed = await removeOld({ ...bench.test.attune, programme: { ...bench.test.attune.programme, policy: keep } })
    expect(removed).toBeGreaterThan(0)
    expect(dataFiles('platform')).toHaveLength(2)
    expect((await page()).plans.find(({ kind }: { kind: string }) => kind === 'data')).toMatchObject({ generations: 2 })
  })

  it('lets go of what failed: the list shows the latest for a week, and a good one is never pushed out of it', async () => {
    const { clock, attune } = bench.test
    const { removeOld } = await import('../actions/backup/due-backups.ts')
    const { addBackup, endBackup, listBackups } = await import('../store/backup/backups.ts')
    const about = (name: string) =>
      ({ backupId: randomUUID(), kind: 'data', cycle: 'platform', madeAt: clock.now(), destination: 'x', name }) as const
    for (let number = 0; number < 12; number++) {
      clock.pass(1_000)
      const failed = about(`attune-data-cut-off-${number}`)
      await addBackup(attune.databases.attune, failed)
      await endBackup(attune.databases.attune, failed, { state: 'failed', problem: 'interrupted' })
      writeFileSync(path.join(bench.place('platform'), failed.name), 'a beginning')
    }
    const failedNow = async () =>
      (await listBackups(attune.databases.attune)).filter(({ state, cycle }) => state === 'failed' && cycle === 'platform').length
    await removeOld(attune)
    expect([await failedNow(), dataFiles('platform').filter((name) => name.includes('cut-off')).length]).toEqual([10, 10])
    clock.pass(7 * day)
    await removeOld(attune)
    expect([await failedNow(), dataFiles('platform').filter((name) => name.includes('cut-off')).length]).toEqual([0, 0])
  })
})

describe('a backup in a thief’s hands', () => {
  it('DCS-066: at the place away from the server lies nothing that can be found or opened without a key, and the register names the place', async () => {
    const { name } = await makeBackup(bench.test.attune, { kind: 'data', cycle: 'offsite' })
    const bytes = bench.read('offsite', name)
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
    const spellings = Object.values(marks).flatMap((mark) => [
      mark,
      Buffer.from(mark).toString('hex'),
      Buffer.from(mark).toString('base64').slice(0, -4),
    ])
    expect(spellings.filter((spelling) => bytes.includes(spelling))).toEqual([])
    await expect(openBackup(bytes, bench.people.cai.identity)).rejects.toThrow()
    expect(await openBackup(bytes, bench.people.ana.identity)).toContain('COPY answers.records')
    const register = JSON.stringify(documentsOf(bench.test.attune.programme.policy).find(({ id }) => id === 'record-of-processing'))
    expect(register).toContain('Holds the weekly sealed backup')
  })

  it('DCS-028, DCS-097: even opened by its people a backup has no word of a family and no name or address of a practitioner in it', async () => {
    const plain = await openBackup(bench.read('platform', dataFiles('platform').at(-1)!), bench.people.ana.identity)
    const spellings = Object.values(marks).flatMap((mark) => [mark, Buffer.from(mark).toString('hex')])
    expect(spellings.filter((spelling) => plain.includes(spelling))).toEqual([])
    expect(rowsOf(plain, 'answers.records')).toHaveLength(1)
    expect(plain).not.toMatch(/COPY (scores|sums|keyring|accounts)\./)
  })

  it('DCS-112: a backup of the data, like an export, holds nothing of a nominee’s sign-in account', async () => {
    const nominee = await bench.test.as('data-support', { email: 'planted.nominee@planted.example', displayName: 'Planted Nominee' })
    const { admin } = bench.test.databases
    const hash = '$argon2id$v=19$m=47104,t=1,p=1$cGxhbnRlZA$cGxhbnRlZHBsYW50ZWQ'
    await withClient(admin.accounts, (client) =>
      client.query('update accounts.accounts set password_hash = $2 where account_id = $1', [nominee.accountId, hash]),
    )
    const [account] = await withClient(
      admin.accounts,
      async (client) =>
        (await client.query('select * from accounts.accounts where account_id = $1', [nominee.accountId])).rows as Record<string, unknown>[],
    )
    const { name } = await makeBackup(bench.test.attune, { kind: 'data', cycle: 'platform' })
    const plain = await openBackup(bench.read('platform', name), bench.people.ana.identity)
    const secrets = Object.values(account!).flatMap((value) =>
      Buffer.isBuffer(value) ? [value.toString('hex')] : typeof value === 'string' && value.length > 12 && value !== nominee.accountId ? [value] : [],
    )
    expect(secrets).toContain(hash)
    expect(['planted.nominee@planted.example', 'Planted Nominee', ...secrets].filter((secret) => plain.includes(secret))).toEqual([])
    const exported = await nominee.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })
    expect(exported.bytes.length).toBeGreaterThan(100)
    for (const secret of ['planted.nominee', 'Planted Nominee']) expect(exported.bytes.includes(secret)).toBe(false)
  })

  it('leaves no unsealed byte on the disk of the server, also when it is broken off', async () => {
    const storage = bench.test.attune.backups.storages.platform
    const broken = { ...storage, put: (name: string, pieces: AsyncIterable<Uint8Array>) => storage.put(name, firstOf(pieces)) }
    const attune = {
      ...bench.test.attune,
      backups: { ...bench.test.attune.backups, storages: { ...bench.test.attune.backups.storages, platform: broken } },
    }
    const files = bench.files('platform')
    await expect(makeBackup(attune, { kind: 'data', cycle: 'platform' })).rejects.toThrow('The line was cut.')
    expect(bench.files('platform')).toEqual(files)
    const raw = await bench.rawFiles()
    expect(raw.some((bytes) => bytes.includes('-- attune-backup '))).toBe(false)
  })

  it('that nobody reads to its end, in the middle of a large table, does not keep the connection waiting', async () => {
    const admin = bench.test.databases.admin.attune
    const answer = await withClient(admin, async (client) => {
      for await (const piece of copyOut(client, 'COPY (select repeat(md5(i::text), 40) from generate_series(1, 60000) i) TO STDOUT')) {
        // Long enough for more to come in than is taken.
        await sleep(1_000)
        expect(piece.length).toBeGreaterThan(0)
        break
      }
      return client.query<{ one: number }>('select 1 as one')
    })
    expect(answer.rows).toEqual([{ one: 1 }])
  })
})

describe('the page of backups', () => {
  it('DCS-067: no route reads a backup or puts one back; there is one that lists them and one that makes one', async () => {
    expect(Object.keys(routes).filter((name) => /backup|restor/i.test(name))).toEqual(['GET /api/backups', 'POST /api/backups'])
    const words = JSON.stringify(await page())
    for (const secret of [...Object.values(marks), 'AGE-SECRET-KEY', bench.people.ana.recipient]) expect(words).not.toContain(secret)
  })

  it('makes one when an administrator asks, and nobody else may', async () => {
    for (const role of ['service-lead', 'data-support', 'auditor', 'analyst', 'practitioner'] as const)
      expect((await (await bench.test.as(role)).post('/api/backups')).status, role).toBe(403)
    const administrator = await bench.test.as('administrator')
    bench.test.clock.pass(60_000)
    const replies = await Promise.all([administrator.post('/api/backups'), administrator.post('/api/backups')])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([202, 409])
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('backup-under-way')
    await expect
      .poll(async () => (await page()).backups.filter(({ state }: { state: string }) => state === 'making').length, { timeout: 30_000 })
      .toBe(0)
    expect((await page()).plans[0].lastAt).toBe(bench.test.clock.now().toISOString())
  }, 60_000)

  it('shows when the log was sealed and verified, and that something does not agree', async () => {
    const administrator = await bench.test.as('administrator')
    expect(await isVerificationDue(bench.test.attune)).toBe(false)
    const seals = (await administrator.get('/api/log-seals')).body
    expect(seals.verified).toMatchObject({ findings: [] })
  })
})

/** The rows of a table in a dump. */
function rowsOf(dump: string, table: string): string[] {
  const start = dump.indexOf(`COPY ${table} (`)
  const rows = dump.slice(dump.indexOf('\n', start) + 1)
  return rows
    .slice(0, rows.indexOf('\\.\n'))
    .split('\n')
    .filter((line) => line !== '')
}

async function* firstOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece
    throw new Error('The line was cut.')
  }
}
