// The door: every request passes here before anything of it is read. Deny by default: a route that the contract does not list, and an address
// that does not exist, are closed to everybody without a full sign-in.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { routes, type Door, type Route, type RouteName } from '@attune/contract'
import { isServiceRole, may, type Refusal, refuse as refuseBy } from '@attune/policy'
import type { Attune } from '../attune.ts'
import { logDoorRefusal } from '../actions/log-refusal.ts'
import { findLinkedRequest } from '../actions/right/linked-request.ts'
import { askEarly, findGrantInUse } from '../actions/session/early-grant.ts'
import type { GrantInUse } from '../actions/session/find-active-grant.ts'
import { getDeviceActing, type DeviceActing } from '../actions/device/find-device-acting.ts'
import { findSignedIn, type SignedIn } from '../actions/session/find-signed-in.ts'
import { Problem, raise, telling } from '../problems.ts'
import type { Acting } from './answers.ts'
import { isApiPath } from './api-path.ts'
import { askForToken, findBasicToken } from './basic-token.ts'
import { findOwnOrigin, isEncrypted, mayBePlain } from './connection.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { findToken } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The name in the contract's table. */
    name?: RouteName
    /** For routes outside the table (OpenRosa, static files). */
    door?: Door
    act?: Route['act']
    /** Takes requests without an Origin header: other programs than browsers, which bring a token of this scope. */
    foreignClients?: 'collect' | 'read' | 'analyse'
    /** What a reading token stands for; other programs cannot name a purpose. */
    purpose?: string
  }
  interface FastifyRequest {
    signedIn: SignedIn | undefined
    acting: Acting | undefined
    /** Set when another program asks with its token; `acting` is then its owner. */
    device: DeviceActing | undefined
    purpose: string
  }
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Lets a request in or raises the problem that keeps it out. */
export async function passDoor(attune: Attune, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const path = request.url.split('?', 1)[0]!
  setSecurityHeaders(reply, path, attune.environment.map)
  if (checkConnection(attune, request, reply)) return

  const { config } = request.routeOptions
  const name = config.name
  // Addresses below /api that no route answers fall to the files' route, which is open; they are closed like everything unknown.
  const door = isApiPath(path) && request.routeOptions.url === '/*' ? undefined : config.door
  const rule: Pick<Route, 'door' | 'act' | 'needsPurpose'> =
    name === undefined ? { door: door ?? 'second-factor', ...(config.act && { act: config.act }) } : routes[name]

  if (config.foreignClients !== undefined && request.headers.authorization !== undefined) return passAsDevice(attune, request, reply, rule.act!)
  if (config.foreignClients === 'read' || config.foreignClients === 'analyse') {
    askForToken(request, reply)
    raise('not-signed-in')
  }
  const token = findToken(request)
  const early = token === undefined || rule.act === undefined ? undefined : askEarly(attune, token)
  request.signedIn = token === undefined ? undefined : await findSignedIn(attune, token)
  if (rule.door === 'open') return
  if (request.signedIn === undefined) {
    if (config.foreignClients !== undefined) askForToken(request, reply)
    raise('not-signed-in')
  }
  if (rule.door === 'second-factor' && request.signedIn.session.assurance !== 'second-factor') raise('second-factor-needed')
  if (rule.act === undefined) return
  const grant = await findGrantInUse(attune, token!, request.signedIn.session, header(request, 'attune-grant'), early)
  await checkAct(attune, request, grant, rule.act, rule.needsPurpose === true)
}

/** True when the reply has been sent (a redirect). */
function checkConnection({ environment, mode }: Attune, request: FastifyRequest, reply: FastifyReply): boolean {
  const reading = readingMethods.has(request.method)
  if (!isEncrypted(request) && !mayBePlain(request, mode, environment.origin)) {
    if (reading && environment.origin?.startsWith('https:')) {
      reply.redirect(environment.origin + request.url, 308)
      return true
    }
    raise('insecure-connection')
  }
  const own = findOwnOrigin(request, environment.origin)
  if (own === undefined) raise('origin-refused')
  if (reading) return false
  const { origin } = request.headers
  if (origin === undefined ? request.routeOptions.config.foreignClients === undefined : origin !== own) raise('origin-refused')
  return false
}

async function checkAct(
  attune: Attune,
  request: FastifyRequest,
  grant: GrantInUse | undefined,
  act: NonNullable<Route['act']>,
  needsPurpose: boolean,
): Promise<void> {
  const { accountId, session } = request.signedIn!
  if (grant === undefined) raise('not-allowed')
  const secondFactor = session.assurance === 'second-factor'
  const acting: Acting = { role: grant.role, serviceId: grant.serviceId, secondFactor, accountId, grantId: grant.grantId }
  const purpose = header(request, 'attune-purpose')
  const actor = isServiceRole(grant.role) ? acting : { role: grant.role, secondFactor }
  const requestId = header(request, 'attune-request')
  const linked = requestId === undefined ? undefined : await findLinkedRequest(attune, acting, requestId, act)
  // Routes whose act a policy gives for one's own things answer about the asker and take no other person's id.
  const decision = may(attune.programme.policy, actor, act, {
    own: true,
    ...(purpose !== undefined && { purpose }),
    ...(linked && { request: linked.reference }),
  })
  if (!decision.allowed) await refuse(attune, acting, act, decision, purpose)
  if (needsPurpose && purpose === undefined) await refuse(attune, acting, act, noPurpose, purpose)
  request.acting = linked === undefined ? acting : { ...acting, request: linked }
  request.purpose = purpose ?? ''
}

// The token was given to somebody who had passed both steps, and only for these addresses: it stands for them there and nowhere else.
async function passAsDevice(attune: Attune, request: FastifyRequest, reply: FastifyReply, act: NonNullable<Route['act']>): Promise<void> {
  const { foreignClients, purpose } = request.routeOptions.config
  const device = await getDeviceActing(attune, foreignClients!, findBasicToken(request) ?? '', request.ip).catch((error: unknown) => {
    if (error instanceof Problem && (error.code === 'device-unknown' || error.code === 'read-token-unknown')) askForToken(request, reply)
    throw error
  })
  const acting: Acting = { ...device, secondFactor: true }
  const decision = may(attune.programme.policy, acting, act, { own: true, ...(purpose !== undefined && { purpose }) })
  if (!decision.allowed) await refuse(attune, acting, act, decision, purpose)
  request.device = device
  request.acting = acting
  request.purpose = purpose ?? ''
}

const noPurpose: Refusal = refuseBy('purpose-missing.at-door')

async function refuse(attune: Attune, acting: Acting, act: string, refusal: Refusal, purpose: string | undefined): Promise<never> {
  const { because } = refusal
  await logDoorRefusal(attune, acting, { action: act, because, purpose })
  if (because === 'second-factor-missing') raise('second-factor-needed')
  raise(because.startsWith('purpose') ? 'purpose-refused' : 'not-allowed', telling(refusal))
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
