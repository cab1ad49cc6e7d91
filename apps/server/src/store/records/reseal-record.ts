import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

export type SealedContent = { readonly xmlSealed: Buffer; readonly answersSealed: Buffer }

/** The sealed form and answers of one record, and the day of its session. */
export async function findSealedContent(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  serviceId: string,
  recordId: string,
): Promise<(SealedContent & { readonly sessionOn: string }) | undefined> {
  const row = await trx
    .selectFrom('answers.records')
    .select(['xml_sealed', 'answers_sealed', 'session_on'])
    .where('service_id', '=', serviceId)
    .where('record_id', '=', recordId)
    .executeTakeFirst()
  return row && { xmlSealed: row.xml_sealed, answersSealed: row.answers_sealed, sessionOn: row.session_on }
}

/** Puts new sealed content in place of the old, which is gone then. False when somebody else has changed the record since it was read. */
export async function replaceSealedContent(
  trx: Transaction<AttuneTables>,
  {
    serviceId,
    recordId,
    before,
    after,
  }: { readonly serviceId: string; readonly recordId: string; readonly before: SealedContent; readonly after: SealedContent },
): Promise<boolean> {
  const replaced = await trx
    .updateTable('answers.records')
    .set({ xml_sealed: after.xmlSealed, answers_sealed: after.answersSealed })
    .where('service_id', '=', serviceId)
    .where('record_id', '=', recordId)
    .where('answers_sealed', '=', before.answersSealed)
    .where('xml_sealed', '=', before.xmlSealed)
    .executeTakeFirst()
  return replaced.numUpdatedRows > 0n
}
