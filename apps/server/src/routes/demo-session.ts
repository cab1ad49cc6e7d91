import type { Attune } from '../attune.ts'
import { listDemoPeople, signInAsDemoPerson } from '../actions/demo/demo-people.ts'
import type { Answers } from './answers.ts'
import { setToken } from './session-cookie.ts'

export const demoAnswers = (attune: Attune): Answers => ({
  'GET /api/demo/people': async () => ({ people: await listDemoPeople(attune) }),
  'POST /api/demo/session': async ({ body, request, reply }) => {
    const { token, view } = await signInAsDemoPerson(attune, body.personId)
    setToken(request, reply, token)
    return view
  },
})
