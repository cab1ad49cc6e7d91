// The desks of a nation: what each page and each decision costs with a thousand services, twenty thousand practitioners and a million records. The sizes can be made
// smaller: ATTUNE_BENCH_SHARE=0.1 is a tenth of each.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { readEnvironment } from '../../apps/server/src/env.ts'
import type { Figure } from '../bench.ts'
import { signInDemo, type Caller } from '../walk/caller.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { withAttune } from '../with-attune.ts'
import { measureDecisions } from './decisions.ts'
import { fillDecisions, type ToDecide } from './fill-decisions.ts'
import { fillDesks, nation, type Sizes } from './fill-desks.ts'
import { superuserOf } from '../walk/superuser.ts'
import { untilIdle } from './cpu-time.ts'

const rounds = 60
const goalMs = 200

type Page = readonly [path: string, purpose?: string]
const pages = {
  administrator: [
    ['/api/marks'],
    ['/api/people'],
    ['/api/nominations'],
    ['/api/services'],
    ['/api/rights/summary'],
    ['/api/rights'],
    ['/api/rights?ended=true'],
    ['/api/retention'],
    ['/api/retention/foresight'],
    ['/api/audits'],
    ['/api/breaches'],
    ['/api/consents', 'practitioner-audit'],
    ['/api/practitioners', 'practitioner-audit'],
    ['/api/events'],
    ['/api/assurance'],
  ],
  'service-lead': [
    ['/api/marks'],
    ['/api/people'],
    ['/api/nominations'],
    ['/api/rights/summary'],
    ['/api/rights'],
    ['/api/retention'],
    ['/api/audits'],
  ],
  'data-support': [['/api/rights'], ['/api/records', 'retrieve'], ['/api/practitioners', 'find-code'], ['/api/report-layouts']],
  auditor: [['/api/audits'], ['/api/marks'], ['/api/consents', 'practitioner-audit'], ['/api/events']],
} as const satisfies { readonly [role: string]: readonly Page[] }

export async function measureDesks(): Promise<Figure[]> {
  const share = Number(process.env['ATTUNE_BENCH_SHARE'] ?? 1)
  if (!(share > 0 && share <= 10)) throw new Error('ATTUNE_BENCH_SHARE is a number above 0, at most 10.')
  const sizes = Object.fromEntries(Object.entries(nation).map(([name, size]) => [name, Math.max(10, Math.round(size * share))])) as Sizes
  const home = mkdtempSync(path.join(tmpdir(), 'attune-desks-'))
  const demo = await startServerProcess({ home, timeoutMs: 600_000 })
  await demo.stop()
  const began = performance.now()
  const toDecide = await fill(home, sizes)
  const filled = (performance.now() - began) / 1000
  const server = await startServerProcess({ home, timeoutMs: 600_000 })
  // A million events that were put in past the application are sealed first, which is not what a desk costs.
  await untilIdle(server.pid)
  try {
    const figures: Figure[] = [
      {
        name: `${sizes.services} services, ${sizes.practitioners} practitioners, ${sizes.records} records`,
        value: `${filled.toFixed(0)} s`,
        beside: 'to make them',
      },
    ]
    for (const [role, list] of Object.entries(pages) as [keyof typeof pages, readonly Page[]][]) {
      const caller = await signInDemo(server.url, role)
      for (const page of list) figures.push(await take(caller, role, page))
    }
    const people = {
      administrator: await signInDemo(server.url, 'administrator'),
      colleague: await signInDemo(server.url, 'administrator', undefined, 1),
      auditor: await signInDemo(server.url, 'auditor'),
    }
    const services = Array.from({ length: sizes.services }, (_, at) => `made-up-${at}`)
    figures.push(...(await measureDecisions(people, toDecide, services, goalMs)))
    return figures
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function fill(home: string, sizes: Sizes): Promise<ToDecide> {
  const environment = readEnvironment({ ...process.env, ATTUNE_HOME: home, ATTUNE_DEMO: '1' })
  return withAttune({ environment, err: process.stderr }, async (attune) => {
    const connection = await superuserOf(home)
    const [main, accounts] = ['attune', 'attune_accounts'].map((database) => new pg.Client({ ...connection, database })) as [pg.Client, pg.Client]
    await Promise.all([main.connect(), accounts.connect()])
    try {
      // Rows are put in past the application; what triggers would add up one by one is made once, by the jobs, afterwards.
      await main.query('set session_replication_role = replica')
      await fillDesks(attune, { attune: main, accounts }, sizes)
      const toDecide = await fillDecisions(attune, main, sizes)
      await main.query('analyze')
      return toDecide
    } finally {
      await Promise.all([main.end(), accounts.end()])
    }
  })
}

async function take(caller: Caller, role: string, [place, purpose]: Page): Promise<Figure> {
  const ask = async () => {
    const began = performance.now()
    const { status, body } = await caller.call('GET', place, purpose === undefined ? {} : { purpose })
    if (status !== 200) throw new Error(`${role} ${place} answered ${status} ${JSON.stringify(body).slice(0, 300)}`)
    return performance.now() - began
  }
  const first = await ask()
  for (let warm = 0; warm < 5; warm++) await ask()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await ask())
  times.sort((one, other) => one - other)
  const [p50, p95] = [times[rounds / 2] ?? 0, times[Math.floor(rounds * 0.95)] ?? 0]
  return {
    name: `${role} ${place}`,
    value: `p95 ${p95.toFixed(1)} ms`,
    beside: `goal ${goalMs} ms${p95 > goalMs ? ' (over)' : ''}; p50 ${p50.toFixed(1)} ms; first ${first.toFixed(0)} ms`,
  }
}
