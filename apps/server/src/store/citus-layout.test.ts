// The page about several machines against the tables as they are: each table is spread by service, copied everywhere, or stays with a reason; and what is
// spread fulfils what Citus asks of it (https://docs.citusdata.com/en/stable/develop/reference_ddl.html).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabases, type TestDatabases } from '../../test/databases.ts'
import { withClient } from './postgres-databases.ts'

const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/guides/scale.md'), 'utf8')
const named = (pattern: RegExp) => [...page.matchAll(pattern)].map((found) => found[1]!)
const spread = named(/create_distributed_table\('([a-z_.]+)', 'service_id'/g)
const copied = named(/create_reference_table\('([a-z_.]+)'\)/g)
const staying = page
  .split('\n')
  .filter((line) => /^\| `/.test(line))
  .flatMap((line) => {
    const [, tables = '', why = ''] = line.split('|')
    return why.trim().length > 10 ? [...tables.matchAll(/`([a-z_.]+)`/g)].map((found) => found[1]!) : []
  })
/** Indexes that the page itself replaces before spreading. */
const replaced = named(/^drop index ([a-z_.]+);$/gm)

let made: TestDatabases
beforeAll(async () => {
  made = await createDatabases()
})
afterAll(() => made.drop())
const ask = <T extends object>(question: string, database: 'attune' | 'accounts' | 'keyring' = 'attune') =>
  withClient(made.admin[database], async (client) => (await client.query<T>(question)).rows)
const own = `n.nspname !~ '^(pg_|information_schema)'`

describe('the layout on several machines', () => {
  it('names every table of the main database once, those that stay with a reason', async () => {
    const tables = await ask<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${own}`,
    )
    expect([...spread, ...copied, ...staying].sort()).toEqual(tables.map(({ name }) => name).sort())
  })

  it('spreads only tables whose rows carry their service, never null', async () => {
    const carrying = await ask<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
       where c.relkind = 'r' and a.attname = 'service_id' and a.attnotnull and format_type(a.atttypid, a.atttypmod) = 'text'`,
    )
    const names = carrying.map(({ name }) => name)
    expect(spread.filter((table) => !names.includes(table))).toEqual([])
    // Whatever carries it and is not spread has a reason on the page.
    expect(names.filter((name) => !spread.includes(name) && !copied.includes(name) && !staying.includes(name))).toEqual([])
  })

  it('has the service in every primary key and unique index of a spread table', async () => {
    const keys = await ask<{ table: string; index: string; columns: string[] }>(
      `select format('%I.%I', n.nspname, c.relname) as table, format('%I.%I', n.nspname, x.relname) as index,
        (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum = any(i.indkey)) as columns
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where i.indisunique and ${own}`,
    )
    const wrong = keys.filter(({ table, index, columns }) => spread.includes(table) && !columns.includes('service_id') && !replaced.includes(index))
    expect(wrong).toEqual([])
    for (const index of replaced) expect(page).toMatch(new RegExp(`create unique index ${index.split('.')[1]} on [a-z_.]+ \\(service_id, `))
  })

  it('has the service in every foreign key between spread tables, and none from a copied or staying one to a spread one', async () => {
    const keys = await ask<{ source: string; target: string; columns: string[] }>(
      `select k.conrelid::regclass::text as source, k.confrelid::regclass::text as target,
        (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey)) as columns
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype = 'f' and ${own}`,
    )
    expect(keys.length).toBeGreaterThan(3)
    for (const { source, target, columns } of keys) {
      if (spread.includes(source))
        expect(spread.includes(target) ? columns.includes('service_id') : copied.includes(target), `${source} to ${target}`).toBe(true)
      else expect(spread.includes(target), `${source} to ${target}`).toBe(false)
    }
  })

  it('makes a table before those that refer to it', async () => {
    const order = [...copied, ...spread]
    const keys = await ask<{ source: string; target: string }>(
      `select k.conrelid::regclass::text as source, k.confrelid::regclass::text as target from pg_constraint k where k.contype = 'f' and k.conrelid <> k.confrelid`,
    )
    for (const { source, target } of keys)
      if (order.includes(source) && order.includes(target))
        expect(order.indexOf(target), `${target} before ${source}`).toBeLessThan(order.indexOf(source))
  })
})
