// Copies a client's rows to another service, every sealed value opened with the old key and sealed with the new one.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { open, seal, type SealingKey } from '../keyring/seal.ts'
import { answersPlace, attachmentPlace, codePlace, xmlPlace } from '../records/places.ts'
import type { Transaction } from '../with-actor.ts'

type Side = { readonly serviceId: string; readonly clientId: string; readonly key: SealingKey }

/** Returns the number of records, or undefined when the code belongs to somebody there. The rows at the old place stay for the caller to erase. */
export async function moveClientRows(
  trx: Transaction<AttuneTables>,
  keyring: Keyring,
  { from, to }: { from: Side; to: Side & { codeHash: Buffer } },
): Promise<number | undefined> {
  const client = await trx
    .selectFrom('answers.clients')
    .selectAll()
    .where('service_id', '=', from.serviceId)
    .where('client_id', '=', from.clientId)
    .executeTakeFirstOrThrow()
  const again = (place: (row: { recordId: string; clientId: string }) => Parameters<typeof open>[1], recordId: string, sealed: Buffer) =>
    seal(to.key, place({ recordId, clientId: to.clientId }), open(from.key, place({ recordId, clientId: from.clientId }), sealed))
  const added = await trx
    .insertInto('answers.clients')
    .values({
      service_id: to.serviceId,
      client_id: to.clientId,
      code_hash: to.codeHash,
      code_sealed: seal(to.key, codePlace(to.clientId), open(from.key, codePlace(from.clientId), client.code_sealed)),
      code_source: client.code_source,
      restricted_at: null,
    })
    .onConflict((conflict) => conflict.columns(['service_id', 'code_hash']).doNothing())
    .executeTakeFirst()
  if ((added.numInsertedOrUpdatedRows ?? 0n) === 0n) return undefined

  const tokens = new Map<string, string>()
  const records = await trx
    .selectFrom('answers.records')
    .selectAll()
    .where('service_id', '=', from.serviceId)
    .where('client_id', '=', from.clientId)
    .orderBy('session_on')
    .execute()
  for (const { review_places: places, ...record } of records) {
    const recordId = record.record_id
    await trx
      .insertInto('answers.records')
      .values({
        ...record,
        review_places: JSON.stringify(places),
        service_id: to.serviceId,
        client_id: to.clientId,
        xml_sealed: again(xmlPlace, recordId, record.xml_sealed),
        answers_sealed: again(answersPlace, recordId, record.answers_sealed),
      })
      .execute()
    const files = await trx
      .selectFrom('answers.attachments')
      .selectAll()
      .where('service_id', '=', from.serviceId)
      .where('record_id', '=', recordId)
      .execute()
    for (const file of files) {
      const name = open(from.key, attachmentPlace({ recordId, clientId: from.clientId }, file.name_hash, 'name'), file.name_sealed)
      const content = open(from.key, attachmentPlace({ recordId, clientId: from.clientId }, file.name_hash, 'content'), file.sealed)
      const row = { recordId, clientId: to.clientId }
      const nameHash = keyring.lookupHash('file-name', to.serviceId, name)
      await trx
        .insertInto('answers.attachments')
        .values({
          service_id: to.serviceId,
          record_id: recordId,
          name_hash: nameHash,
          name_sealed: seal(to.key, attachmentPlace(row, nameHash, 'name'), name),
          sealed: seal(to.key, attachmentPlace(row, nameHash, 'content'), content),
          content_hash: keyring.lookupHash('file', to.serviceId, content),
        })
        .execute()
    }
    await moveAuthor(trx, tokens, from.serviceId, to.serviceId, recordId)
  }
  await sql`insert into scores.record_scores (service_id, record_id, client_id, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted)
    select ${to.serviceId}, record_id, ${to.clientId}::uuid, programme_id, session_on, received_at, time_point, age_group, scales, scores, choices, counted
    from scores.record_scores where service_id = ${from.serviceId} and client_id = ${from.clientId}::uuid`.execute(trx)
  return records.length
}

// The new service does not get to know the practitioner: the stamp stays sealed for its own time, under an enrolment that is only a token.
async function moveAuthor(
  trx: Transaction<AttuneTables>,
  tokens: Map<string, string>,
  fromService: string,
  toService: string,
  recordId: string,
): Promise<void> {
  const author = await trx
    .selectFrom('identity.record_authors')
    .selectAll()
    .where('service_id', '=', fromService)
    .where('record_id', '=', recordId)
    .executeTakeFirst()
  if (author === undefined) return
  let token = tokens.get(author.practitioner_id)
  if (token === undefined) {
    tokens.set(author.practitioner_id, (token = randomUUID()))
    await trx
      .insertInto('identity.practitioners')
      .values({
        service_id: toService,
        practitioner_id: token,
        account_id: randomUUID(),
        sealed: null,
        status: 'left',
        left_on: author.session_on,
        asked_active_on: null,
        restricted_at: null,
      })
      .execute()
  }
  await trx
    .insertInto('identity.record_authors')
    .values({
      service_id: toService,
      record_id: recordId,
      practitioner_id: token,
      session_on: author.session_on,
      sealed: author.sealed,
      blanked_at: author.blanked_at,
    })
    .execute()
}
