// Looking at requests. Every look is an event; a practitioner's name is shown to administrators and to nobody else.
import {
  addDays,
  isRequestOpen,
  isServiceRole,
  mayAgree,
  mayConfirm,
  mayDecide,
  mayExtend,
  mayPause,
  mayResume,
  mayTakeBack,
  requestUrgency,
  type Decision,
  type LetterFacts,
  type Urgency,
  refuse,
} from '@attune/policy'
import type { QueryOf } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { openPractitioner } from '../../store/practitioners.ts'
import { countCorrections } from '../../store/rights/corrections.ts'
import { findShownNotices, type QueuedNotice } from '../../store/rights/notices.ts'
import { findPackageBytes, findPackages, noteTaken } from '../../store/rights/packages.ts'
import {
  countRequests,
  findEndedRequests,
  findLinkedRequests,
  findOpenRequests,
  findRequest,
  toFacts,
  withClientOfCode,
  type RequestCounts,
  type RequestRow,
} from '../../store/rights/requests.ts'
import { countClientRecords, findEnrolments } from '../../store/rights/subjects.ts'
import { findService, findServices } from '../../store/services.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { openClockWords, openCode, openDecision, openWords, type DecisionWords } from './request-facts.ts'

type Trx = Transaction<AttuneTables>
const usualPage = 50

export type ListedRequest = { readonly row: RequestRow; readonly serviceName: string; readonly code: string | null; readonly urgency: Urgency }

/** One page of the requests that the actor may see: open ones by their due day, ended ones by the day on which they came. */
export async function listRequests(
  attune: Attune,
  acting: Acting,
  { ended = false, after, limit = usualPage }: QueryOf<'GET /api/rights'>,
): Promise<{ requests: ListedRequest[]; next: string | null }> {
  const serviceId = isServiceRole(acting.role) ? acting.serviceId : undefined
  const place = after === undefined ? undefined : parsePlace(after)
  const { rows, names } = await withActor(attune.databases.attune, acting, 'rights', async (trx) => {
    const found = ended
      ? await findEndedRequests(trx, serviceId, limit + 1, place && { at: new Date(place.at), requestId: place.requestId })
      : await findOpenRequests(trx, serviceId, limit + 1, place && { on: place.at === '' ? null : place.at, requestId: place.requestId })
    await logEvent(trx, {
      serviceId: acting.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'right.list',
      outcome: 'done',
      detail: { rows: Math.min(found.length, limit), ended },
    })
    const services = serviceId === undefined ? await findServices(trx) : []
    const own = serviceId === undefined ? undefined : await findService(trx, serviceId)
    return { rows: found, names: new Map([...services, ...(own === undefined ? [] : [own])].map((service) => [service.serviceId, service.name])) }
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next = rows.length > limit && last !== undefined ? toPlace(ended ? last.filed_at.toISOString() : (last.due_on ?? ''), last.request_id) : null
  return {
    requests: page.map((row) => ({
      row,
      serviceName: names.get(row.service_id) ?? row.service_id,
      code: openCode(attune, row) ?? null,
      urgency: urgencyOf(attune, row),
    })),
    next,
  }
}

export function urgencyOf({ programme, clock }: Attune, row: RequestRow): Urgency {
  const { policy } = programme
  return requestUrgency(policy, toFacts(row), toLondonDay(clock.now()), (due) => addDays(due, -policy.values.rightsWarningDays))
}

export type RequestDetail = ListedRequest & {
  readonly words: string | null
  readonly decision: DecisionWords | undefined
  readonly practitioner: string | null
  readonly linked: readonly { readonly requestId: string; readonly reference: string }[]
  readonly records: number | null
  readonly corrections: number
  readonly packages: Awaited<ReturnType<typeof findPackages>>
  readonly steps: { readonly [step in 'confirm' | 'pause' | 'resume' | 'extend' | 'decide' | 'agree' | 'takeBack' | 'lift']: Decision }
  readonly proposedByMe: boolean
  readonly letter: LetterFacts
}

export async function readRequest(attune: Attune, acting: Acting, requestId: string): Promise<RequestDetail> {
  const { databases, keyring, programme, clock } = attune
  const found = await withActor(databases.attune, acting, 'rights', async (trx) => {
    const row = await findRequest(trx, requestId)
    await logEvent(trx, {
      serviceId: row?.service_id ?? acting.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'right.read',
      outcome: row === undefined ? 'refused' : 'done',
      detail: { requestId },
    })
    if (row === undefined) return undefined
    return { row, service: await findService(trx, row.service_id), linked: await findLinkedRequests(trx, row) }
  })
  if (found === undefined) raise('not-found')
  const { service, linked } = found
  // Counts and packages are facts of the request, whoever looks: the request itself was shown above.
  const { row, ...more } = await withReader(databases.attune, { role: 'system' }, 'rights', async (reading) => {
    const trx = reading as unknown as Trx
    const row = await withClientOfCode(trx, found.row)
    return {
      row,
      records: row.client_id === null ? null : await countClientRecords(trx, row.service_id, row.client_id),
      corrections: await countCorrections(trx, row.service_id, row.request_id),
      packages: await findPackages(trx, row.service_id, row.request_id),
      enrolments: row.account_id === null ? [] : await findEnrolments(trx, row.account_id),
    }
  })
  const sealed = more.enrolments.find((one) => one.sealed !== null)
  const facts = toFacts(row)
  const { policy } = programme
  const today = toLondonDay(clock.now())
  const decision = openDecision(attune, row)
  return {
    row,
    serviceName: service?.name ?? row.service_id,
    code: openCode(attune, row) ?? null,
    urgency: urgencyOf(attune, row),
    words: openWords(attune, row) ?? null,
    decision,
    practitioner:
      acting.role === 'administrator' && sealed !== undefined ? openPractitioner(keyring, sealed.practitionerId, sealed.sealed!).name : null,
    linked,
    records: more.records,
    corrections: more.corrections,
    packages: more.packages,
    steps: {
      confirm: mayConfirm(facts),
      pause: mayPause(policy, facts, today),
      resume: mayResume(facts),
      extend: mayExtend(policy, facts, today),
      decide: mayDecide(facts, { outcome: 'grant', reasons: 'Reasons are asked for when it is decided.' }),
      agree: mayAgree(facts, acting.accountId),
      takeBack: mayTakeBack(facts),
      lift: row.state === 'done' && row.holding ? { allowed: true } : refuse('restriction-missing'),
    },
    proposedByMe: row.proposed_by === acting.accountId,
    letter: {
      ...facts,
      ...openClockWords(attune, row),
      reference: row.reference,
      subject: row.subject,
      hold: row.holding && isRequestOpen(row.state),
      ...(row.outcome !== null && { outcome: row.outcome }),
      ...(row.decided_at !== null && { decidedOn: toLondonDay(row.decided_at) }),
      ...(decision !== undefined && row.state !== 'proposed' && { reasons: decision.reasons }),
      ...(decision?.treatedBecause !== undefined && { treatedBecause: decision.treatedBecause }),
      ...(row.certificate !== null && { certificate: row.certificate }),
    },
  }
}

/** The sealed bytes, noted as taken. */
export async function takePackage(attune: Attune, acting: Acting, requestId: string): Promise<{ reference: string; sealed: Buffer }> {
  const { databases, clock } = attune
  const found = await withReader(databases.attune, acting, 'rights', async (reading) => {
    const trx = reading as unknown as Trx
    const row = await findRequest(trx, requestId)
    if (row === undefined || acting.role === 'practitioner') return row && { row, file: undefined }
    return { row, file: await findPackageBytes(trx, row.service_id, row.request_id) }
  })
  if (found?.file === undefined) raise('not-found')
  const { row, file } = found
  await withActor(databases.attune, { role: 'system', accountId: acting.accountId }, 'rights', async (trx) => {
    await noteTaken(trx, row.service_id, file.packageId, clock.now())
    await logEvent(trx, {
      serviceId: row.service_id,
      accountId: acting.accountId,
      role: acting.role,
      action: 'package.take',
      outcome: 'done',
      detail: { reference: row.reference, packageId: file.packageId },
    })
  })
  return { reference: row.reference, sealed: file.sealed }
}

/** What the home screen shows: what is overdue in red, what is soon, what came lately. */
export async function summariseRights(attune: Attune, acting: Acting): Promise<RequestCounts & { notices: QueuedNotice[] }> {
  const { clock, programme } = attune
  const today = toLondonDay(clock.now())
  const serviceId = isServiceRole(acting.role) ? acting.serviceId : undefined
  return withReader(attune.databases.attune, acting, 'rights', async (reading) => {
    const trx = reading as unknown as Trx
    const counts = await countRequests(trx, serviceId, today, addDays(today, programme.policy.values.rightsWarningDays))
    return { ...counts, notices: await findShownNotices(trx, serviceId, acting.role, 5) }
  })
}

const toPlace = (at: string, requestId: string) => Buffer.from(`${at}|${requestId}`).toString('base64url')

function parsePlace(place: string): { at: string; requestId: string } {
  const parts = /^([0-9TZ:.-]{0,30})\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(Buffer.from(place, 'base64url').toString('latin1'))
  if (parts === null || (parts[1] !== '' && Number.isNaN(Date.parse(parts[1]!))))
    return raise('request-invalid', { fields: [{ place: '/after', why: 'is not the end of a page' }] })
  return { at: parts[1]!, requestId: parts[2]! }
}
