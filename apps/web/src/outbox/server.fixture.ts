// A server on a real port that behaves, or misbehaves, as asked. It keeps what it received so that a test can count it.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Mood = 'well' | 'loses-replies' | 'fails' | 'portal' | 'signed-out' | 'drops' | 'too-many' | 'flaps' | 'retired'
export type TestServer = {
  readonly origin: string
  mood: Mood
  readonly received: Map<string, number>
  readonly order: string[]
  readonly parts: string[][]
  stop(): Promise<void>
}

const problem = (status: number, code: string): string =>
  JSON.stringify({ type: `urn:attune:problem:${code}`, code, title: `Title of ${code}.`, status, detail: `Next for ${code}.` })

export async function startServer(): Promise<TestServer> {
  const received = new Map<string, number>()
  const order: string[] = []
  const parts: string[][] = []
  const state: { mood: Mood } = { mood: 'well' }
  let knocks = 0
  const server: Server = createServer((request, response) => {
    void readBody(request).then((body) => {
      // A network that comes and goes: every other request gets through, every fourth loses its reply.
      knocks += 1
      const mood = state.mood !== 'flaps' ? state.mood : knocks % 2 === 1 ? 'drops' : knocks % 4 === 0 ? 'loses-replies' : 'well'
      if (mood === 'drops') return request.socket.destroy()
      if (mood === 'portal') return response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the Wi-Fi</h1>')
      const say = (status: number, text: string, more: Record<string, string> = {}): void =>
        void response.writeHead(status, { 'content-type': status < 300 ? 'application/json' : 'application/problem+json', ...more }).end(text)
      if (mood === 'signed-out') return say(401, problem(401, 'not-signed-in'))
      if (mood === 'fails') return say(500, problem(500, 'unexpected'))
      if (mood === 'retired') return say(403, problem(403, 'form-closed'))
      if (mood === 'too-many') return say(429, problem(429, 'too-many-tries'), { 'retry-after': '120' })
      if (body.includes('POISON')) return say(422, problem(422, 'submission-invalid'))
      const instanceId = /<instanceID>([^<]+)</.exec(body)?.[1] ?? ''
      const before = received.get(instanceId) ?? 0
      received.set(instanceId, before + 1)
      order.push(instanceId)
      parts.push([...body.matchAll(/form-data; name="([^"]+)"/g)].map(([, name = '']) => name))
      if (mood === 'loses-replies') return request.socket.destroy()
      return say(
        before === 0 ? 201 : 202,
        JSON.stringify({
          instanceId,
          receivedAt: '2026-11-22T10:00:00.000Z',
          formId: 'client_session',
          code: 'K7MQ-X2RT-9F',
          repeated: before > 0,
          day: '2026-11-22',
        }),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    order,
    parts,
    get mood() {
      return state.mood
    },
    set mood(next) {
      state.mood = next
    },
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks).toString('latin1')
}
