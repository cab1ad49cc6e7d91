// A nomination that nobody acts on does not lie here for ever: it is about a named person. After the policy's days it lapses, the lead is told, and
// what it said is gone. One for which an invitation is on its way waits for that invitation.
import { addDays } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findStaleNominations, removeNomination } from '../../store/accounts/nominations.ts'
import { logEvent } from '../../store/log-event.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { startOfLondonDay, toLondonDay } from '../london-day.ts'
import { settleOpenNominations } from './nominations.ts'
import { settleOutside } from '../right/settle-outside.ts'

const door = { role: 'door' } as const

/** Lets lapse what is due on the clock's day. A run that was broken off is taken up by the next, and nothing is told twice. */
export async function lapseNominations(attune: Attune): Promise<{ lapsed: number }> {
  const { databases, clock, programme } = attune
  const at = clock.now()
  const keepDays = programme.policy.values.nominationKeepDays
  const until = startOfLondonDay(addDays(toLondonDay(at), 1 - keepDays))
  // One for which access was given is not lapsed, even where its mark was broken off.
  await settleOpenNominations(attune)
  const stale = await withReader(databases.accounts, door, 'retention', (trx) => findStaleNominations(trx as never, until, at))
  for (const { nominationId, serviceId, nominatedAt } of stale) {
    const nominatedOn = toLondonDay(nominatedAt)
    await withActor(databases.attune, { role: 'system' }, 'retention', async (trx) => {
      const facts = { day: nominatedOn }
      const isNew = await addNotice(trx, { serviceId, kind: 'nomination-lapsed', about: nominationId, toRole: 'service-lead', facts, at })
      if (isNew)
        await logEvent(trx, {
          serviceId,
          role: 'system',
          action: 'nominee.lapse',
          outcome: 'done',
          detail: { nomination: nominationId, nominatedOn, keepDays },
        })
    })
    await withActor(databases.accounts, door, 'retention', (trx) => removeNomination(trx, nominationId, serviceId))
  }
  await settleOutside(attune)
  return { lapsed: stale.length }
}
