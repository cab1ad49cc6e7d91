import type { Attune } from '../attune.ts'
import { listConsents } from '../actions/consent/list-consents.ts'
import type { Answers } from './answers.ts'

export const consentAnswers = (attune: Attune): Answers => ({
  'GET /api/consents': async ({ actor, purpose }) => {
    const { consents, total } = await listConsents(attune, actor, purpose)
    return {
      total,
      consents: consents.map(({ purposes, signedAt, withdrawnAt, removedAt, ...consent }) => ({
        ...consent,
        purposes: [...purposes],
        signedAt: signedAt.toISOString(),
        withdrawnAt: withdrawnAt?.toISOString() ?? null,
        removedAt: removedAt?.toISOString() ?? null,
      })),
    }
  },
})
