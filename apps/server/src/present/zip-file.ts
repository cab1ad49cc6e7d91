// Writes a zip file as its parts come, so that a download never lies uncompressed in memory. Compression runs off the main thread.
// Format: PKWARE APPNOTE 6.3; sizes follow the content in a data descriptor (bit 3), names are UTF-8 (bit 11). A sealed part is AES-256 as
// WinZip's AE-2 (zip-seal.ts), which 7-Zip, WinZip, Keka and most others open with the passphrase; its checksum is left out, as AE-2 asks.
import { once } from 'node:events'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'
import { beginSeal, sealedExtra } from './zip-seal.ts'

export type ZipWriter = {
  /** Begins the next file in it; the one before must be ended. */
  readonly add: (name: string, passphrase?: string) => ZipPart
  /** Puts the list of the parts after the last of them has ended. */
  readonly end: () => void
}
export type ZipFile = Pick<ZipWriter, 'add'> & {
  /** The whole zip, after every part has ended. */
  readonly finish: () => Buffer
}
/** Where the bytes go: `put` takes them at once, `settle` says when more may come. */
export type ZipPlace = { readonly put: (bytes: Uint8Array) => void; readonly settle: () => Promise<void> }
export type ZipPart = {
  /** Resolves when the content is packed, its bytes free to be used for something else. */
  readonly write: (content: string | Uint8Array) => Promise<void>
  readonly end: () => Promise<void>
}

type Entry = { readonly name: Buffer; readonly at: number; readonly kind: Kind; crc: number; size: number; packed: number }
type Kind = { readonly needs: number; readonly flags: number; readonly method: number; readonly extra: Buffer }

const open: Kind = { needs: 20, flags: 0x0808, method: 8, extra: Buffer.alloc(0) }
const sealed: Kind = { needs: 51, flags: 0x0809, method: 99, extra: sealedExtra }

/** A zip in memory. */
export function makeZip(at: Date): ZipFile {
  const chunks: Uint8Array[] = []
  const { add, end } = writeZip(at, { put: (bytes) => void chunks.push(bytes), settle: async () => {} })
  return {
    add,
    finish() {
      end()
      return Buffer.concat(chunks)
    },
  }
}

/** `at` stamps every part; zip keeps two-second steps and no zone, so it is written in UTC. */
export function writeZip(at: Date, { put, settle }: ZipPlace): ZipWriter {
  const entries: Entry[] = []
  const { time, day } = toDosTime(at)
  let offset = 0
  const push = (bytes: Buffer) => {
    put(bytes)
    offset += bytes.length
  }

  return {
    add(name, passphrase) {
      const kind = passphrase === undefined ? open : sealed
      const entry: Entry = { name: Buffer.from(name), at: offset, kind, crc: 0, size: 0, packed: 0 }
      entries.push(entry)
      push(
        Buffer.concat([
          header(0x04034b50, [
            [2, kind.needs],
            [2, kind.flags],
            [2, kind.method],
            [2, time],
            [2, day],
            [4, 0],
            [4, 0],
            [4, 0],
            [2, entry.name.length],
            [2, kind.extra.length],
          ]),
          entry.name,
          kind.extra,
        ]),
      )
      const pack = (bytes: Buffer) => {
        entry.packed += bytes.length
        push(bytes)
      }
      const seal = passphrase === undefined ? undefined : beginSeal(passphrase)
      if (seal !== undefined) pack(seal.head)
      const deflate: DeflateRaw = createDeflateRaw()
      deflate.on('data', (bytes: Buffer) => pack(seal === undefined ? bytes : seal.write(bytes)))
      return {
        async write(content) {
          const bytes = typeof content === 'string' ? Buffer.from(content) : content
          if (seal === undefined) entry.crc = crc32(bytes, entry.crc)
          entry.size += bytes.length
          await new Promise<void>((resolve, reject) => deflate.write(bytes, (error) => (error ? reject(error) : resolve())))
          await settle()
        },
        async end() {
          const ended = once(deflate, 'end')
          deflate.end()
          await ended
          if (seal !== undefined) pack(seal.end())
          push(
            header(0x08074b50, [
              [4, entry.crc],
              [4, entry.packed],
              [4, entry.size],
            ]),
          )
        },
      }
    },
    end() {
      const begin = offset
      for (const { name, at: place, kind, crc, size, packed } of entries) {
        const numbers: [number, number][] = [
          [2, kind.needs],
          [2, kind.needs],
          [2, kind.flags],
          [2, kind.method],
          [2, time],
          [2, day],
          [4, crc],
          [4, packed],
          [4, size],
          [2, name.length],
          [2, kind.extra.length],
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
          [4, place],
        ]
        push(Buffer.concat([header(0x02014b50, numbers), name, kind.extra]))
      }
      const length = offset - begin
      push(
        header(0x06054b50, [
          [2, 0],
          [2, 0],
          [2, entries.length],
          [2, entries.length],
          [4, length],
          [4, begin],
          [2, 0],
        ]),
      )
    },
  }
}

function header(signature: number, numbers: readonly (readonly [bytes: number, value: number])[]): Buffer {
  const bytes = Buffer.alloc(4 + numbers.reduce((sum, [length]) => sum + length, 0))
  bytes.writeUInt32LE(signature)
  let at = 4
  for (const [length, value] of numbers) at = length === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at)
  return bytes
}

function toDosTime(at: Date): { time: number; day: number } {
  const year = Math.max(1980, at.getUTCFullYear())
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    day: ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  }
}
