import type { BackupsPage, BackupView, LogSealPage } from '@attune/contract'
import type { BackupsState } from '../actions/backup/backups-page.ts'
import type { Seals } from '../store/log/read-seals.ts'

const when = (at: Date | null | undefined): string | null => at?.toISOString() ?? null

export function presentBackups({ missing, plans, backups, people, keys, restorations }: BackupsState): BackupsPage {
  return {
    missing: missing ?? null,
    plans: plans.map(({ kind, cycle, destination, kept, generations, last, nextAt, late, refused }) => ({
      ...{ kind, cycle, destination, kept, generations, late, refused: refused ?? null },
      lastAt: when(last?.madeAt),
      verifiedAt: when(last?.verifiedAt),
      nextAt: nextAt.toISOString(),
    })),
    backups: backups.map(({ backupId, kind, cycle, madeAt, name, destination, bytes, counts, state, problem, verifiedAt }) => ({
      ...{ backupId, kind, cycle, name, destination, bytes, problem },
      state: state as BackupView['state'],
      madeAt: madeAt.toISOString(),
      rows: Object.values(counts).reduce((sum, count) => sum + count, 0),
      verifiedAt: when(verifiedAt),
    })),
    people: { data: [...people.data], keyring: [...people.keyring] },
    keys: {
      ...{ epoch: keys.epoch, keeper: keys.keeper, clients: keys.clientKeys, erasedSince: keys.erasedSince, rotateHours: keys.rotateHours },
      startedAt: keys.startedAt.toISOString(),
    },
    restorations: restorations.map(({ backupAt, finishedAt, incident, approvers, erasedAgain, records }) => ({
      ...{ incident, approvers: [...approvers], erasedAgain, records },
      backupAt: backupAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
    })),
  }
}

export function presentSeals({ sealed, anchors, verified }: Seals): LogSealPage {
  return {
    sealed: sealed === undefined ? null : { ...sealed, at: sealed.at.toISOString() },
    anchors: anchors.map(({ destination, at, failed }) => ({ destination, at: when(at), failed })),
    verified:
      verified === undefined
        ? null
        : {
            ...{ at: verified.at.toISOString(), events: verified.events, anchors: verified.anchors },
            findings: verified.findings.map(({ kind, batch, event }) => ({ kind, batch: batch ?? null, event: event ?? null })),
          },
  }
}
