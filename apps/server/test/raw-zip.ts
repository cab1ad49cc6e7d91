// Archives as a stranger may make them: any names, sizes that lie, flags that make no sense.
import { crc32, deflateRawSync } from 'node:zlib'

export type RawPart = {
  readonly name: string
  readonly content: string | Buffer
  /** What the archive claims the part unpacks to, where that is not the truth. */
  readonly claims?: number
  readonly flags?: number
  /** Packed bytes, where they are not the deflated content. */
  readonly packed?: Buffer
}

export function toRawZip(parts: readonly RawPart[], { entries = parts.length }: { entries?: number } = {}): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, claims, flags = 0x0800, packed } of parts) {
    const bytes = Buffer.from(content)
    const body = packed ?? deflateRawSync(bytes)
    const title = Buffer.from(name)
    const facts = numbers(
      [2, 20],
      [2, flags],
      [2, 8],
      [4, 0x58210000],
      [4, crc32(bytes)],
      [4, body.length],
      [4, claims ?? bytes.length],
      [2, title.length],
    )
    pieces.push(numbers([4, 0x04034b50]), facts, numbers([2, 0]), title, body)
    directory.push(numbers([4, 0x02014b50], [2, 20]), facts, numbers([2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), title)
    offset += 4 + facts.length + 2 + title.length + body.length
  }
  const central = Buffer.concat(directory)
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, entries], [2, entries], [4, central.length], [4, offset], [2, 0])
  return Buffer.concat([...pieces, central, end])
}

function numbers(...all: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    all.map(([length, value]) => {
      const bytes = Buffer.alloc(length)
      if (length === 2) bytes.writeUInt16LE(value & 0xffff)
      else bytes.writeUInt32LE(value >>> 0)
      return bytes
    }),
  )
}
