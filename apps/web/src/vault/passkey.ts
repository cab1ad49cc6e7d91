// A passkey's PRF extension gives the same 32 secret bytes each time the person confirms, with no network: WebAuthn Level 3, 10.1.4.
import type { LockSecret } from './locks.ts'

// One salt for the whole app: the secret differs per passkey anyway, and signing in can ask for it before any vault is known.
const prfSalt = new TextEncoder().encode('attune-vault-prf-1')

/** What to add to a WebAuthn request so that its answer carries the secret. */
export const prfRequest = { prf: { eval: { first: prfSalt } } } as const

/** Reads the secret out of a WebAuthn answer, or undefined when this passkey or browser cannot give one. */
export function findPrfSecret(credentialId: string, results: AuthenticationExtensionsClientOutputs): LockSecret | undefined {
  const first = results.prf?.results?.first
  if (first === undefined) return undefined
  const secret = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer.slice(first.byteOffset, first.byteOffset + first.byteLength) as ArrayBuffer)
    : new Uint8Array(first.slice(0))
  return secret.length === 32 ? { kind: 'passkey', credentialId, secret } : undefined
}

export function isPasskeyPossible(): boolean {
  return typeof PublicKeyCredential === 'function' && window.isSecureContext
}

/**
 * Asks the person to confirm with a passkey and returns its secret; works offline, because nobody checks the signature: only the secret matters.
 * Undefined when the passkey cannot keep secrets. Raises what the browser raises when the person stops.
 */
export async function askPasskeySecret(credentialIds: readonly string[]): Promise<LockSecret | undefined> {
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: credentialIds.map((id) => ({ type: 'public-key', id: fromBase64Url(id) })),
      userVerification: 'required',
      extensions: prfRequest,
    },
  })
  if (!(credential instanceof PublicKeyCredential)) return undefined
  return findPrfSecret(credential.id, credential.getClientExtensionResults())
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
