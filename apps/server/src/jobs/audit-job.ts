import { runAuditClock } from '../actions/audit/audit-clock.ts'
import type { Job } from './job.ts'

/** Opens the audit of a quarter soon after it has ended, scans it, and says when it is overdue (DCS-053). */
export const auditJob: Job = {
  name: 'audits',
  timing: { everySeconds: 3_600 },
  run: async (attune, signal) => ({ opened: (await runAuditClock(attune, attune.clock.now(), signal)).length }),
}
