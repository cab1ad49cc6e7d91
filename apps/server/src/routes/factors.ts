import type { Attune } from '../attune.ts'
import { disconnectProvider } from '../actions/factor/disconnect-provider.ts'
import { beginPasskey, beginTotpEnrolment, confirmPasskey, confirmTotpEnrolment } from '../actions/factor/enrol.ts'
import type { Answers } from './answers.ts'
import { originOf } from './session.ts'
import { setToken } from './session-cookie.ts'

export const factorAnswers = (attune: Attune): Answers => ({
  'POST /api/factors/totp': ({ signedIn }) => beginTotpEnrolment(attune, signedIn.session),
  'POST /api/factors/totp/confirm': async ({ body, signedIn, request, reply }) => {
    const { token, recoveryCodes } = await confirmTotpEnrolment(attune, signedIn.session, body.code)
    setToken(request, reply, token)
    return { recoveryCodes }
  },
  'POST /api/factors/passkey/options': ({ signedIn, request }) => beginPasskey(attune, signedIn.session, originOf(request)),
  'DELETE /api/factors/provider': async ({ signedIn, request, reply }) => {
    const { token, view } = await disconnectProvider(attune, signedIn.session)
    setToken(request, reply, token)
    return view
  },
  'POST /api/factors/passkey': async ({ body, signedIn, request, reply }) => {
    const { token, view } = await confirmPasskey(attune, signedIn.session, body, originOf(request))
    setToken(request, reply, token)
    return view
  },
})
