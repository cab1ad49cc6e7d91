// The practitioners of a service: name, e-mail and service as they signed them, sealed under the identity partition's own key.
import { sql } from 'kysely'
import type { Keyring } from './keyring/keyring.ts'
import type { AttuneTables } from './attune-tables.ts'
import { practitionerPlace } from './records/places.ts'
import type { Transaction } from './with-actor.ts'

/** What is stamped on every record that the practitioner sends (DCS-037, DCS-038). */
export type AuthorStamp = { readonly name: string; readonly email: string; readonly service: string }

export function sealPractitioner(keyring: Keyring, practitionerId: string, stamp: AuthorStamp): Buffer {
  return keyring.sealIdentity(practitionerPlace(practitionerId), JSON.stringify(stamp))
}

export function openPractitioner(keyring: Keyring, practitionerId: string, sealed: Buffer): AuthorStamp {
  return JSON.parse(keyring.openIdentity(practitionerPlace(practitionerId), sealed).toString('utf8')) as AuthorStamp
}

/** Adds the practitioner or renews what is stamped from now on. */
export async function savePractitioner(
  trx: Transaction<AttuneTables>,
  { serviceId, practitionerId, accountId, sealed }: { serviceId: string; practitionerId: string; accountId: string; sealed: Buffer },
): Promise<void> {
  await trx
    .insertInto('identity.practitioners')
    .values({
      service_id: serviceId,
      practitioner_id: practitionerId,
      account_id: accountId,
      sealed,
      left_on: null,
      asked_active_on: null,
      restricted_at: null,
    })
    .onConflict((conflict) => conflict.columns(['service_id', 'practitioner_id']).doUpdateSet({ sealed, status: 'active', left_on: null }))
    .execute()
}

export async function markLeft(trx: Transaction<AttuneTables>, serviceId: string, practitionerId: string, leftOn: string): Promise<void> {
  await trx
    .updateTable('identity.practitioners')
    .set({ status: 'left', left_on: leftOn })
    .where('service_id', '=', serviceId)
    .where('practitioner_id', '=', practitionerId)
    .execute()
}

export async function findPractitionerId(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  serviceId: string,
  accountId: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('identity.practitioners')
    .select('practitioner_id')
    .where('service_id', '=', serviceId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.practitioner_id
}

export type PractitionerOfService = { practitionerId: string; serviceId: string; sealed: Buffer; status: string; edition: string | undefined }

/** Everybody that row security lets the actor see, with the edition of their live consent; without those whose name is gone or held. */
export async function findPractitioners(trx: Transaction<AttuneTables>): Promise<PractitionerOfService[]> {
  const { rows } = await sql<{ practitioner_id: string; service_id: string; sealed: Buffer; status: string; edition: string | null }>`
    select p.practitioner_id, p.service_id, p.sealed, p.status,
      (select c.edition from identity.practitioner_consents c
       where c.service_id = p.service_id and c.practitioner_id = p.practitioner_id and c.withdrawn_at is null and c.removed_at is null
       order by c.signed_at desc limit 1) as edition
    from identity.practitioners p where p.sealed is not null and p.restricted_at is null order by p.since, p.practitioner_id limit 5000`.execute(trx)
  return rows.map((row) => ({
    practitionerId: row.practitioner_id,
    serviceId: row.service_id,
    sealed: row.sealed,
    status: row.status,
    edition: row.edition ?? undefined,
  }))
}

/** The accounts of some practitioners of a service, by practitioner. */
export async function findAccountIds(
  trx: Pick<Transaction<AttuneTables>, 'selectFrom'>,
  serviceId: string,
  practitionerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (practitionerIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('identity.practitioners')
    .select(['practitioner_id', 'account_id'])
    .where('service_id', '=', serviceId)
    .where('practitioner_id', 'in', [...practitionerIds])
    .execute()
  return new Map(rows.map((row) => [row.practitioner_id, row.account_id]))
}

/** How many practitioners there are, and how many of them have passed a training; of all services where none is named. */
export async function countPractitioners(
  trx: Transaction<AttuneTables>,
  serviceId: string | undefined,
): Promise<{ active: number; trained: number }> {
  const { rows } = await sql<{ active: number; trained: number }>`
    select count(*)::integer as active, count(*) filter (where exists (
      select from identity.training_records t where t.service_id = p.service_id and t.practitioner_id = p.practitioner_id))::integer as trained
    from identity.practitioners p where p.status = 'active' ${serviceId === undefined ? sql`` : sql`and p.service_id = ${serviceId}`}`.execute(trx)
  return rows[0]!
}
