// Services: added and changed by the operator, taken on by their leads.
import type { BodyOf } from '@attune/contract'
import { checkCodePattern, checkEmailDomain } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { isUniqueViolation } from '../../store/postgres-errors.ts'
import {
  acceptTerms,
  addService,
  changeService,
  countPeople,
  findService,
  findServices,
  type Service,
  type ServicePeople,
} from '../../store/services.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'

export type ServiceWithPeople = Service & ServicePeople
const nobody: ServicePeople = { dataSupports: 0, practitioners: 0 }
const seesGrants = new Set(['service-lead', 'administrator'])

/** The services that the actor may see. Only those who look after people are told how many there are. */
export async function listServices({ databases }: Attune, acting: Acting): Promise<ServiceWithPeople[]> {
  return withReader(databases.attune, acting, '', async (trx) => {
    const people = seesGrants.has(acting.role) ? await countPeople(trx as never) : new Map<string, ServicePeople>()
    return (await findServices(trx as never)).map((service) => ({ ...service, ...(people.get(service.serviceId) ?? nobody) }))
  })
}

export async function openService(
  attune: Attune,
  acting: Acting,
  { serviceId, name, codePattern, emailDomains = [] }: BodyOf<'POST /api/services'>,
): Promise<ServiceWithPeople> {
  requirePattern(codePattern)
  requireDomains(attune, emailDomains)
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    await addService(trx, { serviceId, name, codePattern: codePattern ?? null, emailDomains })
    await logEvent(trx, { serviceId, accountId: acting.accountId, role: acting.role, action: 'service.open', outcome: 'done' })
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) raise('already-exists')
    throw error
  })
  return getService(attune, acting, serviceId)
}

/** A service that was never taken on by a lead cannot be switched on from here. */
export async function alterService(
  attune: Attune,
  acting: Acting,
  serviceId: string,
  change: BodyOf<'PATCH /api/services/:serviceId'>,
): Promise<ServiceWithPeople> {
  requirePattern(change.codePattern ?? undefined)
  requireDomains(attune, change.emailDomains ?? [])
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    const service = await findService(trx, serviceId)
    if (service === undefined || service.status === 'operator') raise('not-found')
    if (change.status === 'live' && (service.processorTermsOn === null || service.linkList === null)) raise('service-not-live')
    await changeService(trx, serviceId, change)
    const detail = { changed: Object.keys(change).sort() }
    await logEvent(trx, { serviceId, accountId: acting.accountId, role: acting.role, action: 'service.change', outcome: 'done', detail })
  })
  return getService(attune, acting, serviceId)
}

/** Its lead accepts the processor terms for a service: from then on people can be enrolled and records sent. */
export async function acceptProcessorTerms(
  attune: Attune,
  acting: Acting,
  serviceId: string,
  { version, linkListPlace, linkListKeeper }: BodyOf<'POST /api/services/:serviceId/processor-terms'>,
): Promise<ServiceWithPeople> {
  const { programme, clock, databases } = attune
  if (serviceId !== acting.serviceId) raise('not-found')
  if (version !== programme.policyVersion.edition) raise('request-invalid', { fields: [{ place: '/version', why: 'is not the edition in force' }] })
  const linkList = { place: checkLabel(linkListPlace, '/linkListPlace'), keeper: checkLabel(linkListKeeper, '/linkListKeeper') }
  await withActor(databases.attune, acting, '', async (trx) => {
    const service = await findService(trx, serviceId)
    if (service === undefined) raise('not-found')
    // A service from before the question was asked may answer it while it is closed, and be reopened then.
    if (service.status === 'closed' && service.linkList !== null) raise('service-not-live')
    await acceptTerms(trx, serviceId, { version, on: toLondonDay(clock.now()), by: acting.accountId, linkList })
    await logEvent(trx, {
      serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'service.accept-terms',
      outcome: 'done',
      detail: { version },
    })
  })
  return getService(attune, acting, serviceId)
}

async function getService(attune: Attune, acting: Acting, serviceId: string): Promise<ServiceWithPeople> {
  return (await listServices(attune, acting)).find((service) => service.serviceId === serviceId) ?? raise('not-found')
}

// A label, not the list: one line of words.
function checkLabel(label: string, place: string): string {
  const plain = label.replace(/\s+/g, ' ').trim()
  return plain.length < 3 ? raise('link-list-missing', { fields: [{ place, why: 'is missing' }] }) : plain
}

function requirePattern(pattern: string | undefined): void {
  if (pattern === undefined) return
  const wrong = checkCodePattern(pattern)
  if (wrong.length > 0) raise('request-invalid', { fields: wrong.map((why) => ({ place: '/codePattern', why })) })
}

function requireDomains({ programme }: Attune, domains: readonly string[]): void {
  const fields = domains.flatMap((domain, at) => {
    const why = checkEmailDomain(programme.policy, domain)
    return why === undefined ? [] : [{ place: `/emailDomains/${at}`, why }]
  })
  if (fields.length > 0) raise('request-invalid', { fields })
}
