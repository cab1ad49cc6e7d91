import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

/** The sealed codes of some clients of any service. For clocks and letters. */
export async function findCodesSealed(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  clientIds: readonly string[],
): Promise<{ readonly serviceId: string; readonly clientId: string; readonly codeSealed: Buffer }[]> {
  const rows = await trx
    .selectFrom('answers.clients')
    .select(['service_id', 'client_id', 'code_sealed'])
    .where(sql<boolean>`client_id = any(${[...clientIds]}::uuid[])`)
    .execute()
  return rows.map((row) => ({ serviceId: row.service_id, clientId: row.client_id, codeSealed: row.code_sealed }))
}
