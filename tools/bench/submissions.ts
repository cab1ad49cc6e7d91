// Submissions acknowledged a second at 1, 8 and 32 clients, beside the same bytes inserted by bare `pg` on the same server in the same run.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { FormSummary, FormView } from '@attune/contract'
import pg from 'pg'
import type { Figure } from '../bench.ts'
import { signInDemo } from '../walk/caller.ts'
import { copyEpisode, fillEpisode, type Sample } from '../walk/episode.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { cpuSeconds } from './cpu-time.ts'
import type { LoadOrder, LoadResult } from './load-process.ts'
import { postmasterOf, superuserOf } from '../walk/superuser.ts'

const seconds = 4
const boundary = 'attune-bench-boundary'
const run = promisify(execFile)

function bodiesOf(samples: readonly Sample[], count: number): { body: Buffer; xml: string }[] {
  const bodies: { body: Buffer; xml: string }[] = []
  while (bodies.length < count) {
    for (const { xml } of copyEpisode(samples)) {
      const body = `--${boundary}\r\ncontent-disposition: form-data; name="xml_submission_file"; filename="submission.xml"\r\ncontent-type: text/xml\r\n\r\n${xml}\r\n--${boundary}--\r\n`
      bodies.push({ body: Buffer.from(body), xml })
    }
  }
  return bodies
}

async function rawInserts(connection: pg.ClientConfig, xmls: readonly string[], clients: number): Promise<number> {
  const pool = new pg.Pool({ ...connection, max: clients })
  await pool.query('create table if not exists bench_raw (id uuid primary key, body bytea not null)')
  const contents = xmls.map((xml) => Buffer.from(xml))
  await Promise.all(Array.from({ length: clients }, () => pool.query('select 1')))
  let done = 0
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
  const rate = done / ((performance.now() - began) / 1000)
  await pool.query('drop table bench_raw')
  await pool.end()
  return rate
}

export async function measureSubmissions(): Promise<Figure[]> {
  const server = await startServerProcess()
  try {
    const caller = await signInDemo(server.url, 'practitioner')
    const { forms } = (await caller.call<{ forms: FormSummary[] }>('GET', '/api/forms')).body
    const summary = forms.find((form) => form.kind === 'client-record')
    const form = (await caller.call<FormView>('GET', `/api/forms/${summary?.formId}/${summary?.version}`)).body
    const samples = await fillEpisode(form.xml, new Date().toISOString().slice(0, 10))
    const connection = await superuserOf(server.home)
    const figures: Figure[] = []
    const load = async (clients: number, length: number): Promise<LoadResult> => {
      const file = path.join(server.home, `bodies-${clients}`)
      const bodies = bodiesOf(samples, length * 6000)
      const parts = bodies.flatMap(({ body }) => {
        const size = Buffer.alloc(4)
        size.writeUInt32BE(body.length)
        return [size, body]
      })
      writeFileSync(file, Buffer.concat(parts))
      const order: LoadOrder = { url: server.url, cookie: caller.cookie, clients, seconds: length, bodies: file, boundary }
      const { stdout } = await run(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        path.join(import.meta.dirname, 'load-process.ts'),
        JSON.stringify(order),
      ])
      return JSON.parse(stdout) as LoadResult
    }
    const postmaster = postmasterOf(server.home)
    const spent = () => ({ server: cpuSeconds(server.pid, { below: false }) ?? 0, database: cpuSeconds(postmaster, { below: true }) ?? 0 })
    await load(8, 3)
    const xmls = bodiesOf(samples, 999).map(({ xml }) => xml)
    for (const clients of [1, 8, 32]) {
      const raw = await rawInserts(connection, xmls, clients)
      const before = spent()
      const ours = await load(clients, seconds)
      const after = spent()
      const each = (part: 'server' | 'database') => (((after[part] - before[part]) * 1000) / Math.max(1, ours.acknowledged)).toFixed(2)
      const rate = ours.acknowledged / ours.seconds
      figures.push({
        name: `submissions acknowledged a second, ${clients} client${clients === 1 ? '' : 's'}`,
        value: `${rate.toFixed(0)}/s`,
        beside: `${((100 * rate) / raw).toFixed(0)} % of ${raw.toFixed(0)}/s raw inserts of the same ${(Buffer.byteLength(xmls[0] ?? '') / 1024).toFixed(1)} kB; p50 ${ours.p50.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms; CPU each: server ${each('server')} ms, PostgreSQL ${each('database')} ms${ours.refused > 0 ? `; ${ours.refused} REFUSED` : ''}`,
      })
    }
    return figures
  } finally {
    await server.stop()
    await server.remove()
  }
}
