// Which backups are due, which are late, and which have been kept long enough.
import { keepUntil } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { failUnfinished, listBackups, markRemoved, type Backup, type Cycle } from '../../store/backup/backups.ts'
import type { BackupKind } from '../../store/backup/dump.ts'
import { toLondonDay } from '../london-day.ts'
import { findRefusal } from './find-refusal.ts'
import { makeBackup, toStorage } from './make-backup.ts'

const hour = 60 * 60_000
const day = 24 * hour
/** A backup that began a little earlier than the last time is no reason to skip a day. */
const slack = hour
/** The latest that failed stay in the list for a week, so that people see it; more of them would push the good ones out of sight. */
const failedShown = 10
const failedShownMs = 7 * day

export type BackupPlan = { readonly kind: BackupKind; readonly cycle: Cycle }

/** What is backed up: everything each day beside the platform, the data each week away from it. */
export function plansOf({ backups }: Pick<Attune, 'backups'>): readonly BackupPlan[] {
  const platform = (['data', 'accounts', 'keyring'] as const).map((kind) => ({ kind, cycle: 'platform' as const }))
  return backups.storages.offsite === undefined ? platform : [...platform, { kind: 'data', cycle: 'offsite' }]
}

export type PlanState = BackupPlan & {
  readonly last: Backup | undefined
  readonly nextAt: Date
  readonly due: boolean
  readonly late: boolean
  /** Why it may not be made: a sentence about the agreement with whoever would hold it. */
  readonly refused: string | undefined
}

export function toPlanState(attune: Pick<Attune, 'programme' | 'clock'>, plan: BackupPlan, known: readonly Backup[]): PlanState {
  const { programme, clock } = attune
  const { values } = programme.policy
  const every = (plan.cycle === 'platform' ? values.platformBackupEveryDays : values.offsiteBackupEveryDays) * day
  const last = known.find(({ kind, cycle, state }) => kind === plan.kind && cycle === plan.cycle && state === 'verified')
  const now = clock.now().getTime()
  const nextAt = last === undefined ? new Date(now) : new Date(last.madeAt.getTime() + every)
  const late =
    last === undefined
      ? known.some(({ kind, cycle, state }) => kind === plan.kind && cycle === plan.cycle && state === 'failed')
      : now > nextAt.getTime() + values.backupLateHours * hour
  const refused = findRefusal(attune, plan)
  return { ...plan, last, nextAt, due: now >= nextAt.getTime() - slack, late, refused }
}

/** Makes every backup that is due and lets old ones go. One that fails does not keep the others from being made. */
export async function makeDueBackups(attune: Attune, signal: AbortSignal): Promise<{ made: number; removed: number; refused: number }> {
  const { databases, clock, backups } = attune
  if (backups.missing !== undefined) return { made: 0, removed: 0, refused: 0 }
  await failUnfinished(databases.attune, new Date(clock.now().getTime() - day))
  const failures: unknown[] = []
  let made = 0
  let refused = 0
  for (const plan of plansOf(attune)) {
    const state = toPlanState(attune, plan, await listBackups(databases.attune))
    if (signal.aborted || !state.due) continue
    if (state.refused !== undefined) {
      refused++
      continue
    }
    await makeBackup(attune, plan).then(
      () => made++,
      (error: unknown) => failures.push(error),
    )
  }
  const removed = await removeOld(attune)
  if (failures.length > 0) throw failures[0]
  return { made, removed, refused }
}

/** Generations beyond the number that is kept, those older than the policy allows, and failed ones go. */
export async function removeOld(attune: Attune): Promise<number> {
  const { databases, clock, backups, programme } = attune
  const { values, retention } = programme.policy
  const rule = retention.find(({ id }) => id === 'backup')
  const today = toLondonDay(clock.now())
  const known = await listBackups(databases.attune, { limit: 1_000 })
  let removed = 0
  for (const plan of plansOf(attune)) {
    const kept = plan.cycle === 'platform' ? values.platformBackupGenerationsKept : values.backupGenerationsKept
    const generations = known.filter(({ kind, cycle, state }) => kind === plan.kind && cycle === plan.cycle && state === 'verified')
    for (const [index, backup] of generations.entries()) {
      const until = rule && keepUntil(rule, toLondonDay(backup.madeAt))
      const aged = until !== undefined && today > until
      if (index < kept && !aged) continue
      await toStorage(backups, plan).remove(backup.name)
      await markRemoved(databases.attune, backup, clock.now())
      removed++
    }
    const failed = known.filter(({ kind, cycle, state }) => kind === plan.kind && cycle === plan.cycle && state === 'failed')
    for (const [index, backup] of failed.entries()) {
      if (index < failedShown && clock.now().getTime() - backup.madeAt.getTime() < failedShownMs) continue
      // Of one that was cut off by a kill there may be a beginning.
      await toStorage(backups, plan).remove(backup.name)
      await markRemoved(databases.attune, backup, clock.now())
      removed++
    }
  }
  return removed
}

/** Backups of the keys from before this epoch open no more: only the newest one stays. */
export async function removeEndedKeyBackups(attune: Attune): Promise<void> {
  const { databases, clock, backups } = attune
  const known = await listBackups(databases.attune, { limit: 1_000 })
  for (const backup of known.filter(({ kind, state }) => kind === 'keyring' && state === 'verified').slice(1)) {
    await backups.storages.keyring.remove(backup.name)
    await markRemoved(databases.attune, backup, clock.now())
  }
}
