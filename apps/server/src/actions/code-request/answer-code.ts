// The queue of lost codes, and the answer: one of the codes that the practitioner sent on that day, or that there is none.
import { isServiceRole, toClientCode } from '@attune/policy'
import type { BodyOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { answerCodeRequest, findCodeRequest, findWaitingCodeRequests, type CodeRequestRow } from '../../store/code-requests.ts'
import { open } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { findPractitioners, openPractitioner } from '../../store/practitioners.ts'
import { codePlace } from '../../store/records/places.ts'
import { findCodeRows } from '../../store/records/record-rows.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { findKeys } from '../record/open-rows.ts'

export type WaitingCodeRequest = { readonly row: CodeRequestRow; readonly practitioner: string }

/** What waits for whoever asks: all of the own service, or those that have come to the operator. */
export async function listCodeRequests(attune: Attune, acting: Acting, purpose: string): Promise<WaitingCodeRequest[]> {
  const { databases, keyring } = attune
  const { role, serviceId, accountId } = acting
  const { rows, people } = await withActor(databases.attune, acting, purpose, async (trx) => {
    const found = await findWaitingCodeRequests(trx, operatorOn(attune, acting))
    await logEvent(trx, { serviceId, accountId, role, action: 'record.list-code-requests', purpose, outcome: 'done', detail: { rows: found.length } })
    return { rows: found, people: found.length === 0 ? [] : await findPractitioners(trx) }
  })
  const names = new Map(people.map(({ practitionerId, sealed }) => [practitionerId, openPractitioner(keyring, practitionerId, sealed).name]))
  return rows.map((row) => ({ row, practitioner: names.get(row.practitioner_id) ?? '' }))
}

/** Answers a request. The code must be one that its practitioner sent with that session day. */
export async function answerCode(
  attune: Attune,
  acting: Acting,
  purpose: string,
  requestId: string,
  { code }: BodyOf<'POST /api/code-requests/:requestId/answer'>,
): Promise<void> {
  const { role, serviceId, accountId } = acting
  const latest = operatorOn(attune, acting)
  await withActor(attune.databases.attune, acting, purpose, async (trx) => {
    const row = await findCodeRequest(trx, requestId)
    if (row === undefined || (latest !== undefined && row.operator_on > latest)) raise('not-found')
    if (row.state !== 'waiting') raise('code-request-answered')
    let clientId: string | undefined
    if (code !== null) {
      const sent = await findCodeRows(trx, row.practitioner_id, row.session_on)
      const keys = await findKeys(attune, sent)
      const meant = new Set((['form', 'service'] as const).map((source) => toClientCode(code, source)))
      clientId = sent.find((one) => {
        const key = keys.get(`${one.serviceId}/${one.clientId}`)
        return one.serviceId === row.service_id && key !== undefined && meant.has(open(key, codePlace(one.clientId), one.codeSealed).toString('utf8'))
      })?.clientId
      if (clientId === undefined) raise('code-not-of-request')
    }
    if (!(await answerCodeRequest(trx, row, { clientId, at: attune.clock.now(), by: accountId }))) raise('code-request-answered')
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.answer-code',
      purpose,
      outcome: 'done',
      detail: { reference: row.reference, found: clientId !== undefined },
    })
  })
}

// The operator sees what a service has not answered in time; data support sees everything of its service.
const operatorOn = ({ clock }: Attune, { role }: Acting): string | undefined => (isServiceRole(role) ? undefined : toLondonDay(clock.now()))
