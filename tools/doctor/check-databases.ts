// The three databases from outside: reachable, of a version that we know, migrated, and closed to those who should not look.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import type { Environment } from '../../apps/server/src/env.ts'
import { openCluster } from '../../apps/server/src/open-cluster.ts'
import { findMissing, readMigrations } from '../../apps/server/src/store/migrate.ts'
import { databaseNames, migrationsFolder, withClient, type DatabaseName } from '../../apps/server/src/store/postgres-databases.ts'
import { loginRole } from '../../apps/server/src/store/postgres-roles.ts'
import { checkBackups } from './check-backups.ts'
import { checkItemPacks } from './check-item-packs.ts'
import { well, wrong, type Finding } from './finding.ts'

const leastVersion = 15
const mostDriftMs = 5_000

export async function checkDatabases(environment: Environment): Promise<Finding[]> {
  if (environment.databaseUrl === undefined && !existsSync(path.join(environment.home, 'postgres', 'cluster')))
    return [well('database', 'none yet; the first start makes it'), ...(await checkItemPacks(environment))]
  try {
    const { admin, embedded } = await openCluster(environment)
    try {
      const findings: Finding[] = []
      for (const name of databaseNames) findings.push(...(await withClient(admin[name], (client) => checkOne(client, name))))
      findings.push(...(await withClient(admin.attune, (client) => checkBackups(client, environment))))
      findings.push(...(await withClient(admin.attune, (client) => checkItemPacks(environment, client))))
      return findings
    } finally {
      // One that was already running belongs to a server: leave it to it.
      if (embedded?.adopted === false) await embedded.stop()
    }
  } catch (error) {
    const says = (error as { code?: string }).code === '3D000' ? 'a database is missing' : (error as Error).message
    return [
      wrong(
        'database',
        says,
        environment.databaseUrl === undefined ? '"npm start" makes what is missing.' : 'Check DATABASE_URL and that the server answers.',
      ),
    ]
  }
}

async function checkOne(client: pg.Client, name: DatabaseName): Promise<Finding[]> {
  const { rows } = await client.query<{ version: number; now: Date }>(
    `select current_setting('server_version_num')::int / 10000 as version, clock_timestamp() as now`,
  )
  const { version, now } = rows[0]!
  const drift = Math.abs(now.getTime() - Date.now())
  return [
    version >= leastVersion
      ? well(`database ${name}`, `PostgreSQL ${version}`)
      : wrong(`database ${name}`, `PostgreSQL ${version} is too old`, `Attune needs ${leastVersion} or later.`),
    drift <= mostDriftMs
      ? well(`clock of ${name}`, 'agrees with ours')
      : wrong(`clock of ${name}`, `it is ${Math.round(drift / 1000)} seconds away from ours`, 'Set both clocks by a time service (NTP).'),
    await migrations(client, name),
    await rowSecurity(client, name),
    await login(client, name),
  ]
}

async function migrations(client: pg.Client, name: DatabaseName): Promise<Finding> {
  const missing = await findMissing(client, readMigrations(migrationsFolder(name)))
  return missing.length === 0
    ? well(`tables of ${name}`, 'up to date')
    : wrong(`tables of ${name}`, `${missing.length} changes are missing`, 'Start Attune once; it applies them.')
}

/** Every table of ours has row security that also binds its owner. */
async function rowSecurity(client: pg.Client, name: DatabaseName): Promise<Finding> {
  const { rows } = await client.query<{ open: string | null }>(`select string_agg(c.oid::regclass::text, ', ') as open from pg_class c
    where c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) = 'attune_owner' and not (c.relrowsecurity and c.relforcerowsecurity)`)
  const open = rows[0]?.open
  return open == null
    ? well(`row security of ${name}`, 'on for every table')
    : wrong(
        `row security of ${name}`,
        `it is off for ${open}`,
        'Somebody switched it off by hand. Switch it on again: alter table … force row level security.',
      )
}

/** The application's login must not be able to go round row security (ASVS 13.2.2). */
async function login(client: pg.Client, name: DatabaseName): Promise<Finding> {
  const { rows } = await client.query<{ strong: boolean; owns: number }>(
    `select (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit) as strong, (select count(*)::int from pg_class where relowner = r.oid) as owns from pg_roles r where rolname = $1`,
    [loginRole],
  )
  const role = rows[0]
  if (role === undefined) return wrong(`login of ${name}`, `the role ${loginRole} is missing`, 'Start Attune once; it makes it.')
  if (role.strong || role.owns > 0)
    return wrong(
      `login of ${name}`,
      `the role ${loginRole} has more rights than it should`,
      `Run: alter role ${loginRole} nosuperuser nobypassrls nocreaterole nocreatedb noinherit;`,
    )
  return well(`login of ${name}`, 'owns nothing and passes no row security')
}
