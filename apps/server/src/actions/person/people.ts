// Who was let in: a service lead looks after the practitioners and data supports of the own service, an administrator after everybody.
import { tell } from '@attune/contract'
import type { BodyOf, QueryOf } from '@attune/contract'
import { isServiceRole, may, type Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise, telling } from '../../problems.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import { findOpenInvitations, type Invitation } from '../../store/accounts/invitations.ts'
import { endGrant, findGrantRows, giveGrant, mostGrants, reviewGrant, type GrantRow } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { findService } from '../../store/services.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { invite } from '../invitation/invite.ts'
import { requireNomination, useNominationFor } from './nominations.ts'
import { requireBusinessEmail } from './require-business-email.ts'
import { toReview } from './to-review.ts'

export type Person = GrantRow & { readonly displayName: string; readonly email: string; readonly secondFactor: boolean }

// Whom a lead wants as data support is nominated; access comes from an administrator (DCS-109).
const leadGives: readonly Role[] = ['practitioner']
const door = { role: 'door' } as const

/** People and open invitations that the actor looks after. Looking is an event, because names and addresses are shown. */
export async function listPeople(
  attune: Attune,
  acting: Acting,
  which: QueryOf<'GET /api/people'> = {},
): Promise<{ people: Person[]; more: boolean; invitations: Invitation[] }> {
  const { databases, keyring, clock } = attune
  const { role, serviceId, accountId } = acting
  const found = await withActor(databases.attune, acting, '', async (trx) => {
    const rows = await findGrantRows(trx, { ...which, limit: mostGrants + 1 })
    await logEvent(trx, { serviceId, accountId, role, action: 'person.list', outcome: 'done', detail: { rows: rows.length } })
    return rows
  })
  const grants = found.slice(0, mostGrants)
  const ofService = role === 'service-lead' ? serviceId : which.serviceId
  return withReader(databases.accounts, door, 'sign-in', async (trx) => {
    const facts = await findPeople(trx as never, keyring, [...new Set(grants.map((grant) => grant.accountId))])
    const people = grants.flatMap((grant) => {
      const person = facts.get(grant.accountId)
      return person === undefined ? [] : [{ ...grant, displayName: person.displayName, email: person.email, secondFactor: person.secondFactor }]
    })
    return { people, more: found.length > mostGrants, invitations: await findOpenInvitations(trx as never, keyring, ofService, clock.now()) }
  })
}

/** Invites somebody, within what the actor may give: a lead only to the own service, and only when it has accepted the processor terms. */
export async function invitePerson(
  attune: Attune,
  acting: Acting,
  { email, role, serviceId }: BodyOf<'POST /api/invitations'>,
  origin: string,
): Promise<{ link: string; endsAt: Date }> {
  await requireGiveable(attune, acting, role, serviceId)
  await requireNomination(attune, { role, serviceId, email })
  return invite(attune, { email, role, serviceId, by: acting, origin })
}

/** Gives a role to somebody who has an account already. */
export async function givePersonGrant(attune: Attune, acting: Acting, { accountId, role, serviceId }: BodyOf<'POST /api/grants'>): Promise<Person> {
  const { databases, keyring, clock } = attune
  await requireGiveable(attune, acting, role, serviceId)
  const facts =
    (await withReader(databases.accounts, door, 'sign-in', (trx) => findPeople(trx as never, keyring, [accountId]))).get(accountId) ??
    raise('not-found')
  if (isServiceRole(role)) await requireBusinessEmail(attune, serviceId, facts.email)
  await requireNomination(attune, { role, serviceId, email: facts.email })
  const grant = await withActor(databases.accounts, door, 'invite', (accounts) =>
    useNominationFor(attune, accounts, { role, serviceId, email: facts.email }, (nominationId) =>
      withActor(databases.attune, acting, '', async (trx) => {
        const grantId = await giveGrant(trx, {
          accountId,
          role,
          serviceId,
          nominationId,
          grantedBy: acting.accountId,
          at: clock.now(),
          ...toReview(attune, role),
          seats: attune.programme.policy.values.nomineesPerServiceMaximum,
        })
        await logEvent(trx, {
          serviceId,
          accountId: acting.accountId,
          role: acting.role,
          action: 'grant.give',
          outcome: 'done',
          detail: { grant: grantId, role },
        })
        return (await findGrantRows(trx, { grantId }))[0]!
      }),
    ),
  )
  return { ...grant, displayName: facts.displayName, email: facts.email, secondFactor: facts.secondFactor }
}

/** Ends a role. Whoever holds it is out at their next request. One that the actor does not look after is `not-found`. */
export async function endPersonGrant(attune: Attune, acting: Acting, grantId: string): Promise<void> {
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    const [grant] = await findGrantRows(trx, { grantId })
    const ended =
      grant !== undefined && (await endGrant(trx, { grantId, serviceId: grant.serviceId, endedBy: acting.accountId, at: attune.clock.now() }))
    await logEvent(trx, {
      serviceId: grant?.serviceId ?? acting.serviceId,
      accountId: acting.accountId,
      role: acting.role,
      action: 'grant.end',
      outcome: ended ? 'done' : 'refused',
      detail: { grant: grantId },
    })
    return ended
  }).then((ended) => (ended ? undefined : raise('not-found')))
}

/** Looks at somebody's access: lets it go on for another period, or ends it with a reason. Nobody does so for themselves. */
export async function reviewPersonGrant(
  attune: Attune,
  acting: Acting,
  grantId: string,
  review: BodyOf<'POST /api/grants/:grantId/review'>,
): Promise<void> {
  await withActor(attune.databases.attune, acting, '', async (trx) => {
    const [grant] = await findGrantRows(trx, { grantId })
    const { reviewOn } = grant === undefined ? {} : toReview(attune, grant.role)
    if (grant === undefined || reviewOn === undefined) raise('not-found')
    if (grant.accountId === acting.accountId) raise('second-person-same', tell('access.own'))
    const { serviceId } = grant
    const by = acting.accountId
    const done =
      review.verdict === 'keep'
        ? await reviewGrant(trx, { grantId, by, reviewOn })
        : await endGrant(trx, { grantId, serviceId, endedBy: by, at: attune.clock.now() })
    if (!done) raise('not-found')
    await logEvent(trx, {
      serviceId,
      accountId: by,
      role: acting.role,
      action: 'grant.review',
      outcome: 'done',
      detail: { grant: grantId, verdict: review.verdict, ...(review.verdict === 'keep' ? { reviewOn } : { reason: review.reason }) },
    })
  })
}

async function requireGiveable(attune: Attune, acting: Acting, role: Role, serviceId: string): Promise<void> {
  if (isServiceRole(role) === (serviceId === 'operator'))
    raise('request-invalid', { fields: [{ place: '/serviceId', why: 'does not go with this role' }] })
  if (acting.role === 'service-lead') {
    const decision = may(attune.programme.policy, { ...acting, secondFactor: true }, 'person.invite', { serviceId })
    if (!decision.allowed) raise('not-allowed', telling(decision))
    if (!leadGives.includes(role))
      raise('not-allowed', {
        ...tell('invite.lead', { operator: attune.programme.policy.operator.name }),
      })
  }
  const service = await withReader(attune.databases.attune, acting, '', (trx) => findService(trx as never, serviceId))
  if (service === undefined) raise('not-found')
  // A lead has to be invited before anybody can accept the terms; everybody else comes after (DCS-122).
  if (service.status === 'closed' || (service.status === 'draft' && role !== 'service-lead')) raise('service-not-live')
}
