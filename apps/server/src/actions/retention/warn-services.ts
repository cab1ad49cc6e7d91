// Services are told before records go, so that they can take what they need (DCS-128). One warning a month and service, for whole months of sessions.
import { addDays, addMonths, disposalDays, latestEnded, putOffUntil, type Day, type PutOff } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { findRetentionDecisions } from '../../store/retention/decisions.ts'
import { addWarning, findOldDays, findWarnings, type ServiceDay, type Warning } from '../../store/retention/retention-rows.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { getRules } from './rules.ts'

type Trx = Transaction<AttuneTables>
export type DecidedPutOff = PutOff & { readonly decidedAt: Date }
const system = { role: 'system' } as const

/** Warns of what will be due. Returns the number of records in the warnings. */
export async function warnServices(attune: Attune): Promise<number> {
  const { values } = attune.programme.policy
  const { records } = getRules(attune)
  const today = toLondonDay(attune.clock.now())
  // Warned on or before today: the end of the rule's time plus the window, less the warning.
  const cutoff = latestEnded(records, addDays(today, values.disposalWarningDays - values.disposalWindowDays))
  if (cutoff === undefined) return 0
  const untilMonth = endOfMonth(cutoff)
  const { days, warnings, putOff } = await readOld(attune, untilMonth)
  let warned = 0
  for (const [serviceId, ofService] of byService(days)) {
    // What was put off is told again, when its own new day comes near.
    const mine = putOff.get(serviceId) ?? []
    const isNear = (day: ServiceDay) => disposalDays(records, day.sessionOn, values, putOffUntil(mine, day.sessionOn))!.warnOn <= today
    const open = ofService.filter((day) => !isWarned(day, warnings, mine) && (putOffUntil(mine, day.sessionOn) === undefined || isNear(day)))
    if (!open.some(isNear)) continue
    const count = open.reduce((sum, day) => sum + day.records, 0)
    const disposeOn = open.map((day) => disposeDay(attune, day.sessionOn, today)).reduce((first, day) => (day < first ? day : first))
    await withActor(attune.databases.attune, system, 'retention', (trx) =>
      warnIn(attune, trx, {
        serviceId,
        sessionFrom: open[0]!.sessionOn,
        sessionUntil: untilMonth,
        records: count,
        warnedAt: attune.clock.now(),
        disposeOn,
      }),
    )
    warned += count
  }
  return warned
}

export async function warnIn({ clock }: Attune, trx: Trx, warning: Warning): Promise<void> {
  const { serviceId, sessionFrom, sessionUntil, records, disposeOn } = warning
  await addWarning(trx, warning)
  await addNotice(trx, {
    serviceId,
    kind: 'disposal-ahead',
    about: `${sessionFrom} ${sessionUntil} ${toLondonDay(clock.now())}`,
    toRole: 'service-lead',
    facts: { count: records, until: sessionUntil, day: disposeOn },
    at: clock.now(),
  })
  await logEvent(trx, {
    serviceId,
    role: 'system',
    action: 'retention.warn',
    outcome: 'done',
    detail: { records, sessionFrom, sessionUntil, disposeOn },
  })
}

function disposeDay(attune: Attune, sessionOn: Day, today: Day): Day {
  const { values } = attune.programme.policy
  const due = disposalDays(getRules(attune).records, sessionOn, values)!.dueOn
  const notice = addDays(today, values.disposalWarningDays)
  return due > notice ? due : notice
}

/** Records near the end of their time, the warnings about them and what was put off. */
export async function readOld(
  attune: Attune,
  until: Day,
): Promise<{
  days: ServiceDay[]
  warnings: Warning[]
  putOff: ReadonlyMap<string, readonly DecidedPutOff[]>
  early: ReadonlyMap<string, readonly { from: Day; until: Day }[]>
}> {
  return withReader(attune.databases.attune, system, 'retention', async (reading) => {
    const trx = reading as unknown as Trx
    const agreed = await findRetentionDecisions(trx, { agreedOnly: true, limit: 5_000 })
    const putOff = new Map<string, DecidedPutOff[]>()
    const early = new Map<string, { from: Day; until: Day }[]>()
    for (const { kind, service_id, session_from: from, session_until, until_on, decided_at } of agreed) {
      if (kind === 'put-off')
        putOff.set(service_id, [...(putOff.get(service_id) ?? []), { from, until: session_until, putOffUntil: until_on!, decidedAt: decided_at! }])
      else early.set(service_id, [...(early.get(service_id) ?? []), { from, until: session_until }])
    }
    const since = new Date(`${addMonths(toLondonDay(attune.clock.now()), -60)}T00:00:00Z`)
    const furthest = [...early.values()].flat().reduce((latest, range) => (range.until > latest ? range.until : latest), until)
    return { days: await findOldDays(trx, furthest), warnings: await findWarnings(trx, since), putOff, early }
  })
}

export function byService(days: readonly ServiceDay[]): ReadonlyMap<string, readonly ServiceDay[]> {
  const services = new Map<string, ServiceDay[]>()
  for (const day of days) services.set(day.serviceId, [...(services.get(day.serviceId) ?? []), day])
  return services
}

/** The warnings that count for a session day: what was told before a disposal was put off is no notice of the new day. */
export function warningsOf(
  { serviceId, sessionOn }: Pick<ServiceDay, 'serviceId' | 'sessionOn'>,
  warnings: readonly Warning[],
  putOff: readonly DecidedPutOff[],
): readonly Warning[] {
  const decided = putOff.filter((one) => one.from <= sessionOn && sessionOn <= one.until)
  return warnings.filter(
    (one) =>
      one.serviceId === serviceId &&
      one.sessionFrom <= sessionOn &&
      sessionOn <= one.sessionUntil &&
      decided.every(({ decidedAt }) => one.warnedAt > decidedAt),
  )
}

/** Was the service told of every record of the day? One that came in later was not. */
function isWarned(day: ServiceDay, warnings: readonly Warning[], putOff: readonly DecidedPutOff[]): boolean {
  return warningsOf(day, warnings, putOff).some((one) => day.lastReceivedAt <= one.warnedAt)
}

function endOfMonth(day: Day): Day {
  return addDays(addMonths(`${day.slice(0, 7)}-01`, 1), -1)
}
