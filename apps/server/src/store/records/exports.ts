import { randomUUID } from 'node:crypto'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

export type ExportTaken = {
  readonly serviceId: string
  readonly accountId: string
  readonly at: Date
  readonly sha256: string
  readonly records: number
  readonly withheld: number
  readonly clientIds: readonly string[]
}

/** Notes a copy that a service took, with the random ids of whom it holds: a deletion tells later where else to ask (DCS-154). */
export async function addExport(
  trx: Transaction<AttuneTables>,
  { serviceId, accountId, at, sha256, records, withheld, clientIds }: ExportTaken,
): Promise<void> {
  await trx
    .insertInto('log.exports')
    .values({ service_id: serviceId, export_id: randomUUID(), at, account_id: accountId, sha256, records, withheld, client_ids: [...clientIds] })
    .execute()
}
