// A transaction of the sealer's own login, which may read events and add batches and nothing else.
import type pg from 'pg'
import type { Database } from '../pool.ts'
import { translateDatabaseError } from '../postgres-errors.ts'

export async function inSealing<Result>(
  database: Database<object>,
  work: (client: pg.PoolClient) => Promise<Result>,
  begin = 'begin',
): Promise<Result> {
  const client = await database.pool.connect().catch((error: unknown) => {
    throw translateDatabaseError(error)
  })
  let broken = false
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true))
    throw translateDatabaseError(error)
  } finally {
    client.release(broken)
  }
}
