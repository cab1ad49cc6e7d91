// One process that only sends: keeps `clients` connections busy for a while and prints what came back. Started by submissions.ts, so that
// the sender's work is not done on the server's thread.
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

export type LoadOrder = {
  url: string
  cookie: string
  clients: number
  seconds: number
  bodies: string
  boundary: string
  /** Sends this many a second, as people arrive: a late reply does not hold up the next, and the wait for a free client counts. As fast as it goes unless given. */
  perSecond?: number
}
export type LoadResult = { acknowledged: number; refused: number; seconds: number; p50: number; p99: number }

const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder
// All bodies in one file, each with its length before it: reading them is not part of the measurement.
const file = readFileSync(order.bodies)
const bodies: Buffer[] = []
for (let at = 0; at < file.length;) {
  const length = file.readUInt32BE(at)
  bodies.push(file.subarray(at + 4, at + 4 + length))
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

/** Sends one request and resolves with the status when the whole reply is here. Throws when the server closes or sends a reply without a length. */
function send(socket: Socket, whole: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let reply = ''
    const end = () => reject(new Error('The server closed the connection.'))
    const take = (piece: Buffer) => {
      reply += piece.toString('latin1')
      const body = reply.indexOf('\r\n\r\n') + 4
      if (body < 4) return
      const length = /\r\ncontent-length: (\d+)\r\n/i.exec(reply.slice(0, body))?.[1]
      if (length === undefined) return reject(new Error('A reply without content-length.'))
      if (reply.length < body + Number(length)) return
      socket.off('data', take)
      socket.off('close', end)
      resolve(Number(reply.slice(9, 12)))
    }
    socket.on('data', take)
    socket.once('close', end)
    socket.write(whole)
  })
}

const sockets = await Promise.all(Array.from({ length: order.clients }, openConnection))
const began = performance.now()
const until = began + order.seconds * 1000
await Promise.all(
  sockets.map(async (socket) => {
    while (performance.now() < until) {
      const turn = next++
      const request = requests[turn]
      if (request === undefined) return
      const due = order.perSecond === undefined ? performance.now() : began + (turn * 1000) / order.perSecond
      if (due > until) return
      // A timer may wake a little early; whoever is late sends at once and is counted from when it was due.
      while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
      const sentAt = due
      const status = await send(socket, request)
      took.push(performance.now() - sentAt)
      if (status !== 201) refused++
    }
  }),
)
const seconds = (performance.now() - began) / 1000
took.sort((a, b) => a - b)
const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
console.log(JSON.stringify({ acknowledged: took.length - refused, refused, seconds, p50: at(0.5), p99: at(0.99) } satisfies LoadResult))
process.exit(0)
