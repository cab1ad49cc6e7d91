// Seals the log every few seconds while the server runs, and once more when it stops: what was written after the last seal could be taken away
// unseen. Not a job of the table: it is far more frequent, and of many servers the database lets one at it each time.
import type { Attune } from '../attune.ts'
import { sealAndAnchor } from '../actions/log/keep-log.ts'

const everyMs = 2_000

export function sealSteadily(attune: Attune): { stop: () => Promise<void> } {
  let sealing: Promise<unknown> | undefined
  const seal = (): Promise<unknown> =>
    (sealing ??= sealAndAnchor(attune)
      .catch((error: unknown) => attune.faults.fault('seal', error, 'log'))
      .finally(() => (sealing = undefined)))
  const timer = setInterval(() => void seal(), everyMs).unref()
  return {
    async stop() {
      clearInterval(timer)
      await sealing
      await seal()
    },
  }
}
