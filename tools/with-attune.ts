// Lends a command the whole server except its ear: databases, keyring and mail. The embedded database is started when it does not run and
// then stopped again; one that belongs to a running server is left to it. Where nothing is installed it makes nothing, unless the command is for that.
import { existsSync } from 'node:fs'
import { openAttune } from '../apps/server/src/open-attune.ts'
import type { Attune } from '../apps/server/src/attune.ts'
import type { Environment } from '../apps/server/src/env.ts'
import { openFaultLog } from '../apps/server/src/fault-log.ts'
import { openCluster } from '../apps/server/src/open-cluster.ts'
import { openRoot } from '../apps/server/src/open-root.ts'
import { rootKeyFile } from '../apps/server/src/outside/root-key.ts'
import { getProgramme } from '../apps/server/src/outside/programme-folder.ts'
import type { Writer } from './writer.ts'

type Programme = ReturnType<typeof getProgramme>

/** Lends a command what it runs in and gives its exit code; tests lend their own. */
export type Lend = (work: (attune: Attune) => Promise<number>) => Promise<number>

type Lending = {
  readonly environment: Environment
  readonly programme?: Programme
  /** True for a command that makes an installation where there is none. */
  readonly makes?: boolean
  readonly err: Writer
}

export async function withAttune<Result>(
  { environment, programme = getProgramme(environment.programme), makes = false, err }: Lending,
  work: (attune: Attune) => Promise<Result>,
): Promise<Result> {
  // The root key is the first thing that an installation has, and no other has the same.
  if (!makes && !existsSync(rootKeyFile(environment.home)))
    throw new Error(
      `There is no installation in ${environment.home}. Set ATTUNE_HOME to the folder of yours. "npx attune init" makes a new one, "npm start" a demo. Nothing was made.`,
    )
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
