import type { SessionView } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { chooseGrant as noteGrant, type Session } from '../../store/accounts/sessions.ts'
import { findGrants } from '../../store/grants.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { describeSession } from './start-session.ts'

const door = { role: 'door' } as const

/** The session acts under this grant from now on. Raises `not-found` for a grant of somebody else, and for one that gives nothing today. */
export async function chooseGrant(attune: Attune, session: Session, grantId: string): Promise<SessionView> {
  const { databases, clock } = attune
  const grants = await withReader(databases.attune, door, 'sign-in', (trx) => findGrants(trx, session.accountId, toLondonDay(clock.now())))
  const grant = grants.find((one) => one.grantId === grantId) ?? raise('not-found')
  await withActor(databases.accounts, door, 'sign-in', (trx) => noteGrant(trx, session.digest, grant))
  return describeSession(attune, { ...session, grantId: grant.grantId })
}
