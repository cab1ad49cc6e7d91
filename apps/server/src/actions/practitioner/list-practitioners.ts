import type { Attune } from '../../attune.ts'
import { logEvent } from '../../store/log-event.ts'
import { findPractitioners, openPractitioner, type AuthorStamp } from '../../store/practitioners.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'

export type ListedPractitioner = AuthorStamp & { readonly practitionerId: string; readonly status: string; readonly consentCurrent: boolean }

/** The practitioners that the actor may see, by name. */
export async function listPractitioners({ databases, keyring, programme }: Attune, acting: Acting, purpose: string): Promise<ListedPractitioner[]> {
  const { role, serviceId, accountId } = acting
  const rows = await withActor(databases.attune, acting, purpose, async (trx) => {
    const found = await findPractitioners(trx)
    await logEvent(trx, { serviceId, accountId, role, action: 'practitioner.list', purpose, outcome: 'done', detail: { rows: found.length } })
    return found
  })
  return rows
    .map(({ practitionerId, sealed, status, edition }) => ({
      ...openPractitioner(keyring, practitionerId, sealed),
      practitionerId,
      status,
      consentCurrent: edition === programme.policyVersion.edition,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}
