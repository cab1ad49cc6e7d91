// Signing and checking copies on the device, with no network (docs/decisions/0011-signed-progress-copies.md). The server certified the device's
// key while there was a connection; a copy carries the certificate, so any device of the same service can check it.
import type { CopyKey, DeviceCertificate, DeviceKeyCertified } from '@attune/contract'
import { parseProgressCopy, type ProgressCopy } from './progress-copy.ts'

/** What the vault keeps, sealed: the device's own key, the server's word on it, and the server's keys of these years. */
export type CopyKeys = DeviceKeyCertified & { readonly privateKey: JsonWebKey }

export type SignedCopy = {
  readonly format: 'attune-progress-1'
  /** JSON of a ProgressCopy, byte for byte as it was signed. */
  readonly copy: string
  readonly signature: string
  readonly certificate: DeviceKeyCertified['certificate']
}

export const copyRefusals = [
  'not-a-copy',
  'too-large',
  'newer',
  'unknown-key',
  'changed',
  'expired',
  'other-programme',
  'other-service',
  'other-client',
  'not-ready',
] as const
export type CopyRefusal = (typeof copyRefusals)[number]
export type CopyVerdict = { readonly copy: ProgressCopy } | { readonly refused: CopyRefusal }

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const

export async function newDeviceKey(): Promise<{ privateKey: JsonWebKey; x: string; y: string }> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const privateKey = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { privateKey, x: privateKey.x ?? '', y: privateKey.y ?? '' }
}

export function readCertificate({ certificate }: Pick<DeviceKeyCertified, 'certificate'>): DeviceCertificate {
  return JSON.parse(certificate.text) as DeviceCertificate
}

export async function signCopy(copy: ProgressCopy, { privateKey, certificate }: CopyKeys): Promise<SignedCopy> {
  const key = await crypto.subtle.importKey('jwk', privateKey, curve, false, ['sign'])
  const text = JSON.stringify(copy)
  const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(text))
  return { format: 'attune-progress-1', copy: text, signature: toBase64Url(signature), certificate }
}

/**
 * Decides whether a saved copy may be used here: whole, of this programme and service, and of the client whose code is `code` when one is known.
 */
export async function checkCopy(json: string, keys: CopyKeys, code?: string): Promise<CopyVerdict> {
  const signed = parseSigned(json)
  if (typeof signed === 'string') return { refused: signed }
  const certificate = parseCertificate(signed.certificate.text)
  if (certificate === undefined) return { refused: 'changed' }
  const authority = keys.keys.find(({ keyId }) => keyId === certificate.keyId)
  if (authority === undefined) return { refused: 'unknown-key' }
  if (!(await isSigned(authority, signed.certificate.text, signed.certificate.signature))) return { refused: 'unknown-key' }
  if (!(await isSigned(certificate, signed.copy, signed.signature))) return { refused: 'changed' }
  const copy = parseProgressCopy(JSON.parse(signed.copy))
  if (copy === undefined) return { refused: 'newer' }
  const own = readCertificate(keys)
  if (certificate.programmeId !== own.programmeId || copy.programmeId !== own.programmeId) return { refused: 'other-programme' }
  if (certificate.serviceId !== own.serviceId) return { refused: 'other-service' }
  if (copy.madeOn > certificate.until) return { refused: 'expired' }
  if (code !== undefined && code !== copy.code) return { refused: 'other-client' }
  return { copy }
}

function parseSigned(json: string): SignedCopy | CopyRefusal {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return 'changed'
  }
  if (typeof value !== 'object' || value === null || !('format' in value)) return 'not-a-copy'
  const { format, copy, signature, certificate } = value as Partial<Record<keyof SignedCopy, unknown>>
  if (format !== 'attune-progress-1') return typeof format === 'string' && format.startsWith('attune-progress-') ? 'newer' : 'not-a-copy'
  if (typeof copy !== 'string' || typeof signature !== 'string' || typeof certificate !== 'object' || certificate === null) return 'changed'
  const { text, signature: certified } = certificate as Record<string, unknown>
  if (typeof text !== 'string' || typeof certified !== 'string') return 'changed'
  return { format, copy, signature, certificate: { text, signature: certified } }
}

function parseCertificate(text: string): DeviceCertificate | undefined {
  try {
    const value = JSON.parse(text) as DeviceCertificate
    return value.format === 'attune-device-key-1' ? value : undefined
  } catch {
    return undefined
  }
}

async function isSigned({ x, y }: Pick<CopyKey, 'x' | 'y'>, text: string, signature: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, curve, false, ['verify'])
    return await crypto.subtle.verify(algorithm, key, fromBase64Url(signature), new TextEncoder().encode(text))
  } catch {
    return false
  }
}

function toBase64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}
