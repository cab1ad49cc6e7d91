// What a server counts about itself while it runs, for whoever watches it. Labels come from closed sets (routes of the table, job names, outcomes):
// never an address, a name, a service, a code or anything else that was typed.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Upper ends of the buckets of response times, in seconds. */
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

export type Counted = { readonly labels: Readonly<Record<string, string>>; count: number }

export type Figures = {
  /** A request that was answered. `route` is the pattern of the table, never the address; `seconds` the time until the reply was sent. */
  readonly request: (method: string, route: string, status: number, seconds: number) => void
  readonly job: (name: string, outcome: 'done' | 'failed') => void
  readonly fault: () => void
  readonly read: () => {
    readonly requests: readonly Counted[]
    readonly jobs: readonly Counted[]
    readonly faults: number
    /** How many took at most so many seconds, and how many there were; and the seconds of all together. */
    readonly times: { readonly atMost: readonly (readonly [seconds: number, count: number])[]; readonly all: number; readonly seconds: number }
    /** Longest wait of the event loop since the last look, in seconds. */
    readonly loopSeconds: number
  }
}

export function openFigures(): Figures {
  const requests = new Map<string, Counted>()
  const jobs = new Map<string, Counted>()
  const atMost = secondsBuckets.map(() => 0)
  let all = 0
  let seconds = 0
  let faults = 0
  const loop = monitorEventLoopDelay({ resolution: 20 })
  loop.enable()
  const add = (to: Map<string, Counted>, labels: Counted['labels']) => {
    const key = Object.values(labels).join('\n')
    const known = to.get(key)
    if (known === undefined) to.set(key, { labels, count: 1 })
    else known.count++
  }
  return {
    request(method, route, status, took) {
      add(requests, { method, route, status: String(status) })
      all++
      seconds += took
      for (let at = secondsBuckets.length - 1; at >= 0 && took <= secondsBuckets[at]!; at--) atMost[at]!++
    },
    job: (job, outcome) => add(jobs, { job, outcome }),
    fault: () => void faults++,
    read() {
      const loopSeconds = Number.isFinite(loop.max) ? loop.max / 1e9 : 0
      loop.reset()
      const times = { atMost: secondsBuckets.map((end, at) => [end, atMost[at]!] as const), all, seconds }
      return { requests: [...requests.values()], jobs: [...jobs.values()], faults, times, loopSeconds }
    },
  }
}
