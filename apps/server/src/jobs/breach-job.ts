import { runBreachClock } from '../actions/breach/breaches.ts'
import { sendIncidentLetters } from '../actions/breach/incident-letters.ts'
import { workOutIncidents } from '../actions/breach/work-out.ts'
import type { Job } from './job.ts'

/** The 72-hour clock of data incidents: administrators hear of each that has run out (DCS-116). */
export const breachJob: Job = {
  name: 'breaches',
  timing: { everySeconds: 600 },
  run: async (attune) => ({ overdue: await runBreachClock(attune, attune.clock.now()) }),
}

/** Whom incidents may concern, and the letters to them: an incident of a nation has a thousand and more. */
export const incidentLettersJob: Job = {
  name: 'incident-letters',
  timing: { everySeconds: 15 },
  run: async (attune, signal) => ({ services: await workOutIncidents(attune, signal), letters: await sendIncidentLetters(attune, signal) }),
}
