// One record's sealed form, to be corrected: read and written back in the same transaction.
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>

export type SealedForm = {
  readonly serviceId: string
  readonly clientId: string
  readonly formId: string
  readonly formVersion: string
  readonly xmlSealed: Buffer
}

export async function findSealedForm(trx: Trx, recordId: string): Promise<SealedForm | undefined> {
  const row = await trx
    .selectFrom('answers.records')
    .select(['service_id', 'client_id', 'form_id', 'form_version', 'xml_sealed'])
    .where('record_id', '=', recordId)
    .forUpdate()
    .executeTakeFirst()
  return row && { serviceId: row.service_id, clientId: row.client_id, formId: row.form_id, formVersion: row.form_version, xmlSealed: row.xml_sealed }
}

export async function replaceSealedForm(
  trx: Trx,
  {
    serviceId,
    recordId,
    sessionOn,
    xmlSealed,
    answersSealed,
  }: { serviceId: string; recordId: string; sessionOn: string; xmlSealed: Buffer; answersSealed: Buffer },
): Promise<void> {
  await trx
    .updateTable('answers.records')
    // New words have not been through an audit, whatever the old ones have (DCS-054).
    .set({ xml_sealed: xmlSealed, answers_sealed: answersSealed, session_on: sessionOn, audited_in: null })
    .where('service_id', '=', serviceId)
    .where('record_id', '=', recordId)
    .execute()
  await trx
    .updateTable('identity.record_authors')
    .set({ session_on: sessionOn })
    .where('service_id', '=', serviceId)
    .where('record_id', '=', recordId)
    .execute()
}
