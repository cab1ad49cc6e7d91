import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

export type ExportTaken = {
  readonly serviceId: string
  readonly accountId: string
  readonly at: Date
  readonly sha256: string
  readonly records: number
  readonly withheld: number
  /** As they are written, or 16 bytes each: a million of them as text would be a statement of forty megabytes. */
  readonly clientIds: readonly string[] | Buffer
}

/** Notes a copy that a service took, with the random ids of whom it holds: a deletion tells later where else to ask (DCS-154). */
export async function addExport(
  trx: Transaction<AttuneTables>,
  { serviceId, accountId, at, sha256, records, withheld, clientIds }: ExportTaken,
): Promise<void> {
  await trx
    .insertInto('log.exports')
    .values({
      service_id: serviceId,
      export_id: randomUUID(),
      at,
      account_id: accountId,
      sha256,
      records,
      withheld,
      client_ids: Buffer.isBuffer(clientIds) ? sql`${toUuidArray(clientIds)}::uuid[]` : [...clientIds],
    })
    .execute()
}

const idBytes = 16
const uuidType = 2950

/** uuid[] in PostgreSQL's binary form (array_send in its arrayfuncs.c): dimensions, whether a null is in it, type; length and first index; the elements. */
function toUuidArray(ids: Buffer): Buffer {
  const count = ids.length / idBytes
  const bytes = Buffer.allocUnsafe(20 + count * (4 + idBytes))
  let at = [count === 0 ? 0 : 1, 0, uuidType, count, 1].reduce((end, number) => bytes.writeInt32BE(number, end), 0)
  for (let from = 0; from < ids.length; from += idBytes) {
    at = bytes.writeInt32BE(idBytes, at)
    at += ids.copy(bytes, at, from, from + idBytes)
  }
  return count === 0 ? bytes.subarray(0, 12) : bytes
}
