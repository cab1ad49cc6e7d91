// Fresh, migrated databases for one test file, copied from a template that is made once per run and schema.
import { createHash, randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type { ConnectionFacts } from '../src/outside/embedded-postgres.ts'
import { readMigrations } from '../src/store/migrate.ts'
import {
  besideEachOther,
  connectRights,
  databaseNames,
  migrationsFolder,
  prepareDatabases,
  withClient,
  type AdminConnections,
} from '../src/store/postgres-databases.ts'

/** The login's password in tests; the same for every database because the role is the server's. */
export const loginPassword = 'a-login-for-tests-only'

export type TestDatabases = { admin: AdminConnections; loginPassword: string; drop: () => Promise<void> }

/** Three fresh databases. `server` defaults to the one of the test run. */
export async function createDatabases(server: ConnectionFacts = inject('postgres')): Promise<TestDatabases> {
  const template = await getTemplate(server)
  const admin = besideEachOther(server, `t_${randomBytes(6).toString('hex')}`)
  await withClient(server, async (client) => {
    for (const name of databaseNames) {
      await client.query(`create database ${admin[name].database} template ${template[name].database} owner attune_owner`)
      await client.query(connectRights(admin[name].database, name))
    }
  })
  const drop = () =>
    withClient(server, async (client) => {
      for (const name of databaseNames) await client.query(`drop database if exists ${admin[name].database} with (force)`)
    })
  return { admin, loginPassword, drop }
}

const templates = new Map<string, Promise<AdminConnections>>()

function getTemplate(server: ConnectionFacts): Promise<AdminConnections> {
  const key = `${server.host}:${server.port}`
  let template = templates.get(key)
  if (template === undefined) templates.set(key, (template = makeTemplate(server)))
  return template
}

async function makeTemplate(server: ConnectionFacts): Promise<AdminConnections> {
  const sources = databaseNames.flatMap((name) => readMigrations(migrationsFolder(name)).map(({ checksum }) => checksum))
  const schema = createHash('sha256').update(sources.join()).digest('hex').slice(0, 12)
  const ready = besideEachOther(server, `template_${schema}`)
  const raw = besideEachOther(server, `making_${schema}`)
  await withClient(server, async (client) => {
    // Test files run in parallel processes: the first one makes the template, the others wait for it here.
    await client.query('select pg_advisory_lock(4281107)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [ready.keyring.database])
    if (rowCount === 0) {
      for (const name of databaseNames) await client.query(`drop database if exists ${raw[name].database} with (force)`)
      for (const name of databaseNames) await client.query(`drop database if exists ${ready[name].database} with (force)`)
      await prepareDatabases(raw, loginPassword)
      for (const name of databaseNames) await client.query(`alter database ${raw[name].database} rename to ${ready[name].database}`)
    }
    await client.query('select pg_advisory_unlock(4281107)')
  })
  return ready
}
