import type { Attune } from '../attune.ts'
import { movePerson } from '../actions/person/leave.ts'
import { aggregateRecords, agreeToRetention, askRetentionDecision, foreseeRetention, readRetention } from '../actions/retention/retention-desk.ts'
import { presentRetention, presentRetentionDecision } from '../present/retention.ts'
import type { Answers } from './answers.ts'

export const retentionAnswers = (attune: Attune): Answers => ({
  'GET /api/retention': async ({ actor }) => presentRetention(attune.programme.policy, await readRetention(attune, actor)),
  'GET /api/retention/foresight': async ({ actor, query }) => {
    const { from, countedAt, foreseen } = await foreseeRetention(attune, actor, query)
    return { from, countedAt: countedAt?.toISOString() ?? null, foreseen: foreseen.map((one) => ({ ...one })) }
  },
  'POST /api/retention/decisions': async ({ actor, body }) => presentRetentionDecision(await askRetentionDecision(attune, actor, body)),
  'POST /api/retention/decisions/:decisionId/agreement': async ({ actor, params, body }) =>
    presentRetentionDecision(await agreeToRetention(attune, actor, params.decisionId, body.agrees)),
  'POST /api/aggregations': async ({ actor, body }) => aggregateRecords(attune, actor, body),
  'POST /api/moves': async ({ actor, body }) => {
    await movePerson(attune, actor, body)
    return { done: true }
  },
})
