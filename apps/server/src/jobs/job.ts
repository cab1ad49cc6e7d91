// What a job is: a name, when it is due, and what it does. It calls actions and the store like a route does; who may what is decided there.
import type { Attune } from '../attune.ts'

/** `dailyAt` is a time of day in London, `HH:MM`. */
export type Timing = { readonly everySeconds: number } | { readonly dailyAt: string }

/** What was done, counted. It is the detail of the event `job.run`; zeros mean that there was nothing to do. */
export type JobCounts = Readonly<Record<string, number>>

export type Job = {
  /** Kebab-case and never reused: it is the key of the schedule. */
  readonly name: string
  readonly timing: Timing
  /**
   * Does what is due now. It may be broken off at any moment and is then run again from the start, on this server or another: whatever it does must
   * be whole in one transaction each, and find by itself what is left. `signal` says that the server stops or that the job went to another.
   */
  readonly run: (attune: Attune, signal: AbortSignal) => Promise<JobCounts>
}
