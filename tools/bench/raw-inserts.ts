// The limit that submissions are compared with: the same bytes, inserted by bare `pg`. What a submission leaves in the database is a row in each of these
// tables; here copies of such rows go into tables of the same columns and primary keys with nothing else around them (no row security, no triggers, no
// foreign keys, no checks, no further indexes): BEGIN, an INSERT for each table, COMMIT, as a program writes them. Beside it two that are more than that, to
// see how far one could go: all rows in one statement, and the filled-in form alone.
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { ServerProcess } from '../walk/server-process.ts'
import { readSpent } from './send-load.ts'

const tables = ['answers.clients', 'answers.records', 'scores.record_scores', 'identity.record_authors', 'log.events', 'sums.arrived']
const samples = 300

type Value = unknown
/** Values of one record's rows, table after table. */
type Rows = readonly (readonly Value[])[]
type Table = { readonly name: string; readonly columns: readonly string[] }

/** Records a second, and the milliseconds of processor time that one costs the database and the one who asks. */
export type RawInserts = { readonly perSecond: number; readonly database: number; readonly sender: number }
export type RawLimit = {
  /** Bytes of all values of a record, on average. */
  readonly bytes: number
  /** The limit: the rows of one record a transaction, `clients` at once, as durable as ours. */
  readonly measure: (clients: number, seconds: number) => Promise<RawInserts>
  /** The same rows by one prepared statement a record. */
  readonly measureOneStatement: (clients: number, seconds: number) => Promise<RawInserts>
  /** The filled-in form alone, one row with one key: less than half of the bytes. */
  readonly measureFormAlone: (clients: number, seconds: number, xmls: readonly string[]) => Promise<RawInserts>
  readonly close: () => Promise<void>
}

/** Copies what the newest records of the server consist of, once it has nothing left to do with them. `connection` is the superuser's. */
export async function openRawLimit(server: ServerProcess, connection: pg.ClientConfig): Promise<RawLimit> {
  const admin = new pg.Client({ ...connection, database: 'attune' })
  await admin.connect()
  await waitForReplays(admin)
  await admin.query(
    'create schema bench_raw; create table bench_raw.forms (id uuid primary key, body bytea not null) with (autovacuum_enabled = off)',
  )
  const known: Table[] = []
  for (const [at, table] of tables.entries()) {
    const { rows } = await admin.query<{ name: string; key: string; words: string | null }>(
      `select a.attname as name, pg_get_constraintdef(c.oid) as key, case when t.typtype = 'd' then t.typbasetype::regtype::text end as words
       from pg_attribute a join pg_type t on t.oid = a.atttypid join pg_constraint c on c.conrelid = a.attrelid and c.contype = 'p'
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and not a.atthasdef order by a.attnum`,
      [table],
    )
    await admin.query(
      `create table bench_raw.t${at} (like ${table} including defaults including identity) with (autovacuum_enabled = off); alter table bench_raw.t${at} add ${rows[0]!.key}`,
    )
    for (const { name, words } of rows) if (words !== null) await admin.query(`alter table bench_raw.t${at} alter column ${name} type ${words}`)
    known.push({ name: table, columns: rows.map((row) => row.name) })
  }
  const records = await readRecords(admin, known)
  const insertsFrom = (parameterOf: (at: number, column: number) => number): string[] =>
    known.map(
      ({ columns }, at) =>
        `insert into bench_raw.t${at} (${columns.join(', ')}) values (${columns.map((_, column) => `$${parameterOf(at, column)}`).join(', ')})`,
    )
  const each = insertsFrom((_, column) => column + 1)
  const starts = known.map((_, at) => known.slice(0, at).reduce((sum, table) => sum + table.columns.length, 0))
  const all = insertsFrom((at, column) => starts[at]! + column + 1)
  const inOne = `with ${all
    .slice(0, -1)
    .map((insert, at) => `i${at} as (${insert})`)
    .join(', ')} ${all.at(-1)}`
  let turn = 0
  const next = () => afresh(known, records[turn++ % records.length]!)

  async function run(clients: number, seconds: number, insert: (client: pg.PoolClient) => Promise<unknown>): Promise<RawInserts> {
    const pool = new pg.Pool({ ...connection, database: 'attune', max: clients })
    const connections = await Promise.all(Array.from({ length: clients }, () => pool.connect()))
    let done = 0
    const [database, sender] = [readSpent(server).database, process.cpuUsage()]
    const began = performance.now()
    const until = began + seconds * 1000
    await Promise.all(
      connections.map(async (client) => {
        while (performance.now() < until) {
          await insert(client)
          done++
        }
        client.release()
      }),
    )
    const perSecond = done / ((performance.now() - began) / 1000)
    const { user, system } = process.cpuUsage(sender)
    const spent = { database: ((readSpent(server).database - database) * 1000) / done, sender: (user + system) / 1000 / done }
    await pool.end()
    return { perSecond, ...spent }
  }

  return {
    bytes: records.reduce((sum, rows) => sum + rows.flat().reduce<number>((all, value) => all + sizeOf(value), 0), 0) / records.length,
    measure: (clients, seconds) =>
      run(clients, seconds, async (client) => {
        await client.query('begin')
        for (const [at, values] of next().entries()) await client.query({ name: `t${at}`, text: each[at]!, values: [...values] })
        await client.query('commit')
      }),
    measureOneStatement: (clients, seconds) => run(clients, seconds, (client) => client.query({ name: 'rows', text: inOne, values: next().flat() })),
    measureFormAlone(clients, seconds, xmls) {
      const bodies = xmls.map((xml) => Buffer.from(xml))
      return run(clients, seconds, (client) =>
        client.query({ name: 'form', text: 'insert into bench_raw.forms values ($1, $2)', values: [randomUUID(), bodies[turn++ % bodies.length]] }),
      )
    },
    async close() {
      await admin.query('drop schema bench_raw cascade')
      await admin.end()
    },
  }
}

// A replay of every ten seconds takes all that wait; some of the demo's wait for a file.
async function waitForReplays(admin: pg.Client): Promise<void> {
  const longest = performance.now() + 60_000
  for (let [before, waiting] = [-1, 0]; before !== waiting && performance.now() < longest; await sleep(12_000)) {
    before = waiting
    waiting = (await admin.query<{ count: number }>("select count(*)::int as count from answers.records where review_state = 'received'")).rows[0]!
      .count
  }
}

async function readRecords(admin: pg.Client, known: readonly Table[]): Promise<readonly Rows[]> {
  const { rows: newest } = await admin.query<{ service_id: string; record_id: string; client_id: string }>(
    'select service_id, record_id, client_id from answers.records order by received_at desc limit $1',
    [samples],
  )
  const records: Rows[] = []
  for (const { service_id, record_id, client_id } of newest) {
    const rows: Value[][] = []
    for (const { name, columns } of known) {
      const where = name === 'answers.clients' ? 'client_id = $2' : name === 'log.events' ? `detail ->> 'recordId' = $2` : 'record_id = $2'
      const id = name === 'answers.clients' ? client_id : record_id
      // Arrived records go on into the cells; what one consists of is known without them.
      if (name === 'sums.arrived') rows.push(columns.map((column) => ({ service_id, record_id, client_id })[column]))
      else {
        const found = await admin.query<Record<string, Value>>(`select * from ${name} where service_id = $1 and ${where} limit 1`, [service_id, id])
        rows.push(columns.map((column) => toParameter(found.rows[0]![column])))
      }
    }
    records.push(rows)
  }
  return records
}

/** The same bytes under ids of their own. */
function afresh(known: readonly Table[], rows: Rows): Value[][] {
  const ids: Record<string, Value> = { record_id: randomUUID(), client_id: randomUUID(), code_hash: randomBytes(32) }
  return rows.map((values, at) => values.map((value, column) => ids[known[at]!.columns[column]!] ?? value))
}

const toParameter = (value: Value): Value =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !Buffer.isBuffer(value) && !(value instanceof Date)
    ? JSON.stringify(value)
    : value

function sizeOf(value: Value): number {
  if (value === null || value === undefined) return 0
  if (Buffer.isBuffer(value)) return value.length
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + sizeOf(each), 0)
  return value instanceof Date || typeof value === 'number' ? 8 : String(value).length
}
