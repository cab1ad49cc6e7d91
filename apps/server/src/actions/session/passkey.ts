// Passkeys, WebAuthn level 3. A passkey with user verification is both steps at once: something one has, and a finger, face or PIN. The
// challenge lives in the database, answers once and for five minutes.
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { addChallenge, addPasskey, findPasskey, findPasskeys, notePasskeyUse, takeChallenge } from '../../store/accounts/factors.ts'
import { findAccount } from '../../store/accounts/accounts.ts'
import type { Session } from '../../store/accounts/sessions.ts'
import type { AccountsTables } from '../../store/accounts/accounts-tables.ts'
import { withActor, type Transaction } from '../../store/with-actor.ts'
import { logRefusal } from './sign-in.ts'
import { startSession, type Started } from './start-session.ts'

const door = { role: 'door' } as const
// Loaded on first use: it brings certificate parsers that most requests never need.
const library = () => import('@simplewebauthn/server')

export type Challenge<Options> = { challengeId: string; options: Options }

export async function beginPasskeySignIn({ databases, clock }: Attune, origin: string): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON>> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({ rpID: new URL(origin).hostname, userVerification: 'required', timeout: 300_000 })
  const challengeId = await withActor(databases.accounts, door, 'sign-in', (trx) =>
    addChallenge(trx, { kind: 'sign-in', challenge: options.challenge, at: clock.now() }),
  )
  return { challengeId, options }
}

/** Signs in with a passkey, or confirms the session when it is the same person's. */
export async function signInWithPasskey(
  attune: Attune,
  { challengeId, response }: { challengeId: string; response: unknown },
  origin: string,
  session: Session | undefined,
): Promise<Started> {
  const { databases, clock } = attune
  const now = clock.now()
  const reply = response as AuthenticationResponseJSON
  const { challenge, passkey } = await withActor(databases.accounts, door, 'sign-in', async (trx) => ({
    challenge: await takeChallenge(trx, { challengeId, kind: 'sign-in', now }),
    passkey: typeof reply.id === 'string' ? await findPasskey(trx, reply.id) : undefined,
  }))
  const counter = challenge === undefined || passkey === undefined ? undefined : await verified()
  if (passkey === undefined || counter === undefined) {
    await logRefusal(attune, passkey?.accountId, 'session.begin', 'passkey')
    raise('passkey-refused')
  }
  await withActor(databases.accounts, door, 'sign-in', async (trx) => {
    if ((await findAccount(trx, attune.keyring, passkey.accountId))?.disabled !== false) raise('passkey-refused')
    await notePasskeyUse(trx, passkey.credentialId, counter, now)
  })
  const instead = session?.accountId === passkey.accountId ? session : undefined
  return startSession(attune, {
    accountId: passkey.accountId,
    assurance: 'second-factor',
    factor: 'passkey',
    instead,
    action: instead === undefined ? 'session.begin' : 'session.confirm',
  })

  async function verified(): Promise<number | undefined> {
    const { verifyAuthenticationResponse } = await library()
    try {
      const { verified: fits, authenticationInfo } = await verifyAuthenticationResponse({
        response: reply,
        expectedChallenge: challenge!,
        expectedOrigin: origin,
        expectedRPID: new URL(origin).hostname,
        requireUserVerification: true,
        credential: {
          id: passkey!.credentialId,
          publicKey: new Uint8Array(passkey!.publicKey),
          counter: passkey!.counter,
          transports: passkey!.transports as AuthenticatorTransport[],
        },
      })
      return fits ? authenticationInfo.newCounter : undefined
    } catch {
      // The library throws for every way in which a response may be wrong, a counter that went back (a copied passkey) among them.
      return undefined
    }
  }
}

export async function beginPasskeyEnrolment(
  { databases, keyring, clock }: Attune,
  session: Session,
  origin: string,
  issuer: string,
): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON>> {
  const { generateRegistrationOptions } = await library()
  const { account, passkeys } = await withActor(databases.accounts, door, 'sign-in', async (trx) => ({
    account: (await findAccount(trx, keyring, session.accountId)) ?? raise('not-signed-in'),
    passkeys: await findPasskeys(trx, session.accountId),
  }))
  const options = await generateRegistrationOptions({
    rpName: issuer,
    rpID: new URL(origin).hostname,
    userID: new Uint8Array(Buffer.from(session.accountId.replaceAll('-', ''), 'hex')),
    userName: account.email,
    userDisplayName: account.displayName,
    attestationType: 'none',
    timeout: 300_000,
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports: transports as AuthenticatorTransport[] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const challengeId = await withActor(databases.accounts, door, 'sign-in', (trx) =>
    addChallenge(trx, { kind: 'enrol', accountId: session.accountId, challenge: options.challenge, at: clock.now() }),
  )
  return { challengeId, options }
}

/** Adds a passkey to the account of the session. */
export async function finishPasskeyEnrolment<Result>(
  { databases, keyring, clock }: Attune,
  session: Session,
  { challengeId, response, name }: { challengeId: string; response: unknown; name: string },
  origin: string,
  alongside: (trx: Transaction<AccountsTables>) => Promise<Result>,
): Promise<Result> {
  const { verifyRegistrationResponse } = await library()
  const now = clock.now()
  const challenge = await withActor(databases.accounts, door, 'sign-in', (trx) =>
    takeChallenge(trx, { challengeId, kind: 'enrol', accountId: session.accountId, now }),
  )
  if (challenge === undefined) raise('passkey-refused')
  const reply = response as RegistrationResponseJSON
  const result = await verifyRegistrationResponse({
    response: reply,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (result?.verified !== true) raise('passkey-refused')
  const { credential } = result.registrationInfo
  const passkey = {
    credentialId: credential.id,
    accountId: session.accountId,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
  }
  return withActor(databases.accounts, door, 'sign-in', async (trx) => {
    await addPasskey(trx, keyring, passkey, name, now)
    return alongside(trx)
  })
}
