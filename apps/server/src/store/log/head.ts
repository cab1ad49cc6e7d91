// The head of the log: what is signed after each batch and anchored elsewhere. Whoever has one can tell later whether the log before it changed.
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { hashLeaf } from './merkle.ts'

export type Head = {
  readonly batch: number
  readonly sealedAt: string
  /** Events in this batch, and in all so far. */
  readonly events: number
  readonly total: number
  readonly batchRoot: string
  readonly treeRoot: string
}
export type SignedHead = Head & { readonly log: string; readonly publicKey: string; readonly signature: string }

export type HeadSigner = {
  /** Name of the log: the first half of its public key's hash. */
  readonly log: string
  readonly publicKey: string
  readonly sign: (head: Head) => Buffer
  readonly verify: (head: Head, signature: Uint8Array) => boolean
  /** Signs that batches sealed before an instant were due to lose their events, and checks that. */
  readonly signEnd: (keptSince: Date) => Buffer
  readonly verifyEnd: (keptSince: Date, signature: Uint8Array) => boolean
}

// The fixed beginnings of an Ed25519 key in DER (RFC 8410).
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The signer whose key follows from 32 secret bytes. */
export function openSigner(seed: Buffer): HeadSigner {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length)
  const log = nameOf(publicKey)
  return {
    log,
    publicKey: publicKey.toString('base64'),
    sign: (head) => sign(null, toSigned(log, head), key),
    verify: (head, signature) => verify(null, toSigned(log, head), readPublicKey(publicKey), signature),
    signEnd: (keptSince) => sign(null, toSignedEnd(log, keptSince), key),
    verifyEnd: (keptSince, signature) => verify(null, toSignedEnd(log, keptSince), readPublicKey(publicKey), signature),
  }
}

/** Whether a head from elsewhere carries the signature of the key that it names, and the name of that key's log. */
export function isSigned({ log, publicKey, signature, ...head }: SignedHead): boolean {
  const key = Buffer.from(publicKey, 'base64')
  return key.length === 32 && log === nameOf(key) && verify(null, toSigned(log, head), readPublicKey(key), Buffer.from(signature, 'base64'))
}

/** What a batch adds to the tree of batches: everything about it except the tree's root. */
export function hashBatch({ batch, sealedAt, events, total, batchRoot }: Omit<Head, 'treeRoot'>): Buffer {
  return hashLeaf(Buffer.from(`attune batch 1\n${batch}\n${sealedAt}\n${events}\n${total}\n${batchRoot}`))
}

function toSigned(log: string, { batch, sealedAt, events, total, batchRoot, treeRoot }: Head): Buffer {
  return Buffer.from(`attune log head 1\n${log}\n${batch}\n${sealedAt}\n${events}\n${total}\n${batchRoot}\n${treeRoot}\n`)
}

const toSignedEnd = (log: string, keptSince: Date): Buffer => Buffer.from(`attune log end 1\n${log}\n${keptSince.toISOString()}\n`)

const nameOf = (publicKey: Uint8Array): string => createHash('sha256').update(publicKey).digest('hex').slice(0, 32)

const readPublicKey = (raw: Uint8Array): KeyObject => createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' })
