// Every job, in one place: what this server does by the clock.
import { followLicences } from '../actions/form/follow-licences.ts'
import { quietMoment } from '../actions/submission/last-arrival.ts'
import { sweepLetters } from '../actions/retention/sweep-letters.ts'
import { runRetention } from '../actions/retention/run-retention.ts'
import { settleOutside } from '../actions/right/settle-outside.ts'
import { lapseNominations } from '../actions/person/lapse-nominations.ts'
import { runGrantReviews } from '../actions/person/run-grant-reviews.ts'
import { sweepSessions } from '../store/accounts/sessions.ts'
import { foldSums } from '../store/sums/fold-sums.ts'
import { withActor } from '../store/with-actor.ts'
import { auditJob } from './audit-job.ts'
import { breachJob, incidentLettersJob } from './breach-job.ts'
import type { Job } from './job.ts'
import { koboJob } from './kobo-job.ts'
import { replaySubmissionsJob } from './replay/replay-submissions.ts'
import { trustJobs } from './trust-jobs.ts'
import { webhookJobs } from './webhook-jobs.ts'

/** Where records come without a pause, a small piece six times a second: nobody notices one, and 2,200 records a second are kept up with. */
const foldWaitMs = 150

/** Reports fold first anyway; this keeps what is left for them small. Whoever sends a record waits for it, and nobody waits for this. */
const foldSumsJob: Job = {
  name: 'fold-sums',
  timing: { everySeconds: 20 },
  run: async (attune) => {
    await foldSums(attune.databases.attune, () => quietMoment(attune, foldWaitMs))
    return {}
  },
}

const sweepSessionsJob: Job = {
  name: 'sweep-sessions',
  timing: { everySeconds: 3_600 },
  run: async ({ databases, clock }) => {
    await withActor(databases.accounts, { role: 'door' }, 'clean-up', (trx) => sweepSessions(trx, clock.now()))
    return {}
  },
}

/** Warns, disposes, blanks, removes, asks and reminds; each piece is an event of its own. */
const retentionJob: Job = { name: 'retention', timing: { dailyAt: '03:10' }, run: (attune) => runRetention(attune) }

/** Keys to destroy, accounts to close and letters to send of whoever was interrupted. */
const settleRightsJob: Job = {
  name: 'settle-rights',
  timing: { everySeconds: 30 },
  run: async (attune, signal) => {
    await settleOutside(attune, signal)
    return {}
  },
}

/** Access that has to be looked at again: opened ahead, told when late (DCS-070). */
const grantReviewsJob: Job = { name: 'grant-reviews', timing: { dailyAt: '04:05' }, run: (attune) => runGrantReviews(attune) }

/** What the mail server did not take at once is offered to it again. */
const deliverLettersJob: Job = {
  name: 'deliver-letters',
  timing: { everySeconds: 60 },
  run: async ({ mail }, signal) => ({ letters: await mail.deliverWaiting(signal) }),
}

/** Licences to show the wording of a measure begin and end with a day. */
const itemLicencesJob: Job = { name: 'item-licences', timing: { dailyAt: '00:10' }, run: async (attune) => ({ forms: await followLicences(attune) }) }

/** Nominations that nobody has acted on go, and the lead is told. */
const nominationsJob: Job = { name: 'nominations', timing: { dailyAt: '04:15' }, run: (attune) => lapseNominations(attune) }

/** Invitations and letters go at the policy's time; what a try to join left half given is taken back. */
const sweepLettersJob: Job = { name: 'sweep-letters', timing: { dailyAt: '04:20' }, run: (attune) => sweepLetters(attune) }

export const jobs: readonly Job[] = [
  itemLicencesJob,
  retentionJob,
  grantReviewsJob,
  nominationsJob,
  sweepLettersJob,
  settleRightsJob,
  deliverLettersJob,
  auditJob,
  breachJob,
  incidentLettersJob,
  foldSumsJob,
  sweepSessionsJob,
  replaySubmissionsJob,
  koboJob,
  ...trustJobs,
  ...webhookJobs,
]
