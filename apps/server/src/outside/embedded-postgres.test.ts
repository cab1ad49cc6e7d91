import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { readChildEnvironment } from '../env.ts'
import { withClient } from '../store/postgres-databases.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts'
import { findPostmaster } from './postmaster.ts'

const root = process.geteuid?.() === 0
const folders: string[] = []
const running: EmbeddedPostgres[] = []

/** A folder that an unprivileged server can reach, also when root made it. */
function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-pg-'))
  if (root) chmodSync(folder, 0o711)
  folders.push(folder)
  return path.join(folder, 'postgres')
}

async function start(directory: string, settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, settings: { fsync: 'off', ...settings }, environment: readChildEnvironment() })
  running.push(server)
  return server
}

const ask = <Row extends object>(server: EmbeddedPostgres, question: string) =>
  withClient(server.superuser, async (client) => (await client.query<Row>(question)).rows)

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('the embedded PostgreSQL', () => {
  it('listens on a private socket only, asks for a password, and runs as an ordinary user', async () => {
    const server = await start(makeFolder())
    expect(server.adopted).toBe(false)
    expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
    expect(statSync(server.superuser.host).mode & 0o777).toBe(0o700)
    await expect(withClient({ ...server.superuser, password: 'guess' }, async () => {})).rejects.toMatchObject({ code: '28P01' })
    expect(await ask(server, 'show data_checksums')).toEqual([{ data_checksums: 'on' }])
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
    expect(Number(/^Uid:\s+(\d+)/m.exec(status)![1])).not.toBe(0)
  })

  it('keeps what people send out of its own log', async () => {
    const directory = makeFolder()
    const server = await start(directory)
    await ask(server, `create table t (who text primary key); insert into t values ('planted.name')`)
    await expect(ask(server, `insert into t values ('planted.name')`)).rejects.toMatchObject({ code: '23505' })
    await expect(ask(server, `select 'planted.name'::int`)).rejects.toMatchObject({ code: '22P02' })
    await server.stop()
    const log = readFileSync(path.join(directory, 'postgres.log'), 'utf8')
    expect(log).toContain('unique constraint')
    expect(log).not.toContain('Key (who)')
    expect(log).not.toContain('insert into')
  })

  it('keeps everything over a stop and a kill -9, and adopts a server whose program died', async () => {
    const directory = makeFolder()
    const first = await start(directory, { fsync: 'on' })
    await ask(first, 'create table kept (n int); insert into kept select generate_series(1, 100)')
    const adopting = await start(directory)
    expect([adopting.adopted, adopting.pid]).toEqual([true, first.pid])

    process.kill(first.pid, 'SIGKILL')
    const second = await start(directory, { fsync: 'on' })
    expect(second.adopted).toBe(false)
    expect(await ask(second, 'select count(*)::int as n from kept')).toEqual([{ n: 100 }])
    await second.stop()
    expect(findPostmaster(path.join(directory, 'cluster'))).toBeUndefined()
    const third = await start(directory)
    expect(await ask(third, 'select count(*)::int as n from kept')).toEqual([{ n: 100 }])
    // Four starts, of which one puts right what was cut off; a disk that others keep busy takes its time.
  }, 120_000)

  it.runIf(process.platform === 'linux')('starts although its mark names a zombie or another living program', async () => {
    const directory = makeFolder()
    const cluster = path.join(directory, 'cluster')
    await (await start(directory)).stop()
    running.length = 0
    // A shell that replaces itself never collects its child: the child stays a zombie as long as it lives.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const zombie = Number(await new Promise<string>((resolve) => parent.stdout.once('data', (chunk) => resolve(String(chunk)))))
    await sleep(200)
    expect(readFileSync(`/proc/${zombie}/stat`, 'utf8')).toMatch(/\) Z /)
    for (const pid of [zombie, process.pid]) {
      const mark = path.join(cluster, 'postmaster.pid')
      writeFileSync(mark, `${pid}\n${cluster}\n1700000000\n5432\n${path.join(directory, 'socket')}\n\n  1  1\nready\n`)
      const server = await start(directory)
      expect(server.adopted).toBe(false)
      await server.stop()
      running.length = 0
    }
    parent.kill()
  })

  it('is made once when three programs race for a fresh folder', async () => {
    const directory = makeFolder()
    const servers = await Promise.all([start(directory), start(directory), start(directory)])
    expect(new Set(servers.map((server) => server.pid)).size).toBe(1)
  })

  it('says what to do when the records are of another major version, and changes nothing', async () => {
    const directory = makeFolder()
    mkdirSync(path.join(directory, 'cluster'), { recursive: true })
    writeFileSync(path.join(directory, 'cluster', 'PG_VERSION'), '14\n')
    await expect(start(directory)).rejects.toThrow(/written by PostgreSQL 14.*brings PostgreSQL 18.*Nothing was changed/s)
  })

  it('gives its own words when it cannot start', async () => {
    await expect(start(makeFolder(), { shared_buffers: 'plenty' })).rejects.toThrow(/did not start.*shared_buffers/s)
  })

  it('finds a short place for its socket when the folder has a long name', async () => {
    const server = await start(path.join(makeFolder(), 'n'.repeat(60), 'm'.repeat(60)))
    expect(server.superuser.host.length).toBeLessThan(86)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it.runIf(root && process.platform === 'linux')('runs below a folder that only root may open', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'attune-closed-'))
    folders.push(folder)
    chmodSync(folder, 0o700)
    const server = await start(path.join(folder, 'postgres'))
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(statSync(path.join(folder, 'postgres', 'cluster')).uid).toBe(0)
  })

  it.runIf(root && process.platform === 'linux' && spawnSync('mount', ['--version']).status === 0)(
    'says that the disk is full when it is',
    async ({ skip }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'attune-full-'))
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=711', 'tmpfs', folder]).status === 0
      if (!mounted) skip('this machine does not let us mount')
      try {
        await expect(start(path.join(folder, 'postgres'))).rejects.toThrow(/almost full.*Free some space/s)
        expect(existsSync(path.join(folder, 'postgres', 'cluster'))).toBe(false)
      } finally {
        spawnSync('umount', [folder])
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
