// What runs beside the HTTP application in the server's process: the jobs, and the demo's people before anybody can come in.
import type { FastifyInstance } from 'fastify'
import type { Attune } from './attune.ts'
import { openShelf } from './actions/form/form-shelf.ts'
import { startJobs } from './jobs/run-jobs.ts'
import { sealSteadily } from './jobs/seal-steadily.ts'
import { jobs } from './jobs/table.ts'
import type { AdminConnections } from './store/postgres-databases.ts'

export type Companions = { readonly stop: () => Promise<void> }

/** Starts them before the server listens; `stop` waits for what is under way. */
export async function startCompanions(attune: Attune, _app: FastifyInstance, _admin: AdminConnections): Promise<Companions> {
  await openShelf(attune)
  if (attune.mode === 'demo') await (await import('./demo/load-demo.ts')).loadDemo(attune)
  const jobsRunning = await startJobs(attune, jobs)
  const sealing = sealSteadily(attune)
  return {
    async stop() {
      await jobsRunning.stop()
      await sealing.stop()
    },
  }
}
