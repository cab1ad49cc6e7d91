// Keys, log and backups: rewrapping beside bare encryption and bare updates, logging beside a plain insert, a backup beside gzip and age alone on
// the same bytes. On a PostgreSQL of its own, with fsync on.
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { pipe, writeBackup } from '../../apps/server/src/actions/backup/make-backup.ts'
import type { DatabaseTables } from '../../apps/server/src/attune.ts'
import { readChildEnvironment } from '../../apps/server/src/env.ts'
import { makeAgeKey, sealToRecipients } from '../../apps/server/src/outside/age-file.ts'
import { startEmbeddedPostgres } from '../../apps/server/src/outside/embedded-postgres.ts'
import { openSecretFolder } from '../../apps/server/src/outside/secret-folder.ts'
import type { Storage } from '../../apps/server/src/outside/storage/storage.ts'
import { writeDump, type DumpHead } from '../../apps/server/src/store/backup/dump.ts'
import { keepBySecret } from '../../apps/server/src/store/keyring/keep-by-secret.ts'
import { openKeyring } from '../../apps/server/src/store/keyring/keyring.ts'
import { makeKey, open, seal } from '../../apps/server/src/store/keyring/seal.ts'
import { openSigner } from '../../apps/server/src/store/log/head.ts'
import { sealLog } from '../../apps/server/src/store/log/seal-log.ts'
import {
  backupConnection,
  besideEachOther,
  openDatabases,
  prepareDatabases,
  withClient,
  type AdminConnections,
} from '../../apps/server/src/store/postgres-databases.ts'
import type { Figure } from '../bench.ts'

const keyCount = 100_000
/** A tenth of the million that a backup is judged by; a row is what a session of two kilobytes becomes. */
const recordCount = Number(process.env['ATTUNE_BENCH_RECORDS'] ?? 100_000)
const clients = 32
const roundMs = 4_000
const password = 'a-login-for-the-bench-only'
const seconds = (from: number) => (performance.now() - from) / 1000

export async function measureTrust(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-bench-trust-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedPostgres({ directory: path.join(folder, 'postgres'), environment: readChildEnvironment() })
  try {
    const admin = besideEachOther(server.superuser)
    await prepareDatabases(admin, password)
    return [...(await measureKeys(admin, folder)), ...(await measureLog(admin)), ...(await measureBackup(admin))]
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureKeys(admin: AdminConnections, folder: string): Promise<Figure[]> {
  const databases = openDatabases<DatabaseTables>(admin, password)
  const keyring = await openKeyring(
    databases.keyring,
    { key: makeKey('root/bench'), keepers: [keepBySecret(openSecretFolder(path.join(folder, 'epochs')))] },
    Date.now,
  )
  for (let made = 0; made < keyCount; made += 5_000)
    await Promise.all(Array.from({ length: 5_000 }, () => keyring.makeClientKey('north', randomUUID())))
  const place = (row: number) => ({ table: 'keyring.client_keys', row: `north/${row}`, field: 'wrapped', client: String(row) })
  const [old, fresh] = [makeKey('epoch/1'), makeKey('epoch/2')]
  const wrapped = Array.from({ length: 20_000 }, (_, row) => seal(old, place(row), randomBytes(32)))
  let from = performance.now()
  wrapped.forEach((bytes, row) => seal(fresh, place(row), open(old, place(row), bytes)))
  const bareCrypto = seconds(from) * (keyCount / wrapped.length)
  from = performance.now()
  await withClient(admin.keyring, (client) => client.query('update keyring.client_keys set wrapped = wrapped'))
  const bareUpdate = seconds(from)
  from = performance.now()
  const cpuFrom = process.cpuUsage()
  await keyring.rotate()
  const whole = seconds(from)
  const cpu = process.cpuUsage(cpuFrom)
  await databases.close()
  return [
    {
      name: `${keyCount} keys wrapped again (attune keys rotate)`,
      value: `${whole.toFixed(2)} s`,
      beside: `bare encryption ${bareCrypto.toFixed(2)} s, bare update of the rows ${bareUpdate.toFixed(2)} s; of our own processor time ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s; promised 5 s`,
    },
  ]
}

async function measureLog(admin: AdminConnections): Promise<Figure[]> {
  await withClient(admin.attune, (client) =>
    client.query('create table public.plain (like log.events including all); alter table public.plain drop column xact'),
  )
  const pool = new pg.Pool({ ...admin.attune, max: clients })
  const databases = openDatabases<DatabaseTables>(admin, password)
  const signer = openSigner(Buffer.alloc(32, 1))
  const insert = (table: string) =>
    `insert into ${table} (service_id, role, action, purpose, outcome, detail${table === 'public.plain' ? ', at' : ''}) values ('north', 'system', 'record.read', 'retrieve', 'done', '{"recordId":"x"}'${table === 'public.plain' ? ', clock_timestamp()' : ''})`
  const run = async (table: string) => {
    const until = performance.now() + roundMs
    let count = 0
    const from = performance.now()
    await Promise.all(
      Array.from({ length: clients }, async () => {
        for (; performance.now() < until; count++) await pool.query({ name: table, text: insert(table) })
      }),
    )
    return count / seconds(from)
  }
  const plain: number[] = []
  const sealed: number[] = []
  for (let round = 0; round < 3; round++) {
    plain.push(await run('public.plain'))
    let sealing = true
    const sealer = (async () => {
      while (sealing) if ((await sealLog(databases.sealer, signer)) === undefined) await new Promise((resolve) => setTimeout(resolve, 500))
    })()
    sealed.push(await run('log.events'))
    sealing = false
    await sealer
  }
  await pool.end()
  await databases.close()
  const [a, b] = [median(sealed), median(plain)]
  return [
    {
      name: `events/s at ${clients} clients while they are sealed`,
      value: a.toFixed(0),
      beside: `plain inserts ${b.toFixed(0)}/s: ${((a / b) * 100).toFixed(0)} %; promised 80 %`,
    },
  ]
}

async function measureBackup(admin: AdminConnections): Promise<Figure[]> {
  await withClient(admin.attune, async (client) => {
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into answers.records (service_id, record_id, client_id, programme_id, form_id, form_version, policy_version, session_on, xml_sealed, answers_sealed, content_hash, service_copy)
       select 'north', gen_random_uuid(), gen_random_uuid(), 'p', 'f', '1', '1', '2026-01-01',
         (select string_agg(sha256((n::text || s)::bytea), '') from generate_series(1, 40) s), (select string_agg(sha256((n::text || 'a' || s)::bytea), '') from generate_series(1, 24) s), 'h', true
       from generate_series(1, $1) n`,
      [recordCount],
    )
  })
  const { recipient } = await makeAgeKey()
  const head: DumpHead = { backup: randomUUID(), kind: 'data', madeAt: '', log: '', lastBatch: -1, version: '', people: [] }
  // Bytes that go nowhere: a disk would hide what is measured.
  const nowhere: Storage = {
    name: 'nowhere',
    async put(_name, pieces) {
      let size = 0
      for await (const piece of pieces) size += piece.length
      return size
    },
    get: () => {
      throw new Error('Nothing is kept.')
    },
    list: async () => [],
    remove: async () => {},
  }
  const dump: Buffer[] = []
  await withClient(backupConnection(admin, 'attune', password), async (client) => {
    for await (const piece of writeDump(client, head, () => {})) dump.push(Buffer.from(piece))
  })
  const bytes = dump.reduce((sum, piece) => sum + piece.length, 0)
  let from = performance.now()
  await nowhere.put('', sealToRecipients(pipe(again(dump), createGzip({ level: 1 })), [recipient, recipient]))
  const alone = seconds(from)
  dump.length = 0
  from = performance.now()
  await writeBackup({ admin, loginPassword: password }, nowhere, { head, name: 'bench', recipients: [recipient, recipient] })
  const whole = seconds(from)
  const speed = (time: number) => `${(bytes / time / 1e6).toFixed(0)} MB/s`
  return [
    {
      name: `backup of ${recordCount} records, ${(bytes / 1e6).toFixed(0)} MB of SQL`,
      value: speed(whole),
      beside: `gzip and age alone on the same bytes ${speed(alone)}: ${((alone / whole) * 100).toFixed(0)} %; promised 50 % (of 1,000,000 records: ATTUNE_BENCH_RECORDS)`,
    },
  ]
}

async function* again(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces
}

const median = (values: readonly number[]): number => [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)]!
