import type { Attune } from '../../attune.ts'
import { findSession, isSeenOld, noteSeen, type Session } from '../../store/accounts/sessions.ts'
import { withActor } from '../../store/with-actor.ts'

/** Somebody with a session. The grant in use is asked for apart, by routes that act on the programme. */
export type SignedIn = { readonly accountId: string; readonly session: Session }

/** Whose session a token opens, undefined when it is over or never was; notes that it was used. */
export async function findSignedIn({ databases, clock }: Attune, token: string): Promise<SignedIn | undefined> {
  const now = clock.now()
  const session = await findSession(databases.accounts, token, now)
  if (session === undefined) return undefined
  if (isSeenOld(session, now)) await withActor(databases.accounts, { role: 'door' }, 'sign-in', (trx) => noteSeen(trx, session.digest, now))
  return { accountId: session.accountId, session }
}
