import type { Attune } from '../attune.ts'
import { listOutbox } from '../actions/mail/list-outbox.ts'
import type { Answers } from './answers.ts'

export const mailAnswers = (attune: Attune): Answers => ({
  'GET /api/outbox': async ({ actor }) => {
    const { letters, sending } = await listOutbox(attune, actor)
    return { letters: letters.map(({ to, subject, text, writtenAt }) => ({ to, subject, text, writtenAt: writtenAt.toISOString() })), sending }
  },
})
