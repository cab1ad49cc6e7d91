// Kysely over one connection that `withActor` already holds inside a transaction: no second BEGIN, no pool, nothing to close.
// A statement that comes back is prepared once per connection, so PostgreSQL does not parse and plan it again.
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'

const commandsThatCount = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** Names for statements seen before. Bounded: statements of ever-changing shape (long `in` lists) stay unnamed. */
export class StatementNames {
  readonly #names = new Map<string, string>()
  readonly #seenOnce = new Set<string>()
  readonly #limit: number

  constructor(limit = 300) {
    this.#limit = limit
  }

  find(sql: string): string | undefined {
    const name = this.#names.get(sql)
    if (name !== undefined) return name
    if (this.#names.size >= this.#limit || sql.length > 8_000) return undefined
    if (!this.#seenOnce.delete(sql)) {
      if (this.#seenOnce.size >= this.#limit) this.#seenOnce.clear()
      this.#seenOnce.add(sql)
      return undefined
    }
    const fresh = `s${this.#names.size}`
    this.#names.set(sql, fresh)
    return fresh
  }
}

class LentConnection implements DatabaseConnection {
  readonly #client: pg.ClientBase
  readonly #names: StatementNames

  constructor(client: pg.ClientBase, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = this.#names.find(sql)
    const { command, rowCount, rows } = await this.#client.query({ text: sql, values: parameters as unknown[], ...(name !== undefined && { name }) })
    return commandsThatCount.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0), rows } : { rows: rows ?? [] }
  }

  // The interface asks for a generator; rows in pages go through `limit` instead.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streaming is not offered inside a transaction: page with "limit" and a key.')
  }
}

class LentDriver implements Driver {
  readonly #connection: LentConnection

  constructor(connection: LentConnection) {
    this.#connection = connection
  }

  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  async beginTransaction(): Promise<void> {
    throw new Error('withActor has already opened the transaction.')
  }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async releaseConnection() {}
  async destroy() {}
}

/** The Kysely dialect of one lent connection. */
export class LentDialect implements Dialect {
  readonly #driver: LentDriver

  constructor(client: pg.ClientBase, names: StatementNames) {
    this.#driver = new LentDriver(new LentConnection(client, names))
  }

  createDriver() {
    return this.#driver
  }
  createQueryCompiler() {
    return new PostgresQueryCompiler()
  }
  createAdapter() {
    return new PostgresAdapter()
  }
  createIntrospector(kysely: Kysely<never>): DatabaseIntrospector {
    return new PostgresIntrospector(kysely)
  }
}
