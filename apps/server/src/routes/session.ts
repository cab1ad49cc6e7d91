import type { FastifyRequest } from 'fastify'
import type { Attune } from '../attune.ts'
import { chooseGrant } from '../actions/session/choose-grant.ts'
import { beginPasskeySignIn, signInWithPasskey } from '../actions/session/passkey.ts'
import { beginVisit, endVisit } from '../actions/session/provider-visit.ts'
import { confirmWithRecoveryCode, confirmWithTotp, signInWithPassword, signOut } from '../actions/session/sign-in.ts'
import { describeSession } from '../actions/session/start-session.ts'
import type { Answers } from './answers.ts'
import { clearToken, findVisitToken, setToken, setVisitToken } from './session-cookie.ts'

/** The address in the browser's bar, which passkeys are bound to. The door has checked that it is ours. */
export const originOf = (request: FastifyRequest): string => request.headers.origin ?? `${request.protocol}://${request.host}`

export const sessionAnswers = (attune: Attune): Answers => ({
  'POST /api/session': async ({ body, request, reply }) => {
    const { token, view } = await signInWithPassword(attune, body, request.ip)
    setToken(request, reply, token)
    return view
  },
  'GET /api/session': ({ signedIn }) => describeSession(attune, signedIn.session),
  'DELETE /api/session': async ({ signedIn, request, reply }) => {
    if (signedIn !== undefined) await signOut(attune, signedIn.session)
    clearToken(request, reply)
    reply.header('clear-site-data', '"cache", "cookies"')
    return { done: true }
  },
  'POST /api/session/totp': async ({ body, signedIn, request, reply }) => {
    const { token, view } = await confirmWithTotp(attune, signedIn.session, body.code)
    setToken(request, reply, token)
    return view
  },
  'POST /api/session/recovery': async ({ body, signedIn, request, reply }) => {
    const { token, view } = await confirmWithRecoveryCode(attune, signedIn.session, body.code)
    setToken(request, reply, token)
    return view
  },
  'POST /api/session/passkey/options': ({ request }) => beginPasskeySignIn(attune, originOf(request)),
  'POST /api/session/passkey': async ({ body, signedIn, request, reply }) => {
    const { token, view } = await signInWithPasskey(attune, body, originOf(request), signedIn?.session)
    setToken(request, reply, token)
    return view
  },
  'POST /api/session/provider/begin': async ({ body, signedIn, request, reply }) => {
    const { url, token } = await beginVisit(attune, body, signedIn?.session, { origin: originOf(request), address: request.ip })
    setVisitToken(request, reply, token)
    return { url }
  },
  'POST /api/session/provider': async ({ body, signedIn, request, reply }) => {
    const arrival = { answer: body.answer, token: findVisitToken(request) }
    setVisitToken(request, reply, undefined)
    const { token, view, purpose, back } = await endVisit(attune, arrival, signedIn?.session, request.ip)
    setToken(request, reply, token)
    return { session: view, purpose, back }
  },
  'POST /api/session/grant': ({ body, signedIn }) => chooseGrant(attune, signedIn.session, body.grantId),
})
