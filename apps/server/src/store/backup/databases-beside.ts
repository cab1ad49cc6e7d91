// Databases beside the live ones: one to put a backup into for a test, and one to put it into for good. Made empty, and closed to everybody else.
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { connectRights, withClient, type AdminConnections, type DatabaseName } from '../postgres-databases.ts'
import { ownerRole, rolesStatement } from '../postgres-roles.ts'

type Connection = pg.ClientConfig & { database: string }

/** Makes an empty database for the work and drops it afterwards, whatever happens. */
export async function withScratchDatabase<Result>(admin: Connection, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = { ...admin, database: `${admin.database}_try_${randomBytes(4).toString('hex')}` }
  await createEmpty(admin, connection.database)
  try {
    return await work(connection)
  } finally {
    await atServer(admin, (client) => client.query(`drop database if exists ${client.escapeIdentifier(connection.database)} with (force)`))
  }
}

/** Makes an empty database to be swapped in later; one that an earlier try left behind goes first. */
export async function createBeside(admin: Connection): Promise<Connection> {
  const connection = { ...admin, database: `${admin.database}_restoring` }
  await atServer(admin, (client) => client.query(`drop database if exists ${client.escapeIdentifier(connection.database)} with (force)`))
  await createEmpty(admin, connection.database)
  return connection
}

/** Puts the restored database into the place of the live one, which keeps its data under another name. Returns that name; undefined when there was none. */
export async function swapIn(admin: AdminConnections, name: DatabaseName, restored: Connection, at: Date): Promise<string | undefined> {
  const { database } = admin[name]
  const aside = `${database}_before_${at
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 14)}`
  return atServer(admin[name], async (client) => {
    const quote = (word: string) => client.escapeIdentifier(word)
    const { rows } = await client.query('select from pg_database where datname = $1', [database])
    for (const each of [database, restored.database])
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()', [each])
    // Both names or neither: a second renaming that fails must not leave an installation without its database.
    await client.query('begin')
    if (rows.length > 0) await client.query(`alter database ${quote(database)} rename to ${quote(aside)}`)
    await client.query(`alter database ${quote(restored.database)} rename to ${quote(database)}`)
    await client.query(connectRights(quote(database), name))
    await client.query('commit')
    return rows.length > 0 ? aside : undefined
  })
}

async function createEmpty(admin: Connection, database: string): Promise<void> {
  await atServer(admin, async (client) => {
    const quoted = client.escapeIdentifier(database)
    // On a new server our roles are not there yet.
    await client.query(rolesStatement())
    await client.query(`create database ${quoted} encoding 'UTF8' template template0`)
    await client.query(`alter database ${quoted} owner to ${ownerRole}`)
    await client.query(`revoke all on database ${quoted} from public`)
  })
}

const atServer = <Result>(admin: Connection, work: (client: pg.Client) => Promise<Result>): Promise<Result> =>
  withClient({ ...admin, database: 'postgres' }, work)
