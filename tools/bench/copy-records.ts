// Many records out of the few of the demo: its families once more under new ids and keys, sealed anew, because ids and places are bound into what is
// sealed. What reads them afterwards opens them as it would open any others.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Attune } from '../../apps/server/src/attune.ts'
import { open, seal } from '../../apps/server/src/store/keyring/seal.ts'
import { answersPlace, codePlace } from '../../apps/server/src/store/records/places.ts'

type Row = { service_id: string; record_id: string; client_id: string; answers_sealed: Buffer; code_sealed: Buffer }

/** How many records are sealed and put in at a time. */
const batch = 2_000

/** Copies the records that are there and take part, of one service or of all, until at least `wanted` copies were made. `admin` is the superuser. Returns how many. */
export async function copyRecords(admin: pg.Client, attune: Attune, wanted: number, serviceId?: string): Promise<number> {
  const { rows } = await admin.query<Row>(
    `select r.service_id, r.record_id, r.client_id, r.answers_sealed, c.code_sealed from answers.records r join answers.clients c using (service_id, client_id)
     where r.restricted_at is null and ($1::text is null or r.service_id = $1) order by r.service_id, r.client_id`,
    [serviceId ?? null],
  )
  if (rows.length === 0) throw new Error(`There is no record to copy${serviceId === undefined ? '' : ` in ${serviceId}`}.`)
  const times = Math.max(1, Math.ceil(Math.min(batch, wanted) / rows.length))
  let made = 0
  await admin.query('alter table scores.record_scores disable trigger user')
  // What is put in does not have to outlive this machine, and the next copies are sealed while the database writes the last.
  await admin.query('set synchronous_commit = off')
  const opened = await openAll(attune, rows)
  let writing = Promise.resolve()
  for (; made < wanted; made += rows.length * times) {
    const copies = await sealCopies(attune, opened, times)
    await writing
    writing = putIn(admin, copies)
    writing.catch(() => {})
  }
  await writing
  await admin.query('reset synchronous_commit')
  await admin.query('alter table scores.record_scores enable trigger user')
  return made
}

type Opened = Row & { readonly answers: Buffer; readonly code: Buffer }
type Copies = {
  readonly families: readonly { id: string; old: string; code: Buffer }[]
  readonly records: readonly { old: string; id: string; client: string; sealed: Buffer }[]
}

async function openAll({ keyring }: Attune, rows: readonly Row[]): Promise<readonly Opened[]> {
  return Promise.all(
    rows.map(async (row) => {
      const key = await keyring.getClientKey(row.service_id, row.client_id)
      const place = { recordId: row.record_id, clientId: row.client_id }
      return { ...row, answers: open(key, answersPlace(place), row.answers_sealed), code: open(key, codePlace(row.client_id), row.code_sealed) }
    }),
  )
}

async function sealCopies({ keyring }: Attune, rows: readonly Opened[], times: number): Promise<Copies> {
  const services = new Map(rows.map((row) => [row.client_id, row.service_id]))
  const made = Array.from({ length: times }, () => new Map([...services.keys()].map((old) => [old, randomUUID()])))
  // Asked for together, keys are made together.
  const keys = new Map(
    await Promise.all(made.flatMap((ids) => [...ids].map(async ([old, id]) => [id, await keyring.makeClientKey(services.get(old)!, id)] as const))),
  )
  const families = new Map<string, Copies['families'][number]>()
  const records = made.flatMap((ids) =>
    rows.map((row) => {
      const [id, client] = [randomUUID(), ids.get(row.client_id)!]
      const key = keys.get(client)!
      if (!families.has(client)) families.set(client, { id: client, old: row.client_id, code: seal(key, codePlace(client), row.code) })
      return { old: row.record_id, id, client, sealed: seal(key, answersPlace({ recordId: id, clientId: client }), row.answers) }
    }),
  )
  return { families: [...families.values()], records }
}

async function putIn(admin: pg.Client, { families, records }: Copies): Promise<void> {
  await admin.query(
    `insert into answers.clients (service_id, client_id, code_hash, code_sealed, code_source)
     select c.service_id, m.id, uuid_send(m.id), m.code, c.code_source from unnest($1::uuid[], $2::uuid[], $3::bytea[]) m (old, id, code) join answers.clients c on c.client_id = m.old`,
    [families.map((one) => one.old), families.map((one) => one.id), families.map((one) => one.code)],
  )
  const columns =
    'programme_id, form_id, form_version, policy_version, session_on, received_at, xml_sealed, content_hash, service_copy, review_state, restricted_at'
  const lists = [records.map((one) => one.old), records.map((one) => one.id), records.map((one) => one.client)]
  await admin.query(
    `insert into answers.records (service_id, record_id, client_id, answers_sealed, ${columns})
     select r.service_id, m.id, m.client, m.sealed, ${columns} from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[]) m (old, id, client, sealed) join answers.records r on r.record_id = m.old`,
    [...lists, records.map((one) => one.sealed)],
  )
  await admin.query(
    `insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted)
     select s.service_id, m.id, m.client, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) m (old, id, client) join scores.record_scores s on s.record_id = m.old`,
    lists,
  )
  await admin.query(
    `insert into identity.record_authors (service_id, record_id, practitioner_id, session_on)
     select a.service_id, m.id, a.practitioner_id, a.session_on from unnest($1::uuid[], $2::uuid[]) m (old, id) join identity.record_authors a on a.record_id = m.old`,
    lists.slice(0, 2),
  )
}
