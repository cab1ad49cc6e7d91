// COPY as a stream, out of a table and into one. The driver hands a query object every message of its own; these two keep to that.
// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY
import pg from 'pg'

const bufferBytes = 256 * 1024

type Wire = {
  stream: { pause: () => void; resume: () => void; writableNeedDrain: boolean; once: (event: 'drain' | 'close', listener: () => void) => void }
  query: (text: string) => void
  sendCopyFromChunk: (chunk: Buffer) => void
  endCopyFrom: () => void
  sendCopyFail: (reason: string) => void
}

type CopyOutMeans = {
  /** With more unread bytes than these PostgreSQL waits. */
  readonly mostWaitingBytes?: number
  /** How many pieces after it are taken before a piece's bytes are used for another; for ever unless said otherwise. */
  readonly lasting?: number
}

/** Runs `COPY … TO STDOUT` and gives what it says in large pieces, each a buffer of its own. */
export async function* copyOut(
  client: pg.ClientBase,
  text: string,
  { mostWaitingBytes = 8 * 1024 * 1024, lasting = Infinity }: CopyOutMeans = {},
): AsyncGenerator<Buffer, number> {
  const ready: Buffer[] = []
  const free: Buffer[] = []
  const taken: Buffer[] = []
  const empty = () => free.pop() ?? Buffer.allocUnsafe(bufferBytes)
  let filling = empty()
  let filled = 0
  let waitingBytes = 0
  let rows = 0
  let wire: Wire | undefined
  let failed: unknown
  let ended = false
  let left = false
  let wake = () => {}
  const push = () => {
    if (filled === 0) return
    ready.push(filling.subarray(0, filled))
    waitingBytes += filled
    filling = empty()
    filled = 0
    if (waitingBytes > mostWaitingBytes) wire?.stream.pause()
    wake()
  }
  const finish = (error?: unknown) => {
    failed ??= error
    ended = true
    push()
    wake()
  }
  // A query of the driver's own class: a connection that pipelines takes no other.
  const query = Object.assign(new pg.Query({ text }), {
    submit(connection: Wire) {
      wire = connection
      connection.query(text)
      return null
    },
    // The chunk is part of a buffer that the driver uses again: copied here, at once.
    handleCopyData({ chunk }: { chunk: Buffer }) {
      if (left) return
      rows++
      if (filled + chunk.length > bufferBytes) push()
      if (chunk.length > bufferBytes) {
        ready.push(Buffer.from(chunk))
        waitingBytes += chunk.length
        wake()
      } else filled += chunk.copy(filling, filled)
    },
    handleError: (error: unknown) => finish(error),
    handleCommandComplete() {},
    handleReadyForQuery: () => finish(),
    callback: (error: unknown) => error !== null && error !== undefined && finish(error),
  })
  client.query(query as unknown as pg.Submittable)
  try {
    for (;;) {
      const next = ready.shift()
      if (next !== undefined) {
        waitingBytes -= next.length
        if (waitingBytes < mostWaitingBytes / 2) wire?.stream.resume()
        yield next
        if (lasting === Infinity) continue
        taken.push(next)
        const done = taken.length > lasting ? taken.shift()! : undefined
        if (done?.buffer.byteLength === bufferBytes) free.push(Buffer.from(done.buffer))
      } else if (ended) break
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    // Whoever went away in the middle (a full disk, a store that is cut off) takes no more: what is still sent is let go by, so that the
    // connection comes to the statements that follow.
    left = true
    ready.length = 0
    filled = 0
    waitingBytes = 0
    wire?.stream.resume()
  }
  if (failed !== undefined) throw failed
  return rows
}

/** Opens `COPY … FROM STDIN`. `write` takes pieces as they come; `end` waits until the rows are in and says how many PostgreSQL took. */
export function copyIn(client: pg.ClientBase, text: string): { write: (chunk: Buffer) => Promise<void>; end: () => Promise<number> } {
  let wire: Wire | undefined
  let rows = 0
  const open = later()
  const done = later()
  done.promise.catch(() => {})
  open.promise.catch(() => {})
  const fail = (error: unknown) => {
    open.reject(error)
    done.reject(error)
  }
  const query = {
    submit(connection: Wire) {
      wire = connection
      connection.query(text)
    },
    handleCopyInResponse: () => open.resolve(),
    handleError: fail,
    handleCommandComplete: ({ text: tag }: { text: string }) => (rows = Number(tag.replace('COPY ', ''))),
    handleReadyForQuery: () => done.resolve(),
    callback: (error: unknown) => error !== null && error !== undefined && fail(error),
  }
  client.query(query as unknown as pg.Submittable)
  return {
    async write(chunk) {
      await open.promise
      wire!.sendCopyFromChunk(chunk)
      if (wire!.stream.writableNeedDrain) await Promise.race([new Promise<void>((resolve) => wire!.stream.once('drain', resolve)), done.promise])
    },
    async end() {
      await open.promise
      wire!.endCopyFrom()
      await done.promise
      return rows
    },
  }
}

type Later = { readonly promise: Promise<void>; readonly resolve: () => void; readonly reject: (error: unknown) => void }

function later(): Later {
  let resolve: Later['resolve'] = () => {}
  let reject: Later['reject'] = () => {}
  const promise = new Promise<void>((onDone, onError) => {
    resolve = onDone
    reject = onError
  })
  return { promise, resolve, reject }
}
