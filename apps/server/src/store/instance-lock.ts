// One server per embedded database: the second would stop PostgreSQL under the first. The lock is PostgreSQL's own, held by a connection, so it
// goes with the process however that ends. Servers on a PostgreSQL of yours may be as many as you like and take no lock.
import pg from 'pg'

const lockNumber = 4_281_108
const prefix = 'attune server '

export type InstanceLock = { readonly release: () => Promise<void> }

/** Holds the lock until released. Throws a sentence that names the other process when there is one. */
export async function holdInstance(connection: pg.ClientConfig): Promise<InstanceLock> {
  const client = new pg.Client({ ...connection, application_name: `${prefix}${process.pid}` })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [lockNumber])
  if (rows[0]?.held === true) return { release: () => client.end() }
  const other = await client.query<{ application_name: string }>(
    `select application_name from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [lockNumber],
  )
  await client.end()
  const pid = other.rows[0]?.application_name.replace(prefix, '')
  throw new Error(`Another Attune (process ${pid ?? 'unknown'}) already runs on this folder. Stop it first, or set ATTUNE_HOME to another folder.`)
}
