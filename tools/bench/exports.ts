// A service takes a copy of all its records: sealed rows opened, written as CSV, packed and sealed, over HTTP from a server process of its own whose memory
// is watched, beside the same sealed bytes only read by bare `pg`. ATTUNE_BENCH_RECORDS=1000000 is the size that is promised.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { readEnvironment } from '../../apps/server/src/env.ts'
import type { Figure } from '../bench.ts'
import { signInDemo, type Caller } from '../walk/caller.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { superuserOf } from '../walk/superuser.ts'
import { withAttune } from '../with-attune.ts'
import { copyRecords } from './copy-records.ts'
import { cpuSeconds } from './cpu-time.ts'

const wanted = Number(process.env['ATTUNE_BENCH_RECORDS'] ?? 100_000)
const goal = { rowsPerSecond: 25_000, riseMb: 200 }

export async function measureExports(): Promise<Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'attune-exports-'))
  try {
    const demo = await startServerProcess({ home })
    const { session } = await signInDemo(demo.url, 'data-support')
    await demo.stop()
    const { serviceId } = session.grants.find(({ grantId }) => grantId === session.grantId)!
    await fill(home, serviceId)
    const server = await startServerProcess({ home, timeoutMs: 600_000 })
    try {
      const admin = new pg.Client({ ...(await superuserOf(home)), database: 'attune' })
      await admin.connect()
      const bare = await readBare(admin, serviceId)
      const caller = await signInDemo(server.url, 'data-support')
      // What is compiled and loaded on first use is no part of it.
      await download(server.url, caller, { from: '2000-01-01', until: '2000-01-02' })
      const memory = watchMemory(server.pid)
      const cpuBefore = cpuSeconds(server.pid, { below: false }) ?? 0
      const began = performance.now()
      const bytes = await download(server.url, caller, {})
      const seconds = (performance.now() - began) / 1000
      const cpu = (cpuSeconds(server.pid, { below: false }) ?? 0) - cpuBefore
      const rise = memory.riseMb()
      const { rows } = await admin.query<{ rows: number }>(
        `select (detail ->> 'rows')::int as rows from log.events where action = 'record.download' and outcome = 'done' order by event_id desc limit 1`,
      )
      await admin.end()
      const count = rows[0]!.rows
      return [
        {
          name: `${count.toLocaleString('en')} sealed records as CSV, a second`,
          value: `${Math.round(count / seconds).toLocaleString('en')}/s`,
          beside: `goal ${goal.rowsPerSecond.toLocaleString('en')}/s; ${Math.round(count / cpu).toLocaleString('en')} for each second of the server's processor time; bare reading of the same bytes ${Math.round(bare).toLocaleString('en')}/s; ${(bytes / 1e6).toFixed(0)} MB sealed`,
        },
        { name: 'memory while doing so, above the start', value: `${rise.toFixed(0)} MB`, beside: `goal ${goal.riseMb} MB` },
      ]
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function fill(home: string, serviceId: string): Promise<void> {
  const environment = readEnvironment({ ...process.env, ATTUNE_HOME: home, ATTUNE_DEMO: '1' })
  await withAttune({ environment, err: process.stderr }, async (attune) => {
    const admin = new pg.Client({ ...(await superuserOf(home)), database: 'attune' })
    await admin.connect()
    await copyRecords(admin, attune, wanted, serviceId)
    await admin.query('update answers.records set service_copy = true where service_id = $1 and not service_copy', [serviceId])
    await admin.query('select sums.rebuild()')
    await admin.query('vacuum analyze')
    await admin.end()
  })
}

/** Rows a second when the sealed bytes are read in one pass and thrown away. */
async function readBare(admin: pg.Client, serviceId: string): Promise<number> {
  const began = performance.now()
  let count = 0
  await admin.query('begin')
  await admin.query(
    `declare bare cursor for select record_id, answers_sealed from answers.records where service_id = '${serviceId.replaceAll("'", "''")}'`,
  )
  for (;;) {
    const { rows } = await admin.query('fetch 5000 from bare')
    if (rows.length === 0) break
    count += rows.length
  }
  await admin.query('commit')
  return count / ((performance.now() - began) / 1000)
}

/** Takes the copy and returns how many bytes came. Throws when the server refuses. */
function download(url: string, { cookie }: Caller, filter: { from?: string; until?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/downloads`,
      { method: 'POST', headers: { cookie, origin: url, 'content-type': 'application/json', 'attune-purpose': 'download' } },
      (reply) => {
        let bytes = 0
        reply.on('data', (piece: Buffer) => (bytes += piece.length))
        reply.once('error', reject)
        reply.once('end', () => (reply.statusCode === 200 ? resolve(bytes) : reject(new Error(`The download answered ${reply.statusCode}.`))))
      },
    )
    sent.once('error', reject)
    sent.end(JSON.stringify({ acceptResponsibility: true, format: 'csv', ...filter }))
  })
}

/** The most that a process has held since now, above what it holds now. */
function watchMemory(pid: number): { readonly riseMb: () => number } {
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  // Forgets the highest mark (proc(5), clear_refs 5).
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const before = read('VmRSS')
  return { riseMb: () => Math.max(0, read('VmHWM') - before) }
}
