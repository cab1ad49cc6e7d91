// A passkey device in software, for tests: makes keys and signs challenges as a phone would, and can misbehave on request.
// WebAuthn level 3, sections 6.1 (authenticator data) and 6.5.1 (attestation object, format "none").
import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'

const userPresent = 0x01
const userVerified = 0x04
const attested = 0x40

export type DeviceOptions = { origin: string; rpId?: string; verifiesUser?: boolean; counter?: number }

export class PasskeyDevice {
  readonly id = randomBytes(16)
  readonly #privateKey: KeyObject
  readonly #publicKey: KeyObject
  #counter = 0

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#privateKey = privateKey
    this.#publicKey = publicKey
  }

  /** The reply to registration options. */
  register(challenge: string, { origin, rpId = new URL(origin).hostname, verifiesUser = true }: DeviceOptions): object {
    const { x, y } = this.#publicKey.export({ format: 'jwk' })
    // COSE key: kty EC2, alg ES256, crv P-256, x, y.
    const key = encode(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, 'base64url')],
        [-3, Buffer.from(y!, 'base64url')],
      ]),
    )
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const data = Buffer.concat([
      this.#head(rpId, userPresent | attested | (verifiesUser ? userVerified : 0), 0),
      Buffer.alloc(16),
      length,
      this.id,
      key,
    ])
    const attestation = encode(
      new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ]),
    )
    return this.#reply({
      clientDataJSON: clientData('webauthn.create', challenge, origin),
      attestationObject: text(attestation),
      transports: ['internal'],
    })
  }

  /** The reply to authentication options. */
  sign(challenge: string, { origin, rpId = new URL(origin).hostname, verifiesUser = true, counter = ++this.#counter }: DeviceOptions): object {
    const data = this.#head(rpId, userPresent | (verifiesUser ? userVerified : 0), counter)
    const client = clientData('webauthn.get', challenge, origin)
    const signed = Buffer.concat([data, createHash('sha256').update(Buffer.from(client, 'base64url')).digest()])
    const signature = createSign('SHA256').update(signed).sign(this.#privateKey)
    return this.#reply({ clientDataJSON: client, authenticatorData: text(data), signature: text(signature) })
  }

  #head(rpId: string, flags: number, counter: number): Buffer {
    const tail = Buffer.alloc(5)
    tail.writeUInt8(flags)
    tail.writeUInt32BE(counter, 1)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), tail])
  }

  #reply(response: object): object {
    return { id: text(this.id), rawId: text(this.id), type: 'public-key', clientExtensionResults: {}, response }
  }
}

const text = (bytes: Buffer): string => bytes.toString('base64url')
const clientData = (type: string, challenge: string, origin: string): string =>
  text(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })))

type Cbor = number | string | Buffer | Map<number, Cbor> | Map<string, Cbor>

/** The little of CBOR (RFC 8949) that WebAuthn needs. */
function encode(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, of]) => [encode(key), encode(of)])])
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.of((kind << 5) | size)
  if (size < 256) return Buffer.of((kind << 5) | 24, size)
  return Buffer.of((kind << 5) | 25, size >> 8, size & 255)
}
