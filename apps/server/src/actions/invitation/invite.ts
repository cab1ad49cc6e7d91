// Invitations: the only way to an account. The link carries its token in the fragment, which browsers do not send to any server, and the
// token travels in a body only.
import { operatorServiceId, type InvitationAccept, type ReplyOf, tell } from '@attune/contract'
import { isServiceRole, roleLabels, type Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { addAccount, findAccountByEmail, noteNoticeRead, renewAccount } from '../../store/accounts/accounts.ts'
import { countFactors, isGuarded } from '../../store/accounts/factors.ts'
import { addInvitation, findInvitation, useInvitation, type Invitation } from '../../store/accounts/invitations.ts'
import type { AccountsTables, Assurance, FactorKind } from '../../store/accounts/accounts-tables.ts'
import type { Session } from '../../store/accounts/sessions.ts'
import { countTry, tryLimits } from '../../store/accounts/tries.ts'
import { findGrants, giveGrant } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { isUniqueViolation } from '../../store/postgres-errors.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import { writeLetter } from '../mail/write-letter.ts'
import { requireNomination, settleOpenNominations, useNominationFor } from '../person/nominations.ts'
import { requireBusinessEmail } from '../person/require-business-email.ts'
import { toReview } from '../person/to-review.ts'
import { hashPassword, requireStrongPassword } from '../session/password.ts'
import { startSession, type Started } from '../session/start-session.ts'

const door = { role: 'door' } as const

export type Inviter = { accountId?: string; role: string; serviceId: string }

/** Invites an address to a role. Sends the letter and returns the link, which is shown once. Whether the inviter may is the caller's to ask. */
export async function invite(
  attune: Attune,
  { email, role, serviceId, by, origin }: { email: string; role: Role; serviceId: string; by: Inviter; origin: string },
): Promise<{ link: string; endsAt: Date; sent: boolean }> {
  const { databases, keyring, clock, mail } = attune
  if (isServiceRole(role) === (serviceId === operatorServiceId))
    raise('request-invalid', { fields: [{ place: '/serviceId', why: 'does not go with this role' }] })
  const service = (await findService(attune, serviceId)) ?? raise('not-found')
  if (isServiceRole(role)) await requireBusinessEmail(attune, serviceId, email)
  const facts = { email, role, serviceId, at: clock.now(), ...(by.accountId !== undefined && { invitedBy: by.accountId }) }
  // The letter lies in the outbox from the moment at which there is an invitation: nobody else has its link.
  const { endsAt, invitationId, link, letterId } = await withActor(databases.accounts, door, 'invite', async (trx) => {
    const made = await addInvitation(trx, keyring, facts)
    const link = `${origin}/join#${made.token}`
    const parts = [
      `You are invited to use Attune as ${roleLabels[role]} for ${service}.`,
      { label: 'Open this link within seven days and choose how you want to sign in', address: link },
      'The link works once and only for you. If you did not expect it, delete this letter.',
    ]
    return { ...made, link, letterId: await mail.put(trx, writeLetter(attune, { to: email, subject: 'invitation', parts })) }
  })
  await withActor(databases.attune, door, 'invite', (trx) =>
    logEvent(trx, {
      serviceId,
      ...(by.accountId !== undefined && { accountId: by.accountId }),
      role: by.role,
      action: 'person.invite',
      outcome: 'done',
      detail: { invitation: invitationId, role },
    }),
  )
  const sent = await mail.deliver(letterId)
  return { link, endsAt, sent }
}

async function findService({ databases }: Attune, serviceId: string): Promise<string | undefined> {
  const row = await withReader(databases.attune, door, 'invite', (trx) =>
    trx.selectFrom('policy.services').select('name').where('service_id', '=', serviceId).executeTakeFirst(),
  )
  return row?.name
}

/** What an invitation is for. One that is unknown, used, ended or revoked is always the same `invitation-unknown`. */
export async function lookAtInvitation(attune: Attune, token: string, address: string): Promise<ReplyOf<'POST /api/invitations/look'>> {
  const invitation = await getInvitation(attune, token, address)
  const serviceName = (await findService(attune, invitation.serviceId)) ?? raise('invitation-unknown')
  return { email: invitation.email, role: invitation.role, serviceName, endsAt: invitation.endsAt.toISOString() }
}

async function getInvitation({ databases, keyring, clock }: Attune, token: string, address: string): Promise<Invitation> {
  const now = clock.now()
  await withActor(databases.accounts, door, 'invite', (trx) =>
    countTry(trx, tryLimits.invitationPerAddress, keyring.lookupHash('address', '', address), now),
  )
  const invitation = await withActor(databases.accounts, door, 'invite', (trx) => findInvitation(trx, keyring, token, now))
  return invitation ?? raise('invitation-unknown')
}

/** Somebody who comes from the sign-in of an organisation: connects the account in the same transaction, and says what their sign-in is worth. */
export type Proven = {
  readonly bind: (trx: Transaction<AccountsTables>, accountId: string) => Promise<void>
  readonly start: { readonly assurance: Assurance; readonly factor: FactorKind; readonly confirmedAt: Date }
}

/**
 * Takes up an invitation: makes the account, or adds the role to the one that is signed in. An account that already has a second step is only
 * added to by its owner, signed in: whoever reads the letter must not get past the second step.
 */
export async function acceptInvitation(
  attune: Attune,
  { token, displayName, noticeRead, password }: InvitationAccept,
  session: Session | undefined,
  address: string,
  proven?: Proven,
): Promise<Started> {
  const { databases, keyring, clock, programme } = attune
  const at = clock.now()
  const invitation = await getInvitation(attune, token, address)
  // Nobody has an account who has not seen what is kept about it (DCS-113).
  if (noticeRead !== programme.policyVersion.edition)
    raise('request-invalid', { fields: [{ place: '/noticeRead', why: 'is not the edition in force' }] })
  await requireStillNominated(attune, invitation)
  if (password !== undefined) requireStrongPassword(password, invitation.email)
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const facts = { email: invitation.email, displayName, at, ...(passwordHash !== undefined && { passwordHash }) }

  // The role is given before the invitation counts as used, inside the same transaction: when the service has no place left, or anything fails, the
  // invitation, the nomination and the accounts stay as they were. A new account takes the invitation's id, so that a try that broke off between the
  // two databases finds its role again.
  const { accountId, owner } = await withActor(databases.accounts, door, 'invite', async (trx) => {
    const account = await findAccountByEmail(trx, keyring, invitation.email)
    const guarded = account !== undefined && isGuarded(await countFactors(trx, account.accountId))
    if (account?.disabled === true) raise('invitation-unknown')
    if (guarded && (session?.assurance !== 'second-factor' || session.accountId !== account.accountId)) {
      raise('not-signed-in', tell('invite.sign-in-first'))
    }
    if (!(await useInvitation(trx, invitation.invitationId, at))) raise('invitation-unknown')
    const accountId = account?.accountId ?? (await addAccount(trx, keyring, { ...facts, accountId: invitation.invitationId }))
    if (account !== undefined && !guarded) await renewAccount(trx, keyring, accountId, facts)
    await proven?.bind(trx, accountId)
    await noteNoticeRead(trx, accountId, noticeRead, at)
    await useNominationFor(attune, trx, invitation, (nominationId) =>
      giveInvitedRole(attune, invitation, { accountId, noticeRead, nominationId, at }),
    )
    return { accountId, owner: guarded ? session : undefined }
  }).catch((error: unknown) => {
    // Two people with the same new address at the same moment: the second finds the account on the next try.
    if (isUniqueViolation(error)) raise('already-exists')
    throw error
  })

  // A try that broke off between the two databases gave the access; its nomination is marked now.
  if (invitation.role === 'data-support') await settleOpenNominations(attune, invitation.serviceId)
  if (owner !== undefined)
    return startSession(attune, {
      accountId,
      assurance: 'second-factor',
      instead: owner,
      action: 'session.confirm',
      ...(owner.factor !== undefined && { factor: owner.factor }),
    })
  return startSession(attune, {
    accountId,
    assurance: 'password',
    ...proven?.start,
    instead: session?.accountId === accountId ? session : undefined,
    action: 'session.begin',
  })
}

/** The role of the invitation; undefined when the account holds it already. */
function giveInvitedRole(
  attune: Attune,
  invitation: Invitation,
  { accountId, noticeRead, nominationId, at }: { accountId: string; noticeRead: string; nominationId: string | undefined; at: Date },
): Promise<{ grantId: string; accountId: string } | undefined> {
  const { role, serviceId, invitedBy } = invitation
  return withActor(attune.databases.attune, door, 'invite', async (trx) => {
    const held = await findGrants(trx, accountId)
    if (held.some((grant) => grant.role === role && grant.serviceId === serviceId)) return undefined
    if (role === 'data-support' && nominationId === undefined) raise('nomination-missing')
    const grantId = await giveGrant(trx, {
      accountId,
      role,
      serviceId,
      nominationId,
      ...toReview(attune, role),
      seats: attune.programme.policy.values.nomineesPerServiceMaximum,
      at,
      ...(invitedBy !== undefined && { grantedBy: invitedBy }),
    })
    await logEvent(trx, {
      serviceId,
      accountId,
      role: 'door',
      action: 'invitation.accept',
      outcome: 'done',
      detail: { grant: grantId, role, notice: noticeRead },
    })
    return { grantId, accountId }
  })
}

/** A nomination that was taken back takes the invitation with it; who has the role already only signs in anew. */
async function requireStillNominated(attune: Attune, invitation: Invitation): Promise<void> {
  if (invitation.role !== 'data-support') return
  const { databases, keyring } = attune
  const account = await withActor(databases.accounts, door, 'invite', (trx) => findAccountByEmail(trx, keyring, invitation.email))
  // A try that broke off gave the role to the account that was about to be made, which has the invitation's id.
  const accountId = account?.accountId ?? invitation.invitationId
  const held = await withReader(databases.attune, door, 'sign-in', (trx) => findGrants(trx, accountId))
  if (!held.some((grant) => grant.role === invitation.role && grant.serviceId === invitation.serviceId)) await requireNomination(attune, invitation)
}
