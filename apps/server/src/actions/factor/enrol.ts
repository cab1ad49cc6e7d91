// Setting up second steps. The first one may be set up after the password alone; any other needs a full sign-in from the last five minutes
// (ASVS 7.5.1). Whoever is signed in elsewhere is signed out (ASVS 7.4.3), and the person gets a letter.
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findAccount } from '../../store/accounts/accounts.ts'
import { beginTotp, confirmTotp, countFactors, findTotpSecret, hasFactor, renewRecoveryCodes } from '../../store/accounts/factors.ts'
import { endSessionsOf, sessionLimits, type Session } from '../../store/accounts/sessions.ts'
import { logEvent } from '../../store/log-event.ts'
import type { AccountsTables } from '../../store/accounts/accounts-tables.ts'
import { withActor, type Transaction } from '../../store/with-actor.ts'
import { writeLetter } from '../mail/write-letter.ts'
import { beginPasskeyEnrolment, finishPasskeyEnrolment, type Challenge } from '../session/passkey.ts'
import { countCodeTry, forgetCodeTries } from '../session/sign-in.ts'
import { startSession, type Started } from '../session/start-session.ts'
import { findTotpStep, makeTotpSecret, toTotpUri } from '../session/totp.ts'

const door = { role: 'door' } as const

/** Raises unless the session may change how its account signs in. */
export async function requireConfirmed({ databases, clock }: Attune, session: Session): Promise<void> {
  if (session.assurance === 'second-factor') {
    if (clock.now().getTime() - session.confirmedAt.getTime() > sessionLimits.confirmedMs) raise('step-up-needed')
    return
  }
  const factors = await withActor(databases.accounts, door, 'sign-in', (trx) => countFactors(trx, session.accountId))
  // A password does not get past an organisation's sign-in that was connected.
  if (hasFactor(factors) || (factors.provider && session.factor !== 'provider')) raise('second-factor-needed')
}

export async function beginTotpEnrolment(attune: Attune, session: Session): Promise<{ secret: string; uri: string }> {
  await requireConfirmed(attune, session)
  const { databases, keyring, clock, programme } = attune
  const secret = makeTotpSecret()
  const account = await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    await beginTotp(trx, keyring, session.accountId, secret, clock.now())
    return (await findAccount(trx, keyring, session.accountId)) ?? raise('not-signed-in')
  })
  return { secret, uri: toTotpUri(secret, account.email, issuerOf(programme.policy.operator.name)) }
}

/** Takes the app into use with its first code; gives the recovery codes, once, and a new full session. */
export async function confirmTotpEnrolment(attune: Attune, session: Session, code: string): Promise<Started & { recoveryCodes: string[] }> {
  await requireConfirmed(attune, session)
  const { databases, keyring, clock } = attune
  const now = clock.now()
  await countCodeTry(attune, session.accountId)
  const change = { action: 'factor.add', factor: 'totp' } as const
  const { recoveryCodes, letterId } = await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    const secret = await findTotpSecret(trx, keyring, session.accountId, 'pending', now)
    const step = secret === undefined ? undefined : findTotpStep(secret, code, now)
    if (step === undefined) return raise('code-refused')
    await confirmTotp(trx, session.accountId, step, now)
    await endSessionsOf(trx, session.accountId)
    return { recoveryCodes: await renewRecoveryCodes(trx, session.accountId), letterId: await putLetter(attune, trx, session.accountId, change) }
  })
  await forgetCodeTries(attune, session.accountId)
  return { recoveryCodes, ...(await startChanged(attune, session, change, letterId)) }
}

export async function beginPasskey(attune: Attune, session: Session, origin: string): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON>> {
  await requireConfirmed(attune, session)
  return beginPasskeyEnrolment(attune, session, origin, issuerOf(attune.programme.policy.operator.name))
}

/** Takes a passkey into use and gives a new full session: it has just been used with finger, face or PIN. */
export async function confirmPasskey(
  attune: Attune,
  session: Session,
  reply: { challengeId: string; response: unknown; name: string },
  origin: string,
): Promise<Started> {
  await requireConfirmed(attune, session)
  const change = { action: 'factor.add', factor: 'passkey' } as const
  const letterId = await finishPasskeyEnrolment(attune, session, reply, origin, async (trx) => {
    await endSessionsOf(trx, session.accountId)
    return putLetter(attune, trx, session.accountId, change)
  })
  return startChanged(attune, session, change, letterId)
}

type Change = { readonly action: 'factor.add' | 'factor.remove'; readonly factor: 'totp' | 'passkey' | 'provider' }

/** Puts the letter about a change into the outbox, with the change itself: whoever is robbed of an account hears of it whatever happens next. */
export async function putLetter(attune: Attune, trx: Transaction<AccountsTables>, accountId: string, { action, factor }: Change): Promise<string> {
  const account = (await findAccount(trx, attune.keyring, accountId)) ?? raise('not-signed-in')
  const parts = [
    `${sentences[action][factor]} You were signed out everywhere else.`,
    'If this was you, there is nothing to do. If it was not, tell your service lead now.',
  ]
  return attune.mail.put(trx, writeLetter(attune, { to: account.email, subject: 'sign-in-changed', name: account.displayName, parts }))
}

/** A new session after a change to how the account signs in; logs the change and sends the letter about it. */
export async function startChanged(attune: Attune, session: Session, { action, factor }: Change, letterId: string): Promise<Started> {
  await withActor(attune.databases.attune, door, 'sign-in', (trx) =>
    logEvent(trx, {
      serviceId: session.grantService ?? 'operator',
      accountId: session.accountId,
      role: 'door',
      action,
      outcome: 'done',
      detail: { factor },
    }),
  )
  const started = await startSession(attune, {
    accountId: session.accountId,
    assurance: 'second-factor',
    factor: action === 'factor.add' ? factor : (session.factor ?? 'passkey'),
    instead: session,
    action: 'session.confirm',
  })
  await attune.mail.deliver(letterId)
  return started
}

const sentences = {
  'factor.add': {
    totp: 'A new authenticator app was added to your Attune account.',
    passkey: 'A new passkey was added to your Attune account.',
    provider: 'The sign-in of your organisation was connected to your Attune account.',
  },
  'factor.remove': {
    totp: 'The authenticator app was taken from your Attune account.',
    passkey: 'A passkey was taken from your Attune account.',
    provider: 'The sign-in of your organisation was disconnected from your Attune account.',
  },
} as const satisfies Record<Change['action'], Record<Change['factor'], string>>

/** Shown by the authenticator app beside the address. A colon would end the name there. */
const issuerOf = (operator: string): string => `Attune (${operator.replaceAll(':', ' ')})`
