import type { Attune } from '../attune.ts'
import { answerCode, listCodeRequests } from '../actions/code-request/answer-code.ts'
import { askCode, listOwnCodeRequests } from '../actions/code-request/ask-code.ts'
import { presentOwnCodeRequest, presentWaitingCodeRequest } from '../present/code-requests.ts'
import type { Answers } from './answers.ts'

export const codeRequestAnswers = (attune: Attune): Answers => ({
  'GET /api/code-requests/own': async ({ actor }) => ({ requests: (await listOwnCodeRequests(attune, actor)).map(presentOwnCodeRequest) }),
  'POST /api/code-requests': async ({ actor, body }) => presentOwnCodeRequest(await askCode(attune, actor, body.sessionOn)),
  'GET /api/code-requests': async ({ actor, purpose }) => ({
    requests: (await listCodeRequests(attune, actor, purpose)).map(presentWaitingCodeRequest),
  }),
  'POST /api/code-requests/:requestId/answer': async ({ actor, purpose, params, body }) => {
    await answerCode(attune, actor, purpose, params.requestId, body)
    return { done: true }
  },
})
