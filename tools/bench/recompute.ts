// All sums worked out again from sealed answers: opening, scoring and adding up. A share of a million records, and what a million would take.
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Figure } from '../bench.ts'
import { openShelf } from '../../apps/server/src/actions/form/form-shelf.ts'
import { verifySums } from '../../apps/server/src/actions/sums/verify-sums.ts'
import { readEnvironment } from '../../apps/server/src/env.ts'
import { open, seal } from '../../apps/server/src/store/keyring/seal.ts'
import { answersPlace } from '../../apps/server/src/store/records/places.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { withAttune } from '../with-attune.ts'
import { superuserOf } from '../walk/superuser.ts'

const wanted = 60_000

type Row = { service_id: string; record_id: string; client_id: string; answers_sealed: Buffer }

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
    const demoRows = (
      await admin.query<Row>('select service_id, record_id, client_id, answers_sealed from answers.records order by service_id, client_id')
    ).rows
    const copies = Math.ceil(wanted / demoRows.length)
    await admin.query('alter table scores.record_scores disable trigger user')
    for (let copy = 0; copy < copies; copy++) await copyAll(admin, attune, demoRows)
    await admin.query('alter table scores.record_scores enable trigger user')
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

// The demo's families once more under new ids and keys, sealed anew: ids and places are bound into what is sealed.
async function copyAll(admin: pg.Client, attune: Parameters<typeof verifySums>[0], rows: readonly Row[]): Promise<void> {
  const { keyring } = attune
  const clients = new Map<string, string>()
  for (const row of rows) if (!clients.has(row.client_id)) clients.set(row.client_id, randomUUID())
  const services = new Map(rows.map((row) => [row.client_id, row.service_id]))
  const keys = new Map(
    await Promise.all([...clients].map(async ([old, id]) => [old, await keyring.makeClientKey(services.get(old) ?? '', id)] as const)),
  )
  const made = await Promise.all(
    rows.map(async (row) => {
      const [recordId, clientId] = [randomUUID(), clients.get(row.client_id) ?? '']
      const before = open(
        await keyring.getClientKey(row.service_id, row.client_id),
        answersPlace({ recordId: row.record_id, clientId: row.client_id }),
        row.answers_sealed,
      )
      return { old: row.record_id, recordId, clientId, sealed: seal(keys.get(row.client_id)!, answersPlace({ recordId, clientId }), before) }
    }),
  )
  await admin.query(
    `insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
     select c.service_id, m.id, uuid_send(m.id), c.code_sealed, c.code_source from unnest($1::uuid[], $2::uuid[]) m (old, id) join answers.clients c on c.client_id = m.old`,
    [[...clients.keys()], [...clients.values()]],
  )
  const columns =
    'programme_id, form_id, form_version, policy_version, session_on, received_at, xml_sealed, content_hash, service_copy, restricted_at'
  const lists = [made.map((each) => each.old), made.map((each) => each.recordId), made.map((each) => each.clientId)]
  await admin.query(
    `insert into answers.records (service_id, record_id, client_id, answers_sealed, ${columns})
     select r.service_id, m.id, m.client, m.sealed, ${columns} from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[]) m (old, id, client, sealed) join answers.records r on r.record_id = m.old`,
    [...lists, made.map((each) => each.sealed)],
  )
  await admin.query(
    `insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted)
     select s.service_id, m.id, m.client, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) m (old, id, client) join scores.record_scores s on s.record_id = m.old`,
    lists,
  )
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
