// The breach desk: recording an incident, and the decisions about it. Each is one transaction, with the letters that it calls for; they go by
// the clock (incident-letters.ts).
import { tell } from '@attune/contract'
import type { BodyOf } from '@attune/contract'
import { breachTracks, mayCloseBreach, type BreachFacts, type BreachTracks, refuse } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import type { AffectedCounts } from '../../store/breaches/affected-records.ts'
import { addBreach, changeBreach, findBreaches, type Breach, type BreachChange, type BreachWords } from '../../store/breaches/breaches.ts'
import {
  countLetters,
  findSentNotices,
  queueForLeads,
  queueForPractitioners,
  type LetterCounts,
  type SentNotice,
} from '../../store/breaches/incident-letters.ts'
import { logEvent } from '../../store/log-event.ts'
import { findServices } from '../../store/services.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { checkDay } from '../check-day.ts'
import { checkWords } from '../check-words.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { instantWords, toLondonDay } from '../london-day.ts'
import { settleOutside } from '../right/settle-outside.ts'
import { referenceOf } from './incident-words.ts'
import { workOutSoon } from './work-out.ts'

const system = { role: 'system' } as const

const toFacts = ({ foundAt, risk, regulatorToldAt, individualsToldAt }: Breach): BreachFacts => ({
  foundAt: foundAt.toISOString(),
  risk: risk ?? undefined,
  regulatorToldAt: regulatorToldAt?.toISOString(),
  individualsToldAt: individualsToldAt?.toISOString(),
})
export const tracksOf = ({ programme }: Pick<Attune, 'programme'>, breach: Breach, now: Date): BreachTracks =>
  breachTracks(toFacts(breach), now.toISOString(), programme.policy.values)

/** Records an incident: the clock starts. Which records it may concern is worked out from the log (work-out.ts), and each service hears of its own. */
export async function recordBreach(attune: Attune, acting: Acting, order: BodyOf<'POST /api/breaches'>): Promise<Breach> {
  const { databases, keyring, clock } = attune
  const now = clock.now()
  const foundAt = checkOrder(order, now)
  checkWords({ what: order.what })
  if (acting.role === 'service-lead' && order.services.some((serviceId) => serviceId !== acting.serviceId)) raise('not-found')
  if (acting.role === 'service-lead' && order.accounts.length > 0)
    raise('not-allowed', tell('breach.lead', { operator: attune.programme.policy.operator.name }))
  const breachId = await withActor(databases.attune, system, 'breach', async (trx) => {
    const known = new Set((await findServices(trx)).map((service) => service.serviceId))
    if (order.services.some((serviceId) => !known.has(serviceId))) raise('not-found')
    const added = await addBreach(trx, keyring, {
      kind: order.kind,
      foundAt,
      happenedFrom: order.happenedFrom,
      happenedUntil: order.happenedUntil,
      services: [...new Set(order.services)],
      accounts: order.accounts,
      recordedBy: acting.accountId,
      recordedAt: now,
      words: { what: order.what },
    })
    await logEvent(trx, {
      serviceId: acting.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'breach.record',
      outcome: 'done',
      detail: { breachId: added.breachId, services: order.services },
    })
    return added.breachId
  })
  await workOutSoon(attune, breachId, order.services.length)
  return (await withReader(databases.attune, system, 'breach', (trx) => findBreaches(trx as never, keyring, { breachId })))[0]!
}

function checkOrder({ foundAt, happenedFrom, happenedUntil }: BodyOf<'POST /api/breaches'>, now: Date): Date {
  checkDay(happenedFrom, '/happenedFrom')
  checkDay(happenedUntil, '/happenedUntil')
  const found = toInstant(foundAt, '/foundAt', now)
  if (happenedUntil < happenedFrom) raise('request-invalid', { fields: [{ place: '/happenedUntil', why: 'is before the day on which it began' }] })
  if (happenedFrom > toLondonDay(found))
    raise('request-invalid', { fields: [{ place: '/happenedFrom', why: 'is after the moment at which it was found' }] })
  return found
}

function toInstant(text: string, place: string, now: Date): Date {
  const instant = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z$/.test(text) || Number.isNaN(instant.getTime()))
    raise('request-invalid', { fields: [{ place, why: 'is not an instant of the calendar' }] })
  if (instant > now) raise('request-invalid', { fields: [{ place, why: 'is in the future' }] })
  return instant
}

export type BreachRow = {
  readonly breach: Breach
  readonly tracks: BreachTracks
  readonly affected: readonly (AffectedCounts & { readonly serviceName: string })[]
  readonly serviceNames: readonly string[]
}

/** The register, the newest first. Looking is an event. */
export async function listBreaches(attune: Attune, { role, serviceId, accountId }: Acting, breachId?: string): Promise<BreachRow[]> {
  const { databases, keyring, clock } = attune
  return withActor(databases.attune, { role, serviceId, accountId }, '', async (trx) => {
    const breaches = await findBreaches(trx, keyring, breachId === undefined ? {} : { breachId })
    const names = new Map((await findServices(trx)).map((service) => [service.serviceId, service.name]))
    await logEvent(trx, { serviceId, accountId, role, action: 'breach.read', outcome: 'done', detail: { rows: breaches.length } })
    return breaches.map((breach) => ({
      breach,
      tracks: tracksOf(attune, breach, clock.now()),
      affected: breach.affected
        .map((counts) => ({ ...counts, serviceName: names.get(counts.serviceId) ?? counts.serviceId }))
        .sort((one, other) => one.serviceName.localeCompare(other.serviceName, 'en')),
      serviceNames: breach.services.map((id) => names.get(id) ?? id),
    }))
  })
}

export type OpenBreach = BreachRow & LetterCounts & { readonly notices: readonly SentNotice[]; readonly recordedBy: string }

/** One incident with everything about it. */
export async function readBreach(attune: Attune, acting: Acting, breachId: string): Promise<OpenBreach> {
  const { databases, keyring } = attune
  const [row = raise('not-found')] = await listBreaches(attune, acting, breachId)
  const letters = await withReader(databases.attune, acting, '', async (trx) => ({
    notices: await findSentNotices(trx as never, breachId),
    ...(await countLetters(trx as never, breachId)),
  }))
  const people = await withReader(databases.accounts, { role: 'door' }, 'sign-in', (trx) =>
    findPeople(trx as never, keyring, [row.breach.recordedBy]),
  )
  return { ...row, ...letters, recordedBy: people.get(row.breach.recordedBy)?.displayName ?? '' }
}

/** Says how great the risk to people is, and why. It may be said again while the incident is open. */
export async function assessBreach(
  attune: Attune,
  acting: Acting,
  breachId: string,
  order: BodyOf<'POST /api/breaches/:breachId/assessment'>,
): Promise<OpenBreach> {
  const now = attune.clock.now()
  const { likelihood, severity, risk, reasons } = order
  checkWords({ reasons })
  await decide(
    attune,
    acting,
    breachId,
    { likelihood, severity, risk, assessedBy: acting.accountId, assessedAt: now },
    { reasons },
    { decision: 'risk', risk },
  )
  return readBreach(attune, acting, breachId)
}

/** Notes that the regulator was told. Late needs its reasons (Article 33(1)). */
export async function noteRegulatorTold(
  attune: Attune,
  acting: Acting,
  breachId: string,
  order: BodyOf<'POST /api/breaches/:breachId/regulator'>,
): Promise<OpenBreach> {
  const breach = await getOpenBreach(attune, breachId)
  const toldAt = toInstant(order.toldAt, '/toldAt', attune.clock.now())
  if (toldAt < breach.foundAt) raise('request-invalid', { fields: [{ place: '/toldAt', why: 'is before it was found' }] })
  const { dueAt } = tracksOf(attune, breach, attune.clock.now())
  if (toldAt > new Date(dueAt) && order.lateBecause === undefined)
    raise('request-invalid', { fields: [{ place: '/lateBecause', why: 'says why the regulator was told late; the law asks for it' }] })
  checkWords({ lateBecause: order.lateBecause })
  const words = { regulatorReference: order.reference, ...(order.lateBecause !== undefined && { lateBecause: order.lateBecause }) }
  await decide(attune, acting, breachId, { regulatorToldAt: toldAt }, words, { decision: 'regulator' })
  return readBreach(attune, acting, breachId)
}

/** Tells the people concerned: practitioners directly, clients through their service. Once. */
export async function tellIndividuals(attune: Attune, acting: Acting, breachId: string): Promise<OpenBreach> {
  const now = attune.clock.now()
  const told = { decision: 'individuals' }
  const check = (breach: Breach) => {
    if (breach.risk === null) raise('breach-not-ready', telling(refuse('risk-open')))
    if (breach.individualsToldAt !== null) raise('breach-not-ready', tell('breach.told-already'))
    requireWorkedOut(breach)
  }
  await decide(attune, acting, breachId, { individualsToldAt: now }, {}, told, check, async (trx, { services }) => {
    const queue = { breachId, services, today: toLondonDay(now), at: now }
    await queueForLeads(trx, 'tell-clients', queue)
    await queueForPractitioners(trx, queue)
  })
  return readBreach(attune, acting, breachId)
}

function requireWorkedOut({ servicesLeft }: Breach): void {
  if (servicesLeft.length > 0) raise('breach-not-ready', tell('breach.still-counting'))
}

/** Closes an incident once nobody waits. It stays in the register. */
export async function closeBreach(
  attune: Attune,
  acting: Acting,
  breachId: string,
  { lessons }: BodyOf<'POST /api/breaches/:breachId/close'>,
): Promise<OpenBreach> {
  const now = attune.clock.now()
  checkWords({ lessons })
  await decide(attune, acting, breachId, { closedAt: now, closedBy: acting.accountId }, { lessons }, { decision: 'close' }, (breach) => {
    const decision = mayCloseBreach(toFacts(breach), now.toISOString(), attune.programme.policy.values)
    if (!decision.allowed) raise('breach-not-ready', telling(decision))
    requireWorkedOut(breach)
  })
  return readBreach(attune, acting, breachId)
}

async function getOpenBreach({ databases, keyring }: Attune, breachId: string): Promise<Breach> {
  const [breach] = await withReader(databases.attune, system, 'breach', (trx) => findBreaches(trx as never, keyring, { breachId }))
  if (breach === undefined) raise('not-found')
  if (breach.closedAt !== null) raise('breach-closed')
  return breach
}

/** One decision at a time: `check` looks at the incident as it is then, `follow` notes what it calls for, and no word of somebody else is lost. */
async function decide(
  { databases, keyring }: Attune,
  { role, accountId }: Acting,
  breachId: string,
  change: BreachChange,
  words: Partial<BreachWords>,
  detail: Readonly<Record<string, string>>,
  check: (breach: Breach) => void = () => {},
  follow: (trx: Transaction<AttuneTables>, breach: Breach) => Promise<void> = async () => {},
): Promise<void> {
  await withActor(databases.attune, system, 'breach', async (trx) => {
    const [breach] = await findBreaches(trx, keyring, { breachId, lock: true })
    if (breach === undefined) raise('not-found')
    if (breach.closedAt !== null) raise('breach-closed')
    check(breach)
    if (!(await changeBreach(trx, keyring, breach, change, words))) raise('breach-closed')
    await logEvent(trx, { serviceId: 'operator', accountId, role, action: 'breach.decide', outcome: 'done', detail: { breachId, ...detail } })
    await follow(trx, breach)
  })
}

/** The clock: tells administrators once about each incident whose time has run out. Returns how many. */
export async function runBreachClock(attune: Attune, now: Date): Promise<number> {
  const { databases, keyring } = attune
  const breaches = await withReader(databases.attune, system, 'breach', (trx) => findBreaches(trx as never, keyring, { open: true }))
  let told = 0
  for (const breach of breaches) {
    const { regulator, dueAt } = tracksOf(attune, breach, now)
    if (breach.overdueToldAt !== null || regulator !== 'overdue') continue
    const noted = await withActor(databases.attune, system, 'breach', async (trx) => {
      // Somebody may have written about it since it was looked at.
      const [latest = breach] = await findBreaches(trx, keyring, { breachId: breach.breachId, lock: true })
      if (latest.overdueToldAt !== null || !(await changeBreach(trx, keyring, latest, { overdueToldAt: now }))) return false
      await logEvent(trx, { serviceId: 'operator', role: 'system', action: 'breach.overdue', outcome: 'done', detail: { breachId: breach.breachId } })
      const facts = { reference: referenceOf(breach), due: instantWords(new Date(dueAt)) }
      await addNotice(trx, { serviceId: 'operator', kind: 'breach-overdue', about: breach.breachId, toRole: 'administrator', facts, at: now })
      return true
    })
    if (noted) told++
  }
  if (told > 0) await settleOutside(attune)
  return told
}
