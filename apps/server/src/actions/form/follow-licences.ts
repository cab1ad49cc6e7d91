// A licence that has ended takes the wording out of the forms of its services, by the clock; one that has begun puts what was reviewed in.
import type { Attune } from '../../attune.ts'
import { withActor } from '../../store/with-actor.ts'
import { refreshShelf } from './form-shelf.ts'
import { republishOwnForms } from './republish-own-forms.ts'

/** Publishes the forms of services whose licences began or ended. Returns how many. */
export async function followLicences(attune: Attune): Promise<number> {
  const published = await withActor(attune.databases.attune, { role: 'system' }, 'publish', (trx) => republishOwnForms(attune, trx))
  if (published > 0) refreshShelf(attune)
  return published
}
