// Runs the jobs of the table when they are due: each on one server at a time, again after a failure, and again from the start when a server died
// over it. docs/architecture.md says how to add one.
import { randomUUID } from 'node:crypto'
import type { Attune } from '../attune.ts'
import { addSchedules, endJob, holdDueJobs, keepHolding, letGo } from '../store/job-schedules.ts'
import type { Job } from './job.ts'
import { toNextDue } from './next-due.ts'

const second = 1_000
const minute = 60 * second
/** Held for a minute, renewed every quarter of one: a server that died is replaced within a minute. */
const heldMs = minute
const renewMs = 15 * second
const longestPauseMs = 60 * minute

export type JobRunner = {
  /** Runs what is due now and waits for its end. Returns the names. */
  readonly runDue: () => Promise<string[]>
  /** Breaks off what runs and waits for it. What was broken off stays due. */
  readonly stop: () => Promise<void>
}

/** Puts the jobs on the schedule. They run when `runDue` is called; `startJobs` calls it by itself. */
export async function makeJobRunner(attune: Attune, jobs: readonly Job[]): Promise<JobRunner> {
  const holder = randomUUID()
  const { databases, clock, faults, figures } = attune
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()
  const now = clock.now()
  await addSchedules(
    databases.attune,
    jobs.map(({ name, timing }) => ({ name, dueAt: 'dailyAt' in timing ? toNextDue(timing, now) : now })),
  )

  async function runOne(job: Job, failures: number): Promise<void> {
    const lost = new AbortController()
    const renew = setInterval(() => {
      keepHolding(databases.attune, holder, job.name, new Date(clock.now().getTime() + heldMs)).then(
        (kept) => !kept && lost.abort(),
        // Not knowing is not having lost: the database may be back before the hold ends.
        () => {},
      )
    }, renewMs).unref()
    try {
      const counts = await job.run(attune, AbortSignal.any([stopping.signal, lost.signal]))
      const at = clock.now()
      figures.job(job.name, 'done')
      const worthAnEvent = 'dailyAt' in job.timing || Object.values(counts).some((count) => count !== 0)
      const dueAt = stopping.signal.aborted ? at : toNextDue(job.timing, at)
      await endJob(databases.attune, { holder, name: job.name, at, dueAt, outcome: 'done', failures: 0, ...(worthAnEvent && { event: counts }) })
    } catch (error) {
      if (stopping.signal.aborted) return await letGo(databases.attune, holder, job.name)
      const fault = randomUUID()
      faults.fault(fault, error, `job ${job.name}`)
      figures.job(job.name, 'failed')
      const at = clock.now()
      const pause = new Date(at.getTime() + Math.min(minute * 2 ** failures, longestPauseMs))
      const next = toNextDue(job.timing, at)
      const dueAt = 'dailyAt' in job.timing && next < pause ? next : pause
      await endJob(databases.attune, { holder, name: job.name, at, dueAt, outcome: 'failed', failures: failures + 1, event: { fault } })
    } finally {
      clearInterval(renew)
    }
  }

  async function runDue(): Promise<string[]> {
    if (stopping.signal.aborted) return []
    const free = jobs.filter(({ name }) => !running.has(name))
    const at = clock.now()
    const due = await holdDueJobs(databases.attune, {
      holder,
      names: free.map(({ name }) => name),
      now: at,
      until: new Date(at.getTime() + heldMs),
    })
    await Promise.all(
      due.map(async ({ name, failures }) => {
        const run = runOne(
          jobs.find((job) => job.name === name)!,
          failures,
        )
          // The end could not be written: the hold runs out and the job is taken up again.
          .catch((error: unknown) => faults.fault(randomUUID(), error, `job ${name}`))
          .finally(() => running.delete(name))
        running.set(name, run)
        await run
      }),
    )
    return due.map(({ name }) => name)
  }

  return {
    runDue,
    async stop() {
      stopping.abort()
      await Promise.all(running.values())
    },
  }
}

/** Looks every few seconds for what is due. */
export async function startJobs(attune: Attune, jobs: readonly Job[], { lookEveryMs = 5 * second } = {}): Promise<{ stop: () => Promise<void> }> {
  const runner = await makeJobRunner(attune, jobs)
  const look = () => void runner.runDue().catch((error: unknown) => attune.faults.fault(randomUUID(), error, 'jobs'))
  const timer = setInterval(look, lookEveryMs).unref()
  look()
  return {
    async stop() {
      clearInterval(timer)
      await runner.stop()
    },
  }
}
