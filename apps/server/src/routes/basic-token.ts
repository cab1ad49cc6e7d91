// The token of another program, as HTTP Basic carries it (RFC 7617) or as Kobo's clients do ("Token …"). With Basic the user name says nothing and
// the token is the password.
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The token of the header; undefined when there is none that can be read. */
export function findBasicToken({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const [, plain] = /^token +([A-Za-z0-9_-]{1,400})$/i.exec(headers.authorization ?? '') ?? []
  if (plain !== undefined) return plain
  const [, encoded] = /^basic +([A-Za-z0-9+/=_-]{1,400})$/i.exec(headers.authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : text.slice(colon + 1)
}

/** Asks for a token. A browser's own scripts are not asked: the browser would open a window of its own for a password. */
export function askForToken(request: FastifyRequest, reply: FastifyReply): void {
  if (request.headers['sec-fetch-mode'] === undefined) reply.header('www-authenticate', 'Basic realm="Attune", charset="UTF-8"')
}
