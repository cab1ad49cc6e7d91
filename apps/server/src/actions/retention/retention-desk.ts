// The retention desk: where records stand, what is ahead, and decisions by two people to put a disposal off or to bring it forward.
import { tell } from '@attune/contract'
import { randomUUID } from 'node:crypto'
import {
  addDays,
  foresee,
  isDay,
  isServiceRole,
  may,
  mayDispose,
  mayPutOff,
  retentionState,
  smallestCount,
  type DayCount,
  type Foreseen,
  type PutOff,
} from '@attune/policy'
import type { RetentionDecisionNew } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import {
  addAggregateRun,
  addRetentionDecision,
  countRange,
  countService,
  findRetentionDecision,
  findRetentionDecisions,
  findRuns,
  readDayCounts,
  settleRetentionDecision,
  stampAggregated,
  type RetentionDecision,
} from '../../store/retention/decisions.ts'
import { findWarnings, type Warning } from '../../store/retention/retention-rows.ts'
import { findService, findServices } from '../../store/services.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { checkWords } from '../check-words.ts'
import { settleSoon } from '../right/settle-outside.ts'
import { getRules } from './rules.ts'
import { warnIn } from './warn-services.ts'

type Trx = Transaction<AttuneTables>
export type Named<Row> = Row & { readonly serviceName: string }

const today = ({ clock }: Attune) => toLondonDay(clock.now())

export async function readRetention(attune: Attune, acting: Acting) {
  const serviceId = isServiceRole(acting.role) ? acting.serviceId : undefined
  const on = today(attune)
  const read = await withActor(attune.databases.attune, acting, 'retention', async (trx) => {
    const since = new Date(attune.clock.now().getTime() - 400 * 86_400_000)
    const services = serviceId === undefined ? await findServices(trx) : [(await findService(trx, serviceId))!]
    await logEvent(trx, { serviceId: acting.serviceId, accountId: acting.accountId, role: acting.role, action: 'retention.read', outcome: 'done' })
    return {
      names: new Map(services.map((service) => [service.serviceId, service.name])),
      warnings: (await findWarnings(trx, since, serviceId)).slice(0, 200),
      decisions: await findRetentionDecisions(trx, { ...(serviceId !== undefined && { serviceId }), limit: 200 }),
      runs: serviceId === undefined ? await findRuns(trx, 14) : [],
    }
  })
  const named = <Row extends { serviceId: string }>(row: Row): Named<Row> => ({ ...row, serviceName: read.names.get(row.serviceId) ?? row.serviceId })
  const { days } = await readDays(attune, serviceId)
  const rule = getRules(attune).records
  const standing = days.map((day) => ({ ...day, state: retentionState(rule, { startedOn: day.sessionOn, today: on }) }))
  const count = (state: string) => standing.filter((day) => day.state === state).reduce((sum, day) => sum + day.records, 0)
  return {
    today: on,
    held: count('held'),
    eligible: count('eligible') + count('over'),
    named: days.reduce((sum, day) => sum + day.named, 0),
    warnings: read.warnings.map(named) as Named<Warning>[],
    decisions: read.decisions.map((decision) => ({
      ...decision,
      serviceName: read.names.get(decision.service_id) ?? decision.service_id,
      own: decision.asked_by === acting.accountId,
    })),
    runs: read.runs,
  }
}

/** What the rules will do in the months ahead. A service is counted as it is; all services together as they were at the last daily count. */
export async function foreseeRetention(
  attune: Attune,
  acting: Acting,
  { months = 24, serviceId: asked }: { months?: number | undefined; serviceId?: string | undefined },
): Promise<{ from: string; countedAt: Date | null; foreseen: Foreseen[] }> {
  const serviceId = isServiceRole(acting.role) ? acting.serviceId : asked
  if (isServiceRole(acting.role) && asked !== undefined && asked !== acting.serviceId) raise('not-allowed')
  const { days, countedAt } = await readDays(attune, serviceId)
  const agreed = await withReader(attune.databases.attune, { role: 'system' }, 'retention', (trx) =>
    findRetentionDecisions(trx as unknown as Trx, { ...(serviceId !== undefined && { serviceId }), agreedOnly: true, limit: 5_000 }),
  )
  const putOff: PutOff[] =
    serviceId === undefined
      ? []
      : agreed
          .filter((one) => one.kind === 'put-off')
          .map((one) => ({ from: one.session_from, until: one.session_until, putOffUntil: one.until_on! }))
  const { records, authors } = getRules(attune)
  return {
    from: today(attune),
    countedAt,
    foreseen: foresee({ days, putOff, records, authors, values: attune.programme.policy.values, from: today(attune), months }),
  }
}

async function readDays(attune: Attune, serviceId: string | undefined): Promise<{ days: DayCount[]; countedAt: Date | null }> {
  return withReader(attune.databases.attune, { role: 'system' }, 'retention', async (reading) => {
    const trx = reading as unknown as Trx
    if (serviceId !== undefined) return { days: await countService(trx, serviceId), countedAt: null }
    const days = await readDayCounts(trx)
    return { days, countedAt: days[0]?.countedAt ?? null }
  })
}

/** Asks for a decision; a second person agrees to it or not. */
export async function askRetentionDecision(
  attune: Attune,
  acting: Acting,
  order: RetentionDecisionNew,
): Promise<Named<RetentionDecision> & { own: boolean }> {
  const { policy } = attune.programme
  requireDecider(attune, acting)
  const { serviceId, kind, sessionFrom, sessionUntil, untilOn, reason } = order
  for (const [place, day] of [
    ['/sessionFrom', sessionFrom],
    ['/sessionUntil', sessionUntil],
    ['/untilOn', untilOn],
  ] as const)
    if (day !== undefined && !isDay(day)) raise('request-invalid', { fields: [{ place, why: 'is not a day of the calendar' }] })
  if (sessionFrom > sessionUntil) raise('request-day-refused', { fields: [{ place: '/sessionUntil', why: 'is before the first day' }] })
  if ((kind === 'put-off') !== (untilOn !== undefined))
    raise('request-incomplete', { fields: [{ place: '/untilOn', why: kind === 'put-off' ? 'is missing' : 'does not go with this' }] })
  if (reason.trim().length < 10)
    raise('request-incomplete', { ...tell('retention.reason-missing'), fields: [{ place: '/reason', why: 'is missing or too short' }] })
  checkWords({ reason })
  return withActor(attune.databases.attune, { role: 'system', accountId: acting.accountId }, 'retention', async (trx) => {
    const service = (await findService(trx, serviceId)) ?? raise('not-found')
    const range = await countRange(trx, serviceId, sessionFrom, sessionUntil)
    if (range.records === 0) raise('retention-refused', tell('retention.no-records'))
    const decision =
      kind === 'put-off'
        ? mayPutOff(getRules(attune).records, range.firstOn!, { until: untilOn!, reason, today: today(attune) }, policy.values)
        : mayDisposeRange(attune, range)
    if (!decision.allowed) raise('retention-refused', telling(decision))
    const row = {
      service_id: serviceId,
      kind,
      session_from: sessionFrom,
      session_until: sessionUntil,
      until_on: untilOn ?? null,
      reason: reason.trim(),
      records: range.records,
      asked_by: acting.accountId,
      asked_at: attune.clock.now(),
    }
    const decisionId = await addRetentionDecision(trx, row)
    await logEvent(trx, {
      serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'retention.ask',
      outcome: 'done',
      detail: { decisionId, kind, records: range.records, sessionFrom, sessionUntil },
    })
    return { ...row, decision_id: decisionId, state: 'asked', decided_by: null, decided_at: null, serviceName: service.name, own: true }
  })
}

// Sooner than the policy's time only what was added up for analysis (DCS-127): one record in the range that was not, and nothing of it goes.
function mayDisposeRange(attune: Attune, { lastHeldOn }: { lastHeldOn: string | null }) {
  const rule = getRules(attune).records
  if (lastHeldOn === null)
    return rule.releasedByAggregation
      ? ({ allowed: true } as const)
      : mayDispose(rule, { startedOn: today(attune), today: today(attune), aggregated: true })
  return mayDispose(rule, { startedOn: lastHeldOn, today: today(attune), aggregated: false })
}

export async function agreeToRetention(
  attune: Attune,
  acting: Acting,
  decisionId: string,
  agrees: boolean,
): Promise<Named<RetentionDecision> & { own: boolean }> {
  requireDecider(attune, acting)
  const settled = await withActor(attune.databases.attune, { role: 'system', accountId: acting.accountId }, 'retention', async (trx) => {
    const row = (await findRetentionDecision(trx, decisionId)) ?? raise('not-found')
    if (row.state !== 'asked') raise('request-step-refused', tell('request.decided'))
    const decision = may(attune.programme.policy, { role: acting.role, secondFactor: true }, 'retention.decide', {
      approval: { askedBy: row.asked_by, agreedBy: acting.accountId },
    })
    if (!decision.allowed) raise(decision.because === 'second-person-same' ? 'second-person-same' : 'not-allowed', telling(decision))
    const at = attune.clock.now()
    const state = agrees ? 'agreed' : 'refused'
    await settleRetentionDecision(trx, row, state, acting.accountId, at)
    // Early disposal gives the service its notice first.
    if (agrees && row.kind === 'dispose-early')
      await warnIn(attune, trx, {
        serviceId: row.service_id,
        sessionFrom: row.session_from,
        sessionUntil: row.session_until,
        records: row.records,
        warnedAt: at,
        disposeOn: addDays(today(attune), attune.programme.policy.values.disposalWarningDays),
      })
    await logEvent(trx, {
      serviceId: row.service_id,
      accountId: acting.accountId,
      role: acting.role,
      action: 'retention.decide',
      outcome: 'done',
      detail: { decisionId, kind: row.kind, state },
    })
    const service = await findService(trx, row.service_id)
    return { ...row, state, decided_by: acting.accountId, decided_at: at, serviceName: service?.name ?? row.service_id, own: false } as const
  })
  await settleSoon(attune, settled.service_id)
  return settled
}

function requireDecider({ programme }: Attune, { role }: Acting): void {
  const decision = may(programme.policy, { role, secondFactor: true }, 'retention.decide', { approval: { askedBy: 'one', agreedBy: 'other' } })
  if (!decision.allowed) raise('not-allowed', telling(decision))
}

/** Adds records up for analysis: the totals stay, and the records may be disposed of sooner from then on. */
export async function aggregateRecords(
  attune: Attune,
  acting: Acting,
  { sessionFrom, sessionUntil }: { sessionFrom: string; sessionUntil: string },
): Promise<{ runId: string; records: number }> {
  for (const [place, day] of [
    ['/sessionFrom', sessionFrom],
    ['/sessionUntil', sessionUntil],
  ] as const)
    if (!isDay(day)) raise('request-invalid', { fields: [{ place, why: 'is not a day of the calendar' }] })
  if (sessionFrom > sessionUntil || sessionUntil > today(attune))
    raise('request-day-refused', { fields: [{ place: '/sessionUntil', why: 'is before the first day or in the future' }] })
  return withActor(attune.databases.attune, { role: 'system', accountId: acting.accountId }, 'analyse', async (trx) => {
    const runId = randomUUID()
    const records = await stampAggregated(trx, { runId, programmeId: attune.programme.id, from: sessionFrom, until: sessionUntil })
    await addAggregateRun(trx, {
      runId,
      programmeId: attune.programme.id,
      from: sessionFrom,
      until: sessionUntil,
      records,
      smallest: smallestCount(attune.programme.policy),
      madeBy: acting.accountId,
      madeAt: attune.clock.now(),
    })
    await logEvent(trx, {
      serviceId: 'operator',
      accountId: acting.accountId,
      role: acting.role,
      action: 'report.aggregate',
      purpose: 'analyse',
      outcome: 'done',
      detail: { runId, records, sessionFrom, sessionUntil },
    })
    return { runId, records }
  })
}
