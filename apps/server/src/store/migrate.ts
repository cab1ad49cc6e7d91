// Forward-only migrations: dated .sql files, each applied once in its own transaction as the owner of the tables. A file that
// changed after it was applied, or a database that knows more files than we do, stops the start: guessing would cost data.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { ownerRole } from './postgres-roles.ts'

export type Migration = { name: string; sql: string; checksum: string }

const dated = /^\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.sql$/
/** Any number will do, as long as every Attune takes the same one. */
const lockNumber = 4_281_106

/** The migrations of a folder in their order. Names are dated: `2026-11-22-01-records.sql`. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      if (!dated.test(name)) throw new Error(`The migration "${name}" has no date in front: name it like 2026-11-22-01-records.sql.`)
      const sql = readFileSync(path.join(folder, name), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex') }
    })
}

export type Applied = { name: string; checksum: string }

/** What keeps these migrations from being applied on top of what the database has: sentences, none when all is well. */
export function checkMigrations(applied: readonly Applied[], migrations: readonly Migration[]): string[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const last = applied
    .map((each) => each.name)
    .sort()
    .at(-1)
  return [
    ...applied.flatMap(({ name, checksum }) => {
      const ours = known.get(name)
      if (ours === undefined)
        return [`The database was changed by "${name}", which this version of Attune does not know. Start the newer version that you used before.`]
      return ours.checksum === checksum
        ? []
        : [`The migration "${name}" was edited after it had been applied. Put the original file back and write a new migration for the change.`]
    }),
    ...migrations
      .filter(({ name }) => last !== undefined && name < last && !applied.some((each) => each.name === name))
      .map(({ name }) => `The migration "${name}" is dated before "${last}", which is already applied. Give it a later date.`),
  ]
}

/** Applies what is missing and returns the names. Several processes may race: one works, the others wait and find nothing left. */
export async function migrate(admin: pg.ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  await admin.query('select pg_advisory_lock($1)', [lockNumber])
  try {
    const applied = await readApplied(admin)
    const issues = checkMigrations(applied, migrations)
    if (issues.length > 0) throw new Error(issues.join('\n'))
    const missing = migrations.filter(({ name }) => !applied.some((each) => each.name === name))
    for (const migration of missing) await apply(admin, migration)
    return missing.map(({ name }) => name)
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [lockNumber])
  }
}

/** The migrations that are missing here, without applying them. */
export async function findMissing(admin: pg.ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  const { rows } = await admin.query<{ made: string | null }>(`select to_regclass('migrations.applied')::text as made`)
  if (rows[0]?.made == null) return migrations.map(({ name }) => name)
  const applied = await admin.query<Applied>('select name, checksum from migrations.applied')
  return migrations.filter(({ name }) => !applied.rows.some((each) => each.name === name)).map(({ name }) => name)
}

async function readApplied(admin: pg.ClientBase): Promise<Applied[]> {
  const { rows } = await admin.query<{ made: string | null }>(`select to_regclass('migrations.applied')::text as made`)
  if (rows[0]?.made == null) {
    await admin.query(`begin;
      set local role ${ownerRole};
      create schema migrations;
      create table migrations.applied (name text primary key, checksum text not null, applied_at timestamptz not null default now());
      alter table migrations.applied enable row level security, force row level security;
      create policy owner on migrations.applied to ${ownerRole} using (true) with check (true);
      commit`)
  }
  return (await admin.query<Applied>('select name, checksum from migrations.applied order by name')).rows
}

async function apply(admin: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await admin.query('begin')
    await admin.query(`set local role ${ownerRole}`)
    await admin.query(sql)
    await admin.query(`set local role ${ownerRole}`)
    await admin.query('insert into migrations.applied (name, checksum) values ($1, $2)', [name, checksum])
    await admin.query('commit')
  } catch (error) {
    await admin.query('rollback').catch(() => {})
    throw new Error(`The migration "${name}" failed and was rolled back: ${(error as Error).message}`, { cause: error })
  }
}
