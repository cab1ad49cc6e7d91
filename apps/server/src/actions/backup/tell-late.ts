// A backup that did not come is told to administrators, once a day for as long as it stays away: nobody looks at a screen to see what is not there.
import type { Attune } from '../../attune.ts'
import { listBackups, noteLateBackup } from '../../store/backup/backups.ts'
import { instantWords, toLondonDay } from '../london-day.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { withActor } from '../../store/with-actor.ts'
import { settleOutside } from '../right/settle-outside.ts'
import { plansOf, toPlanState, type PlanState } from './due-backups.ts'

const kindWords = { data: 'records', accounts: 'accounts', keyring: 'keys' } as const

/** Writes to every administrator about the backups that are late today. Returns how many those are. Noted and queued in one transaction: a stop loses no letter. */
export async function tellLateBackups(attune: Attune): Promise<number> {
  const { databases, clock, backups } = attune
  if (backups.missing !== undefined) return 0
  const known = await listBackups(databases.attune)
  const late = plansOf(attune)
    .map((plan) => toPlanState(attune, plan, known))
    .filter((state) => state.late)
  const today = toLondonDay(clock.now())
  const told = await withActor(databases.attune, { role: 'system' }, 'backup', async (trx) => {
    const untold: PlanState[] = []
    for (const state of late) if (await noteLateBackup(trx, state, today)) untold.push(state)
    if (untold.length > 0)
      await addNotice(trx, {
        serviceId: 'operator',
        kind: 'backup-late',
        about: `${today} ${untold.map(({ kind, cycle }) => `${kind} ${cycle}`).join(', ')}`,
        toRole: 'administrator',
        facts: { lines: untold.map(toLine).join('\n') },
        at: clock.now(),
      })
    return untold.length
  })
  if (told > 0) await settleOutside(attune)
  return told
}

function toLine({ kind, cycle, last }: PlanState): string {
  const where = cycle === 'offsite' ? ', away from the server' : ''
  return `${kindWords[kind]}${where}: ${last === undefined ? 'none has been made yet' : `the last good one is of ${instantWords(last.madeAt)}`}`
}
