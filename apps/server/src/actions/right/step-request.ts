// Steps of a request. Each locks the request, asks the policy, changes it and notes it in one transaction; what a step calls for outside follows.
import { tell as tellWords } from '@attune/contract'
import {
  isServiceRole,
  mayAgree,
  mayConfirm,
  mayDecide,
  mayExtend,
  mayPause,
  mayResume,
  mayTakeBack,
  needsSecondPerson,
  treatedAs,
  type ClockWords,
  type IdentityCheck,
  refuse,
} from '@attune/policy'
import type { BodyOf, RequestDecision } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { requestPlace } from '../../store/records/places.ts'
import { addNotice, type Notice } from '../../store/rights/notices.ts'
import {
  changeRequest,
  findLastWholeService,
  findRequest,
  toFacts,
  withClientOfCode,
  type RequestChange,
  type RequestRow,
} from '../../store/rights/requests.ts'
import { restrictClient } from '../../store/rights/subjects.ts'
import { findService } from '../../store/services.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { carryOut, endLinked, release, type PackBundle } from './carry-out.ts'
import { checkWords } from '../check-words.ts'
import { getClientOfCode } from './client-of-code.ts'
import { after, dueOf, openClockWords, openDecision, refuseStep, sealClockWords, sealDecision, type DecisionWords } from './request-facts.ts'
import { settleSoon } from './settle-outside.ts'

type Trx = Transaction<AttuneTables>
type Step = {
  readonly action: string
  readonly change: RequestChange
  readonly detail?: Readonly<Record<string, string | number | boolean>>
  readonly alsoAt?: string | undefined
}

/** Row security decides first whether the actor may see the request at all; the step itself is written by the system, in the actor's name. */
async function step(attune: Attune, acting: Acting, requestId: string, take: (trx: Trx, request: RequestRow) => Promise<Step>): Promise<void> {
  const { databases } = attune
  const seen = await withReader(databases.attune, acting, 'rights', (trx) => findRequest(trx as unknown as Trx, requestId))
  if (seen === undefined) raise('not-found')
  const alsoAt = await withActor(databases.attune, { role: 'system', accountId: acting.accountId }, 'rights', async (trx) => {
    const request = await withClientOfCode(trx, (await findRequest(trx, requestId, true)) ?? raise('not-found'))
    const { action, change: taken, detail = {}, alsoAt: other } = await take(trx, request)
    // What has ended waits for nobody: a clock that stood still ends with it.
    const change = taken.ended_at === undefined ? taken : { ...taken, pauses: endPauses(request, toLondonDay(attune.clock.now())) }
    const changed = after(request, change)
    await changeRequest(trx, request, { client_id: request.client_id, ...change, due_on: dueOf(attune, toFacts(changed)) })
    await logEvent(trx, {
      serviceId: request.service_id,
      accountId: acting.accountId,
      role: acting.role,
      action,
      outcome: 'done',
      detail: { reference: request.reference, type: request.type, ...detail },
    })
    return other
  })
  await settleSoon(attune, seen.service_id)
  if (alsoAt !== undefined) await settleSoon(attune, alsoAt)
}

const tell = (attune: Attune, trx: Trx, request: RequestRow, kind: string, to: Pick<Notice, 'toRole' | 'toAccount'>) =>
  addNotice(trx, {
    serviceId: request.service_id,
    kind,
    about: `${request.reference} ${attune.clock.now().toISOString()}`,
    ...to,
    facts: { reference: request.reference, ...(request.due_on !== null && { day: request.due_on }) },
    at: attune.clock.now(),
  })

/** The service says that it made sure who asks, and adds the code where the client filed without one. */
export async function confirmRequest(
  attune: Attune,
  acting: Acting,
  requestId: string,
  { identityCheck, code }: { identityCheck: IdentityCheck; code?: string | undefined },
): Promise<void> {
  await step(attune, acting, requestId, async (trx, request) => {
    const decision = mayConfirm(toFacts(request))
    if (!decision.allowed) refuseStep(decision)
    if (request.code_hash === null && code === undefined)
      raise('request-incomplete', {
        ...tellWords('request.code-to-add'),
        fields: [{ place: '/code', why: 'is missing' }],
      })
    const at = attune.clock.now()
    const change: RequestChange = { state: 'confirmed', identity_check: identityCheck, confirmed_by: acting.accountId, confirmed_at: at }
    if (request.code_hash === null && code !== undefined) {
      const service = (await findService(trx, request.service_id)) ?? raise('not-found')
      const client = await getClientOfCode(attune, trx, service, code)
      if (request.holding && client.clientId !== null) await restrictClient(trx, request.service_id, client.clientId, true)
      Object.assign(change, {
        code_hash: client.codeHash,
        client_id: client.clientId,
        code_sealed: attune.keyring.sealIdentity(requestPlace(requestId, 'code'), client.code),
      })
    }
    await tell(attune, trx, request, 'request-confirmed', { toRole: 'administrator' })
    return { action: 'right.confirm', change, detail: { how: identityCheck } }
  })
}

/** Stops the clock, starts it again, or adds time. What the person is asked, or why it takes longer, stands in the letter (UK GDPR Article 12(3)). */
export async function turnClock(
  attune: Attune,
  acting: Acting,
  requestId: string,
  { step: turn, reasons = '' }: BodyOf<'POST /api/rights/:requestId/clock'>,
): Promise<void> {
  const { policy } = attune.programme
  checkWords({ reasons })
  await step(attune, acting, requestId, async (trx, request) => {
    const today = toLondonDay(attune.clock.now())
    const facts = toFacts(request)
    const decision = turn === 'pause' ? mayPause(policy, facts, today) : turn === 'resume' ? mayResume(facts) : mayExtend(policy, facts, today)
    if (!decision.allowed) refuseStep(decision)
    if (turn !== 'resume' && reasons.trim().length < 10) refuseStep(refuse(`reasons-missing.${turn}`))
    await tell(attune, trx, request, 'request-news', toAsker(request))
    const keep = (words: ClockWords) => ({ clock_sealed: sealClockWords(attune, requestId, { ...openClockWords(attune, request), ...words }) })
    if (turn === 'extend') return { action: 'right.extend', change: { extended: true, ...keep({ longerBecause: reasons.trim() }) } }
    const pauses = turn === 'pause' ? [...request.pauses, { from: today }] : endPauses(request, today)
    return { action: `right.${turn}`, change: { pauses, ...(turn === 'pause' && keep({ asked: reasons.trim() })) } }
  })
}

const endPauses = ({ pauses }: RequestRow, today: string) => pauses.map((pause) => (pause.until === undefined ? { ...pause, until: today } : pause))

const toAsker = (request: RequestRow): Pick<Notice, 'toRole' | 'toAccount'> =>
  request.subject === 'practitioner' ? { toRole: 'practitioner', toAccount: request.account_id } : { toRole: 'service-lead' }

/** Decides with reasons. Where the policy asks for a second person, it waits for one; otherwise it takes effect here. */
export async function decideRequest(attune: Attune, acting: Acting, requestId: string, order: RequestDecision, pack: PackBundle): Promise<void> {
  const { policy } = attune.programme
  checkWords({ reasons: order.reasons })
  await step(attune, acting, requestId, async (trx, request) => {
    const decision = mayDecide(toFacts(request), order)
    if (!decision.allowed) refuseStep(decision)
    const { as, because } = treatedAs(policy, request.type, request.subject === 'practitioner' ? 'practitioner' : 'client')
    await checkOrder(trx, request, order, as, attune)
    const words: DecisionWords = {
      reasons: order.reasons.trim(),
      ...(order.recipient !== undefined && { recipient: order.recipient }),
      ...(order.toServiceId !== undefined && { toServiceId: order.toServiceId }),
      ...(because !== undefined && { treatedBecause: because }),
    }
    const at = attune.clock.now()
    const proposed: RequestChange = {
      outcome: order.outcome,
      treated_as: as,
      ground: order.ground ?? request.ground,
      decision_sealed: sealDecision(attune, requestId, words),
      proposed_by: acting.accountId,
      proposed_at: at,
    }
    if (needsSecondPerson(policy, request.type, order.outcome)) {
      await tell(attune, trx, request, 'second-person', { toRole: 'administrator' })
      return { action: 'right.propose', change: { ...proposed, state: 'proposed' }, detail: { outcome: order.outcome } }
    }
    const done = await carryOut(attune, trx, acting, after(request, proposed), words, pack)
    await tell(attune, trx, request, 'request-news', toAsker(request))
    return { action: 'right.decide', change: { ...proposed, ...done }, detail: { outcome: order.outcome, as }, alsoAt: words.toServiceId }
  })
}

async function checkOrder(trx: Trx, request: RequestRow, order: RequestDecision, as: string, attune: Attune): Promise<void> {
  const missing = (place: string, words: ReturnType<typeof tellWords>): never =>
    raise('request-incomplete', { ...words, fields: [{ place: `/${place}`, why: 'is missing' }] })
  const gives = order.outcome !== 'refuse'
  if (gives && as === 'restrict' && (order.ground ?? request.ground) === null) missing('ground', tellWords('request.restriction-ground-missing'))
  if (gives && (as === 'port' || as === 'whole-service') && order.recipient === undefined && order.toServiceId === undefined)
    missing('recipient', tellWords('request.recipient-missing'))
  if (gives && as !== 'port' && order.toServiceId !== undefined) raise('request-step-refused', tellWords('request.cannot-move'))
  if (request.subject !== 'client' && order.toServiceId !== undefined) raise('request-step-refused', tellWords('request.client-only'))
  if (!gives && request.type === 'whole-service') {
    const last = await findLastWholeService(trx, request.service_id, request.request_id)
    const months = attune.programme.policy.values.wholeServiceRequestMonths
    const since = new Date(attune.clock.now())
    since.setUTCMonth(since.getUTCMonth() - months)
    if (last === undefined || last < since) raise('request-step-refused', tellWords('request.first-of-service', { months }))
  }
}

/** A colleague agrees, and the decision takes effect; or does not, and the request is open again. */
export async function agreeToRequest(attune: Attune, acting: Acting, requestId: string, agrees: boolean, pack: PackBundle): Promise<void> {
  await step(attune, acting, requestId, async (trx, request) => {
    const decision = mayAgree(toFacts(request), acting.accountId)
    if (!decision.allowed) refuseStep(decision)
    if (!agrees)
      return {
        action: 'right.disagree',
        change: { state: 'confirmed', outcome: null, treated_as: null, decision_sealed: null, proposed_by: null, proposed_at: null },
      }
    const words = openDecision(attune, request)!
    const done = await carryOut(attune, trx, acting, after(request, { agreed_by: acting.accountId }), words, pack)
    await tell(attune, trx, request, 'request-news', toAsker(request))
    return {
      action: 'right.decide',
      change: { ...done, agreed_by: acting.accountId },
      detail: { outcome: request.outcome!, as: request.treated_as! },
      alsoAt: words.toServiceId,
    }
  })
}

/** The person takes the request back; what it held is let go. */
export async function takeBackRequest(attune: Attune, acting: Acting, requestId: string): Promise<void> {
  await step(attune, acting, requestId, async (trx, request) => {
    const decision = mayTakeBack(toFacts(request))
    if (!decision.allowed) refuseStep(decision)
    if (acting.role === 'practitioner' ? request.account_id !== acting.accountId : !isServiceRole(acting.role) && request.subject === 'practitioner')
      raise('not-allowed')
    const change = { state: 'withdrawn', holding: false, ended_at: attune.clock.now() } as const
    await endLinked(trx, request, change)
    await release(trx, request)
    return { action: 'right.take-back', change }
  })
}

/** Ends a restriction, with reasons. The person is told before (UK GDPR Article 18(3)). */
export async function liftRestriction(attune: Attune, acting: Acting, requestId: string, reasons: string): Promise<void> {
  checkWords({ reasons })
  await step(attune, acting, requestId, async (trx, request) => {
    if (request.state !== 'done' || !request.holding) raise('request-step-refused', tellWords('request.restricts-nothing'))
    if (reasons.trim().length < 10) refuseStep(refuse('reasons-missing'))
    await release(trx, request)
    await tell(attune, trx, request, 'request-news', toAsker(request))
    const words = openDecision(attune, request)
    return {
      action: 'right.lift',
      change: {
        holding: false,
        decision_sealed: sealDecision(attune, requestId, { ...words, reasons: `${words?.reasons ?? ''}\n${reasons.trim()}`.trim() }),
      },
    }
  })
}
