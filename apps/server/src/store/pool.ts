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
  /** Connections that are told who asks when they open, and serve nobody else (call-once.ts): `opening` is what they are told. */
  readonly lineOf: (opening: string) => pg.Pool
  readonly close: () => Promise<void>
}

/** What every request asks is asked for all of them at once, one question after the other (gather.ts). The second is for the moment in which one breaks. */
const lineSize = 2

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
  let closing: Promise<unknown> | undefined
  const settings = {
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
  } as pg.PoolConfig
  const watch = (pool: pg.Pool): pg.Pool => {
    // While the pool closes, the server may hang up first; that is no loss.
    pool.on('error', (error) => {
      if (closing === undefined) onLost(error)
    })
    // A connection that breaks while it is lent out emits on itself, and the query under way fails with it.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
  const pool = watch(new pg.Pool(settings))
  const lines = new Map<string, pg.Pool>()
  const lineOf = (opening: string): pg.Pool => {
    let line = lines.get(opening)
    if (line === undefined) {
      line = watch(new pg.Pool({ ...settings, max: lineSize }))
      // Sent before anything else on it. Were it to fail, what follows would run as the login alone, which may nothing.
      line.on('connect', (client) => void client.query(opening).catch(() => {}))
      lines.set(opening, line)
    }
    return line
  }
  const close = () => (closing ??= Promise.all([pool, ...lines.values()].map((each) => each.end())))
  return { name, pool, lineOf, close: async () => void (await close()) }
}
