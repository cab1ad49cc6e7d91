// Keys that sign, derived from a key of the keyring. P-256, because every browser of the last years can check it.
import { createECDH, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { deriveKey, type SealingKey } from './seal.ts'

export type SigningKey = {
  /** Both coordinates of the public point, base64url. */
  readonly x: string
  readonly y: string
  /** ECDSA with SHA-256 over the text, base64url in the form that WebCrypto knows (IEEE P1363). */
  sign(text: string): string
}

/** The signing key of one use; always the same for the same key and use. */
export function deriveSigningKey(from: SealingKey, use: string): SigningKey {
  const { secret, x, y } = toPair(from, use)
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: secret.toString('base64url'), x, y }, format: 'jwk' })
  return { x, y, sign: (text) => signText(key, text) }
}

/** True when both numbers are a point of the curve. */
export function isPublicPoint({ x, y }: { readonly x: string; readonly y: string }): boolean {
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

// A private number of P-256 is 1 to n-1. All but one in 2^32 derived ones are; the next one counts instead.
function toPair(from: SealingKey, use: string): { secret: Buffer; x: string; y: string } {
  for (let round = 0; ; round++) {
    const curve = createECDH('prime256v1')
    const secret = deriveKey(from, round === 0 ? use : `${use} ${round}`)
    try {
      curve.setPrivateKey(secret)
    } catch {
      continue
    }
    const point = curve.getPublicKey()
    return { secret, x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
  }
}

function signText(key: KeyObject, text: string): string {
  return sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}
