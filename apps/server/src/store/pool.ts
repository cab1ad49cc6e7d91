// Connections to one database. `count(*)` and other 64-bit integers arrive as numbers (and fail loudly beyond 2^53), days as
// 'YYYY-MM-DD' text (a JavaScript Date would move them across midnight), instants as Date.
import pg from 'pg'

const int8 = 20
const day = 1082

const parsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === int8) return toExactNumber
    if (oid === day) return (text: string) => text
    return pg.types.getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig

function toExactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('An integer from the database is too large to be exact.')
  return value
}

/** One database and its pool. `Tables` is the Kysely table map that `withActor` hands to the work. */
export type Database<Tables> = {
  readonly name: string
  readonly pool: pg.Pool
  /** Only for types. */
  readonly tables?: Tables
  readonly close: () => Promise<void>
}

export type PoolSettings = {
  connection: pg.ClientConfig
  name: string
  size?: number
  statementTimeoutMs?: number
  /** Told when an idle connection breaks (a server restart): without a listener Node would stop. */
  onLost?: (error: Error) => void
}

/** A pool whose sessions cannot hang: statements, lock waits and forgotten transactions all have limits. */
export function openPool<Tables>({ connection, name, size = 12, statementTimeoutMs = 15_000, onLost = () => {} }: PoolSettings): Database<Tables> {
  let closing: Promise<void> | undefined
  const pool = new pg.Pool({
    ...connection,
    types: parsers,
    max: size,
    application_name: 'attune',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    // Statements sent without waiting for the one before travel together (call-once.ts); those that wait are not affected.
    pipeline: true,
  } as pg.PoolConfig)
  // While the pool closes, the server may hang up first; that is no loss.
  pool.on('error', (error) => {
    if (closing === undefined) onLost(error)
  })
  // A connection that breaks while it is lent out emits on itself, and the query under way fails with it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return { name, pool, close: () => (closing ??= pool.end()) }
}
