import type { EventRow, NominationView, PersonView, ServiceView } from '@attune/contract'
import type { Role } from '@attune/policy'

type ServiceFacts = {
  readonly serviceId: string
  readonly name: string
  readonly formerNames: readonly string[]
  readonly status: 'operator' | 'draft' | 'live' | 'closed'
  readonly codePattern: string | null
  readonly emailDomains: readonly string[]
  readonly processorTermsOn: string | null
  readonly linkList: { readonly place: string; readonly keeper: string } | null
  readonly dataSupports: number
  readonly practitioners: number
}

export function presentService({
  serviceId,
  name,
  formerNames,
  status,
  codePattern,
  emailDomains,
  processorTermsOn,
  linkList,
  dataSupports,
  practitioners,
}: ServiceFacts): ServiceView {
  return {
    serviceId,
    name,
    formerNames: [...formerNames],
    status: status === 'operator' ? 'live' : status,
    codePattern,
    emailDomains: [...emailDomains],
    processorTermsOn,
    linkList,
    dataSupports,
    practitioners,
  }
}

type PersonFacts = {
  readonly grantId: string
  readonly accountId: string
  readonly displayName: string
  readonly email: string
  readonly role: Role
  readonly serviceId: string
  readonly from: Date
  readonly endedAt: Date | null
  readonly reviewOn: string | null
  readonly secondFactor: boolean
}

export function presentPerson({
  grantId,
  accountId,
  displayName,
  email,
  role,
  serviceId,
  from,
  endedAt,
  reviewOn,
  secondFactor,
}: PersonFacts): PersonView {
  const since = { from: from.toISOString(), endedAt: endedAt?.toISOString() ?? null }
  return { grantId, accountId, displayName, email, role, serviceId, ...since, reviewOn, secondFactor }
}

type NominationFacts = {
  readonly nominationId: string
  readonly serviceId: string
  readonly email: string
  readonly displayName: string
  readonly jobTitle: string
  readonly nominatedByName: string
  readonly nominatedAt: Date
  readonly lapsesOn: string
}

export function presentNomination(nomination: NominationFacts): NominationView {
  const { nominationId, serviceId, email, displayName, jobTitle, nominatedByName, nominatedAt, lapsesOn } = nomination
  return { nominationId, serviceId, email, displayName, jobTitle, nominatedBy: nominatedByName, nominatedAt: nominatedAt.toISOString(), lapsesOn }
}

type EventFacts = {
  readonly eventId: number
  readonly at: Date
  readonly role: string
  readonly serviceId: string
  readonly actor: string
  readonly action: string
  readonly purpose: string
  readonly outcome: string
  readonly detail: object
}

/** `detail` as "name value" pairs; the log holds ids, counts and codes only. */
export function presentEvent({ eventId, at, role, serviceId, actor, action, purpose, outcome, detail }: EventFacts): EventRow {
  const said = Object.entries(detail).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : String(value)}`)
  return { eventId: String(eventId), at: at.toISOString(), role, serviceId, actor, action, purpose, outcome, detail: said.join(', ') }
}
