// The one place where bytes are sealed for the disk. AES-256-GCM with a fresh random nonce; the place a box belongs to is part of what is
// authenticated, so a box moved to another draft, person or kind does not open.

/** What lies on the disk: nothing in it can be read without the vault's key. */
export type Sealed = { readonly format: 1; readonly nonce: Uint8Array<ArrayBuffer>; readonly bytes: Uint8Array<ArrayBuffer> }

/** Where a box belongs: vault, kind, id and, for an attachment, its number. */
export type Place = readonly [vaultId: string, kind: string, id: string, part?: string]

/** The box does not open with this key at this place: wrong key, changed bytes, or moved. */
export class SealBroken extends Error {
  constructor(place: Place) {
    super(`A sealed ${place[1]} on this device does not open.`)
    this.name = 'SealBroken'
  }
}

const nonceBytes = 12

export async function sealBytes(key: CryptoKey, place: Place, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: toLabel(place) }, key, bytes)
  return { format: 1, nonce, bytes: new Uint8Array(sealed) }
}

export async function openBytes(key: CryptoKey, place: Place, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.nonce, additionalData: toLabel(place) }, key, sealed.bytes))
  } catch {
    throw new SealBroken(place)
  }
}

export async function sealValue(key: CryptoKey, place: Place, value: unknown): Promise<Sealed> {
  return sealBytes(key, place, new TextEncoder().encode(JSON.stringify(value)))
}

export async function openValue(key: CryptoKey, place: Place, sealed: Sealed): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, place, sealed)))
}

/** Makes the key that works in memory. It cannot be read out again, and it is never written to the disk: browsers store even such keys in the clear. */
export function toWorkingKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

// Lengths in front, so that no two places share a label.
function toLabel(place: Place): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`attune-vault-1|${place.map((part) => `${part?.length ?? 0}:${part ?? ''}`).join('|')}`)
}
