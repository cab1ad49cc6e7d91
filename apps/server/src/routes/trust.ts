import type { Attune } from '../attune.ts'
import { readBackups, readLogSeals, startBackups } from '../actions/backup/backups-page.ts'
import { presentBackups, presentSeals } from '../present/trust.ts'
import type { Answers } from './answers.ts'

export const trustAnswers = (attune: Attune): Answers => ({
  'GET /api/backups': async ({ actor }) => presentBackups(await readBackups(attune, actor)),
  'POST /api/backups': async ({ actor }) => {
    await startBackups(attune, actor)
    return { started: true }
  },
  'GET /api/log-seals': async ({ actor }) => presentSeals(await readLogSeals(attune, actor)),
})
