// For whoever watches the server: is it alive, should it be sent requests, what does it count. Alive and ready are told at the people's address as
// well; the figures only at the watch's own (ATTUNE_WATCH), which belongs to a network that people do not reach.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { checkReadiness, readStanding } from '../actions/check-readiness.ts'
import type { Attune } from '../attune.ts'
import { figuresType, presentFigures } from '../present/figures.ts'

const json = 'application/json; charset=utf-8'

type Said = { readonly status: number; readonly type: string; readonly text: string }

/** `/health` answers while the process does; it asks nobody else, so that a database that is away does not get servers killed. */
async function tell(attune: Attune, place: string): Promise<Said | undefined> {
  if (place === '/health') return { status: 200, type: json, text: JSON.stringify({ alive: true }) }
  if (place !== '/ready') return undefined
  const parts = await checkReadiness(attune)
  const ready = Object.values(parts).every(Boolean)
  return { status: ready ? 200 : 503, type: json, text: JSON.stringify({ ready, parts }) }
}

async function tellFigures(attune: Attune): Promise<Said> {
  const [ready, standing] = await Promise.all([checkReadiness(attune), readStanding(attune)])
  const { user, system } = process.cpuUsage()
  const text = presentFigures(attune.figures.read(), ready, standing, {
    version: attune.version,
    residentBytes: process.memoryUsage().rss,
    cpuSeconds: (user + system) / 1e6,
    startedAtSeconds: Math.round(Date.now() / 1000 - process.uptime()),
  })
  return { status: 200, type: figuresType, text }
}

export async function registerWatch(app: FastifyInstance, attune: Attune): Promise<void> {
  for (const place of ['/health', '/ready'])
    app.get(place, { config: { door: 'open' } }, async (_request, reply) => {
      const { status, type, text } = (await tell(attune, place))!
      return reply.code(status).header('cache-control', 'no-store').type(type).send(text)
    })
}

export type Watch = { readonly port: number; readonly stop: () => Promise<void> }

/** Listens at the watch's own address. It answers three questions and reads nothing else of a request. */
export async function openWatch(attune: Attune, { host, port }: { readonly host: string; readonly port: number }): Promise<Watch> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const place = request.url?.split('?', 1)[0] ?? ''
    const asks = request.method === 'GET' || request.method === 'HEAD'
    const said = asks ? ((await tell(attune, place)) ?? (place === '/metrics' ? await tellFigures(attune) : undefined)) : undefined
    const { status, type, text } = said ?? { status: 404, type: json, text: '{}' }
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(text)
  }
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      attune.faults.fault('watch', error, 'watch')
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
