// The three databases: `attune` (the programme's data), `attune_accounts` (how people sign in) and `attune_keyring` (the keys).
// They are apart so that one may live on another server and so that no backup holds data and keys together.
import path from 'node:path'
import pg from 'pg'
import { migrate, readMigrations } from './migrate.ts'
import { openPool, type Database } from './pool.ts'
import { backupRights, backupRole, createRoles, loginRole, ownerRole, sealerRole, toTaskPassword } from './postgres-roles.ts'

export const databaseNames = ['attune', 'accounts', 'keyring'] as const
export type DatabaseName = (typeof databaseNames)[number]

/** For each database a connection that may create and migrate. The application itself logs in as `attune_app`. */
export type AdminConnections = { readonly [name in DatabaseName]: pg.ClientConfig & { database: string } }

export type OpenDatabases<Tables extends { [name in DatabaseName]: unknown }> = { readonly [name in DatabaseName]: Database<Tables[name]> } & {
  /** The login that seals the log; nothing else uses it. */
  readonly sealer: Database<object>
  readonly close: () => Promise<void>
}

export const migrationsFolder = (name: DatabaseName) => path.join(import.meta.dirname, 'migrations', name)

/** Creates what is missing (roles, databases) and applies the migrations. Returns what was applied, per database. */
export async function prepareDatabases(
  admin: AdminConnections,
  loginPassword: string,
  names: readonly DatabaseName[] = databaseNames,
): Promise<{ [name in DatabaseName]: string[] }> {
  const applied = { attune: [] as string[], accounts: [] as string[], keyring: [] as string[] }
  const serversDone = new Set<string>()
  for (const name of names) {
    await createDatabase(admin[name])
    await withClient(admin[name], async (client) => {
      const server = `${admin[name].host}:${admin[name].port}`
      if (!serversDone.has(server)) await createRoles(client, loginPassword)
      serversDone.add(server)
      const { database } = admin[name]
      const quoted = client.escapeIdentifier(database)
      await client.query(`alter database ${quoted} owner to ${ownerRole}`)
      await client.query(`${connectRights(quoted, name)}; revoke all on schema public from public`)
      applied[name] = await migrate(client, readMigrations(migrationsFolder(name)))
      await client.query(`begin; set local role ${ownerRole}; ${backupRights}; commit`)
    })
  }
  return applied
}

/** Who may connect to a database: the application, and the logins that have a task there. */
export function connectRights(quoted: string, name: DatabaseName): string {
  const roles = [loginRole, backupRole, ...(name === 'attune' ? [sealerRole] : [])]
  return `revoke all on database ${quoted} from public; grant connect on database ${quoted} to ${roles.join(', ')}`
}

/** Pools of the application's own login. */
export function openDatabases<Tables extends { [name in DatabaseName]: unknown }>(
  admin: AdminConnections,
  loginPassword: string,
  { size = 12, onLost }: { size?: number; onLost?: (error: Error) => void } = {},
): OpenDatabases<Tables> {
  const open = <T>(name: DatabaseName, share: number) => {
    const { user: _user, password: _password, ...place } = admin[name]
    return openPool<T>({ name, connection: { ...place, user: loginRole, password: loginPassword }, size: share, ...(onLost && { onLost }) })
  }
  // Most requests need one look into accounts and few into the keyring, whose keys are cached.
  const attune = open<Tables['attune']>('attune', size)
  const accounts = open<Tables['accounts']>('accounts', Math.max(2, Math.ceil(size / 2)))
  const keyring = open<Tables['keyring']>('keyring', Math.max(2, Math.ceil(size / 4)))
  const { user: _user, password: _password, ...place } = admin.attune
  const sealer = openPool<object>({
    name: 'sealer',
    connection: { ...place, user: sealerRole, password: toTaskPassword(loginPassword, sealerRole) },
    size: 2,
    ...(onLost && { onLost }),
  })
  const all = [attune, accounts, keyring, sealer]
  return { attune, accounts, keyring, sealer, close: async () => void (await Promise.all(all.map((each) => each.close()))) }
}

/** A connection of the login that reads for backups. */
export function backupConnection(admin: AdminConnections, name: DatabaseName, loginPassword: string): pg.ClientConfig & { database: string } {
  const { user: _user, password: _password, ...place } = admin[name]
  return { ...place, user: backupRole, password: toTaskPassword(loginPassword, backupRole) }
}

/** The same server, three databases: `attune` and beside it `…_accounts` and `…_keyring`. */
export function besideEachOther(connection: pg.ClientConfig, database = 'attune'): AdminConnections {
  return {
    attune: { ...connection, database },
    accounts: { ...connection, database: `${database}_accounts` },
    keyring: { ...connection, database: `${database}_keyring` },
  }
}

/** What DATABASE_URL says (host, socket folder, TLS options and all), as the driver understands it: a client that never connects tells. */
export function readDatabaseUrl(url: string): AdminConnections['attune'] {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url })
  return { host, port, database: database ?? 'attune', ssl, ...(user !== undefined && { user }), ...(typeof password === 'string' && { password }) }
}

/** Lends one connection and closes it. */
export async function withClient<Result>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ ...connection, application_name: 'attune set-up', connectionTimeoutMillis: 10_000 })
  // A server that goes away in the middle surfaces in the query under way; without a listener Node would stop.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function createDatabase(connection: pg.ClientConfig & { database: string }): Promise<void> {
  try {
    await withClient(connection, async () => {})
    return
  } catch (error) {
    // 3D000: there is no such database yet.
    if ((error as { code?: string }).code !== '3D000') throw error
  }
  await withClient({ ...connection, database: 'postgres' }, async (client) => {
    try {
      await client.query(`create database ${client.escapeIdentifier(connection.database)} encoding 'UTF8' template template0`)
    } catch (error) {
      // 42P04, 23505: another Attune made it in this moment.
      if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
    }
  })
}
