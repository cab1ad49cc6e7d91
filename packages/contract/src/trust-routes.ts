// Routes about backups, keys and the seals of the log.
import type { Route } from './route.ts'
import * as trust from './trust.ts'

export const trustRoutes = {
  'GET /api/backups': { summary: 'How backups and keys stand', door: 'second-factor', act: 'backup.read', reply: trust.BackupsPage },
  'POST /api/backups': { summary: 'Make a backup now', door: 'second-factor', act: 'backup.make', status: 202, reply: trust.BackupStarted },
  'GET /api/log-seals': {
    summary: 'When the log was sealed, anchored and verified',
    door: 'second-factor',
    act: 'log.read',
    reply: trust.LogSealPage,
  },
} as const satisfies { readonly [name: string]: Route }
