// Requests of the demo, one in each state: overdue, due soon, waiting for the service, waiting for a second person, answered. Nobody is erased.
import type { RequestNew } from '@attune/contract'
import { addDays } from '@attune/policy'
import type { Attune } from '../attune.ts'
import type { Acting } from '../actions/acting.ts'
import { toLondonDay } from '../actions/london-day.ts'
import { runRetention } from '../actions/retention/run-retention.ts'
import { fileClientRequest, fileRequest } from '../actions/right/file-request.ts'
import { decideRequest, turnClock } from '../actions/right/step-request.ts'
import { noMail } from './no-mail.ts'

type People = { readonly lead: Acting; readonly administrator: Acting; readonly practitioner: Acting }

const nothingToPack = () => Promise.reject(new Error('No request of the demo makes a package.'))
const reasons = 'The service knows the person, and what is asked for is clear.'

/** `codes` are codes of clients of the lead's service. */
export async function loadRights(real: Attune, { lead, administrator, practitioner }: People, codes: readonly string[]): Promise<void> {
  const today = toLondonDay(real.clock.now())
  const on = (days: number): Attune => ({
    ...real,
    clock: { now: () => new Date(`${addDays(today, -days)}T11:00:00Z`) },
    mail: noMail,
  })
  const file = (days: number, order: Omit<RequestNew, 'identityCheck'>, place: number) =>
    fileRequest(on(days), lead, { ...order, code: codes[place]!, identityCheck: 'known-in-person' })

  await file(41, { type: 'access', words: 'They would like to read what was written down over the year.' }, 0)
  await file(27, { type: 'rectify', words: 'The number of the second session is wrong.' }, 1)
  const answered = await file(60, { type: 'not-automated' }, 2)
  await decideRequest(
    on(50),
    administrator,
    answered,
    { outcome: 'grant', reasons: 'Nothing here is decided by a machine; people look at every record.' },
    nothingToPack,
  )
  const paused = await file(20, { type: 'port', words: 'To take along to another clinic.' }, 3)
  await turnClock(on(15), administrator, paused, {
    step: 'pause',
    reasons: 'Which clinic is it to go to, and in which form can they read it?',
  })
  const held = await file(9, { type: 'restrict', ground: 'inaccurate', hold: true }, 4)
  await decideRequest(on(7), administrator, held, { outcome: 'grant', reasons, ground: 'inaccurate' }, nothingToPack)
  const deletion = await file(6, { type: 'delete' }, 5)
  await decideRequest(on(2), administrator, deletion, { outcome: 'grant', reasons }, nothingToPack)
  await fileRequest(on(3), practitioner, { type: 'access' })
  await fileClientRequest(on(1), { serviceId: lead.serviceId, type: 'object' })
  await runRetention(real)
}
