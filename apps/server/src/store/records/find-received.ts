import type { AttuneTables } from '../attune-tables.ts'
import type { Database } from '../pool.ts'
import { withReader, type DatabaseActor } from '../with-actor.ts'

/** Whether a record of this id is here, and what its content was, without any of the content. */
export async function findReceived(
  database: Database<AttuneTables>,
  { serviceId, accountId }: Required<Pick<DatabaseActor, 'serviceId' | 'accountId'>>,
  recordId: string,
): Promise<{ receivedAt: Date; contentHash: Buffer } | undefined> {
  return withReader(database, { role: 'practitioner', serviceId, accountId }, '', async (trx) => {
    const row = await trx
      .selectFrom('answers.records')
      .select(['received_at', 'content_hash'])
      .where('service_id', '=', serviceId)
      .where('record_id', '=', recordId)
      .executeTakeFirst()
    return row && { receivedAt: row.received_at, contentHash: row.content_hash }
  })
}

/** Hashes of the names, in hex, of the files that arrived for a record so far. */
export async function findFileHashes(
  database: Database<AttuneTables>,
  { serviceId, accountId }: Required<Pick<DatabaseActor, 'serviceId' | 'accountId'>>,
  recordId: string,
): Promise<ReadonlySet<string>> {
  const rows = await withReader(database, { role: 'practitioner', serviceId, accountId }, '', (trx) =>
    trx.selectFrom('answers.attachments').select('name_hash').where('service_id', '=', serviceId).where('record_id', '=', recordId).execute(),
  )
  return new Set(rows.map(({ name_hash }) => name_hash.toString('hex')))
}
