// Bytes that wait to be sent whole: a few in memory, many in a file of the installation's own folder, which has no name and goes with the process. What is
// put here is sealed already: a disk that is taken away shows nothing.
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'

const mostInMemory = 8 * 1024 * 1024
const readBytes = 256 * 1024

export type Spool = {
  readonly put: (bytes: Uint8Array) => void
  /** Resolves when little of what was put is in memory. Rejects when the disk does not take it (full, gone). */
  readonly settle: () => Promise<void>
  readonly size: () => number
  /** Everything in order, once; the spool is gone afterwards, read to the end or not. */
  readonly read: () => Readable
  /** Lets go of everything unread. */
  readonly discard: () => Promise<void>
}

/** `folder` is made when it is needed. */
export function makeSpool(folder: string, memoryBytes = mostInMemory): Spool {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let size = 0
  let file: { readonly handle: FileHandle; readonly name: string | undefined } | undefined

  async function toDisk(): Promise<void> {
    file ??= await openNameless(folder)
    const pieces = waiting
    waiting = []
    waitingBytes = 0
    // Writes on from where it is, all of it.
    await file.handle.writeFile(Buffer.concat(pieces))
  }

  async function discard(): Promise<void> {
    waiting = []
    const gone = file
    file = undefined
    await gone?.handle.close()
    if (gone?.name !== undefined) await rm(gone.name, { force: true })
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      if (file !== undefined) {
        for (let at = 0; ;) {
          const { bytesRead, buffer } = await file.handle.read(Buffer.allocUnsafe(readBytes), 0, readBytes, at)
          if (bytesRead === 0) break
          at += bytesRead
          yield buffer.subarray(0, bytesRead)
        }
      }
      yield* waiting
    } finally {
      await discard()
    }
  }

  return {
    put(bytes) {
      waiting.push(bytes)
      waitingBytes += bytes.length
      size += bytes.length
    },
    async settle() {
      if (waitingBytes > memoryBytes) await toDisk()
    },
    size: () => size,
    read: () => Readable.from(pieces(), { objectMode: false }),
    discard,
  }
}

/** A file without a name, so that nothing is left when the process is killed; where a system keeps the name of an open file, it goes at the end. */
async function openNameless(folder: string): Promise<{ handle: FileHandle; name: string | undefined }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = path.join(folder, randomUUID())
  const handle = await open(name, 'wx+', 0o600)
  return rm(name).then(
    () => ({ handle, name: undefined }),
    () => ({ handle, name }),
  )
}
