// The ways to sign in. A passkey's own secret for the vault is taken out of the browser's answer before anything is sent.
import type { SessionView } from '@attune/contract'
import {
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { call } from '../api.ts'
import { findPrfSecret, prfRequest } from '../vault/passkey.ts'
import type { LockSecret } from '../vault/locks.ts'
import { takeSession } from './session.ts'

export type PasskeySignIn = { readonly view: SessionView; readonly secret: LockSecret | undefined }

/** Signs in with a passkey: both steps at once. Also gives what opens the vault, when the passkey can. */
export async function signInWithPasskey(): Promise<PasskeySignIn> {
  const { challengeId, options } = await call('POST /api/session/passkey/options')
  const optionsJSON = withPrf(options as unknown as PublicKeyCredentialRequestOptionsJSON)
  const answer = await startAuthentication({ optionsJSON })
  const secret = findPrfSecret(answer.id, answer.clientExtensionResults as AuthenticationExtensionsClientOutputs)
  const view = await call('POST /api/session/passkey', { body: { challengeId, response: withoutPrf(answer) } })
  takeSession(view)
  return { view, secret }
}

/** Makes a passkey for the person who is signed in, with room for a vault secret where the device can keep one. */
export async function addPasskey(name: string): Promise<SessionView> {
  const { challengeId, options } = await call('POST /api/factors/passkey/options')
  const asked = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const extensions = { ...asked.extensions, prf: {} } as NonNullable<PublicKeyCredentialCreationOptionsJSON['extensions']>
  const answer = await startRegistration({ optionsJSON: { ...asked, extensions } })
  const view = await call('POST /api/factors/passkey', { body: { challengeId, response: { ...answer, clientExtensionResults: {} }, name } })
  takeSession(view)
  return view
}

export async function signInWithPassword(email: string, password: string): Promise<void> {
  takeSession(await call('POST /api/session', { body: { email, password } }))
}

export async function enterCode(code: string): Promise<void> {
  takeSession(await call('POST /api/session/totp', { body: { code: code.trim() } }))
}

export async function enterRecoveryCode(code: string): Promise<void> {
  takeSession(await call('POST /api/session/recovery', { body: { code: code.trim() } }))
}

function withPrf(options: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptionsJSON {
  return { ...options, extensions: { ...options.extensions, ...prfRequest } as NonNullable<PublicKeyCredentialRequestOptionsJSON['extensions']> }
}

// The secret in the extension results would otherwise travel with the answer.
function withoutPrf(answer: AuthenticationResponseJSON): Record<string, unknown> {
  return { ...answer, clientExtensionResults: {} }
}
