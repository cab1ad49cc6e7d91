import type { Attune } from '../attune.ts'
import { getAssurance } from '../actions/assurance/get-assurance.ts'
import { presentAssurance } from '../present/assurance.ts'
import type { Answers } from './answers.ts'

export const assuranceAnswers = (attune: Attune): Answers => ({
  'GET /api/assurance': async ({ actor, now }) => presentAssurance(await getAssurance(attune, actor), attune.programme.policy.security, now),
})
