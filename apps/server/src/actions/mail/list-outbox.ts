import type { Attune } from '../../attune.ts'
import type { Letter } from '../../outside/mail.ts'
import { readOutbox } from '../../store/accounts/outbox.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'

/** The letters that wait here, newest first. What makes an invitation usable is left out of them in a real installation. */
export async function listOutbox(
  { databases, keyring, environment, mode }: Attune,
  { role, serviceId, accountId }: Acting,
): Promise<{ letters: (Letter & { writtenAt: Date })[]; sending: boolean }> {
  const letters = await readOutbox(databases.accounts, keyring)
  await withActor(databases.attune, { role, serviceId, accountId }, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'mail.read', outcome: 'done', detail: { letters: letters.length } }),
  )
  const shown = mode === 'demo' ? letters : letters.map((letter) => ({ ...letter, text: letter.text.replaceAll(/(\/join)#\S+/g, '$1#…') }))
  return { letters: shown, sending: environment.mail !== undefined && mode === 'real' }
}
