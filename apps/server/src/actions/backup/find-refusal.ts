import { mayConnect } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { Cycle } from '../../store/backup/backups.ts'
import { toLondonDay } from '../london-day.ts'

/** Why a backup may not be made. Away from the server it lies with somebody else, who holds it under an agreement or not at all (DCS-061). */
export function findRefusal({ programme, clock }: Pick<Attune, 'programme' | 'clock'>, { cycle }: { readonly cycle: Cycle }): string | undefined {
  if (cycle !== 'offsite') return undefined
  const decision = mayConnect(programme.policy, 'offsite-backup', toLondonDay(clock.now()))
  return decision.allowed ? undefined : decision.sentence
}
