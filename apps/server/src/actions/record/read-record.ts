import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import type { AuthorStamp } from '../../store/practitioners.ts'
import { authorPlace } from '../../store/records/places.ts'
import { findAuthorSealed, findRecordRows } from '../../store/records/record-rows.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { openRows, type OpenRow } from './open-rows.ts'
import { toLinkedFilter } from './linked-filter.ts'

/** One record with the name of its practitioner. One that the actor may not see is `not-found`, like one that does not exist; both are logged. */
export async function readRecord(
  attune: Attune,
  acting: Acting,
  purpose: string,
  recordId: string,
): Promise<{ row: OpenRow; practitioner: string | null }> {
  const { databases, keyring } = attune
  const { role, serviceId, accountId } = acting
  const found = await withActor(databases.attune, acting, purpose, async (trx) => {
    const [row] = await findRecordRows(trx, { recordId, ...toLinkedFilter(acting) }, 1)
    const sealed = row && (await findAuthorSealed(trx, recordId))
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.read',
      purpose,
      outcome: row === undefined ? 'refused' : 'done',
      detail: { recordId, ...(acting.request && { reference: acting.request.reference }) },
    })
    return row && { row, sealed }
  })
  if (found === undefined) raise('not-found')
  const [row] = await openRows(attune, [found.row])
  if (row === undefined) raise('not-found')
  const author = found.sealed && (JSON.parse(keyring.openIdentity(authorPlace(recordId), found.sealed).toString('utf8')) as AuthorStamp)
  return { row, practitioner: author?.name ?? null }
}
