import { tell } from '@attune/contract'
import type { Attune } from '../attune.ts'
import { leave } from '../actions/person/leave.ts'
import { correctRecord } from '../actions/right/correct-record.ts'
import { fileClientRequest, fileRequest } from '../actions/right/file-request.ts'
import { countClientRequest } from '../actions/right/count-client-request.ts'
import { listCorrections } from '../actions/right/list-corrections.ts'
import { listRequests, readRequest, summariseRights, takePackage } from '../actions/right/read-requests.ts'
import { agreeToRequest, confirmRequest, decideRequest, liftRestriction, takeBackRequest, turnClock } from '../actions/right/step-request.ts'
import { packBundle } from '../present/portable-package.ts'
import { presentCorrection, presentLetter, presentRequest, presentRequestRow, presentSummary } from '../present/rights.ts'
import { raise } from '../problems.ts'
import type { Acting, Answers } from './answers.ts'

export function rightsAnswers(attune: Attune): Answers {
  const { policy } = attune.programme
  const show = async (actor: Acting, requestId: string) => presentRequest(policy, await readRequest(attune, actor, requestId))
  return {
    'GET /api/rights/summary': async ({ actor }) => presentSummary(await summariseRights(attune, actor)),
    'GET /api/rights': async ({ actor, query }) => {
      const { requests, next } = await listRequests(attune, actor, query)
      return { requests: requests.map((request) => presentRequestRow(policy, request)), next }
    },
    'POST /api/rights': async ({ actor, body }) => show(actor, await fileRequest(attune, actor, body)),
    'POST /api/client-requests': async ({ body, request }) => {
      await countClientRequest(attune, request.ip)
      const { reference, dueOn } = await fileClientRequest(attune, body)
      const { detail, said } = tell('request.filed', { reference })
      return { reference, dueOn, sentence: detail, said }
    },
    'GET /api/rights/:requestId': async ({ actor, params }) => show(actor, params.requestId),
    'GET /api/rights/:requestId/corrections': async ({ actor, params }) => ({
      corrections: (await listCorrections(attune, actor, params.requestId)).map(presentCorrection),
    }),
    'POST /api/rights/:requestId/confirm': async ({ actor, params, body }) => {
      await confirmRequest(attune, actor, params.requestId, body)
      return show(actor, params.requestId)
    },
    'POST /api/rights/:requestId/clock': async ({ actor, params, body }) => {
      await turnClock(attune, actor, params.requestId, body)
      return show(actor, params.requestId)
    },
    'POST /api/rights/:requestId/decision': async ({ actor, params, body, now }) => {
      await decideRequest(attune, actor, params.requestId, body, (bundle) => packBundle(bundle, now))
      return show(actor, params.requestId)
    },
    'POST /api/rights/:requestId/agreement': async ({ actor, params, body, now }) => {
      await agreeToRequest(attune, actor, params.requestId, body.agrees, (bundle) => packBundle(bundle, now))
      return show(actor, params.requestId)
    },
    'POST /api/rights/:requestId/lift': async ({ actor, params, body }) => {
      await liftRestriction(attune, actor, params.requestId, body.reasons)
      return show(actor, params.requestId)
    },
    'POST /api/rights/:requestId/take-back': async ({ actor, params }) => {
      await takeBackRequest(attune, actor, params.requestId)
      return show(actor, params.requestId)
    },
    'GET /api/rights/:requestId/letters/:kind': async ({ actor, params }) => {
      const { letter } = await readRequest(attune, actor, params.requestId)
      return presentLetter(policy, params.kind, letter) ?? raise('not-found')
    },
    'GET /api/rights/:requestId/package': async ({ actor, params, reply }) => {
      const { reference, sealed } = await takePackage(attune, actor, params.requestId)
      reply.header('content-disposition', `attachment; filename="${reference}.zip.age"`)
      return sealed as never
    },
    'POST /api/records/:recordId/correction': async ({ actor, params, body }) => correctRecord(attune, actor, params.recordId, body),
    'POST /api/leaving': async ({ actor }) => {
      await leave(attune, { accountId: actor.accountId, serviceId: actor.serviceId, by: actor })
      return { done: true }
    },
  }
}
