// Whether a request came over an encrypted connection to our own address. TLS ends here or at a proxy that ATTUNE_PROXIES names; a proxy that
// is not named is believed nothing (DCS-027, ASVS 3.5.1, 12.2.1).
import type { FastifyRequest } from 'fastify'

const loopbackNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i
const loopbackAddresses = /^(127\.|::1$|::ffff:127\.)/

export const isLoopbackOrigin = (origin: string): boolean => URL.canParse(origin) && loopbackNames.test(new URL(origin).host)

/** True when both ends are this machine: plain HTTP then never leaves it. */
export function isOnThisMachine(request: FastifyRequest): boolean {
  return (
    loopbackAddresses.test(request.socket.remoteAddress ?? '') &&
    request.headers['x-forwarded-for'] === undefined &&
    loopbackNames.test(request.headers.host ?? '')
  )
}

export const isEncrypted = (request: FastifyRequest): boolean => request.protocol === 'https'

/** Plain HTTP is for trying things out on one machine: a demo, or an installation whose address says http://localhost. */
export function mayBePlain(request: FastifyRequest, mode: 'demo' | 'real', origin: string | undefined): boolean {
  return isOnThisMachine(request) && (mode === 'demo' || (origin !== undefined && isLoopbackOrigin(origin)))
}

let lastSaid = ''
let lastOrigin: string | undefined

/** As browsers write it. Nearly every request says what the one before it said, and to read an address takes longer than the rest of the door. */
function originOf(said: string): string | undefined {
  if (said !== lastSaid) {
    lastOrigin = URL.canParse(said) ? new URL(said).origin : undefined
    lastSaid = said
  }
  return lastOrigin
}

/** The address that this request was sent to, as browsers write it in `Origin`; undefined when it is not one of ours (DNS rebinding). */
export function findOwnOrigin(request: FastifyRequest, configured: string | undefined): string | undefined {
  const sent = originOf(`${request.protocol}://${request.host}`)
  if (sent === undefined) return undefined
  if (configured === undefined) return loopbackNames.test(request.host) || isEncrypted(request) ? sent : undefined
  return sent === configured || (isOnThisMachine(request) && isLoopbackOrigin(configured)) ? sent : undefined
}

/** The address that other programs are told to use: the one that was set up, else the one that was asked. */
export const toServer = (request: FastifyRequest, configured: string | undefined): string =>
  configured ?? findOwnOrigin(request, undefined) ?? `${request.protocol}://${request.host}`
