// Backups, keys and the seals of the log, as administrators see them: that they are there and in order, never what is in them.
import { Type, type Static } from 'typebox'
import { closed, Instant, Uuid } from './words.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const backupKinds = ['data', 'accounts', 'keyring'] as const
export const backupCycles = ['platform', 'offsite'] as const
export const BackupKindName = Type.Enum([...backupKinds])
export const BackupCycleName = Type.Enum([...backupCycles])

export const BackupView = closed({
  backupId: Uuid,
  kind: BackupKindName,
  cycle: BackupCycleName,
  madeAt: Instant,
  name: Type.String(),
  destination: Type.String(),
  bytes: orNull(Type.Integer()),
  rows: Type.Integer({ description: 'rows that were put back into a scratch database when it was verified' }),
  state: Type.Enum(['making', 'verified', 'failed']),
  problem: orNull(Type.String()),
  verifiedAt: orNull(Instant),
})
export type BackupView = Static<typeof BackupView>

export const BackupPlanView = closed({
  kind: BackupKindName,
  cycle: BackupCycleName,
  destination: Type.String(),
  kept: Type.Integer({ description: 'generations that are kept' }),
  generations: Type.Integer(),
  lastAt: orNull(Instant),
  verifiedAt: orNull(Instant),
  nextAt: Instant,
  late: Type.Boolean(),
  refused: orNull(Type.String({ description: 'why it may not be made, in a sentence' })),
})
export type BackupPlanView = Static<typeof BackupPlanView>

export const RestorationView = closed({
  backupAt: Instant,
  finishedAt: Instant,
  incident: Type.String(),
  approvers: Type.Array(Type.String()),
  erasedAgain: Type.Integer(),
  records: Type.Integer(),
})
export const BackupsPage = closed({
  missing: orNull(Type.String({ description: 'what has to be set before a backup can be made' })),
  plans: Type.Array(BackupPlanView),
  backups: Type.Array(BackupView),
  people: closed({ data: Type.Array(Type.String()), keyring: Type.Array(Type.String()) }),
  keys: closed({
    epoch: Type.Integer(),
    startedAt: Instant,
    keeper: Type.String(),
    clients: Type.Integer(),
    erasedSince: Type.Integer(),
    rotateHours: Type.Integer(),
  }),
  restorations: Type.Array(RestorationView),
})
export type BackupsPage = Static<typeof BackupsPage>
export const BackupStarted = closed({ started: Type.Literal(true) })

export const LogSealPage = closed({
  sealed: orNull(closed({ at: Instant, events: Type.Integer(), batches: Type.Integer() })),
  anchors: Type.Array(closed({ destination: Type.String(), at: orNull(Instant), failed: Type.Boolean() })),
  verified: orNull(
    closed({
      at: Instant,
      events: Type.Integer(),
      anchors: Type.Integer(),
      findings: Type.Array(closed({ kind: Type.String(), batch: orNull(Type.Integer()), event: orNull(Type.Integer()) })),
    }),
  ),
})
export type LogSealPage = Static<typeof LogSealPage>
