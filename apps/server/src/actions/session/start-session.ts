// Starts a session and tells the device about it. A session that proves more replaces the one before: the old token stops working.
import type { SessionView } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findAccount, type Account } from '../../store/accounts/accounts.ts'
import type { AccountsTables, Assurance, FactorKind } from '../../store/accounts/accounts-tables.ts'
import { countFactors } from '../../store/accounts/factors.ts'
import { endSession, openSession, sessionLimits, type Session } from '../../store/accounts/sessions.ts'
import { findGrants, type ActiveGrant } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
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
    held,
    within,
  }: {
    accountId: string
    assurance: Assurance
    factor?: FactorKind
    /** When the person proved who they are, if that was not now. */
    confirmedAt?: Date
    instead?: Session | undefined
    action: string
    /** The grants that the account has, when they were asked for already (`findHeld`). */
    held?: Promise<readonly ActiveGrant[]>
    /** What else is written in the transaction that opens the session. */
    within?: (trx: Transaction<AccountsTables>) => Promise<void>
  },
): Promise<Started> {
  const { databases, keyring, clock } = attune
  const at = clock.now()
  const grants = await (held ?? findHeld(attune, accountId))
  const grant = grants.find(({ grantId }) => grantId === instead?.grantId) ?? grants[0]
  // Two databases, each with its own disk to wait for, so both at once. A session without its event opens nothing: its token is told after both.
  const [, started] = await Promise.all([
    withActor(databases.attune, door, 'sign-in', (trx) =>
      logEvent(trx, {
        serviceId: grants[0]?.serviceId ?? 'operator',
        accountId,
        role: 'door',
        action,
        outcome: 'done',
        detail: { assurance, ...(factor !== undefined && { factor }) },
      }),
    ),
    withActor(databases.accounts, door, 'sign-in', async (trx) => {
      // Sent without waiting for one another, answered in this order.
      const [, , token, account, factors] = await Promise.all([
        within?.(trx),
        instead === undefined ? undefined : endSession(trx, instead.digest),
        openSession(trx, {
          accountId,
          assurance,
          at,
          ...(confirmedAt !== undefined && { confirmedAt }),
          ...(factor !== undefined && { factor }),
          ...(grant !== undefined && { grantId: grant.grantId, grantService: grant.serviceId }),
        }),
        findAccount(trx, keyring, accountId),
        countFactors(trx, accountId),
      ])
      const endsAt = new Date(at.getTime() + (assurance === 'second-factor' ? sessionLimits.wholeMs : sessionLimits.passwordOnlyMs))
      return {
        token,
        view: present(attune, account ?? raise('not-signed-in'), { assurance, endsAt, grantId: grant?.grantId }, factors, grants),
      }
    }),
  ])
  return started
}

/** The grants that an account has today. */
export const findHeld = ({ databases, clock }: Attune, accountId: string): Promise<ActiveGrant[]> =>
  withReader(databases.attune, door, 'sign-in', (trx) => findGrants(trx, accountId, toLondonDay(clock.now())))

/** What the device is told about a session that exists. */
export async function describeSession(attune: Attune, session: Session): Promise<SessionView> {
  const grants = await findHeld(attune, session.accountId)
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
