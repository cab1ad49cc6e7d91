// Submissions acknowledged a second at 1, 8 and 32 clients, beside the same bytes inserted by bare `pg` on the same server in the same run.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Figure } from '../bench.ts'
import { signInDemo } from '../walk/caller.ts'
import { startServerProcess, type ServerProcess } from '../walk/server-process.ts'
import { superuserOf } from '../walk/superuser.ts'
import { bodiesOf, fillSamples, readSpent, sendLoad } from './send-load.ts'

const seconds = 4

type RawInserts = { readonly perSecond: number; readonly database: number; readonly sender: number }

/**
 * The limit: each record a transaction of its own, as durable as ours (the server's own `synchronous_commit`), as many at once as clients send. With
 * the processor time that an insert costs the database and the one who asks.
 */
async function rawInserts(server: ServerProcess, connection: pg.ClientConfig, xmls: readonly string[], clients: number): Promise<RawInserts> {
  const pool = new pg.Pool({ ...connection, max: clients })
  await pool.query('create table if not exists bench_raw (id uuid primary key, body bytea not null)')
  const contents = xmls.map((xml) => Buffer.from(xml))
  await Promise.all(Array.from({ length: clients }, () => pool.query('select 1')))
  let done = 0
  const [database, sender] = [readSpent(server).database, process.cpuUsage()]
  const began = performance.now()
  const until = began + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        await pool.query({ name: 'raw', text: 'insert into bench_raw values ($1, $2)', values: [randomUUID(), contents[done % contents.length]] })
        done++
      }
    }),
  )
  const perSecond = done / ((performance.now() - began) / 1000)
  const { user, system } = process.cpuUsage(sender)
  const spent = { database: ((readSpent(server).database - database) * 1000) / done, sender: (user + system) / 1000 / done }
  await pool.query('drop table bench_raw')
  await pool.end()
  return { perSecond, ...spent }
}

export async function measureSubmissions(): Promise<Figure[]> {
  const server = await startServerProcess()
  try {
    const caller = await signInDemo(server.url, 'practitioner')
    const samples = await fillSamples(caller)
    const connection = await superuserOf(server.home)
    const figures: Figure[] = []
    const load = (clients: number, length: number) => sendLoad(server, caller, samples, { clients, seconds: length })
    // Until its code is compiled, a server spends most of its time compiling.
    await load(8, 3)
    await load(32, 10)
    const xmls = bodiesOf(samples, 999).map(({ xml }) => xml)
    for (const clients of [1, 8, 32]) {
      const raw = await rawInserts(server, connection, xmls, clients)
      const before = readSpent(server)
      const ours = await load(clients, seconds)
      const after = readSpent(server)
      const perRecord = (seconds: number) => ((seconds * 1000) / Math.max(1, ours.acknowledged)).toFixed(2)
      const each = (part: 'server' | 'database') => perRecord(after[part] - before[part])
      const rate = ours.acknowledged / ours.seconds
      figures.push({
        name: `submissions acknowledged a second, ${clients} client${clients === 1 ? '' : 's'}`,
        value: `${rate.toFixed(0)}/s`,
        beside: `${((100 * rate) / raw.perSecond).toFixed(0)} % of ${raw.perSecond.toFixed(0)}/s raw inserts of the same ${(Buffer.byteLength(xmls[0] ?? '') / 1024).toFixed(1)} kB; p50 ${ours.p50.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms; CPU each: server ${each('server')} ms, PostgreSQL ${each('database')} ms, sender ${perRecord(ours.cpu)} ms; of a raw insert: PostgreSQL ${raw.database.toFixed(2)} ms, sender ${raw.sender.toFixed(2)} ms${ours.refused > 0 ? `; ${ours.refused} REFUSED` : ''}`,
      })
    }
    return figures
  } finally {
    await server.stop()
    await server.remove()
  }
}
