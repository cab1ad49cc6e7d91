// What people wait for and what does not grow: the slowest replies while the server is half busy, its memory over time, and how fast it
// takes submissions when many are stored. ATTUNE_BENCH_SOAK=600 (seconds) and ATTUNE_BENCH_RECORDS=1000000 are the sizes that are promised.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readEnvironment } from '../../apps/server/src/env.ts'
import type { Figure } from '../bench.ts'
import { signInDemo } from '../walk/caller.ts'
import { startServerProcess, type ServerProcess } from '../walk/server-process.ts'
import { superuserOf } from '../walk/superuser.ts'
import { withAttune } from '../with-attune.ts'
import { copyRecords } from './copy-records.ts'
import { fillSamples, readSpent, sendLoad, type Spent } from './send-load.ts'

const soakSeconds = Number(process.env['ATTUNE_BENCH_SOAK'] ?? 60)
const stored = Number(process.env['ATTUNE_BENCH_RECORDS'] ?? 100_000)
const clients = 32
/** One round of load: its bodies are made beforehand and lie in memory. */
const roundSeconds = 15

export async function measureSteady(): Promise<Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'attune-steady-'))
  try {
    let server = await startServerProcess({ home })
    const figures: Figure[] = []
    let empty: Pace
    try {
      empty = await takePace(server)
      figures.push(...(await soak(server, empty.perSecond / 2)))
    } finally {
      await server.stop()
    }
    await fill(home)
    server = await startServerProcess({ home, timeoutMs: 600_000 })
    try {
      const full = await takePace(server)
      figures.push({
        name: `submissions acknowledged a second with ${stored.toLocaleString('en')} stored, ${clients} clients`,
        value: `${full.perSecond.toFixed(0)}/s`,
        beside: `${((100 * full.perSecond) / empty.perSecond).toFixed(0)} % of ${empty.perSecond.toFixed(0)}/s before, goal 90 %; processor time each: ${toCost(full.each)} after ${toCost(empty.each)}, ${((100 * sum(empty.each)) / sum(full.each)).toFixed(0)} %`,
      })
    } finally {
      await server.stop()
    }
    return figures
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

type Pace = { readonly perSecond: number; readonly each: Spent }
const sum = ({ server, database }: Spent) => server + database
const toCost = ({ server, database }: Spent) => `server ${(server * 1000).toFixed(2)} ms, PostgreSQL ${(database * 1000).toFixed(2)} ms`
const middle = (values: readonly number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

/** As fast as it goes, the middle of three rounds, and what one submission costs. */
async function takePace(server: ServerProcess): Promise<Pace> {
  const caller = await signInDemo(server.url, 'practitioner')
  const samples = await fillSamples(caller)
  await sendLoad(server, caller, samples, { clients, seconds: 4 })
  const rates: number[] = []
  let taken = 0
  const before = readSpent(server)
  for (let round = 0; round < 3; round++) {
    const { acknowledged, seconds } = await sendLoad(server, caller, samples, { clients, seconds: 4 })
    rates.push(acknowledged / seconds)
    taken += acknowledged
  }
  const after = readSpent(server)
  const each = { server: (after.server - before.server) / taken, database: (after.database - before.database) / taken }
  return { perSecond: middle(rates), each }
}

/** Half of what it can take, for as long as was asked. */
async function soak(server: ServerProcess, perSecond: number): Promise<Figure[]> {
  const caller = await signInDemo(server.url, 'practitioner')
  const samples = await fillSamples(caller)
  // What it made itself: pages of its program's files come and go as the system likes.
  const megabytes = () => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  const rounds = Math.max(3, Math.round(soakSeconds / roundSeconds))
  const [p99, memory]: [number[], number[]] = [[], []]
  let taken = 0
  let refused = 0
  for (let round = 0; round < rounds; round++) {
    const sent = sendLoad(server, caller, samples, { clients, seconds: roundSeconds, perSecond })
    const seen: number[] = []
    const watch = (async () => {
      for (let second = 0; second < roundSeconds; second++) {
        await sleep(1_000)
        seen.push(megabytes())
      }
    })()
    const result = await sent
    await watch
    taken += result.acknowledged
    refused += result.refused
    p99.push(result.p99)
    memory.push(middle(seen))
    if (round % 4 === 3) console.log(`  soak: ${(round + 1) * roundSeconds} of ${rounds * roundSeconds} s, ${memory.at(-1)!.toFixed(0)} MB`)
  }
  // The first fifth is warming up: code is compiled, caches fill.
  const [early, late] = [middle(memory.slice(Math.floor(rounds / 5), Math.ceil(rounds / 2))), middle(memory.slice(-Math.ceil(rounds / 4)))]
  return [
    {
      name: `slowest reply of a hundred (p99) at half load, ${perSecond.toFixed(0)} submissions a second`,
      value: `${middle(p99).toFixed(1)} ms`,
      beside: `goal 50 ms; the middle of ${rounds} rounds of ${roundSeconds} s, from when each was due; best ${Math.min(...p99).toFixed(1)} ms, worst ${Math.max(...p99).toFixed(1)} ms${refused > 0 ? `; ${refused} REFUSED` : ''}`,
    },
    {
      name: `memory of the server over ${rounds * roundSeconds} s at half load, ${taken.toLocaleString('en')} submissions`,
      value: `${late - early >= 0 ? '+' : ''}${(late - early).toFixed(0)} MB`,
      beside: `${early.toFixed(0)} MB after warming up, ${late.toFixed(0)} MB at the end; goal flat (ATTUNE_BENCH_SOAK=600 is ten minutes)`,
    },
  ]
}

async function fill(home: string): Promise<void> {
  const environment = readEnvironment({ ...process.env, ATTUNE_HOME: home, ATTUNE_DEMO: '1' })
  await withAttune({ environment, err: process.stderr }, async (attune) => {
    const admin = new pg.Client({ ...(await superuserOf(home)), database: 'attune' })
    await admin.connect()
    const { rows } = await admin.query<{ count: number }>('select count(*)::int as count from answers.records')
    if (rows[0]!.count < stored) await copyRecords(admin, attune, stored - rows[0]!.count)
    await admin.query('select sums.rebuild()')
    await admin.query('vacuum analyze')
    await admin.end()
  })
}
