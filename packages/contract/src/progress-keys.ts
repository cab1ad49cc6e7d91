// The keys with which devices sign the copy of a session that a practitioner keeps for the next one (docs/decisions/0011-signed-progress-copies.md).
import { Type, type Static } from 'typebox'
import { closed } from './words.ts'

// One coordinate of a point of the curve P-256: 32 bytes in base64url.
const Coordinate = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

/** The public half of a device's key. The private half never leaves the device. */
export const DeviceKeyNew = closed({ x: Coordinate, y: Coordinate })
export type DeviceKeyNew = Static<typeof DeviceKeyNew>

/** A key of the server by which a certificate is checked. `keyId` names its year. */
export const CopyKey = closed({ keyId: Type.String(), x: Coordinate, y: Coordinate })
export type CopyKey = Static<typeof CopyKey>

/** `text` is the JSON of a DeviceCertificate, byte for byte as it was signed (ECDSA, P-256, SHA-256); `keys` are all keys that count now. */
export const DeviceKeyCertified = closed({
  certificate: closed({ text: Type.String(), signature: Type.String({ description: 'base64url, IEEE P1363' }) }),
  keys: Type.Array(CopyKey),
})
export type DeviceKeyCertified = Static<typeof DeviceKeyCertified>

/** What the server says about a device's key: whose service it is and until which day it may sign. No person is named. */
export type DeviceCertificate = {
  readonly format: 'attune-device-key-1'
  readonly programmeId: string
  readonly serviceId: string
  readonly keyId: string
  readonly x: string
  readonly y: string
  readonly until: string
}
