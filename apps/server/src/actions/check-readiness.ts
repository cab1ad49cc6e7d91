// Whether this server should be sent requests, and how it stands, for load balancers and whoever watches. It tells no number about people.
import { statfs } from 'node:fs/promises'
import type { Attune } from '../attune.ts'
import { listBackups } from '../store/backup/backups.ts'
import { findUnsealedSeconds } from '../store/log/find-unsealed-seconds.ts'
import { plansOf, toPlanState } from './backup/due-backups.ts'
import { checkHealth } from './check-health.ts'

export const readinessParts = ['database', 'keyring', 'sealer', 'disk'] as const
export type ReadinessPart = (typeof readinessParts)[number]
export type Readiness = { readonly [part in ReadinessPart]: boolean }

/** Events are sealed every two seconds. What waits for minutes is not being sealed any more, and could be taken away unseen. */
const longestUnsealedSeconds = 120
/** Below this a database stops in the middle of its work and a backup is not finished. */
const leastFreeBytes = 256 * 1024 * 1024

/** Looks at each part; one that cannot be looked at is not ready. */
export async function checkReadiness(attune: Attune): Promise<Readiness> {
  const { databases, keyring, environment } = attune
  const holds = (look: Promise<boolean>) => look.catch(() => false)
  const [database, key, sealer, disk] = await Promise.all([
    holds(checkHealth(attune).then(() => true)),
    holds(keyring.holdsCurrentEpoch()),
    holds(findUnsealedSeconds(databases.sealer).then((seconds) => seconds <= longestUnsealedSeconds)),
    holds(readFreeBytes(environment.home).then((bytes) => bytes >= leastFreeBytes)),
  ])
  return { database, keyring: key, sealer, disk }
}

export type Standing = {
  readonly unsealedSeconds: number
  readonly freeBytes: number
  readonly backups: readonly { readonly kind: string; readonly cycle: string; readonly ageSeconds: number | undefined; readonly late: boolean }[]
  readonly pools: readonly { readonly name: string; readonly open: number; readonly idle: number; readonly waiting: number }[]
}

/** What only a look tells. Parts that cannot be looked at are left out. */
export async function readStanding(attune: Attune): Promise<Partial<Standing>> {
  const { databases, environment, clock } = attune
  const now = clock.now().getTime()
  const look = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined)
  const [unsealedSeconds, freeBytes, known] = await Promise.all([
    look(findUnsealedSeconds(databases.sealer)),
    look(readFreeBytes(environment.home)),
    look(listBackups(databases.attune)),
  ])
  const { attune: main, accounts, keyring, sealer } = databases
  return {
    ...(unsealedSeconds !== undefined && { unsealedSeconds }),
    ...(freeBytes !== undefined && { freeBytes }),
    ...(known !== undefined && {
      backups: plansOf(attune).map((plan) => {
        const { last, late } = toPlanState(attune, plan, known)
        return { kind: plan.kind, cycle: plan.cycle, ageSeconds: last && Math.max(0, (now - last.madeAt.getTime()) / 1000), late }
      }),
    }),
    pools: [main, accounts, keyring, sealer].map(({ name, pool }) => ({
      name,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    })),
  }
}

async function readFreeBytes(home: string): Promise<number> {
  const { bavail, bsize } = await statfs(home)
  return bavail * bsize
}
