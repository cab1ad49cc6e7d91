// The one door to encryption: AES-256-GCM of node:crypto with a fresh random nonce. What is sealed is bound to its place (key, table,
// row, client, field): moved anywhere else it does not open. Errors name the place, never the content.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hash,
  randomBytes,
  randomFillSync,
  type KeyObject,
} from 'node:crypto'
import { SealBroken } from '../../problems.ts'
import { keepRecent } from '../recent.ts'

// 2: a key of its own per table, derived from the key given (HKDF). 1: the key itself; still read, no longer written.
const version = 2
const versions = [1, 2]
const nonceBytes = 12
const tagBytes = 16

/** A key and its name. The name is authenticated with everything that the key seals. */
export type SealingKey = { readonly id: string; readonly bytes: Buffer }

/** Where a sealed value lives. `row` is the row's id, `client` the client it is about when it is about one. */
export type Place = { readonly table: string; readonly row: string; readonly field: string; readonly client?: string }

// What is derived from a key for tables lies beside it, seen by nobody else: a WeakMap of thousands of keys is gone through again in the pause of each collection.
const derivations = Symbol('derivations')
type Deriving = SealingKey & { [derivations]?: Map<string, Buffer> }

// Keys as OpenSSL wants them, the latest used. To import one takes less than sealing does, but not much less; and to hold one for every client in memory
// would hold thousands of things that collections have to ask OpenSSL about.
const imports = keepRecent<Buffer, KeyObject>(32)

function importKey(bytes: Buffer): KeyObject {
  const held = imports.find(bytes)
  if (held !== undefined) return held
  const secret = createSecretKey(bytes)
  imports.keep(bytes, secret)
  return secret
}

// Random bytes cost the same whether few or many are asked for: nonces are cut from a block, each piece once.
const nonces = Buffer.alloc(nonceBytes * 256)
let nextNonce = nonces.length
function takeNonce(): Buffer {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces)
    nextNonce = 0
  }
  return nonces.subarray(nextNonce, (nextNonce += nonceBytes))
}

/** A new random key. */
export function makeKey(id: string): SealingKey {
  return { id, bytes: randomBytes(32) }
}

/** Seals bytes for a place: version, nonce, ciphertext, tag; 29 bytes longer than what went in. */
export function seal(key: SealingKey, place: Place, content: Uint8Array): Buffer {
  const nonce = takeNonce()
  const cipher = createCipheriv('aes-256-gcm', keyFor(version, key, place), nonce)
  cipher.setAAD(boundTo(version, key, place))
  const sealed = Buffer.allocUnsafe(1 + nonceBytes + content.byteLength + tagBytes)
  sealed[0] = version
  sealed.set(nonce, 1)
  sealed.set(cipher.update(content), 1 + nonceBytes)
  // GCM keeps nothing back: this only works out the tag.
  cipher.final()
  sealed.set(cipher.getAuthTag(), sealed.length - tagBytes)
  return sealed
}

/** Opens what `seal` made for the same key and place. Throws SealBroken otherwise. */
export function open(key: SealingKey, place: Place, sealed: Uint8Array): Buffer {
  return openWith((version) => keyFor(version, key, place), key, place, sealed)
}

/** A key beside what is derived from it for one table. Whoever opens many values of the table keeps both, and derives once. */
export type TableKey = SealingKey & { readonly table: string; readonly derived: Buffer }

/** The key for values of a table: 32 bytes more to keep, and nothing to derive at each value. */
export function toTableKey(key: SealingKey, table: string): TableKey {
  return { ...key, table, derived: deriveKey(key, `seal ${table}`) }
}

/** Opens like `open` and keeps nothing of the key in memory: for many clients one after another, of whom each has few values. */
export function openOnce(key: SealingKey | TableKey, place: Place, sealed: Uint8Array): Buffer {
  const derived = 'derived' in key && key.table === place.table ? key.derived : undefined
  return openWith((version) => createSecretKey(version === 1 ? key.bytes : (derived ?? deriveKey(key, `seal ${place.table}`))), key, place, sealed)
}

// OpenSSL copies these before the call returns, so one place is enough for all.
const nonceRead = Buffer.alloc(nonceBytes)
const tagRead = Buffer.alloc(tagBytes)
const withTag = { authTagLength: tagBytes }

function openWith(secretFor: (version: number) => KeyObject, key: SealingKey, place: Place, sealed: Uint8Array): Buffer {
  const version = sealed[0]!
  const end = sealed.length - tagBytes
  if (end < 1 + nonceBytes || !versions.includes(version)) throw new SealBroken(place)
  for (let at = 0; at < nonceBytes; at++) nonceRead[at] = sealed[1 + at]!
  for (let at = 0; at < tagBytes; at++) tagRead[at] = sealed[end + at]!
  try {
    const decipher = createDecipheriv('aes-256-gcm', secretFor(version), nonceRead, withTag)
    decipher.setAAD(boundTo(version, key, place))
    decipher.setAuthTag(tagRead)
    const content = decipher.update(sealed.subarray(1 + nonceBytes, end))
    // GCM keeps nothing back: what is left to do is to compare the tag, which throws.
    decipher.final()
    return content
  } catch {
    throw new SealBroken(place)
  }
}

// What is sealed for one table shares no key with what is sealed for another.
function keyFor(version: number, key: Deriving, { table }: Place): KeyObject {
  if (version === 1) return importKey(key.bytes)
  const derived = (key[derivations] ??= new Map())
  let own = derived.get(table)
  if (own === undefined) derived.set(table, (own = deriveKey(key, `seal ${table}`)))
  return importKey(own)
}

// Where the place is written before OpenSSL reads it, which it does at once.
let bound = Buffer.alloc(1024)

// Every part is preceded by its length, so that no two places read the same.
function boundTo(version: number, key: SealingKey, { table, row, field, client = '' }: Place): Buffer {
  const most = 1 + 5 * 4 + 3 * (key.id.length + table.length + row.length + client.length + field.length)
  if (most > bound.length) bound = Buffer.alloc(2 * most)
  bound[0] = version
  return bound.subarray(0, bind(field, bind(client, bind(row, bind(table, bind(key.id, 1))))))
}

/** Writes a part and returns where the next one begins. */
function bind(text: string, at: number): number {
  const length = bound.write(text, at + 4)
  bound.writeUInt32BE(length, at)
  return at + 4 + length
}

/** A keyed hash that finds a text again without keeping it: HMAC-SHA-256 over the kind, the service and the text. */
export function keyedHash(key: SealingKey, kind: string, serviceId: string, text: string | Uint8Array): Buffer {
  return createHmac('sha256', importKey(key.bytes)).update(`${kind.length}:${kind}|${serviceId.length}:${serviceId}|`).update(text).digest()
}

/** SHA-256 of a random token: enough for tokens of 128 bits and more, which cannot be guessed. */
export function digestToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** A key of its own for one use, derived from another (HKDF-SHA-256, RFC 5869). */
export function deriveKey(from: SealingKey, use: string): Buffer {
  // One block of output: extract, then expand once. Put together from hashes at one go, it takes a quarter of what `hkdfSync` takes, and
  // opening a copy of a service's records does it for each client.
  const extracted = hmac(noSalt, from.bytes)
  return hmac(extracted, Buffer.from(`attune ${use}\x01`))
}

const noSalt = Buffer.alloc(32)
const blockBytes = 64
// What is hashed is put together here; nothing of it is needed after the call.
let inner = Buffer.alloc(4 * blockBytes)
const outer = Buffer.alloc(blockBytes + 32)

/** HMAC-SHA-256 (RFC 2104) with a key of one hash's length. */
function hmac(key: Buffer, text: Buffer): Buffer {
  const length = blockBytes + text.length
  if (length > inner.length) inner = Buffer.alloc(2 * length)
  mix(inner, 0x36, key)
  text.copy(inner, blockBytes)
  mix(outer, 0x5c, key)
  // As a string of bytes a digest costs less than half of one in a buffer of its own.
  outer.write(hash('sha256', inner.subarray(0, length), 'binary'), blockBytes, 'binary')
  return hash('sha256', outer, 'buffer')
}

function mix(into: Buffer, pad: number, key: Buffer): void {
  into.fill(pad, key.length, blockBytes)
  for (let at = 0; at < key.length; at++) into[at] = pad ^ key[at]!
}
