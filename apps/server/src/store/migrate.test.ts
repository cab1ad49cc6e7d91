import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkMigrations, findMissing, migrate, readMigrations } from './migrate.ts'
import { createRoles } from './postgres-roles.ts'
import { withClient } from './postgres-databases.ts'
import { loginPassword } from '../../test/databases.ts'

const database = `t_${randomBytes(6).toString('hex')}`
const connection = { ...inject('postgres'), database }
const folder = (files: Record<string, string>) => {
  const made = mkdtempSync(path.join(tmpdir(), 'attune-migrations-'))
  for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(made, name), sql)
  return readMigrations(made)
}
const first = { '2026-01-01-01-pots.sql': 'create schema kitchen; create table kitchen.pots (id int primary key)' }

beforeAll(() =>
  withClient(inject('postgres'), async (client) => {
    await client.query(`create database ${database}`)
    await createRoles(client, loginPassword)
    await client.query(`alter database ${database} owner to attune_owner`)
  }),
)
afterAll(() => withClient(inject('postgres'), (client) => client.query(`drop database ${database} with (force)`)))

describe('migrations', () => {
  it('are applied once, in order, by the owner that nobody logs in as', async () => {
    const raced = await Promise.all([1, 2, 3].map(() => withClient(connection, (client) => migrate(client, folder(first)))))
    expect(raced.flat()).toEqual(['2026-01-01-01-pots.sql'])
    const { rows } = await withClient(connection, (client) => client.query(`select tableowner from pg_tables where tablename = 'pots'`))
    expect(rows).toEqual([{ tableowner: 'attune_owner' }])
  })

  it('leave nothing behind when one fails', async () => {
    const broken = { ...first, '2026-01-02-01-pans.sql': 'create table kitchen.pans (id int); select 1/0' }
    await expect(withClient(connection, (client) => migrate(client, folder(broken)))).rejects.toThrow(
      '"2026-01-02-01-pans.sql" failed and was rolled back',
    )
    const { rows } = await withClient(connection, (client) => client.query(`select to_regclass('kitchen.pans') as pans`))
    expect(rows).toEqual([{ pans: null }])
    expect(await withClient(connection, (client) => findMissing(client, folder(broken)))).toEqual(['2026-01-02-01-pans.sql'])
  })

  it('stop the start when a file was edited, has vanished, or comes before one that is applied', () => {
    const applied = folder(first).map(({ name, checksum }) => ({ name, checksum }))
    expect(checkMigrations(applied, folder(first))).toEqual([])
    expect(checkMigrations(applied, folder({ '2026-01-01-01-pots.sql': 'select 1' }))[0]).toContain('was edited after it had been applied')
    expect(checkMigrations(applied, [])[0]).toContain('does not know')
    expect(checkMigrations(applied, folder({ ...first, '2025-01-01-early.sql': 'select 1' }))[0]).toContain('Give it a later date')
  })

  it('must have a date in their name', () => {
    expect(() => folder({ 'pots.sql': 'select 1' })).toThrow('has no date in front')
  })
})
