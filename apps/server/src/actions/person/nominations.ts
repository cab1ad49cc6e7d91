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
  findNominationOf,
  findOpenNominationIds,
  removeNomination,
  useNomination,
  type Nomination,
} from '../../store/accounts/nominations.ts'
import type { AccountsTables } from '../../store/accounts/accounts-tables.ts'
import { findGrantsOfNominations } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { isUniqueViolation } from '../../store/postgres-errors.ts'
import { findService } from '../../store/services.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { requireBusinessEmail } from './require-business-email.ts'

const door = { role: 'door' } as const

/** `lapsesOn`: from this day on it is gone, unless somebody acts on it (lapse-nominations.ts). */
export type ShownNomination = Nomination & { readonly nominatedByName: string; readonly lapsesOn: string }

/** The nominations that wait: of the own service for its lead, of every service for an administrator. */
export async function listNominations(attune: Attune, { role, serviceId }: Acting): Promise<ShownNomination[]> {
  const { databases, keyring, programme } = attune
  await settleOpenNominations(attune, role === 'service-lead' ? serviceId : undefined)
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
  await settleNominations(attune, [nominationId])
  if (!(await withActor(databases.accounts, door, 'invite', (trx) => removeNomination(trx, nominationId, serviceId)))) raise('not-found')
  await withActor(databases.attune, acting, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'nominee.withdraw', outcome: 'done', detail: { nomination: nominationId } }),
  )
}

type Nominated = { readonly role: string; readonly serviceId: string; readonly email: string }

/** Raises `nomination-missing` when data support would go to somebody whom the service has not put forward. Other roles pass. */
export async function requireNomination(attune: Attune, { role, serviceId, email }: Nominated): Promise<void> {
  if (role !== 'data-support') return
  const find = () => withReader(attune.databases.accounts, door, 'sign-in', (trx) => findNominationOf(trx as never, attune.keyring, serviceId, email))
  const nominationId = await find()
  if (nominationId === undefined || (await settleNominations(attune, [nominationId])) > 0) raise('nomination-missing')
}

/**
 * Lends the nomination to the giving of access and uses it up in the caller's transaction. The access itself is given in the other database and
 * names the nomination, which can give no second one: whoever is broken off in between is found by `settleNominations`.
 */
export async function useNominationFor<Given extends { readonly grantId: string; readonly accountId: string } | undefined>(
  { keyring, clock }: Attune,
  trx: Transaction<AccountsTables>,
  { role, serviceId, email }: Nominated,
  give: (nominationId: string | undefined) => Promise<Given>,
): Promise<Given> {
  if (role !== 'data-support') return give(undefined)
  const nominationId = await findNominationOf(trx, keyring, serviceId, email, true)
  const given = await give(nominationId)
  if (given === undefined) return given
  if (nominationId !== undefined) await useNomination(trx, { nominationId, ...given, at: clock.now() })
  return given
}

/** Marks nominations for which access was given and whose mark was broken off. Returns how many. */
export async function settleNominations({ databases }: Attune, nominationIds: readonly string[]): Promise<number> {
  const used = await withReader(databases.attune, door, 'invite', (trx) => findGrantsOfNominations(trx as never, nominationIds))
  for (const { nominationId, accountId, grantId, at } of used)
    await withActor(databases.accounts, door, 'invite', (trx) => useNomination(trx, { nominationId, accountId, grantId, at }))
  return used.length
}

/** The same for every nomination that waits, of one service or of all. */
export async function settleOpenNominations(attune: Attune, serviceId?: string): Promise<number> {
  const open = await withReader(attune.databases.accounts, door, 'invite', (trx) => findOpenNominationIds(trx as never, serviceId))
  return settleNominations(attune, open)
}

/** How many nominations wait for an administrator. */
export const countNominations = ({ databases }: Attune): Promise<number> =>
  withReader(databases.accounts, door, 'sign-in', (trx) => countOpenNominations(trx as never))
