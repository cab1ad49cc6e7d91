// Signing in, step by step. Status, body and time are the same for an address that we know and one that we do not (ASVS 6.3.8).
import type { SignIn } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findAccountByEmail, hashEmail, replacePasswordHash } from '../../store/accounts/accounts.ts'
import { findTotpSecret, useRecoveryCode, useTotpStep } from '../../store/accounts/factors.ts'
import { endSession, type Session } from '../../store/accounts/sessions.ts'
import { countTry, forgetTries, tryLimits } from '../../store/accounts/tries.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import { hashPassword, isCostOfToday, isPasswordRight } from './password.ts'
import { findHeld, startSession, type Started } from './start-session.ts'
import { findTotpStep } from './totp.ts'

const door = { role: 'door' } as const
const nobody = '00000000-0000-0000-0000-000000000000'

/** The first step. The session that it starts reaches only the second step and the setting up of one. */
export async function signInWithPassword(attune: Attune, { email, password }: SignIn, address: string): Promise<Started> {
  const { databases, keyring, clock } = attune
  const now = clock.now()
  const subject = hashEmail(keyring, email)
  // The tries are kept before the password is looked at, or a failed one would not count.
  const account = await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    const [found] = await Promise.all([
      findAccountByEmail(trx, keyring, email),
      countTry(trx, tryLimits.passwordPerAddress, keyring.lookupHash('address', '', address), now),
      countTry(trx, tryLimits.passwordPerAccount, subject, now),
    ])
    return found
  })
  // Asked for while the password is looked at; who has no account has no grants, which takes as long.
  const held = findHeld(attune, account?.accountId ?? nobody)
  held.catch(() => {})
  const right = await isPasswordRight(password, account?.passwordHash)
  if (account === undefined || !right || account.disabled) {
    await logRefusal(attune, account?.accountId, 'session.begin', 'password')
    raise('sign-in-failed')
  }
  const { accountId, passwordHash } = account
  const renewed = passwordHash === undefined || isCostOfToday(passwordHash) ? undefined : await hashPassword(password)
  return startSession(attune, {
    accountId,
    assurance: 'password',
    action: 'session.begin',
    held,
    async within(trx) {
      await forgetTries(trx, tryLimits.passwordPerAccount, subject)
      if (renewed !== undefined) await replacePasswordHash(trx, accountId, renewed)
    },
  })
}

/** The second step with a code of the authenticator app; in a full session it confirms that the person is still there. */
export async function confirmWithTotp(attune: Attune, session: Session, code: string): Promise<Started> {
  const { databases, keyring, clock } = attune
  const now = clock.now()
  await countCodeTry(attune, session.accountId)
  const accepted = await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    const secret = await findTotpSecret(trx, keyring, session.accountId, 'in-use', now)
    const step = secret === undefined ? undefined : findTotpStep(secret, code, now)
    return step !== undefined && (await useTotpStep(trx, session.accountId, step))
  })
  if (!accepted) {
    await logRefusal(attune, session.accountId, 'session.confirm', 'totp')
    raise('code-refused')
  }
  return confirmed(attune, session, 'totp')
}

/** The second step with a recovery code, when the phone is lost. */
export async function confirmWithRecoveryCode(attune: Attune, session: Session, code: string): Promise<Started> {
  const { databases, clock } = attune
  await countCodeTry(attune, session.accountId)
  const accepted = await withActor(databases.accounts, door, 'sign-in', (trx) => useRecoveryCode(trx, session.accountId, code, clock.now()))
  if (!accepted) {
    await logRefusal(attune, session.accountId, 'session.confirm', 'recovery')
    raise('code-refused')
  }
  return confirmed(attune, session, 'recovery')
}

/** Counts tries of codes per account, whatever the session: starting over does not start the count over. */
export async function countCodeTry({ databases, keyring, clock }: Attune, accountId: string): Promise<void> {
  const subject = keyring.lookupHash('account', '', accountId)
  await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    await Promise.all([countTry(trx, tryLimits.codePerDay, subject, clock.now()), countTry(trx, tryLimits.codePerAccount, subject, clock.now())])
  })
}

/** A right code wipes the count of wrong ones. */
export async function forgetCodeTries({ databases, keyring }: Attune, accountId: string): Promise<void> {
  const subject = keyring.lookupHash('account', '', accountId)
  await withActor(databases.accounts, door, 'sign-in', (trx) => forgetTries(trx, tryLimits.codePerAccount, subject))
}

function confirmed(attune: Attune, session: Session, factor: 'totp' | 'recovery'): Promise<Started> {
  return startSession(attune, {
    accountId: session.accountId,
    assurance: 'second-factor',
    factor,
    instead: session,
    action: 'session.confirm',
    within: (trx) => forgetTries(trx, tryLimits.codePerAccount, attune.keyring.lookupHash('account', '', session.accountId)),
  })
}

export async function signOut({ databases }: Attune, session: Session): Promise<void> {
  await withActor(databases.accounts, door, 'sign-in', (trx) => endSession(trx, session.digest))
  await withActor(databases.attune, door, 'sign-in', (trx) =>
    logEvent(trx, {
      serviceId: session.grantService ?? 'operator',
      accountId: session.accountId,
      role: 'door',
      action: 'session.end',
      outcome: 'done',
    }),
  )
}

/** Failed tries are events as well; an address that belongs to nobody leaves no trace of itself. */
export async function logRefusal({ databases }: Attune, accountId: string | undefined, action: string, step: string): Promise<void> {
  await withActor(databases.attune, door, 'sign-in', (trx) =>
    logEvent(trx, {
      serviceId: 'operator',
      ...(accountId !== undefined && { accountId }),
      role: 'door',
      action,
      outcome: 'refused',
      detail: { step },
    }),
  )
}
