// Filing a request: a service for a client by code, a practitioner about own data, a service for all of its data. With a hold the data is out of
// use from this transaction on, before anybody has looked at it (DCS-146).
import { tell } from '@attune/contract'
import { randomUUID } from 'node:crypto'
import type { RequestNew } from '@attune/contract'
import { isDay, isServiceRole, may, ruleOfRequest, type Decision, type RequestState, type RequestType } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { requestPlace } from '../../store/records/places.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { addRequest, type NewRequest } from '../../store/rights/requests.ts'
import type { RequestSubject } from '../../store/rights/rights-tables.ts'
import { findEnrolments, restrictClient, restrictPractitioner, withdrawConsents } from '../../store/rights/subjects.ts'
import { findService, type Service } from '../../store/services.ts'
import { withActor, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { checkWords } from '../check-words.ts'
import { getClientOfCode } from './client-of-code.ts'
import { dueOf, newReference } from './request-facts.ts'
import { settleSoon } from './settle-outside.ts'

type Trx = Transaction<AttuneTables>

/** Files it and returns its id. */
export async function fileRequest(attune: Attune, acting: Acting, order: RequestNew): Promise<string> {
  const { databases, clock } = attune
  const subject = subjectOf(attune, acting, order)
  checkWords({ words: order.words })
  const receivedOn = order.receivedOn ?? toLondonDay(clock.now())
  checkReceived(attune, receivedOn)
  if (order.type === 'restrict' && order.ground === undefined)
    raise('request-incomplete', { ...tell('request.ground-missing'), fields: [{ place: '/ground', why: 'is missing' }] })
  const filed = await withActor(databases.attune, { role: 'system', accountId: acting.accountId }, 'rights', async (trx) => {
    const service = await getService(trx, acting, order.serviceId)
    const filed = await fileIn(attune, trx, { ...order, receivedOn, by: acting.accountId }, subject, service, acting)
    await logEvent(trx, {
      serviceId: service.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'right.file',
      outcome: 'done',
      detail: { reference: filed.reference, type: order.type, about: subject, hold: filed.holding },
    })
    return filed
  })
  await settleSoon(attune, filed.service_id)
  return filed.request_id
}

/** What a client asks for at a service, without an account: the service will find out who it is and add the code (DCS-151). */
export async function fileClientRequest(
  attune: Attune,
  { serviceId, type, hold }: { serviceId: string; type: RequestType; hold?: boolean | undefined },
): Promise<{ reference: string; dueOn: string | null }> {
  if (type === 'whole-service') raise('request-invalid', { fields: [{ place: '/type', why: 'is not one that a client can ask for' }] })
  const filed = await withActor(attune.databases.attune, { role: 'system' }, 'rights', async (trx) => {
    const service = await findService(trx, serviceId)
    if (service === undefined || service.status === 'operator' || service.status === 'draft') raise('not-found')
    const request = await fileIn(
      attune,
      trx,
      { type, ...(hold !== undefined && { hold }), receivedOn: toLondonDay(attune.clock.now()), by: null },
      'client',
      service,
    )
    await logEvent(trx, {
      serviceId,
      role: 'door',
      action: 'right.file',
      outcome: 'done',
      detail: { reference: request.reference, type, about: 'client' },
    })
    return request
  })
  await settleSoon(attune, serviceId)
  return { reference: filed.reference, dueOn: filed.due_on }
}

function subjectOf(attune: Attune, { role, serviceId }: Acting, { type, code, serviceId: asked }: RequestNew): RequestSubject {
  const { policy } = attune.programme
  const actor = { role, secondFactor: true, ...(isServiceRole(role) && { serviceId }) }
  if (type === 'whole-service') {
    if (code !== undefined) raise('request-invalid', { fields: [{ place: '/code', why: 'does not go with this request' }] })
    requireAllowed(may(policy, actor, 'package.ask'))
    return 'service'
  }
  if (role === 'practitioner') {
    if (code !== undefined)
      raise('not-allowed', {
        ...tell('request.not-for-client'),
      })
    return 'practitioner'
  }
  if (code === undefined) raise('request-incomplete', { ...tell('request.code-missing'), fields: [{ place: '/code', why: 'is missing' }] })
  if (isServiceRole(role) && asked !== undefined && asked !== serviceId) raise('not-allowed')
  return 'client'
}

function requireAllowed(decision: Decision): void {
  if (!decision.allowed) raise('not-allowed', telling(decision))
}

function checkReceived({ programme, clock }: Attune, receivedOn: string): void {
  const fields = [{ place: '/receivedOn', why: 'cannot be the day on which it came in' }]
  if (!isDay(receivedOn)) raise('request-invalid', { fields: [{ place: '/receivedOn', why: 'is not a day of the calendar' }] })
  if (receivedOn > toLondonDay(clock.now()) || receivedOn < programme.policy.editionOn) raise('request-day-refused', { fields })
}

async function getService(trx: Trx, { role, serviceId }: Acting, asked: string | undefined): Promise<Service> {
  const id = isServiceRole(role) ? serviceId : asked
  if (id === undefined || id === 'operator')
    raise('request-incomplete', { ...tell('request.service-missing'), fields: [{ place: '/serviceId', why: 'is missing' }] })
  return (await findService(trx, id)) ?? raise('not-found')
}

type Filing = Omit<RequestNew, 'serviceId'> & { readonly receivedOn: string; readonly by: string | null }

async function fileIn(attune: Attune, trx: Trx, order: Filing, subject: RequestSubject, service: Service, acting?: Acting): Promise<NewRequest> {
  const { keyring, clock, programme } = attune
  const at = clock.now()
  const requestId = randomUUID()
  const rule = ruleOfRequest(programme.policy, order.type)
  const client = subject === 'client' && order.code !== undefined ? await getClientOfCode(attune, trx, service, order.code) : undefined
  const own = subject === 'practitioner' ? await findEnrolments(trx, acting!.accountId) : []
  if (subject === 'practitioner' && own.length === 0)
    raise('consent-missing', {
      ...tell('request.nothing-held'),
    })
  const identityCheck = subject === 'client' ? order.identityCheck : 'signed-in'
  const confirmed = identityCheck !== undefined && (subject !== 'client' || client !== undefined)
  const state: RequestState = confirmed ? 'confirmed' : 'received'
  // A pause is nothing but a hold; a withdrawal stops the use at once, as easily as consent was given (UK GDPR Article 7(3)).
  const holding = rule.hold && (order.hold === true || order.type === 'pause' || order.type === 'withdraw')
  const facts = { type: order.type, state, receivedOn: order.receivedOn, pauses: [], extended: false }
  const request: NewRequest = {
    service_id: service.serviceId,
    request_id: requestId,
    reference: newReference(),
    type: order.type,
    subject,
    code_hash: client?.codeHash ?? null,
    code_sealed: client === undefined ? null : keyring.sealIdentity(requestPlace(requestId, 'code'), client.code),
    client_id: client?.clientId ?? null,
    practitioner_id: own.find((one) => one.serviceId === service.serviceId)?.practitionerId ?? own[0]?.practitionerId ?? null,
    account_id: subject === 'practitioner' ? acting!.accountId : null,
    ground: order.ground ?? null,
    words_sealed: order.words === undefined || order.words === '' ? null : keyring.sealIdentity(requestPlace(requestId, 'words'), order.words),
    decision_sealed: null,
    received_on: order.receivedOn,
    filed_at: at,
    filed_by: order.by,
    state,
    due_on: dueOf(attune, facts),
    holding,
    identity_check: confirmed ? identityCheck : null,
    confirmed_by: confirmed ? order.by : null,
    confirmed_at: confirmed ? at : null,
    outcome: null,
    treated_as: null,
    proposed_by: null,
    proposed_at: null,
    agreed_by: null,
    decided_at: null,
    linked_to: null,
    ended_at: null,
  }
  await addRequest(trx, request)
  if (order.type === 'object' && holding) {
    // Restriction while an objection is looked at is a right of its own: two entries, linked (Article 18(1)(d), DCS-147).
    const pause = { ...facts, type: 'pause' as const }
    const linkedId = randomUUID()
    await addRequest(trx, {
      ...request,
      request_id: linkedId,
      reference: newReference(),
      type: 'pause',
      ground: 'awaiting-objection',
      linked_to: requestId,
      due_on: dueOf(attune, pause),
      code_sealed: client === undefined ? null : keyring.sealIdentity(requestPlace(linkedId, 'code'), client.code),
      words_sealed: null,
    })
  }
  if (holding && request.client_id !== null) await restrictClient(trx, service.serviceId, request.client_id, true)
  if (holding && subject === 'practitioner') await restrictPractitioner(trx, acting!.accountId, at)
  if (order.type === 'withdraw' && subject === 'practitioner')
    await withdrawConsents(
      trx,
      own.map((one) => one.practitionerId),
      at,
    )
  const told = { reference: request.reference, ...(request.due_on !== null && { day: request.due_on }) }
  await addNotice(trx, { serviceId: service.serviceId, kind: 'request-filed', about: request.reference, toRole: 'administrator', facts: told, at })
  if (subject === 'client' && (acting === undefined || !isServiceRole(acting.role)))
    await addNotice(trx, {
      serviceId: service.serviceId,
      kind: 'request-at-service',
      about: request.reference,
      toRole: 'service-lead',
      facts: told,
      at,
    })
  return request
}
