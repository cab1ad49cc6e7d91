// A practitioner asks for a code that was lost: the day of the session and nothing about the client. The request is in the queue of the
// service's data support at once, and in the operator's after the policy's working days, or at once where the service has no data support.
import { randomUUID } from 'node:crypto'
import { addWorkingDays } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { addCodeRequest, findCodeRequestsOf, type CodeRequestRow } from '../../store/code-requests.ts'
import { logEvent } from '../../store/log-event.ts'
import { findPractitionerId } from '../../store/practitioners.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { countPeople } from '../../store/services.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { checkDay } from '../check-day.ts'
import { toLondonDay } from '../london-day.ts'
import { openCodes } from '../record/open-codes.ts'
import { newReference } from '../right/request-facts.ts'
import { settleSoon } from '../right/settle-outside.ts'

export type OwnCodeRequest = { readonly row: CodeRequestRow; readonly code: string | undefined }

/** Files the request. */
export async function askCode(attune: Attune, { serviceId, accountId, role }: Acting, sessionOn: string): Promise<OwnCodeRequest> {
  checkDay(sessionOn, '/sessionOn')
  const now = attune.clock.now()
  const today = toLondonDay(now)
  if (sessionOn > today) raise('request-invalid', { fields: [{ place: '/sessionOn', why: 'is in the future' }] })
  const { asked: row, askedAt } = await withActor(attune.databases.attune, { role: 'system', serviceId, accountId }, 'find-code', async (trx) => {
    const practitionerId = await findPractitionerId(trx, serviceId, accountId)
    if (practitionerId === undefined) raise('code-request-too-early')
    const helpers = (await countPeople(trx)).get(serviceId)?.dataSupports ?? 0
    const operatorOn = helpers === 0 ? today : addWorkingDays(today, attune.programme.policy.values.codeRequestWorkingDays)
    const { row: asked, isNew } = await addCodeRequest(trx, {
      service_id: serviceId,
      request_id: randomUUID(),
      reference: newReference(),
      practitioner_id: practitionerId,
      account_id: accountId,
      session_on: sessionOn,
      asked_at: now,
      operator_on: operatorOn,
    })
    const askedAt = helpers === 0 ? 'operator' : serviceId
    if (!isNew) return { asked, askedAt }
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.ask-code',
      purpose: 'find-code',
      outcome: 'done',
      detail: { reference: asked.reference },
    })
    await addNotice(trx, {
      serviceId: askedAt,
      kind: 'code-asked',
      about: asked.reference,
      toRole: helpers === 0 ? 'administrator' : 'data-support',
      facts: { reference: asked.reference },
      at: now,
    })
    return { asked, askedAt }
  })
  await settleSoon(attune, askedAt)
  return { row, code: undefined }
}

/** What this practitioner asked for, with the codes that were found. Reading a code is an event of its own. */
export async function listOwnCodeRequests(attune: Attune, { serviceId, accountId, role }: Acting): Promise<OwnCodeRequest[]> {
  const rows = await withActor(attune.databases.attune, { role, serviceId, accountId }, 'find-code', async (trx) => {
    const found = await findCodeRequestsOf(trx, accountId)
    const codes = found.filter((row) => row.client_id !== null).length
    if (codes > 0)
      await logEvent(trx, {
        serviceId,
        accountId,
        role,
        action: 'record.read-code',
        purpose: 'find-code',
        outcome: 'done',
        detail: { codes },
      })
    return found
  })
  const clients = rows.flatMap((row) => (row.client_id === null ? [] : [{ serviceId: row.service_id, clientId: row.client_id }]))
  const codes = await openCodes(attune, clients)
  return rows.map((row) => ({ row, code: row.client_id === null ? undefined : codes.get(row.client_id) }))
}
