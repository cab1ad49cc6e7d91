// The cookies. `__Host-` binds one to this host and to HTTPS (ASVS 3.3.1 to 3.3.4). On plain HTTP, which only a demo on one machine may use, browsers do not
// take such a cookie; the demo's have names of their own, so that neither is ever read as the other.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isEncrypted } from './connection.ts'

type Cookie = { readonly secure: string; readonly plain: string }
const session: Cookie = { secure: '__Host-attune', plain: 'attune-demo' }
/** Binds a visit to the sign-in of an organisation to the browser that began it. */
const visit: Cookie = { secure: '__Host-attune-visit', plain: 'attune-demo-visit' }
const visitSeconds = 600

function find(request: FastifyRequest, { secure, plain }: Cookie): string | undefined {
  const name = isEncrypted(request) ? secure : plain
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.split('=', 2)
    if (key?.trim() === name && value !== undefined) return value.trim()
  }
  return undefined
}

function set(request: FastifyRequest, reply: FastifyReply, { secure, plain }: Cookie, value: string, maxAge?: number): void {
  const encrypted = isEncrypted(request)
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
  const cookie = `${encrypted ? secure : plain}=${value}; Path=/; HttpOnly; SameSite=Strict${age}${encrypted ? '; Secure' : ''}`
  // More than one cookie in a reply, each in a header of its own.
  const others = reply.getHeader('set-cookie')
  reply.removeHeader('set-cookie')
  reply.header('set-cookie', others === undefined ? cookie : [...[others].flat().map(String), cookie])
}

export const findToken = (request: FastifyRequest): string | undefined => find(request, session)
export const setToken = (request: FastifyRequest, reply: FastifyReply, token: string): void => set(request, reply, session, token)

/** Removes the cookie and, on a shared computer, what the browser kept of us. Drafts stay: they are sealed and are the person's own. */
export const clearToken = (request: FastifyRequest, reply: FastifyReply): void => set(request, reply, session, '', 0)

export const findVisitToken = (request: FastifyRequest): string | undefined => find(request, visit)
/** Undefined removes it. */
export const setVisitToken = (request: FastifyRequest, reply: FastifyReply, token: string | undefined): void =>
  set(request, reply, visit, token ?? '', token === undefined ? 0 : visitSeconds)
