// The session cookie. `__Host-` binds it to this host and to HTTPS (ASVS 3.3.1 to 3.3.4). On plain HTTP, which only a demo on one machine
// may use, browsers do not take such a cookie; the demo's has a name of its own, so that neither is ever read as the other.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isEncrypted } from './connection.ts'

const secureName = '__Host-attune'
const plainName = 'attune-demo'

export function findToken(request: FastifyRequest): string | undefined {
  const name = isEncrypted(request) ? secureName : plainName
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.split('=', 2)
    if (key?.trim() === name && value !== undefined) return value.trim()
  }
  return undefined
}

export function setToken(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const secure = isEncrypted(request)
  reply.header('set-cookie', `${secure ? secureName : plainName}=${token}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`)
}

/** Removes the cookie and, on a shared computer, what the browser kept of us. Drafts stay: they are sealed and are the person's own. */
export function clearToken(request: FastifyRequest, reply: FastifyReply): void {
  const secure = isEncrypted(request)
  reply.header('set-cookie', `${secure ? secureName : plainName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure ? '; Secure' : ''}`)
}
