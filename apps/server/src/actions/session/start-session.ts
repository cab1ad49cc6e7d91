// Starts a session and tells the device about it. A session that proves more replaces the one before: the old token stops working.
import type { SessionView } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findAccount, type Account } from '../../store/accounts/accounts.ts'
import type { Assurance, FactorKind } from '../../store/accounts/accounts-tables.ts'
import { countFactors } from '../../store/accounts/factors.ts'
import { endSession, openSession, sessionLimits, type Session } from '../../store/accounts/sessions.ts'
import { findGrants, type ActiveGrant } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'

const door = { role: 'door' } as const

export type Started = { token: string; view: SessionView }

/** Opens a session for the account, ends `instead`, and logs it as `action`. */
export async function startSession(
  attune: Attune,
  {
    accountId,
    assurance,
    factor,
    confirmedAt,
    instead,
    action,
  }: {
    accountId: string
    assurance: Assurance
    factor?: FactorKind
    /** When the person proved who they are, if that was not now. */
    confirmedAt?: Date
    instead?: Session | undefined
    action: string
  },
): Promise<Started> {
  const at = attune.clock.now()
  const grants = await withActor(attune.databases.attune, door, 'sign-in', async (trx) => {
    const held = await findGrants(trx, accountId, toLondonDay(at))
    await logEvent(trx, {
      serviceId: held[0]?.serviceId ?? 'operator',
      accountId,
      role: 'door',
      action,
      outcome: 'done',
      detail: { assurance, ...(factor !== undefined && { factor }) },
    })
    return held
  })
  const grant = grants.find(({ grantId }) => grantId === instead?.grantId) ?? grants[0]
  return withActor(attune.databases.accounts, door, 'sign-in', async (trx) => {
    if (instead !== undefined) await endSession(trx, instead.digest)
    const token = await openSession(trx, {
      accountId,
      assurance,
      at,
      ...(confirmedAt !== undefined && { confirmedAt }),
      ...(factor !== undefined && { factor }),
      ...(grant !== undefined && { grantId: grant.grantId, grantService: grant.serviceId }),
    })
    const account = (await findAccount(trx, attune.keyring, accountId)) ?? raise('not-signed-in')
    const endsAt = new Date(at.getTime() + (assurance === 'second-factor' ? sessionLimits.wholeMs : sessionLimits.passwordOnlyMs))
    return { token, view: present(attune, account, { assurance, endsAt, grantId: grant?.grantId }, await countFactors(trx, accountId), grants) }
  })
}

/** What the device is told about a session that exists. */
export async function describeSession(attune: Attune, session: Session): Promise<SessionView> {
  const grants = await withReader(attune.databases.attune, door, 'sign-in', (trx) =>
    findGrants(trx, session.accountId, toLondonDay(attune.clock.now())),
  )
  return withActor(attune.databases.accounts, door, 'sign-in', async (trx) => {
    const account = (await findAccount(trx, attune.keyring, session.accountId)) ?? raise('not-signed-in')
    return present(attune, account, session, await countFactors(trx, session.accountId), grants)
  })
}

function present(
  { mode }: Attune,
  { accountId, displayName, email }: Account,
  { assurance, endsAt, grantId }: { assurance: Assurance; endsAt: Date; grantId: string | undefined },
  factors: SessionView['factors'],
  grants: readonly ActiveGrant[],
): SessionView {
  // Before the second step nothing is shown that only the person may know.
  const full = assurance === 'second-factor'
  return {
    accountId,
    displayName,
    email,
    assurance,
    factors,
    grants: full ? [...grants] : [],
    grantId: full && grants.some((grant) => grant.grantId === grantId) ? grantId! : null,
    endsAt: endsAt.toISOString(),
    demo: mode === 'demo',
  }
}
