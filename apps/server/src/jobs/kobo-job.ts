import { findKoboRefusal } from '../actions/import/find-refusal.ts'
import { importKobo } from '../actions/import/import-kobo.ts'
import type { Job } from './job.ts'

/** Fetches what came to the Kobo server since yesterday, where one is set and the agreement with it is in force; the assurance page says when not. */
export const koboJob: Job = {
  name: 'import-kobo',
  timing: { dailyAt: '01:20' },
  run: async (attune, signal) => {
    if (attune.environment.kobo === undefined) return {}
    return findKoboRefusal(attune) === undefined ? importKobo(attune, { signal }) : { refused: 1 }
  },
}
