import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findAccount } from '../../store/accounts/accounts.ts'
import { countFactors } from '../../store/accounts/factors.ts'
import { removeLink } from '../../store/accounts/provider-links.ts'
import { endSessionsOf, type Session } from '../../store/accounts/sessions.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Started } from '../session/start-session.ts'
import { putLetter, requireConfirmed, startChanged } from './enrol.ts'

/** The sign-in of an organisation opens this account no longer, at once. Raises `last-way-in` when nothing else would. */
export async function disconnectProvider(attune: Attune, session: Session): Promise<Started> {
  if (session.assurance !== 'second-factor') raise('second-factor-needed')
  await requireConfirmed(attune, session)
  const change = { action: 'factor.remove', factor: 'provider' } as const
  const letterId = await withActor(attune.databases.accounts, { role: 'door' }, 'sign-in', async (trx) => {
    const account = (await findAccount(trx, attune.keyring, session.accountId)) ?? raise('not-signed-in')
    const { passkeys, totp } = await countFactors(trx, session.accountId)
    if (passkeys === 0 && !(totp && account.passwordHash !== undefined)) raise('last-way-in')
    if (!(await removeLink(trx, session.accountId))) raise('not-found')
    await endSessionsOf(trx, session.accountId)
    return putLetter(attune, trx, session.accountId, change)
  })
  return startChanged(attune, session, change, letterId)
}
