// What there is to decide at the desks of a nation: families whose records open, requests about them, texts of an audit, accesses under review. Each
// decision that is measured is made about an object of its own, in a service of its own as far as there are services.
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { generateClientCode } from '../../packages/policy/src/index.ts'
import type { Attune } from '../../apps/server/src/attune.ts'
import { open, seal } from '../../apps/server/src/store/keyring/seal.ts'
import { answersPlace, codePlace, requestPlace, xmlPlace } from '../../apps/server/src/store/records/places.ts'
import type { Sizes } from './fill-desks.ts'

/** How many objects there are for each decision, and how many audits to close: each of those has a letter for every service. */
export const objects = 66
export const audits = 12

export type Family = { readonly serviceId: string; readonly recordId: string; readonly code: string; readonly requestId: string }
export type ToDecide = {
  readonly requests: { readonly [type in RequestKind]: readonly Family[] }
  /** Families without a request. */
  readonly unasked: readonly Family[]
  readonly texts: readonly string[]
  readonly closing: readonly string[]
  readonly reviews: readonly string[]
}
const requestKinds = ['access', 'rectify', 'restrict', 'port', 'delete'] as const
type RequestKind = (typeof requestKinds)[number]

/** A question of free text that the demo's families answer. */
export const textQuestion = 'narrative_child'

export async function fillDecisions(attune: Attune, main: pg.Client, sizes: Sizes): Promise<ToDecide> {
  const families = (purpose: number) => Array.from({ length: objects }, (_, at) => `made-up-${(at * 7 + purpose) % sizes.services}`)
  const requests: { [type in RequestKind]?: Family[] } = {}
  for (const [at, type] of requestKinds.entries()) {
    requests[type] = await makeFamilies(attune, main, families(at))
    await makeRequests(attune, main, type, requests[type])
  }
  const judged = await makeFamilies(attune, main, [...families(5), ...families(6)])
  const unasked = await makeFamilies(attune, main, families(7))
  await makePeople(main)
  return {
    requests: requests as ToDecide['requests'],
    unasked,
    texts: await makeTexts(main, judged, sizes),
    closing: await makeClosing(main, sizes),
    reviews: await makeReviews(main),
  }
}

/** One family of the demo once more for each service, under a key and a code of its own. */
async function makeFamilies({ keyring }: Attune, main: pg.Client, services: readonly string[]): Promise<Family[]> {
  const { rows } = await main.query<{ service_id: string; record_id: string; client_id: string; answers_sealed: Buffer; xml_sealed: Buffer }>(
    `select r.service_id, r.record_id, r.client_id, r.answers_sealed, r.xml_sealed from answers.records r
     join scores.record_scores s on s.service_id = r.service_id and s.record_id = r.record_id
     where r.service_id = 'harbour' and r.restricted_at is null order by r.record_id limit 20`,
  )
  const samples = []
  for (const row of rows) {
    const key = await keyring.getClientKey(row.service_id, row.client_id)
    const place = { recordId: row.record_id, clientId: row.client_id }
    const answers = open(key, answersPlace(place), row.answers_sealed)
    if (answers.includes(`"${textQuestion}"`)) samples.push({ row, answers, xml: open(key, xmlPlace(place), row.xml_sealed) })
  }
  const sample = samples[0]
  if (sample === undefined) throw new Error(`No record of the demo answers ${textQuestion}.`)
  const made = [] as (Omit<Family, 'requestId'> & { clientId: string; codeHash: Buffer; codeSealed: Buffer; xml: Buffer; answers: Buffer })[]
  for (const serviceId of services) {
    const [recordId, clientId] = [randomUUID(), randomUUID()]
    const code = generateClientCode((count) => randomBytes(count), { symbols: 10 })
    const key = await keyring.makeClientKey(serviceId, clientId)
    const place = { recordId, clientId }
    made.push({
      serviceId,
      recordId,
      clientId,
      code,
      codeHash: keyring.lookupHash('code', serviceId, code),
      codeSealed: seal(key, codePlace(clientId), Buffer.from(code)),
      xml: seal(key, xmlPlace(place), sample.xml),
      answers: seal(key, answersPlace(place), sample.answers),
    })
  }
  const all = <Value>(of: (one: (typeof made)[number]) => Value) => made.map(of)
  const ids = [all((one) => one.serviceId), all((one) => one.recordId), all((one) => one.clientId)]
  await main.query(
    `insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
     select s, c, h, k, 'form' from unnest($1::text[], $2::uuid[], $3::bytea[], $4::bytea[]) m (s, c, h, k)`,
    [ids[0], ids[2], all((one) => one.codeHash), all((one) => one.codeSealed)],
  )
  await main.query(
    `insert into answers.records (service_id, record_id, client_id, programme_id, form_id, form_version, policy_version, session_on, received_at, xml_sealed, answers_sealed, content_hash, service_copy, review_state, audited_in)
     select m.s, m.r, m.c, r.programme_id, r.form_id, r.form_version, r.policy_version, r.session_on, r.received_at, m.x, m.a, sha256(uuid_send(m.r)), r.service_copy, r.review_state, md5('an audit long ago')::uuid
     from unnest($1::text[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[]) m (s, r, c, x, a), answers.records r where r.service_id = 'harbour' and r.record_id = $6`,
    [...ids, all((one) => one.xml), all((one) => one.answers), sample.row.record_id],
  )
  await main.query(
    `insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted)
     select m.s, m.r, m.c, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted
     from unnest($1::text[], $2::uuid[], $3::uuid[]) m (s, r, c), scores.record_scores o where o.service_id = 'harbour' and o.record_id = $4`,
    [...ids, sample.row.record_id],
  )
  await main.query(
    `insert into identity.record_authors (service_id, record_id, practitioner_id, session_on)
     select m.s, m.r, p.practitioner_id, r.session_on from unnest($1::text[], $2::uuid[]) m (s, r) join answers.records r on r.service_id = m.s and r.record_id = m.r
     join lateral (select practitioner_id from identity.practitioners p where p.service_id = m.s limit 1) p on true`,
    ids.slice(0, 2),
  )
  return made.map(({ serviceId, recordId, code }) => ({ serviceId, recordId, code, requestId: randomUUID() }))
}

/** Requests that the service has confirmed, about those families. */
async function makeRequests({ keyring }: Attune, main: pg.Client, type: string, families: readonly Family[]): Promise<void> {
  await main.query(
    `insert into rights.requests (service_id, request_id, reference, type, subject, code_hash, code_sealed, client_id, received_on, filed_at, state, due_on, identity_check, confirmed_at)
     select m.s, m.q, 'B-' || substr(m.q::text, 1, 8), $5, 'client', m.h, m.k, r.client_id, current_date - 3, now() - interval '3 days', 'confirmed', current_date + 25, 'known-in-person', now()
     from unnest($1::text[], $2::uuid[], $3::uuid[], $4::bytea[], $6::bytea[]) m (s, r, q, h, k) join answers.records r on r.service_id = m.s and r.record_id = m.r`,
    [
      families.map((one) => one.serviceId),
      families.map((one) => one.recordId),
      families.map((one) => one.requestId),
      families.map((one) => keyring.lookupHash('code', one.serviceId, one.code)),
      type,
      families.map((one) => keyring.sealIdentity(requestPlace(one.requestId, 'code'), one.code)),
    ],
  )
}

/** Every service has a lead, and the first of them somebody whose access comes up for review. */
async function makePeople(main: pg.Client): Promise<void> {
  await main.query(
    `insert into policy.access_grants (service_id, grant_id, account_id, role, granted_at)
     select distinct on (service_id) service_id, gen_random_uuid(), account_id, 'service-lead', now() from policy.access_grants
     where service_id like 'made-up-%' and role = 'practitioner' order by service_id, account_id`,
  )
}

async function makeReviews(main: pg.Client): Promise<string[]> {
  const { rows } = await main.query<{ grant_id: string }>(
    `insert into policy.access_grants (service_id, grant_id, account_id, role, seat, granted_at, review_on)
     select distinct on (service_id) service_id, gen_random_uuid(), account_id, 'data-support', 1, now(), current_date + 10 from policy.access_grants
     where service_id like 'made-up-%' and role = 'practitioner' order by service_id, account_id desc limit $1 returning grant_id`,
    [objects],
  )
  return rows.map((row) => row.grant_id)
}

const auditColumns = 'audit_id, programme_id, quarter, until_at, opened_at, due_on, seed, scanned_at'

/** An open audit with as many texts to read as a nation's quarter has, and twelve that were read long ago. Returns the texts that open. */
async function makeTexts(main: pg.Client, families: readonly Family[], { records }: Sizes): Promise<string[]> {
  const many = Math.ceil(records / 200)
  for (const [at, quarter] of Array.from({ length: 13 }, (_, at) => [at, `${1990 + Math.floor(at / 4)}-Q${(at % 4) + 1}`] as const)) {
    const isOpen = at === 12
    const { rows } = await main.query<{ audit_id: string }>(
      `insert into audit.audits (${auditColumns}, closed_at, closed_by)
       select gen_random_uuid(), programme_id, $1, now(), now(), current_date + 20, 'seed', now(), case when $2 then null else now() end, case when $2 then null else gen_random_uuid() end
       from answers.records limit 1 returning audit_id`,
      [quarter, isOpen],
    )
    await main.query(
      `insert into audit.texts (service_id, audit_id, text_id, record_id, client_id, question, marks, confidence, rank, chosen, verdict, judged_at)
       select service_id, $1, gen_random_uuid(), record_id, client_id, $2, '[]', random(), random(), true, case when $4 then null else 'clear' end, case when $4 then null else now() end
       from answers.records where service_id like 'made-up-%' and record_id > $5 and record_id <> all ($6) order by record_id limit $3`,
      [rows[0]!.audit_id, textQuestion, many, isOpen, randomUUID(), families.map((one) => one.recordId)],
    )
    await main.query(
      `insert into audit.service_counts (service_id, audit_id, records, texts, flagged, sampled) select service_id, $1, 250, 500, 5, 5 from policy.services where service_id like 'made-up-%'`,
      [rows[0]!.audit_id],
    )
    await main.query(
      `insert into audit.findings (service_id, finding_id, audit_id, record_id, client_id, session_on, question, category, span_length, found_at)
       select service_id, gen_random_uuid(), audit_id, record_id, client_id, current_date - 100, question, 'place', 5, now() from audit.texts where audit_id = $1 and rank < 0.3`,
      [rows[0]!.audit_id],
    )
    if (!isOpen) continue
    const made = await main.query<{ text_id: string }>(
      `insert into audit.texts (service_id, audit_id, text_id, record_id, client_id, question, marks, confidence, rank, chosen)
       select m.s, $1, gen_random_uuid(), m.r, r.client_id, $2, '[]', random(), random(), true
       from unnest($3::text[], $4::uuid[]) m (s, r) join answers.records r on r.service_id = m.s and r.record_id = m.r returning text_id`,
      [rows[0]!.audit_id, textQuestion, families.map((one) => one.serviceId), families.map((one) => one.recordId)],
    )
    return made.rows.map((row) => row.text_id)
  }
  return []
}

/** Audits of a nation in which every text has its verdict. */
async function makeClosing(main: pg.Client, { records }: Sizes): Promise<string[]> {
  const { rows } = await main.query<{ audit_id: string }>(
    `insert into audit.audits (${auditColumns})
     select gen_random_uuid(), r.programme_id, (1980 + (n / 4)) || '-Q' || (n % 4 + 1), now(), now(), current_date + 20, 'seed', now()
     from generate_series(0, $1::integer - 1) n, lateral (select programme_id from answers.records limit 1) r returning audit_id`,
    [audits],
  )
  const ids = rows.map((row) => row.audit_id)
  await main.query(
    `insert into audit.service_counts (service_id, audit_id, records, texts, flagged, sampled)
     select s.service_id, a, 250, 500, 5, 5 from policy.services s, unnest($1::uuid[]) a where s.service_id like 'made-up-%'`,
    [ids],
  )
  await main.query(
    `insert into audit.texts (service_id, audit_id, text_id, record_id, client_id, question, marks, confidence, rank, chosen, verdict, judged_at)
     select r.service_id, a, gen_random_uuid(), r.record_id, r.client_id, $2, '[]', 0, random(), true, 'clear', now()
     from unnest($1::uuid[]) a, lateral (select * from answers.records where service_id like 'made-up-%' limit $3) r`,
    [ids, textQuestion, Math.ceil(records / 200)],
  )
  await main.query(
    `insert into audit.findings (service_id, finding_id, audit_id, record_id, client_id, session_on, question, category, span_length, found_at)
     select service_id, gen_random_uuid(), audit_id, record_id, client_id, current_date - 100, question, 'place', 5, now() from audit.texts where audit_id = any ($1) and rank < 0.3`,
    [ids],
  )
  return ids
}
