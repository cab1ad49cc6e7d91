// From the database of an earlier release to today's: the tables as they were on an earlier day, filled with what a server has really written, then
// the changes since. Every row is there as it was, what is sealed opens, and a server works on it.
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { loginPassword } from '../../test/databases.ts'
import { makeRoot } from '../../test/root.ts'
import { newCode, readyPractitioner, sendSession } from '../../test/submission.ts'
import { sealEverything } from './log/seal-log.ts'
import { verifyLog } from './log/verify-log.ts'
import { readEpochs, type Epoch } from './keyring/epochs.ts'
import { seal } from './keyring/seal.ts'
import { migrate, readMigrations } from './migrate.ts'
import { createRoles } from './postgres-roles.ts'
import {
  besideEachOther,
  connectRights,
  databaseNames,
  migrationsFolder,
  prepareDatabases,
  withClient,
  type DatabaseName,
} from './postgres-databases.ts'

/** The release before this one ended on this day; what is dated later came after it. */
const earlier = '2026-11-26'
const admin = besideEachOther(inject('postgres'), `t_${randomBytes(6).toString('hex')}`)
const root = makeRoot()
const recordId = randomUUID()
let filled: TestAttune
let upgraded: TestAttune
type Kept = { readonly [table: string]: { readonly columns: string; readonly rows: string[] } }
const kept: { [name in DatabaseName]?: Kept } = {}

beforeAll(async () => {
  filled = await startAttune({ root })
  await sendSession(
    filled,
    await readyPractitioner(filled),
    { client_code: newCode(), narrative_child: 'Smiles at the lantern.' },
    { instanceId: recordId },
  )
  for (const name of databaseNames) {
    await withClient(inject('postgres'), async (client) => {
      await client.query(`create database ${admin[name].database}`)
      await createRoles(client, loginPassword)
      await client.query(`alter database ${admin[name].database} owner to attune_owner; ${connectRights(admin[name].database, name)}`)
    })
    await withClient(admin[name], (client) =>
      migrate(
        client,
        readMigrations(migrationsFolder(name)).filter((each) => each.name < earlier),
      ),
    )
    kept[name] = await copyRows(name)
  }
})
afterAll(async () => {
  await filled.stop()
  await upgraded?.stop()
  await withClient(inject('postgres'), async (client) => {
    for (const name of databaseNames) await client.query(`drop database if exists ${admin[name].database} with (force)`)
  })
})

const columnsOf = async (client: pg.Client) =>
  (
    await client.query<{ table: string; columns: string[] }>(
      `select format('%I.%I', n.nspname, c.relname) as table, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname !~ '^(pg_|information_schema|migrations)' group by 1 order by 1`,
    )
  ).rows

/** Writes today's rows into the earlier tables, as far as those have columns for them. */
async function copyRows(name: DatabaseName): Promise<Kept> {
  const found: { [table: string]: Kept[string] } = {}
  await withClient(filled.databases.admin[name], async (from) => {
    const today = new Map((await columnsOf(from)).map(({ table, columns }) => [table, columns]))
    await withClient(admin[name], async (to) => {
      await to.query('set session_replication_role = replica')
      const { current } = await readEpochs(filled.attune.databases.keyring, root)
      for (const { table, columns } of await columnsOf(to)) {
        const both = columns.filter((column) => today.get(table)?.includes(column) === true)
        if (both.length === 0) continue
        const list = both.map((column) => `"${column}"`).join(', ')
        const { rows } = await from.query<{ all: string | null }>(`select json_agg(t)::text as all from (select ${list} from ${table}) t`)
        if (rows[0]?.all == null) continue
        await to.query(
          `insert into ${table} (${list}) overriding system value select ${list} from json_populate_recordset(null::${table}, $1::json)`,
          [rows[0].all],
        )
        if (table === 'keyring.epochs') await unkeep(to, current)
        await passNumbers(to, table)
        found[table] = { columns: list, rows: await readAll(to, table, list) }
      }
    })
  })
  return found
}

const readAll = async (client: pg.Client, table: string, list: string) =>
  (await client.query<{ row: string }>(`select t::text as row from (select ${list} from ${table}) t order by 1`)).rows.map(({ row }) => row)

/** At that time the root key alone wrapped the epochs. */
async function unkeep(to: pg.Client, { epoch, key }: Epoch): Promise<void> {
  const place = { table: 'keyring.epochs', row: String(epoch), field: 'wrapped' }
  await to.query('update keyring.epochs set wrapped = $1 where epoch = $2', [seal(root.key, place, key.bytes), epoch])
}

/** Numbers that the database draws go on after those that were written, as they would in a dump. */
async function passNumbers(to: pg.Client, table: string): Promise<void> {
  const { rows } = await to.query<{ column: string; sequence: string }>(
    `select attname as column, pg_get_serial_sequence($1, attname) as sequence from pg_attribute where attrelid = $1::regclass and attidentity <> ''`,
    [table],
  )
  for (const { column, sequence } of rows) await to.query(`select setval($1, (select max(${column}) from ${table}))`, [sequence])
}

describe('the database of an earlier release', () => {
  it('has what a server wrote, and none of what came later', () => {
    const tables = databaseNames.flatMap((name) => Object.keys(kept[name]!))
    for (const table of ['answers.records', 'answers.clients', 'scores.record_scores', 'identity.practitioners', 'log.events', 'policy.services'])
      expect(tables).toContain(table)
    expect(tables).toContain('keyring.client_keys')
    expect(tables).toContain('accounts.accounts')
    expect(tables).not.toContain('policy.backups')
    expect(tables).not.toContain('log.batches')
  })

  it('is brought to today’s without losing or changing a row, once, and twice does nothing', async () => {
    const applied = await prepareDatabases(admin, loginPassword)
    for (const name of databaseNames) {
      const later = readMigrations(migrationsFolder(name)).filter((each) => each.name >= earlier)
      expect(applied[name]).toEqual(later.map((each) => each.name))
      await withClient(admin[name], async (client) => {
        const today = new Map((await columnsOf(client)).map(({ table, columns }) => [table, columns]))
        for (const [table, { columns, rows }] of Object.entries(kept[name]!)) {
          // What is worked out from the answers may be laid out anew; it is checked below by what it says.
          if (table.startsWith('sums.')) continue
          const list = columns.split(', ').filter((column) => today.get(table)?.includes(column.replaceAll('"', '')) === true)
          expect(list.join(', '), table).toBe(columns)
          expect(await readAll(client, table, columns), table).toEqual(rows)
        }
      })
    }
    expect(await prepareDatabases(admin, loginPassword)).toEqual({ attune: [], accounts: [], keyring: [] })
  })

  it('has today’s row security on every table, as a fresh one has', async () => {
    const shape = `select format('%I.%I', n.nspname, c.relname) as table, c.relrowsecurity and c.relforcerowsecurity as forced,
      (select string_agg(format('%s %s %s %s', p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)), '; ' order by p.polname) from pg_policy p where p.polrelid = c.oid) as policies,
      (select string_agg(format('%s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull), ', ' order by a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)' order by 1`
    for (const name of databaseNames) {
      const ask = async (connection: pg.ClientConfig) => (await withClient(connection, (client) => client.query<{ forced: boolean }>(shape))).rows
      const now = await ask(admin[name])
      expect(now).toEqual(await ask(filled.databases.admin[name]))
      expect(now.every(({ forced }) => forced)).toBe(true)
    }
  })

  it('opens for a server: the record is read, another is sent, keys are rotated, the log is sealed and agrees', async () => {
    upgraded = await startAttune({ admin, root, services: [] })
    const support = await upgraded.as('data-support')
    const read = await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })
    expect([read.status, read.text]).toEqual([200, expect.stringContaining('Smiles at the lantern.')])
    const next = randomUUID()
    expect((await sendSession(upgraded, await readyPractitioner(upgraded), {}, { instanceId: next })).status).toBe(201)
    expect((await upgraded.attune.keyring.readState()).keeper).toBe('root')
    await upgraded.attune.keyring.rotate()
    expect((await upgraded.attune.keyring.readState()).keeper).not.toBe('root')
    for (const id of [recordId, next]) expect((await support.get(`/api/records/${id}`, { purpose: 'retrieve' })).status).toBe(200)
    await sealEverything(upgraded.attune.databases.sealer, upgraded.attune.signer)
    const { findings, events } = await verifyLog(upgraded.attune.databases.sealer, upgraded.attune.signer, { anchors: [], restores: [] })
    expect([findings, events > 5]).toEqual([[], true])
  })
})
