// Moves what arrived and what is pending into the cells of the sums. Needed for speed only: all three together are exact at every moment.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Database } from '../pool.ts'
import { withActor } from '../with-actor.ts'

/** 25 milliseconds of the database or so, in which everybody else has less of it. A row of larger pieces costs a fifth less. */
const rowsAtOnce = 400

/** Adds what arrived and pending rows to the cells until none is left. Returns how many there were. `turn` is awaited before each piece of work. */
export async function foldSums(database: Database<AttuneTables>, turn: () => Promise<void> = async () => {}): Promise<number> {
  for (let rows = 0; ;) {
    await turn()
    const folded = await withActor(database, { role: 'system' }, 'fold', async (trx) => {
      const { rows: answer } = await sql<{ folded: number }>`select sums.fold(${rowsAtOnce}) as folded`.execute(trx)
      return answer[0]!.folded
    })
    rows += folded
    if (folded < rowsAtOnce) return rows
  }
}

/** All sums again from the scores; nobody writes scores meanwhile. */
export async function rebuildSums(database: Database<AttuneTables>): Promise<void> {
  await withActor(database, { role: 'system' }, 'fold', async (trx) => {
    await sql`set local statement_timeout = '1h'`.execute(trx)
    await sql`select sums.rebuild()`.execute(trx)
  })
}
