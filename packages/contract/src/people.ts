// People, services and who was let in: kept by service leads (their own) and administrators.
import { Type, type Static } from 'typebox'
import { closed, Day, Email, Instant, RoleName, ServiceId, Uuid } from './words.ts'

export const ServiceView = closed({
  serviceId: ServiceId,
  name: Type.String(),
  formerNames: Type.Array(Type.String()),
  status: Type.Enum(['draft', 'live', 'closed']),
  codePattern: Type.Union([Type.String(), Type.Null()]),
  emailDomains: Type.Array(Type.String(), { description: 'domains of its work addresses; none means any that is not a private mailbox' }),
  processorTermsOn: Type.Union([Day, Type.Null()]),
  linkList: Type.Union([closed({ place: Type.String(), keeper: Type.String() }), Type.Null()], {
    description: 'where the service keeps the list that links codes to people, and who keeps it',
  }),
  dataSupports: Type.Integer(),
  practitioners: Type.Integer(),
})
export type ServiceView = Static<typeof ServiceView>
export const ServicesPage = closed({ services: Type.Array(ServiceView) })
const EmailDomains = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 })
export const ServiceNew = closed({
  serviceId: ServiceId,
  name: Type.String({ minLength: 2, maxLength: 120 }),
  codePattern: Type.Optional(Type.String({ maxLength: 200 })),
  emailDomains: Type.Optional(EmailDomains),
})
export const ServiceChange = closed({
  name: Type.Optional(Type.String({ minLength: 2, maxLength: 120 })),
  codePattern: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
  emailDomains: Type.Optional(EmailDomains),
  status: Type.Optional(Type.Enum(['live', 'closed'])),
})
/** A label each: the list that links codes to people never comes here. Blank ones keep the service from going live. */
export const ProcessorTerms = closed({
  version: Type.String(),
  accept: Type.Literal(true),
  linkListPlace: Type.String({ maxLength: 120 }),
  linkListKeeper: Type.String({ maxLength: 120 }),
})

export const PersonView = closed({
  grantId: Uuid,
  accountId: Uuid,
  displayName: Type.String(),
  email: Email,
  role: RoleName,
  serviceId: ServiceId,
  from: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
  reviewOn: Type.Union([Day, Type.Null()], { description: 'the last day on which the access works unless somebody looks at it again' }),
  secondFactor: Type.Boolean(),
})
export type PersonView = Static<typeof PersonView>
export const InvitationOpen = closed({ email: Email, role: RoleName, serviceId: ServiceId, endsAt: Instant })
/** One grant; everybody of one service; or the running accesses that somebody has to look at again. */
export const PeopleQuery = closed({
  grantId: Type.Optional(Uuid),
  serviceId: Type.Optional(ServiceId),
  reviewed: Type.Optional(Type.Boolean()),
})
export const PeoplePage = closed({
  people: Type.Array(PersonView),
  more: Type.Boolean({ description: 'there are more than one answer holds: ask by service' }),
  invitations: Type.Array(InvitationOpen),
})
export type PeoplePage = Static<typeof PeoplePage>

export const InvitationNew = closed({ email: Email, role: RoleName, serviceId: ServiceId })
export type InvitationNew = Static<typeof InvitationNew>
/** `link` is shown once to the inviter; it carries the token in the fragment, which browsers do not send. */
export const InvitationSent = closed({ link: Type.String(), endsAt: Instant })
/** Why an access ends. A closed list, because the reason stands in the log, which holds no free words. */
export const grantEndReasons = ['left', 'other-work', 'not-used', 'not-safe'] as const
export type GrantEndReason = (typeof grantEndReasons)[number]
/** Somebody has looked: the access goes on for another period, or it ends now for a reason. */
export const GrantReview = Type.Union([
  closed({ verdict: Type.Literal('keep') }),
  closed({ verdict: Type.Literal('end'), reason: Type.Enum([...grantEndReasons]) }),
])
export type GrantReview = Static<typeof GrantReview>
export const GrantNew = closed({ accountId: Uuid, role: RoleName, serviceId: ServiceId })

/** Somebody whom a service puts forward as data support, and what their work is there: often its lead or an analyst of its data. */
export const NominationNew = closed({
  email: Email,
  displayName: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
  jobTitle: Type.String({ minLength: 2, maxLength: 80, pattern: '\\S' }),
})
export const NominationView = closed({
  nominationId: Uuid,
  serviceId: ServiceId,
  email: Email,
  displayName: Type.String(),
  jobTitle: Type.String(),
  nominatedBy: Type.String({ description: 'the name of whoever nominated' }),
  nominatedAt: Instant,
  lapsesOn: Day,
})
export type NominationView = Static<typeof NominationView>
export const NominationsPage = closed({ nominations: Type.Array(NominationView) })

export const EventRow = closed({
  eventId: Type.String(),
  at: Instant,
  role: Type.String(),
  serviceId: Type.String(),
  actor: Type.String(),
  action: Type.String(),
  purpose: Type.String(),
  outcome: Type.String(),
  detail: Type.String(),
})
export type EventRow = Static<typeof EventRow>
export const EventsPage = closed({ events: Type.Array(EventRow), next: Type.Union([Type.String(), Type.Null()]) })
export const EventsQuery = closed({ before: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) })
