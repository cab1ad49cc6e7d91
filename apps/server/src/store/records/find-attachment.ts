import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

/** The sealed content of a record's file; undefined where it did not arrive, or where row security shows none. */
export async function findAttachment(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  { serviceId, recordId, nameHash }: { readonly serviceId: string; readonly recordId: string; readonly nameHash: Buffer },
): Promise<Buffer | undefined> {
  const row = await trx
    .selectFrom('answers.attachments')
    .select('sealed')
    .where('service_id', '=', serviceId)
    .where('record_id', '=', recordId)
    .where('name_hash', '=', nameHash)
    .executeTakeFirst()
  return row?.sealed
}
