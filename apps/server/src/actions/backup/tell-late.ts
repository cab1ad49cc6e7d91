// A backup that did not come is told to administrators, once a day for as long as it stays away: nobody looks at a screen to see what is not there.
import type { Attune } from '../../attune.ts'
import { listBackups, noteLateBackup } from '../../store/backup/backups.ts'
import { instantWords, toLondonDay } from '../london-day.ts'
import { writeLetter } from '../mail/write-letter.ts'
import { findRecipients } from '../person/find-recipients.ts'
import { plansOf, toPlanState, type PlanState } from './due-backups.ts'

const kindWords = { data: 'records', accounts: 'accounts', keyring: 'keys' } as const

/** Writes to every administrator about the backups that are late today. Returns how many those are. */
export async function tellLateBackups(attune: Attune): Promise<number> {
  const { databases, clock, backups } = attune
  if (backups.missing !== undefined) return 0
  const known = await listBackups(databases.attune)
  const late = plansOf(attune)
    .map((plan) => toPlanState(attune, plan, known))
    .filter((state) => state.late)
  const today = toLondonDay(clock.now())
  const untold: PlanState[] = []
  for (const state of late) if (await noteLateBackup(databases.attune, state, today)) untold.push(state)
  if (untold.length === 0) return 0
  for (const { email, displayName } of await findRecipients(attune, ['administrator'], 'operator'))
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: 'backup-late',
        name: displayName,
        parts: [
          'These backups should have been made and were not:',
          untold.map(({ kind, cycle, last }) => {
            const where = cycle === 'offsite' ? ', away from the server' : ''
            return `${kindWords[kind]}${where}: ${last === undefined ? 'none has been made yet' : `the last good one is of ${instantWords(last.madeAt)}`}`
          }),
          'Look at Backups in Attune, run "npx attune doctor" on the server, and do what it says. You get this letter each day until they are made.',
        ],
      }),
    )
  return untold.length
}
