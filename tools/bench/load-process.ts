// One process that only sends: keeps `clients` connections busy for a while and prints what came back. Started by submissions.ts, so that
// the sender's work is not done on the server's thread.
import { connect, type Socket } from 'node:net'

export type LoadOrder = {
  url: string
  cookie: string
  clients: number
  seconds: number
  boundary: string
  /** Sends this many a second, as people arrive: a late reply does not hold up the next, and the wait for a free client counts. As fast as it goes unless given. */
  perSecond?: number
}
/** `cpu`: seconds of processor time that the sender itself took meanwhile. */
export type LoadResult = { acknowledged: number; refused: number; seconds: number; p50: number; p99: number; cpu: number }

const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder
// All bodies come in first, each with its length before it: not as a file, whose way to the disk would be part of the measurement.
const pieces: Buffer[] = []
for await (const piece of process.stdin) pieces.push(piece as Buffer)
const given = Buffer.concat(pieces)
const bodies: Buffer[] = []
for (let at = 0; at < given.length;) {
  const length = given.readUInt32BE(at)
  bodies.push(given.subarray(at + 4, at + 4 + length))
  at += 4 + length
}
const { hostname, port, host, origin } = new URL(order.url)
let next = 0
let refused = 0
const took: number[] = []

// Whatever the sender costs is taken from the machine that is measured: no HTTP client, the bytes of each request as they go over the wire.
const head = (length: number) =>
  Buffer.from(
    `POST /submission HTTP/1.1\r\nhost: ${host}\r\norigin: ${origin}\r\ncookie: ${order.cookie}\r\nx-openrosa-version: 1.0\r\ncontent-type: multipart/form-data; boundary=${order.boundary}\r\ncontent-length: ${length}\r\n\r\n`,
  )
const requests = bodies.map((body) => Buffer.concat([head(body.length), body]))

function openConnection(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

const endOfHead = Buffer.from('\r\n\r\n')
const statusAt = 'HTTP/1.1 '.length

/** How long the whole reply is that begins here; undefined while its head is not complete. Throws when it does not say. */
function lengthOf(reply: Buffer): number | undefined {
  const body = reply.indexOf(endOfHead) + endOfHead.length
  if (body < endOfHead.length) return undefined
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(reply.toString('latin1', 0, body))?.[1]
  if (length === undefined) throw new Error('A reply without content-length.')
  return body + Number(length)
}

/** Hands one request after the other to the server and `taken` the status of each reply once it is here whole. Throws when the server closes. */
function talk(socket: Socket, taken: (status: number) => void): (request: Buffer) => void {
  let begun: Buffer | undefined
  socket.on('data', (piece: Buffer) => {
    begun = begun === undefined ? piece : Buffer.concat([begun, piece])
    const length = lengthOf(begun)
    if (length === undefined || begun.length < length) return
    const status = Number(begun.toString('latin1', statusAt, statusAt + 3))
    begun = undefined
    taken(status)
  })
  socket.once('close', () => {
    throw new Error('The server closed the connection.')
  })
  return (request) => void socket.write(request)
}

const sockets = await Promise.all(Array.from({ length: order.clients }, openConnection))
const spentBefore = process.cpuUsage()
const began = performance.now()
const until = began + order.seconds * 1000
await Promise.all(
  sockets.map(
    (socket) =>
      new Promise<void>((resolve) => {
        let sentAt = 0
        const send = talk(socket, (status) => {
          took.push(performance.now() - sentAt)
          if (status !== 201) refused++
          proceed()
        })
        // A timer may wake a little early; whoever is late sends at once and is counted from when it was due.
        const sendWhen = (due: number, request: Buffer): void => {
          const wait = due - performance.now()
          if (wait > 0) return void setTimeout(sendWhen, wait, due, request)
          sentAt = due
          send(request)
        }
        function proceed(): void {
          const now = performance.now()
          const turn = next++
          const request = requests[turn]
          const due = order.perSecond === undefined ? now : began + (turn * 1000) / order.perSecond
          if (now >= until || request === undefined || due > until) return resolve()
          sendWhen(due, request)
        }
        proceed()
      }),
  ),
)
const seconds = (performance.now() - began) / 1000
const { user, system } = process.cpuUsage(spentBefore)
took.sort((a, b) => a - b)
const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
console.log(
  JSON.stringify({
    acknowledged: took.length - refused,
    refused,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpu: (user + system) / 1e6,
  } satisfies LoadResult),
)
process.exit(0)
