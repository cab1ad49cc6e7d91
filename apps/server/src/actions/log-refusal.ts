import { logEvent } from '../store/log-event.ts'
import { withActor } from '../store/with-actor.ts'
import type { Attune } from '../attune.ts'
import type { Acting } from './acting.ts'

/** Notes that something was refused, by the problem's code alone. What was asked for is not repeated. */
export async function logRefusal(
  { databases }: Attune,
  { role, serviceId, accountId }: Acting,
  { action, because, purpose = '' }: { action: string; because: string; purpose?: string },
): Promise<void> {
  await withActor(databases.attune, { role, serviceId, accountId }, purpose, (trx) =>
    logEvent(trx, { serviceId, accountId, role, action, purpose, outcome: 'refused', detail: { because } }),
  )
}

const purposeCode = /^[a-z]+(?:-[a-z]+){0,4}$/

/**
 * A refusal at the door, with the purpose that was asked for (DCS-013). Anybody can write anything there, so only what has the shape of a
 * purpose's code is repeated; of other text the log says that it was none.
 */
export async function logDoorRefusal(
  { databases }: Attune,
  { role, serviceId, accountId }: Acting,
  { action, because, purpose }: { action: string; because: string; purpose: string | undefined },
): Promise<void> {
  const asked = purpose === undefined ? 'none' : purpose.length <= 40 && purposeCode.test(purpose) ? purpose : 'not a code'
  await withActor(databases.attune, { role: 'door' }, 'sign-in', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action, outcome: 'refused', detail: { because, purposeAsked: asked } }),
  )
}
