// Lends a command the whole server except its ear: databases, keyring and mail. The embedded database is started when it does not run and
// then stopped again; one that belongs to a running server is left to it.
import { openAttune } from '../apps/server/src/open-attune.ts'
import type { Attune } from '../apps/server/src/attune.ts'
import type { Environment } from '../apps/server/src/env.ts'
import { openFaultLog } from '../apps/server/src/fault-log.ts'
import { openCluster } from '../apps/server/src/open-cluster.ts'
import { openRoot } from '../apps/server/src/open-root.ts'
import { getProgramme } from '../apps/server/src/outside/programme-folder.ts'
import type { Writer } from './writer.ts'

type Programme = ReturnType<typeof getProgramme>

/** Lends a command what it runs in and gives its exit code; tests lend their own. */
export type Lend = (work: (attune: Attune) => Promise<number>) => Promise<number>

export async function withAttune<Result>(
  { environment, programme = getProgramme(environment.programme), err }: { environment: Environment; programme?: Programme; err: Writer },
  work: (attune: Attune) => Promise<Result>,
): Promise<Result> {
  const { admin, embedded } = await openCluster(environment)
  const clock = { now: () => new Date() }
  try {
    const faults = openFaultLog((line) => void err.write(line), clock.now)
    const attune = await openAttune({ environment, admin, root: openRoot(environment), programme, clock, faults, version: 'command' })
    try {
      return await work(attune)
    } finally {
      await attune.databases.close()
    }
  } finally {
    if (embedded?.adopted === false) await embedded.stop()
  }
}
