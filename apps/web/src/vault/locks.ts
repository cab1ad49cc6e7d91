// How a vault's data key is wrapped. The data key is 32 random bytes; each lock wraps it under a key derived from something only the
// person has: a passphrase (PBKDF2) or the secret of a passkey's PRF extension (WebAuthn Level 3, section 10.1.4; HKDF).
import { openBytes, sealBytes, type Place, type Sealed } from './sealing.ts'

export type PassphraseLock = {
  readonly kind: 'passphrase'
  readonly salt: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly wrapped: Sealed
}
export type PasskeyLock = {
  readonly kind: 'passkey'
  readonly credentialId: string
  readonly salt: Uint8Array<ArrayBuffer>
  readonly wrapped: Sealed
}
export type Lock = PassphraseLock | PasskeyLock

/** What opens a lock. `secret` is the 32 bytes of the passkey's PRF; it never leaves the device. */
export type LockSecret =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'passkey'; readonly credentialId: string; readonly secret: Uint8Array<ArrayBuffer> }

// OWASP Password Storage Cheat Sheet 2023: PBKDF2-HMAC-SHA256 with at least 600,000 rounds.
export const passphraseRounds = 600_000
const saltBytes = 32

export function newDataKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32))
}

/** Wraps a data key so that this secret, and nothing stored beside it, opens it again. */
export async function closeLock(vaultId: string, dataKey: Uint8Array<ArrayBuffer>, secret: LockSecret): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes))
  if (secret.kind === 'passphrase') {
    const wrapping = await fromPassphrase(secret.passphrase, salt, passphraseRounds)
    return { kind: 'passphrase', salt, rounds: passphraseRounds, wrapped: await sealBytes(wrapping, toPlace(vaultId, secret.kind), dataKey) }
  }
  const wrapping = await fromPasskey(secret.secret, salt)
  return { kind: 'passkey', credentialId: secret.credentialId, salt, wrapped: await sealBytes(wrapping, toPlace(vaultId, secret.kind), dataKey) }
}

/** The data key, or undefined when the secret is not the one of this lock. */
export async function openLock(vaultId: string, lock: Lock, secret: LockSecret): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const wrapping = await findWrappingKey(lock, secret)
  if (wrapping === undefined) return undefined
  return openBytes(wrapping, toPlace(vaultId, lock.kind), lock.wrapped).catch(() => undefined)
}

async function findWrappingKey(lock: Lock, secret: LockSecret): Promise<CryptoKey | undefined> {
  if (lock.kind === 'passphrase') return secret.kind === 'passphrase' ? fromPassphrase(secret.passphrase, lock.salt, lock.rounds) : undefined
  return secret.kind === 'passkey' && secret.credentialId === lock.credentialId ? fromPasskey(secret.secret, lock.salt) : undefined
}

const toPlace = (vaultId: string, kind: string): Place => [vaultId, 'lock', kind]

async function fromPassphrase(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  // Keyboards of different systems write the same accented letter in different ways.
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC').trim())
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

async function fromPasskey(secret: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode('attune-vault-1')
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}
