// The demo's synthetic people. One click signs in as one of them; the session says that a demo stood in for the second step. None of this
// exists in a real installation.
import type { DemoPerson } from '@attune/contract'
import type { Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { addAccount, findDemoPeople } from '../../store/accounts/accounts.ts'
import { findGrants, giveGrant } from '../../store/grants.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { toReview } from '../person/to-review.ts'
import { startSession, type Started } from '../session/start-session.ts'

const door = { role: 'door' } as const

export type NewDemoPerson = { personId: string; displayName: string; email: string; role: Role; serviceId: string; says: string }

/** Adds a synthetic person with a role. The service must exist. Returns the account's id. */
export async function addDemoPerson(attune: Attune, { personId, role, serviceId, ...facts }: NewDemoPerson): Promise<string> {
  requireDemo(attune)
  const at = attune.clock.now()
  const accountId = await withActor(attune.databases.accounts, door, 'demo', (trx) =>
    addAccount(trx, attune.keyring, { ...facts, demoPerson: personId, at }),
  )
  await withActor(attune.databases.attune, door, 'demo', (trx) =>
    giveGrant(trx, { accountId, role, serviceId, at, ...toReview(attune, role), seats: attune.programme.policy.values.nomineesPerServiceMaximum }),
  )
  return accountId
}

/** Everybody in the demo with the first of their roles. */
export async function listDemoPeople(attune: Attune): Promise<DemoPerson[]> {
  requireDemo(attune)
  const people = await withReader(attune.databases.accounts, door, 'demo', (trx) => findDemoPeople(trx, attune.keyring))
  return withReader(attune.databases.attune, door, 'demo', async (trx) => {
    const listed: DemoPerson[] = []
    for (const { accountId, personId, displayName, says = '' } of people) {
      const grant = (await findGrants(trx, accountId))[0]
      if (grant !== undefined) listed.push({ personId, displayName, role: grant.role, serviceName: grant.serviceName, says })
    }
    return listed
  })
}

export async function signInAsDemoPerson(attune: Attune, personId: string): Promise<Started> {
  requireDemo(attune)
  const people = await withReader(attune.databases.accounts, door, 'demo', (trx) => findDemoPeople(trx, attune.keyring))
  const person = people.find((each) => each.personId === personId) ?? raise('not-found')
  return startSession(attune, { accountId: person.accountId, assurance: 'second-factor', factor: 'demo', action: 'session.begin' })
}

function requireDemo({ mode }: Attune): void {
  if (mode !== 'demo') raise('demo-only')
}
