import { checkHealth } from '../actions/check-health.ts'
import type { Attune } from '../attune.ts'
import type { Answers } from './answers.ts'

/** Up means: all three databases answer. A database that does not is a 503 with the problem `database-away`. */
export const healthAnswers = (attune: Attune): Answers => ({
  'GET /api/health': async () => {
    await checkHealth(attune)
    return { ok: true, version: attune.version }
  },
})
