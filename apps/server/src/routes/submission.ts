// The OpenRosa routes: the same door for the web app and for ODK Collect. https://docs.getodk.org/openrosa-http/
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { submissionLimitBytes } from '@attune/contract'
import type { Attune } from '../attune.ts'
import { logRefusal } from '../actions/log-refusal.ts'
import { receiveParcel } from '../actions/submission/receive-parcel.ts'
import { presentReceipt, toOpenRosaReply } from '../present/receipt.ts'
import { Problem } from '../problems.ts'
import { readParcel } from './read-parcel.ts'

const config = { door: 'second-factor', act: 'record.submit', foreignClients: 'collect' } as const

export async function registerSubmission(app: FastifyInstance, attune: Attune): Promise<void> {
  await app.register(async (scope) => {
    // The body stays a stream: the parcel's own reader has the limits.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    // Exactly 204 also for GET: apps that follow a redirect ask again with it.
    scope.route({ method: ['HEAD', 'GET'], url: '/submission', config, handler: (_request, reply) => openRosa(reply).code(204).send() })
    scope.route({
      method: 'POST',
      url: '/submission',
      config,
      bodyLimit: submissionLimitBytes + 1,
      handler: (request, reply) => submit(attune, request, reply),
    })
  })
}

function openRosa(reply: FastifyReply): FastifyReply {
  return reply.header('x-openrosa-version', '1.0').header('x-openrosa-accept-content-length', String(submissionLimitBytes))
}

async function submit(attune: Attune, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const acting = request.acting!
  openRosa(reply)
  const stream = (request.body ?? request.raw) as IncomingMessage
  try {
    const parcel = await readParcel(stream === request.raw ? stream : Object.assign(stream, { headers: request.headers }))
    const accepted = await receiveParcel(attune, acting, parcel, request.device?.deviceId)
    reply.code(accepted.repeated ? 202 : 201).header('location', '/submission')
    if (wantsJson(request)) return reply.type('application/json; charset=utf-8').send(JSON.stringify(presentReceipt(accepted)))
    return reply.type('text/xml; charset=utf-8').send(toOpenRosaReply(accepted))
  } catch (error) {
    // What is left of a refused body is not read: the connection ends with the reply.
    if (!request.raw.complete) reply.header('connection', 'close')
    if (error instanceof Problem) await logRefusal(attune, acting, { action: 'record.submit', because: error.code })
    throw error
  }
}

const wantsJson = (request: FastifyRequest) => /\bapplication\/json\b/i.test(request.headers.accept ?? '')
