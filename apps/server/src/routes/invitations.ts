import type { Attune } from '../attune.ts'
import { acceptInvitation, lookAtInvitation } from '../actions/invitation/invite.ts'
import type { Answers } from './answers.ts'
import { setToken } from './session-cookie.ts'

export const invitationAnswers = (attune: Attune): Answers => ({
  'POST /api/invitations/look': ({ body, request }) => lookAtInvitation(attune, body.token, request.ip),
  'POST /api/invitations/accept': async ({ body, signedIn, request, reply }) => {
    const { token, view } = await acceptInvitation(attune, body, signedIn?.session, request.ip)
    setToken(request, reply, token)
    return view
  },
})
