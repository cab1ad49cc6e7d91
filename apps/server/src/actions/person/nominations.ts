// Who a service puts forward to look after its data. The lead nominates, an administrator gives access (DCS-077, DCS-109); whether the person also
// takes part as a practitioner does not matter, and being nominated gives no right to send anything (DCS-080).
import type { BodyOf } from '@attune/contract'
import { addDays } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findPeople } from '../../store/accounts/accounts.ts'
import {
  addNomination,
  countOpenNominations,
  findOpenNominations,
  isNominated,
  removeNomination,
  useNomination,
  type Nomination,
} from '../../store/accounts/nominations.ts'
import { logEvent } from '../../store/log-event.ts'
import { isUniqueViolation } from '../../store/postgres-errors.ts'
import { findService } from '../../store/services.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { requireBusinessEmail } from './require-business-email.ts'

const door = { role: 'door' } as const

/** `lapsesOn`: from this day on it is gone, unless somebody acts on it (lapse-nominations.ts). */
export type ShownNomination = Nomination & { readonly nominatedByName: string; readonly lapsesOn: string }

/** The nominations that wait: of the own service for its lead, of every service for an administrator. */
export async function listNominations({ databases, keyring, programme }: Attune, { role, serviceId }: Acting): Promise<ShownNomination[]> {
  return withReader(databases.accounts, door, 'sign-in', async (trx) => {
    const open = await findOpenNominations(trx as never, keyring, role === 'service-lead' ? serviceId : undefined)
    const people = await findPeople(trx as never, keyring, [...new Set(open.map((one) => one.nominatedBy))])
    const { nominationKeepDays } = programme.policy.values
    return open.map((one) => ({
      ...one,
      nominatedByName: people.get(one.nominatedBy)?.displayName ?? '',
      lapsesOn: addDays(toLondonDay(one.nominatedAt), nominationKeepDays),
    }))
  })
}

/** Puts somebody forward for the actor's own service. The same person twice is `already-exists`. */
export async function nominate(attune: Attune, acting: Acting, nominee: BodyOf<'POST /api/nominations'>): Promise<ShownNomination> {
  const { databases, keyring, clock } = attune
  const { serviceId, accountId, role } = acting
  const service = await withReader(databases.attune, acting, '', (trx) => findService(trx as never, serviceId))
  if (service === undefined) raise('not-found')
  if (service.status !== 'live') raise('service-not-live')
  // Said now, not when an administrator comes to invite them: by then nobody who knows the person is there.
  await requireBusinessEmail(attune, serviceId, nominee.email)
  const nominationId = await withActor(databases.accounts, door, 'invite', (trx) =>
    addNomination(trx, keyring, { serviceId, nominee, by: accountId, at: clock.now() }),
  ).catch((error: unknown) => {
    if (isUniqueViolation(error)) raise('already-exists')
    throw error
  })
  await withActor(databases.attune, acting, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'nominee.propose', outcome: 'done', detail: { nomination: nominationId } }),
  )
  return (await listNominations(attune, acting)).find((one) => one.nominationId === nominationId) ?? raise('not-found')
}

/** Takes a nomination back while nobody has given access for it. */
export async function withdrawNomination(attune: Attune, acting: Acting, nominationId: string): Promise<void> {
  const { databases } = attune
  const { serviceId, accountId, role } = acting
  if (!(await withActor(databases.accounts, door, 'invite', (trx) => removeNomination(trx, nominationId, serviceId)))) raise('not-found')
  await withActor(databases.attune, acting, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'nominee.withdraw', outcome: 'done', detail: { nomination: nominationId } }),
  )
}

/** Raises `nomination-missing` when data support would go to somebody whom the service has not put forward. Other roles pass. */
export async function requireNomination(
  { databases, keyring }: Attune,
  { role, serviceId, email }: { readonly role: string; readonly serviceId: string; readonly email: string },
): Promise<void> {
  if (role !== 'data-support') return
  if (!(await withReader(databases.accounts, door, 'sign-in', (trx) => isNominated(trx as never, keyring, serviceId, email))))
    raise('nomination-missing')
}

/** Notes that access was given for a nomination, so that the next access needs another one. */
export async function noteNominationUsed(
  { databases, keyring, clock }: Attune,
  { role, ...given }: { role: string; serviceId: string; email: string; accountId: string; grantId: string },
): Promise<void> {
  if (role !== 'data-support') return
  await withActor(databases.accounts, door, 'invite', (trx) => useNomination(trx, keyring, { ...given, at: clock.now() }))
}

/** How many nominations wait for an administrator. */
export const countNominations = ({ databases }: Attune): Promise<number> =>
  withReader(databases.accounts, door, 'sign-in', (trx) => countOpenNominations(trx as never))
