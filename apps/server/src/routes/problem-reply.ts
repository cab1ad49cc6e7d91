// Errors on their way out, as application/problem+json (RFC 9457). No message of an error and no value from the request is ever repeated.
import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problems, toProblem, type ProblemCode } from '@attune/contract'
import type { Attune } from '../attune.ts'
import { presentOpenRosaRefusal } from '../present/form-list.ts'
import { Problem, SealBroken, type ProblemMore } from '../problems.ts'

const byFastifyCode: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unknown',
  FST_ERR_CTP_INVALID_TYPE: 'media-type-unknown',
  FST_ERR_CTP_EMPTY_TYPE: 'media-type-unknown',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request-malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request-malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request-malformed',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_NOT_FOUND: 'not-found',
}

export function sendProblem(reply: FastifyReply, code: ProblemCode, more: ProblemMore & { instance?: string } = {}): FastifyReply {
  const { retryAfterSeconds, ...wire } = more
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  if (isCollectingApp(reply.request))
    return reply
      .code(problems[code].status)
      .header('x-openrosa-version', '1.0')
      .type('text/xml; charset=utf-8')
      .send(presentOpenRosaRefusal(toProblem(code, wire)))
  return reply
    .code(problems[code].status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(toProblem(code, wire))
}

/** Apps of the OpenRosa protocol say so in every request, and show their user what they understand. */
const isCollectingApp = ({ headers, routeOptions }: FastifyRequest): boolean =>
  routeOptions.config.foreignClients === 'collect' && headers['x-openrosa-version'] !== undefined

/** Answers any error: a Problem as itself, Fastify's own refusals by the table, everything else as a fault with a number. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply, faults: Attune['faults']): FastifyReply {
  if (error instanceof Problem) return sendProblem(reply, error.code, error.more)
  const { code = '', statusCode = 500, validation } = error as FastifyError
  if (validation !== undefined) {
    return sendProblem(reply, 'request-invalid', {
      fields: validation.map(({ instancePath, message }) => ({ place: instancePath, why: message ?? '' })),
    })
  }
  const listed = byFastifyCode[code] ?? (error.name === 'SyntaxError' && statusCode === 400 ? 'request-malformed' : undefined)
  if (listed !== undefined) return sendProblem(reply, listed)
  if (statusCode >= 400 && statusCode < 500) return sendProblem(reply, statusCode === 413 ? 'too-large' : 'request-malformed')
  const id = randomUUID()
  faults.fault(id, error, `${request.method} ${request.routeOptions.url ?? 'unknown'}`)
  if (error instanceof SealBroken) return sendProblem(reply, 'keys-away', { instance: id })
  return sendProblem(reply, 'unexpected', { instance: id })
}
