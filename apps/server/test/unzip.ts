// The files of a zip by name, read by its central directory as other programs do; sealed ones (AES-256, WinZip's AE-2) with the passphrase.
import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { crc32, inflateRawSync } from 'node:zlib'

export function unzip(bytes: Buffer, passphrase?: string): ReadonlyMap<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  const files = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const packed = bytes.readUInt32LE(at + 20)
    const local = bytes.readUInt32LE(at + 42)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const isSealed = (bytes.readUInt16LE(at + 8) & 1) === 1
    const part = bytes.subarray(begin, begin + packed)
    const content = inflateRawSync(isSealed ? unseal(part, name, passphrase) : part)
    if (!isSealed && crc32(content) !== bytes.readUInt32LE(at + 16)) throw new Error(`${name} does not match its checksum`)
    if (content.length !== bytes.readUInt32LE(at + 24)) throw new Error(`${name} is not as long as it says`)
    files.set(name, content)
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}

/** The files of a download, opened with the passphrase that its reply brought. */
export const unzipReply = (reply: { bytes: Buffer; headers: Record<string, unknown> }) =>
  unzip(reply.bytes, String(reply.headers['attune-passphrase']))

function unseal(part: Buffer, name: string, passphrase: string | undefined): Buffer {
  if (passphrase === undefined) throw new Error(`${name} is sealed`)
  const keys = pbkdf2Sync(passphrase, part.subarray(0, 16), 1_000, 66, 'sha1')
  if (!keys.subarray(64).equals(part.subarray(16, 18))) throw new Error(`${name} does not open with this passphrase`)
  const content = part.subarray(18, -10)
  const seal = createHmac('sha1', keys.subarray(32, 64)).update(content).digest().subarray(0, 10)
  if (!timingSafeEqual(seal, part.subarray(-10))) throw new Error(`${name} was changed`)
  const cipher = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null)
  const counter = Buffer.alloc(16)
  const opened = Buffer.from(content)
  for (let at = 0; at < opened.length; at += 16) {
    for (let place = 0; ++counter[place]! === 256; place++);
    const mixed = cipher.update(counter)
    for (let next = at; next < Math.min(at + 16, opened.length); next++) opened[next]! ^= mixed[next - at]!
  }
  return opened
}
