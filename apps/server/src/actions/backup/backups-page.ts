// How backups and keys stand, and making one now. There is no act that looks into a backup: it can only be put back, by two people, at the command line.
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { listBackups, listRestorations, type Backup, type Restoration } from '../../store/backup/backups.ts'
import type { KeyringState } from '../../store/keyring/keyring.ts'
import { readSeals, type Seals } from '../../store/log/read-seals.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { plansOf, toPlanState, type PlanState } from './due-backups.ts'
import { makeBackup, toStorage } from './make-backup.ts'

export type BackupsState = {
  readonly missing: string | undefined
  readonly plans: readonly (PlanState & { readonly destination: string; readonly kept: number; readonly generations: number })[]
  readonly backups: readonly Backup[]
  readonly people: { readonly data: readonly string[]; readonly keyring: readonly string[] }
  readonly keys: KeyringState & { readonly rotateHours: number }
  readonly restorations: readonly Restoration[]
}

export async function readBackups(attune: Attune, { role, serviceId, accountId }: Acting): Promise<BackupsState> {
  const { databases, backups, keyring, programme } = attune
  const { values } = programme.policy
  const known = await listBackups(databases.attune)
  const restorations = await listRestorations(databases.attune)
  await withActor(databases.attune, { role, serviceId, accountId }, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'backup.read', outcome: 'done', detail: { backups: known.length } }),
  )
  return {
    missing: backups.missing,
    plans: plansOf(attune).map((plan) => ({
      ...toPlanState(attune, plan, known),
      destination: toStorage(backups, plan).name,
      kept: plan.cycle === 'platform' ? values.platformBackupGenerationsKept : values.backupGenerationsKept,
      generations: known.filter(({ kind, cycle, state }) => kind === plan.kind && cycle === plan.cycle && state === 'verified').length,
    })),
    backups: known.slice(0, 40),
    people: { data: backups.people.data.map(({ name }) => name), keyring: backups.people.keyring.map(({ name }) => name) },
    keys: { ...(await keyring.readState()), rotateHours: values.keysRotateHours },
    restorations,
  }
}

/** Starts a backup of everything beside the platform. It goes on after the answer; the list says how it ends. */
export async function startBackups(attune: Attune, { role, serviceId, accountId }: Acting): Promise<void> {
  const { databases, backups, faults } = attune
  if (backups.missing !== undefined) raise('backup-not-set-up')
  if ((await listBackups(databases.attune)).some(({ state }) => state === 'making')) raise('backup-under-way')
  await withActor(databases.attune, { role, serviceId, accountId }, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'backup.start', outcome: 'done' }),
  )
  void (async () => {
    for (const plan of plansOf(attune).filter(({ cycle }) => cycle === 'platform')) await makeBackup(attune, { ...plan, askedBy: accountId })
  })().catch((error: unknown) => faults.fault('backup', error, 'backup'))
}

/** Sealed, anchored, verified: when last, and what did not agree. */
export async function readLogSeals({ databases }: Attune, { role, serviceId, accountId }: Acting): Promise<Seals> {
  return withActor(databases.attune, { role, serviceId, accountId }, '', async (trx) => {
    await logEvent(trx, { serviceId, accountId, role, action: 'log.read', outcome: 'done', detail: { rows: 0 } })
    return readSeals(trx)
  })
}
