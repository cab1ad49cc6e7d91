// What keeps the promises about backups, keys and the log by the clock.
import { makeDueBackups } from '../actions/backup/due-backups.ts'
import { tellLateBackups } from '../actions/backup/tell-late.ts'
import { isRotationDue, rotateKeys } from '../actions/backup/rotate-keys.ts'
import { forgetOldEvents, isVerificationDue, sealAndAnchor, verifyWholeLog } from '../actions/log/keep-log.ts'
import type { Job } from './job.ts'

const tenMinutes = { everySeconds: 600 }

const makeBackupsJob: Job = { name: 'make-backups', timing: tenMinutes, run: makeDueBackups }

/** A job of its own: what keeps backups from being made must not keep this from being told. */
const tellLateBackupsJob: Job = { name: 'tell-late-backups', timing: tenMinutes, run: async (attune) => ({ late: await tellLateBackups(attune) }) }

const rotateKeysJob: Job = {
  name: 'rotate-keys',
  timing: tenMinutes,
  run: async (attune) => ({ keys: (await isRotationDue(attune)) ? (await rotateKeys(attune)).keys : 0 }),
}

const verifyLogJob: Job = {
  name: 'verify-log',
  timing: tenMinutes,
  run: async (attune) => {
    if (!(await isVerificationDue(attune))) return {}
    await sealAndAnchor(attune)
    const { events, findings } = await verifyWholeLog(attune)
    return { events, findings: findings.length }
  },
}

/** The log has an end too: what has been in it as long as the policy says goes (after the retention of everything else, which it tells of). */
const forgetEventsJob: Job = {
  name: 'forget-events',
  timing: { dailyAt: '04:25' },
  run: async (attune) => ({ events: await forgetOldEvents(attune) }),
}

export const trustJobs: readonly Job[] = [makeBackupsJob, tellLateBackupsJob, rotateKeysJob, verifyLogJob, forgetEventsJob]
