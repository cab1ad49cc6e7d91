// A nation of services for the desks: services, practitioners with accounts, records, requests, events. Plain rows are made in the database; what the
// desks open is sealed by the keyring as the application would, so that what is measured is the desk and not a failure to open.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Attune } from '../../apps/server/src/attune.ts'
import { hashEmail } from '../../apps/server/src/store/accounts/accounts.ts'
import { sealPractitioner } from '../../apps/server/src/store/practitioners.ts'
import { requestPlace } from '../../apps/server/src/store/records/places.ts'

export type Sizes = { readonly services: number; readonly practitioners: number; readonly records: number; readonly requests: number }
export const nation: Sizes = { services: 1_000, practitioners: 20_000, records: 1_000_000, requests: 20_000 }

const batch = 2_000
const eventsAtOnce = 10_000
const serviceOf = (at: number, { services }: Sizes) => `made-up-${at % services}`

export async function fillDesks(
  { keyring }: Attune,
  { attune, accounts }: { readonly attune: pg.Client; readonly accounts: pg.Client },
  sizes: Sizes,
): Promise<void> {
  await attune.query(
    `insert into policy.services (service_id, name, status, processor_terms_version, processor_terms_on)
     select 'made-up-' || n, 'Made-up service ' || n, 'live', '2025-06', '2025-06-01' from generate_series(0, $1::integer - 1) n`,
    [sizes.services],
  )
  const { policy_version: policyVersion } = (await attune.query<{ policy_version: string }>(`select policy_version from answers.records limit 1`))
    .rows[0]!
  for (let from = 0; from < sizes.practitioners; from += batch) {
    const people = Array.from({ length: Math.min(batch, sizes.practitioners - from) }, (_, at) => {
      const [accountId, practitionerId, email] = [randomUUID(), randomUUID(), `p${from + at}@example.org`]
      const serviceId = serviceOf(from + at, sizes)
      const facts = JSON.stringify({ email, displayName: `Person ${from + at}` })
      const place = { table: 'accounts.accounts', row: accountId, field: 'sealed' }
      return {
        accountId,
        practitionerId,
        serviceId,
        emailHash: hashEmail(keyring, email),
        account: keyring.sealAccount(place, facts),
        stamp: sealPractitioner(keyring, practitionerId, { name: `Person ${from + at}`, email, service: serviceId }),
      }
    })
    const ids = people.map((one) => one.accountId)
    await accounts.query(
      `insert into accounts.accounts (account_id, email_hash, sealed, made_at) select *, now() from unnest($1::uuid[], $2::bytea[], $3::bytea[])`,
      [ids, people.map((one) => one.emailHash), people.map((one) => one.account)],
    )
    const where = people.map((one) => one.serviceId)
    const practitioners = people.map((one) => one.practitionerId)
    await attune.query(
      `insert into policy.access_grants (service_id, grant_id, account_id, role, granted_at)
       select s, gen_random_uuid(), a, 'practitioner', now() - interval '1 year' from unnest($1::text[], $2::uuid[]) t (s, a)`,
      [where, ids],
    )
    await attune.query(
      `insert into identity.practitioners (service_id, practitioner_id, account_id, sealed) select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::bytea[])`,
      [where, practitioners, ids, people.map((one) => one.stamp)],
    )
    await attune.query(
      `insert into identity.practitioner_consents (service_id, consent_id, practitioner_id, policy_version, edition, terms_version, purposes, form_version, signature_kind, signed_at, proof_hash, removed_at)
       select s, gen_random_uuid(), p, $3, split_part($3, '+', 1), split_part($3, '+', 1), '{match-records}', '1', 'drawn', now() - interval '300 days', '\\x00', null from unnest($1::text[], $2::uuid[]) t (s, p)`,
      [where, practitioners, policyVersion],
    )
    await attune.query(
      `insert into identity.training_records (service_id, practitioner_id, course, course_version, score, out_of) select s, p, 'made-up', '1', 9, 9 from unnest($1::text[], $2::uuid[]) t (s, p)`,
      [where, practitioners],
    )
  }
  await fillRecords(attune, sizes, policyVersion)
  await fillRequests(keyring, attune, sizes)
  // One event a record: what a year of looking at them leaves. Written over time, so not in one transaction: the sealer takes transactions whole.
  for (let from = 1; from <= sizes.records; from += eventsAtOnce)
    await attune.query(
      `insert into log.events (service_id, at, role, action, purpose, outcome, detail)
       select 'made-up-' || n % $1::integer, now() - n * interval '20 seconds', 'data-support', 'record.read', 'retrieve', 'done', '{"rows": 1}' from generate_series($2::integer, $3::integer) n`,
      [sizes.services, from, Math.min(from + eventsAtOnce - 1, sizes.records)],
    )
  for (const client of [attune, accounts]) await client.query('vacuum analyze')
}

/** Three sessions a client over three years. Nothing at the desks opens these: their services have no reader among the demo's people. */
async function fillRecords(attune: pg.Client, { services, records }: Sizes, policyVersion: string): Promise<void> {
  const clients = Math.ceil(records / 3)
  await attune.query(
    `insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
     select 'made-up-' || c % $1::integer, md5('desk client ' || c)::uuid, sha256(convert_to('desk ' || c, 'utf8')), '\\x00', 'form' from generate_series(0, $2::integer - 1) c`,
    [services, clients],
  )
  await attune.query(
    `insert into answers.records (service_id, record_id, client_id, programme_id, form_id, form_version, policy_version, session_on, received_at, xml_sealed, answers_sealed, content_hash, service_copy, review_state, audited_in)
     select 'made-up-' || c % $1::integer, md5('desk record ' || c || ' ' || s)::uuid, md5('desk client ' || c)::uuid, f.programme_id, f.form_id, f.form_version, $3, d.day, d.day + interval '19 hours',
       decode(repeat('00', 900), 'hex'), decode(repeat('00', 700), 'hex'), sha256(convert_to('desk ' || c || s, 'utf8')), true, 'agreed', md5('an audit long ago')::uuid
     from generate_series(0, $2::integer - 1) c, generate_series(0, 2) s,
       lateral (select current_date - 90 - (c::bigint * 7919 % 900)::integer + 40 * s as day) d, (select programme_id, form_id, form_version from answers.records limit 1) f`,
    [services, clients, policyVersion],
  )
  await attune.query(
    `insert into identity.record_authors (service_id, record_id, practitioner_id, session_on)
     select r.service_id, r.record_id, p.practitioner_id, r.session_on from answers.records r
     join lateral (select practitioner_id from identity.practitioners p where p.service_id = r.service_id limit 1) p on true where r.service_id like 'made-up-%'`,
  )
}

/** A tenth of the requests is open; some of those are late. */
async function fillRequests(keyring: Attune['keyring'], attune: pg.Client, sizes: Sizes): Promise<void> {
  for (let from = 0; from < sizes.requests; from += batch) {
    const rows = Array.from({ length: Math.min(batch, sizes.requests - from) }, (_, at) => ({ id: randomUUID(), number: from + at }))
    await attune.query(
      `insert into rights.requests (service_id, request_id, reference, type, subject, code_hash, code_sealed, received_on, filed_at, state, due_on, identity_check, decided_at, ended_at, outcome)
       select 'made-up-' || n % $4::integer, id, 'M-' || n, 'access', 'client', sha256(convert_to('desk ' || n, 'utf8')), code, current_date - n % 60, now() - n * interval '1 minute',
         case when n % 10 = 0 then 'confirmed' else 'done' end, case when n % 10 = 0 then current_date + 20 - n % 60 end, 'known-in-person',
         case when n % 10 > 0 then now() end, case when n % 10 > 0 then now() end, case when n % 10 > 0 then 'grant' end
       from unnest($1::uuid[], $2::integer[], $3::bytea[]) t (id, n, code)`,
      [
        rows.map((row) => row.id),
        rows.map((row) => row.number),
        rows.map((row) => keyring.sealIdentity(requestPlace(row.id, 'code'), 'AAAAAAAAAA')),
        sizes.services,
      ],
    )
  }
}
