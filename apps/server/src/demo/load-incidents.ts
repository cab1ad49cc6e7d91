// Two incidents of the demo: one that was looked into and closed, and one that was found yesterday, so that a clock is running.
import type { Attune } from '../attune.ts'
import type { Acting } from '../actions/acting.ts'
import { assessBreach, closeBreach, recordBreach } from '../actions/breach/breaches.ts'
import { sendIncidentLetters } from '../actions/breach/incident-letters.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { noMail } from './no-mail.ts'

const hour = 3_600_000

export async function loadIncidents(real: Attune, administrator: Acting): Promise<void> {
  const now = real.clock.now().getTime()
  const at = (hoursAgo: number): Attune => ({ ...real, clock: { now: () => new Date(now - hoursAgo * hour) } })
  const dayOf = (hoursAgo: number) => toLondonDay(new Date(now - hoursAgo * hour))
  const quiet = (hoursAgo: number): Attune => ({ ...at(hoursAgo), mail: noMail })

  const closed = await recordBreach(quiet(2_000), administrator, {
    foundAt: new Date(now - 2_001 * hour).toISOString(),
    happenedFrom: dayOf(2_010),
    happenedUntil: dayOf(2_001),
    kind: 'unavailable',
    what: 'After a change at the hosting provider nobody could sign in for nine hours. Nothing was lost.',
    services: ['harbour', 'hillview', 'riverside'],
    accounts: [],
  })
  await sendIncidentLetters(quiet(2_000))
  const reasons = 'Forms wait on the devices and were sent afterwards; nobody went without anything.'
  await assessBreach(quiet(1_990), administrator, closed.breachId, { likelihood: 1, severity: 2, risk: 'unlikely', reasons })
  await closeBreach(quiet(1_980), administrator, closed.breachId, {
    lessons: 'The provider tells us of changes two days before, and we look an hour after.',
  })

  await recordBreach(at(20), administrator, {
    foundAt: new Date(now - 26 * hour).toISOString(),
    happenedFrom: dayOf(50),
    happenedUntil: dayOf(26),
    kind: 'seen',
    what: 'A download of the service lay on a shared drive over a weekend and could be opened by the whole office.',
    services: ['riverside'],
    accounts: [],
  })
  await sendIncidentLetters(at(20))
}
