import { tell } from '@attune/contract'
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { open } from '../../store/keyring/seal.ts'
import { codePlace } from '../../store/records/places.ts'
import { findCodeRows, type FoundCode } from '../../store/records/record-rows.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { checkDay } from '../check-day.ts'
import { findKeys } from './open-rows.ts'

/** Lost codes by practitioner and day: the code and the time of receipt, and nothing else of any record. */
export async function findCodes(
  attune: Attune,
  acting: Acting,
  purpose: string,
  { practitionerId, sessionOn }: BodyOf<'POST /api/records/find-code'>,
): Promise<{ code: string; receivedAt: Date }[]> {
  checkDay(sessionOn, '/sessionOn')
  const { role, serviceId, accountId, request } = acting
  const lost = request?.lostCode
  if (lost !== undefined && (lost.practitionerId !== practitionerId || lost.sessionOn !== sessionOn))
    raise('not-allowed', tell('code.other-request', { reference: request!.reference }))
  const rows = await withActor(attune.databases.attune, acting, purpose, async (trx) => {
    const sent = await findCodeRows(trx, practitionerId, sessionOn)
    // A rights request opens the rows of its client and no others.
    const isAsked = (row: FoundCode) => row.serviceId === request?.serviceId && row.clientId === request.clientId
    const found = request === undefined || lost !== undefined ? sent : sent.filter(isAsked)
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.find-code',
      purpose,
      outcome: 'done',
      detail: { practitionerId, found: found.length, ...(request && { reference: request.reference }) },
    })
    return found
  })
  const keys = await findKeys(attune, rows)
  return rows.flatMap((row) => {
    const key = keys.get(`${row.serviceId}/${row.clientId}`)
    return key === undefined ? [] : [{ code: open(key, codePlace(row.clientId), row.codeSealed).toString('utf8'), receivedAt: row.receivedAt }]
  })
}
