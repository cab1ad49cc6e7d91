// One statement that is a whole transaction of its own. Who asks, the statement and COMMIT leave without waiting for each other: one trip to the
// database and not three, with the statement prepared once per connection. For what must be fast and decides everything by itself.
import type { Writable } from 'node:stream'
import type { PoolClient } from 'pg'
import type { Database } from './pool.ts'
import { translateDatabaseError } from './postgres-errors.ts'
import { lineOpening, opening, type DatabaseActor } from './with-actor.ts'

export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] }

// The driver keeps its socket to itself; corked, three messages become one system call here and one waking of the database there.
function inOneWrite<Result>(client: PoolClient, send: () => Result): Result {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  try {
    return send()
  } finally {
    stream.uncork()
  }
}

/** Runs the statement as the actor and commits it. An error of the statement undoes all of it and is thrown. */
export function callOnce<Row>(database: Database<unknown>, actor: DatabaseActor, purpose: string, statement: Statement): Promise<Row[]> {
  return inOneTrip(database, opening('BEGIN', actor, purpose), statement)
}

/**
 * One statement that is a transaction of its own, on a connection that acts as this role for this purpose from the moment it opens and for nobody else. For what
 * is asked all the time: neither who asks nor BEGIN and COMMIT are said again and again, which costs the database more than a small question does. A service is
 * no part of a line: the statement names it. Where tables are spread over machines it is a trip like any other.
 */
export function callOnLine<Row>(database: Database<unknown>, actor: DatabaseActor, purpose: string, statement: Statement): Promise<Row[]> {
  return onLine(database, { begin: 'BEGIN', more: '' }, actor, purpose, statement)
}

/** Like `callOnLine`, but PostgreSQL refuses every write. */
export function askOnLine<Row>(database: Database<unknown>, actor: DatabaseActor, purpose: string, statement: Statement): Promise<Row[]> {
  return onLine(database, { begin: 'BEGIN READ ONLY', more: '; SET default_transaction_read_only = on' }, actor, purpose, statement)
}

async function onLine<Row>(
  database: Database<unknown>,
  { begin, more }: { readonly begin: string; readonly more: string },
  actor: DatabaseActor,
  purpose: string,
  { name, text, values }: Statement,
): Promise<Row[]> {
  try {
    if (await isSpread(database)) return await inOneTrip(database, opening(begin, actor, purpose), { name, text, values })
    const { rows } = await database.lineOf(lineOpening(actor, purpose) + more).query({ name, text, values: [...values] })
    return rows as Row[]
  } catch (error) {
    throw translateDatabaseError(error)
  }
}

const spread = new WeakMap<Database<unknown>, Promise<boolean>>()

// Citus tells its other machines who asks only within a transaction, and only by SET LOCAL.
function isSpread(database: Database<unknown>): Promise<boolean> {
  let known = spread.get(database)
  if (known === undefined) {
    known = database.pool.query(`select from pg_extension where extname = 'citus'`).then(({ rowCount }) => rowCount === 1)
    spread.set(database, known)
    known.catch(() => spread.delete(database))
  }
  return known
}

async function inOneTrip<Row>(database: Database<unknown>, begin: string, { name, text, values }: Statement): Promise<Row[]> {
  const client = await database.pool.connect().catch((error: unknown) => {
    throw translateDatabaseError(error)
  })
  let broken: Error | undefined
  try {
    const [begun, replied, ended] = await Promise.allSettled(
      inOneWrite(client, () => [client.query(begin), client.query({ name, text, values: [...values] }), client.query('COMMIT')]),
    )
    // After a failed statement COMMIT itself answers with ROLLBACK. Anything else that fails leaves a connection that nobody should use again.
    if (begun.status === 'rejected' || ended.status === 'rejected') broken = new Error('The connection was lost in the middle of a transaction.')
    if (replied.status === 'rejected') throw replied.reason
    if (begun.status === 'rejected') throw begun.reason
    if (ended.status === 'rejected') throw ended.reason
    if (ended.value.command !== 'COMMIT') throw new Error('The transaction had failed before it was committed; nothing was kept.')
    return replied.value.rows as Row[]
  } catch (error) {
    throw translateDatabaseError(error)
  } finally {
    client.release(broken)
  }
}
