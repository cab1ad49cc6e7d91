// All sums worked out again from sealed answers: opening, scoring and adding up. A share of a million records, and what a million would take.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Figure } from '../bench.ts'
import { openShelf } from '../../apps/server/src/actions/form/form-shelf.ts'
import { verifySums } from '../../apps/server/src/actions/sums/verify-sums.ts'
import { readEnvironment } from '../../apps/server/src/env.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { withAttune } from '../with-attune.ts'
import { copyRecords } from './copy-records.ts'
import { superuserOf } from '../walk/superuser.ts'

const wanted = 60_000

export async function measureRecompute(): Promise<Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'attune-bench-'))
  const demo = await startServerProcess({ home })
  const connection = { ...(await superuserOf(home)), database: 'attune' }
  await demo.stop()
  const environment = readEnvironment({ ...process.env, ATTUNE_HOME: home, ATTUNE_DEMO: '1' })
  const figures = await withAttune({ environment, err: process.stderr }, async (attune) => {
    await openShelf(attune)
    const admin = new pg.Client({ ...connection, ...(await superuserOf(home)), database: 'attune' })
    await admin.connect()
    await copyRecords(admin, attune, wanted)
    await admin.query('select sums.rebuild()')
    await admin.query('vacuum analyze answers.records')
    const half = await timed(() => verifySums(attune))
    await admin.end()
    const { result, seconds, peakMb, beganMb } = half
    if (result.differing.length > 0) throw new Error(`${result.differing.length} cells differ`)
    const perMillion = (1_000_000 / result.records) * seconds
    return [
      {
        name: `sums worked out again from ${result.records.toLocaleString('en')} sealed records`,
        value: `${seconds.toFixed(1)} s`,
        beside: `a million at this pace ${perMillion.toFixed(0)} s, goal 60 s; ${result.cells.toLocaleString('en')} cells agree`,
      },
      {
        name: 'memory while doing so, above the start',
        value: `${(peakMb - beganMb).toFixed(0)} MB`,
        beside: `${beganMb.toFixed(0)} MB before; pages of 4,000 records`,
      },
    ]
  })
  const { rm } = await import('node:fs/promises')
  await rm(home, { recursive: true, force: true })
  return figures
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number; beganMb: number; peakMb: number }> {
  const mb = () => process.memoryUsage().rss / 1024 / 1024
  globalThis.gc?.()
  const beganMb = mb()
  let peakMb = beganMb
  const watch = setInterval(() => (peakMb = Math.max(peakMb, mb())), 50)
  const began = performance.now()
  const result = await work()
  clearInterval(watch)
  return { result, seconds: (performance.now() - began) / 1000, beganMb, peakMb: Math.max(peakMb, mb()) }
}
