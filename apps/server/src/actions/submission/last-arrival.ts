// When somebody last sent a record to this server: what can wait, waits for a quiet moment.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attune } from '../../attune.ts'

const arrivals = new WeakMap<Attune, number>()
const quietMs = 300

export function noteArrival(attune: Attune): void {
  arrivals.set(attune, performance.now())
}

/** Resolves once nobody has sent anything for a moment. Where records come without a pause, what waits goes on all the same after `longestWaitMs`. */
export async function quietMoment(attune: Attune, longestWaitMs: number): Promise<void> {
  const longest = performance.now() + longestWaitMs
  for (let now = performance.now(); now < longest; now = performance.now()) {
    const wait = (arrivals.get(attune) ?? Number.NEGATIVE_INFINITY) + quietMs - now
    if (wait <= 0) return
    await sleep(Math.min(wait, longest - now))
  }
}
