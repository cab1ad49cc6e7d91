// All sums worked out again from a million sealed records: opening, scoring and adding up, each record with answers of its own under its client's key.
// Beside it what no way of doing so can do without: opening and parsing the same bytes, on two threads and nothing else.
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import type { Figure } from '../bench.ts'
import { openShelf } from '../../apps/server/src/actions/form/form-shelf.ts'
import { verifySums } from '../../apps/server/src/actions/sums/verify-sums.ts'
import { readEnvironment } from '../../apps/server/src/env.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { superuserOf } from '../walk/superuser.ts'
import { withAttune } from '../with-attune.ts'
import { copyRecords } from './copy-records.ts'
import { cpuSeconds } from './cpu-time.ts'

const wanted = 1_000_000
const goalSeconds = 60

export async function measureRecompute(): Promise<Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'attune-bench-'))
  const demo = await startServerProcess({ home })
  await demo.stop()
  const environment = readEnvironment({ ...process.env, ATTUNE_HOME: home, ATTUNE_DEMO: '1' })
  const figures = await withAttune({ environment, err: process.stderr }, async (attune) => {
    await openShelf(attune)
    const admin = new pg.Client({ ...(await superuserOf(home)), database: 'attune' })
    await admin.connect()
    const began = performance.now()
    await copyRecords(admin, attune, wanted)
    const filled = performance.now()
    await admin.query('select sums.rebuild()')
    const rebuilt = performance.now()
    await admin.query('vacuum analyze answers.records')
    const { rows } = await admin.query<{ clients: number; bytes: number }>(
      'select count(distinct client_id)::integer as clients, avg(length(answers_sealed))::integer as bytes from answers.records',
    )
    const { clients, bytes } = rows[0]!
    // What was used to fill is given back before memory is looked at.
    globalThis.gc?.()
    const { result, seconds, own, memory } = await watch(() => verifySums(attune))
    await admin.end()
    if (result.differing.length > 0) throw new Error(`${result.differing.length} cells differ`)
    if (result.records < wanted) throw new Error(`only ${result.records} records were read`)
    const least = await openAndParse(bytes, result.records, result.records / clients)
    const [start, middle, end] = memory
    const count = (number: number) => number.toLocaleString('en')
    return [
      {
        name: `sums worked out again from ${count(result.records)} sealed records`,
        value: `${seconds.toFixed(1)} s`,
        beside: `goal ${goalSeconds} s; ${count(Math.round(result.records / seconds))} records/s of ${count(result.clients)} clients; ${count(result.cells)} cells agree`,
      },
      {
        name: 'processor time of it in this process',
        value: `${own.toFixed(1)} s`,
        beside: `${((own / result.records) * 1e6).toFixed(0)} µs a record; PostgreSQL works beside it`,
      },
      {
        name: 'opening and parsing the same bytes, two threads',
        value: `${least.toFixed(1)} s`,
        beside: `${bytes} bytes a record, AES-256-GCM and JSON alone; the sums took ${(seconds / least).toFixed(1)} x of that`,
      },
      {
        name: 'memory at the start, in the middle, at the end',
        value: `${start} ${middle} ${end} MB`,
        beside: `highest of each third, resident; pages of 4,000 records`,
      },
      {
        name: 'filling: records sealed and put in; sums made by the database',
        value: `${((filled - began) / 1000).toFixed(0)} s, ${((rebuilt - filled) / 1000).toFixed(0)} s`,
        beside: 'not part of what is measured',
      },
    ]
  })
  await rm(home, { recursive: true, force: true })
  return figures
}

/** Seconds, processor seconds of this process, and the highest resident memory in MB of each third of the time. */
async function watch<T>(work: () => Promise<T>) {
  const samples: number[] = []
  const look = () => samples.push(Math.round(process.memoryUsage().rss / 1024 / 1024))
  const timer = setInterval(look, 100)
  const before = cpuSeconds(process.pid, { below: false }) ?? Number.NaN
  const began = performance.now()
  look()
  const result = await work()
  look()
  clearInterval(timer)
  const third = Math.ceil(samples.length / 3)
  const memory = [0, 1, 2].map((part) => Math.max(...samples.slice(Math.min(part * third, samples.length - 1), (part + 1) * third)))
  return {
    result,
    seconds: (performance.now() - began) / 1000,
    own: (cpuSeconds(process.pid, { below: false }) ?? Number.NaN) - before,
    memory,
  }
}

/** Opens and parses as many values of that length, a new key for each client, on two threads; from a share of them. Returns seconds for all. */
async function openAndParse(bytes: number, records: number, perClient: number): Promise<number> {
  const share = 100_000
  const run = () =>
    new Promise<number>((resolve, reject) => {
      const worker = new Worker(new URL('./open-and-parse.ts', import.meta.url), { workerData: { bytes, count: share, perClient } })
      worker.once('message', resolve)
      worker.once('error', reject)
    })
  const seconds = await Promise.all([run(), run()])
  return (Math.max(...seconds) / (2 * share)) * records
}
