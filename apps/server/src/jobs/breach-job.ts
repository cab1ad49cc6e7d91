import { runBreachClock } from '../actions/breach/breaches.ts'
import type { Job } from './job.ts'

/** The 72-hour clock of data incidents: administrators hear of each that has run out (DCS-116). */
export const breachJob: Job = {
  name: 'breaches',
  timing: { everySeconds: 600 },
  run: async (attune) => ({ overdue: await runBreachClock(attune, attune.clock.now()) }),
}
