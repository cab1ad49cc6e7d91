// For somebody who has lost password and second step alike: takes away every way in and sends a new invitation to the address. Whoever asks for it
// must have made sure who is asking; the log keeps that it happened.
import { tell } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findAccountByEmail } from '../../store/accounts/accounts.ts'
import { removeFactors } from '../../store/accounts/factors.ts'
import { endSessionsOf } from '../../store/accounts/sessions.ts'
import { findGrants } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { invite, type Inviter } from '../invitation/invite.ts'

const door = { role: 'door' } as const

/** Removes password, authenticator app, recovery codes and passkeys, signs out everywhere, and invites anew to a role that the person has. */
export async function resetSignIn(
  attune: Attune,
  { email, by, origin }: { email: string; by: Inviter; origin: string },
): Promise<{ link: string; endsAt: Date; sent: boolean }> {
  const { databases, keyring } = attune
  const account = (await withActor(databases.accounts, door, 'sign-in', (trx) => findAccountByEmail(trx, keyring, email))) ?? raise('not-found')
  const [grant] = await withReader(databases.attune, door, 'sign-in', (trx) => findGrants(trx, account.accountId))
  if (grant === undefined) raise('not-found', tell('sign-in.no-role'))
  // Invited first: where that is refused, an address that the service no longer takes say, the person keeps the way in that they have.
  const invited = await invite(attune, { email: account.email, role: grant.role, serviceId: grant.serviceId, by, origin })
  await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    await removeFactors(trx, account.accountId)
    await endSessionsOf(trx, account.accountId)
  })
  await withActor(databases.attune, door, 'sign-in', (trx) =>
    logEvent(trx, {
      serviceId: grant.serviceId,
      accountId: by.accountId ?? account.accountId,
      role: by.role,
      action: 'factor.reset',
      outcome: 'done',
      detail: { account: account.accountId },
    }),
  )
  return invited
}
