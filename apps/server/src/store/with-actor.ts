// The only way to the rows. One transaction, opened by one message that says who asks, for which service and for what
// purpose; row security reads those words, and they are gone at COMMIT. Statements, not set_config(): cheaper, and the
// only form that Citus forwards to its workers. The login role owns nothing and inherits nothing, so a query outside of
// here sees no row at all.
import { Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import pg from 'pg'
import type { Role } from '@attune/policy'
import type { Database } from './pool.ts'
import { LentDialect, StatementNames } from './postgres-dialect.ts'
import { translateDatabaseError } from './postgres-errors.ts'

/** `system` = clocks and jobs; `door` = signing in, before anybody is known; `keys` = the keyring; `intake` = records of one service, taken in together. */
export type ActingRole = Role | 'system' | 'door' | 'keys' | 'intake'

/** Who the database is told about. */
export type DatabaseActor = { readonly role: ActingRole; readonly serviceId?: string; readonly accountId?: string }

export type Transaction<Tables> = Kysely<Tables>
export type Reading<Tables> = ReadonlyKysely<Tables>

const roleNames: { readonly [role in ActingRole]: string } = {
  practitioner: 'acting_practitioner',
  'service-lead': 'acting_service_lead',
  'data-support': 'acting_data_support',
  administrator: 'acting_administrator',
  auditor: 'acting_auditor',
  analyst: 'acting_analyst',
  system: 'acting_system',
  door: 'acting_door',
  keys: 'acting_keys',
  intake: 'acting_intake',
}

export const actingRoleNames: readonly string[] = Object.values(roleNames)

/**
 * Runs the work as the actor in one transaction and commits it; an error rolls everything back. The connection goes back to the pool clean.
 * Raises `database-away` when the database does not answer; other database errors come through (see postgres-errors.ts).
 */
export function withActor<Tables, Result>(
  database: Database<Tables>,
  actor: DatabaseActor,
  purpose: string,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database, opening('BEGIN', actor, purpose), work)
}

/** Like `withActor`, but PostgreSQL refuses every write and the handle's type has none. */
export function withReader<Tables, Result>(
  database: Database<Tables>,
  actor: DatabaseActor,
  purpose: string,
  work: (trx: Reading<Tables>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database, opening('BEGIN READ ONLY', actor, purpose), (trx) => work(trx as unknown as Reading<Tables>))
}

/**
 * Asks one question in one message: BEGIN, who asks, the question and COMMIT together. For the few look-ups that every request makes. There are no
 * parameters: write values of a closed alphabet (hex, uuid) only, or quote them with `quote`.
 */
export async function readOnce<Row>(database: Database<unknown>, actor: DatabaseActor, purpose: string, question: string): Promise<Row[]> {
  let client: pg.PoolClient
  try {
    client = await database.pool.connect()
  } catch (error) {
    throw translateDatabaseError(error)
  }
  let broken = false
  try {
    const replies = (await client.query(`${opening('BEGIN READ ONLY', actor, purpose)}; ${question}; COMMIT`)) as unknown as pg.QueryResult[]
    return replies.at(-2)!.rows as Row[]
  } catch (error) {
    await client.query('ROLLBACK').catch(() => (broken = true))
    throw translateDatabaseError(error)
  } finally {
    client.release(broken)
  }
}

/** The first message of a transaction: who asks, for which service, for what purpose. */
export function opening(begin: string, { role, serviceId, accountId }: DatabaseActor, purpose: string): string {
  let message = `${begin}; SET LOCAL ROLE ${roleNames[role]}; SET LOCAL app.purpose = ${quote(purpose)}`
  if (serviceId !== undefined) message += `; SET LOCAL app.service = ${quote(serviceId)}`
  if (accountId !== undefined) message += `; SET LOCAL app.account = ${quote(accountId)}`
  return message
}

/** The first message of a connection that one actor keeps, as `opening` is of a transaction. */
export function lineOpening({ role }: Pick<DatabaseActor, 'role'>, purpose: string): string {
  return `SET ROLE ${roleNames[role]}; SET app.purpose = ${quote(purpose)}`
}

/** A text as an SQL literal. */
export function quote(text: string): string {
  if (text.includes('\0')) throw new Error('A word for the database holds a NUL character.')
  return pg.escapeLiteral(text)
}

const namesByPool = new WeakMap<pg.Pool, StatementNames>()

function statementNames(pool: pg.Pool): StatementNames {
  let names = namesByPool.get(pool)
  if (names === undefined) namesByPool.set(pool, (names = new StatementNames()))
  return names
}

const lent = new WeakMap<object, pg.PoolClient>()

/** The connection under a transaction that `withActor` opened, for what the query builder has no words for. */
export function connectionOf(trx: object): pg.PoolClient {
  const client = lent.get(trx)
  if (client === undefined) throw new Error('No transaction is open here.')
  return client
}

async function inTransaction<Tables, Result>(
  database: Database<Tables>,
  message: string,
  work: (trx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  let client: pg.PoolClient
  try {
    client = await database.pool.connect()
  } catch (error) {
    throw translateDatabaseError(error)
  }
  let broken = false
  // The opening is not waited for: the first statement of the work travels right behind it. Were the opening to fail, that statement would run
  // as the login alone, which may nothing.
  const opened = client.query(message)
  opened.catch(() => {})
  try {
    const trx = new Kysely<Tables>({ dialect: new LentDialect(client, statementNames(database.pool)) })
    lent.set(trx, client)
    const result = await work(trx).catch(async (error: unknown) => {
      await opened
      throw error
    })
    await opened
    const ended = await client.query('COMMIT')
    // A statement failed, its error was swallowed by the work, and PostgreSQL answers COMMIT with ROLLBACK: nothing was kept.
    if (ended.command === 'ROLLBACK') throw new Error('The transaction had failed before it was committed; nothing was kept.')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => (broken = true))
    throw translateDatabaseError(error)
  } finally {
    client.release(broken)
  }
}
