// What a request does to those whom it is about: holds, restrictions, erasures. Call these as `system`, inside the transaction of the decision.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Transaction } from '../with-actor.ts'
import type { RightsTables } from './rights-tables.ts'

type Trx = Transaction<AttuneTables>

export async function findClientByCode(
  trx: Pick<Trx, 'selectFrom'>,
  serviceId: string,
  hashes: readonly Buffer[],
): Promise<{ clientId: string; codeHash: Buffer } | undefined> {
  const row = await trx
    .selectFrom('answers.clients')
    .select(['client_id', 'code_hash'])
    .where('service_id', '=', serviceId)
    .where(sql<boolean>`code_hash = any (${hashes}::bytea[])`)
    .executeTakeFirst()
  return row && { clientId: row.client_id, codeHash: row.code_hash }
}

/** Out of every list, download, report and analysis, or back in. Returns the number of records. */
export async function restrictClient(trx: Trx, serviceId: string, clientId: string, restricted: boolean): Promise<number> {
  const { rows } = await sql<{ touched: number }>`select answers.restrict_client(${serviceId}, ${clientId}::uuid, ${restricted}) as touched`.execute(
    trx,
  )
  return rows[0]!.touched
}

export async function countClientRecords(trx: Pick<Trx, 'selectFrom'>, serviceId: string, clientId: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from answers.records where service_id = ${serviceId} and client_id = ${clientId}::uuid`.execute(trx as never)
  return rows[0]!.count
}

/** Every enrolment of an account. */
export async function findEnrolments(
  trx: Pick<Trx, 'selectFrom'>,
  accountId: string,
): Promise<{ serviceId: string; practitionerId: string; sealed: Buffer | null; status: string }[]> {
  const rows = await trx
    .selectFrom('identity.practitioners')
    .select(['service_id', 'practitioner_id', 'sealed', 'status'])
    .where('account_id', '=', accountId)
    .orderBy('since')
    .execute()
  return rows.map((row) => ({ serviceId: row.service_id, practitionerId: row.practitioner_id, sealed: row.sealed, status: row.status }))
}

/** The practitioner's own data out of use, or back in: no name is shown and nobody is found by it. */
export async function restrictPractitioner(trx: Trx, accountId: string, restrictedAt: Date | null): Promise<void> {
  await trx.updateTable('identity.practitioners').set({ restricted_at: restrictedAt }).where('account_id', '=', accountId).execute()
}

export async function eraseClientRows(trx: Trx, serviceId: string, clientId: string): Promise<{ records: number; files: number }> {
  const { rows } = await sql<{
    records: number
    files: number
  }>`select records, files from answers.erase_client(${serviceId}, ${clientId}::uuid)`.execute(trx)
  return rows[0]!
}

export type Erasure = Pick<RightsTables['rights.erasures'], 'kind' | 'outside_id' | 'request_id'> & { serviceId: string; hash: Buffer; at: Date }

/** Leaves a keyed mark, and notes what has still to be destroyed in another database. False when the mark was there before. */
export async function addErasure(trx: Trx, { serviceId, kind, hash, at, request_id, outside_id }: Erasure): Promise<boolean> {
  const added = await trx
    .insertInto('rights.erasures')
    .values({ service_id: serviceId, kind, keyed_hash: hash, at, request_id, outside_id, outside_done_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type UnfinishedErasure = { readonly serviceId: string; readonly kind: string; readonly hash: Buffer; readonly outsideId: string }

/** What has still to be destroyed outside the main database, oldest first: of one service, or of all. */
export async function findUnfinishedErasures(trx: Trx, { serviceId, limit }: { serviceId?: string; limit: number }): Promise<UnfinishedErasure[]> {
  let query = trx
    .selectFrom('rights.erasures')
    .select(['service_id', 'kind', 'keyed_hash', 'outside_id'])
    .where('outside_id', 'is not', null)
    .where('outside_done_at', 'is', null)
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  const rows = await query.orderBy('at').limit(limit).execute()
  return rows.map((row) => ({ serviceId: row.service_id, kind: row.kind, hash: row.keyed_hash, outsideId: row.outside_id! }))
}

export async function finishErasure(trx: Trx, { serviceId, kind, hash }: { serviceId: string; kind: string; hash: Buffer }, at: Date): Promise<void> {
  await trx
    .updateTable('rights.erasures')
    .set({ outside_done_at: at, outside_id: null })
    .where('service_id', '=', serviceId)
    .where('kind', '=', kind as Erasure['kind'])
    .where('keyed_hash', '=', hash)
    .execute()
}

/** The consent form goes; a keyed hash with its dates and editions stays as proof that there was one (DCS-131). */
export async function removeConsents(trx: Trx, practitionerIds: readonly string[], at: Date): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('identity.practitioner_consents')
    .set({ sealed: null, removed_at: at })
    .where('practitioner_id', 'in', [...practitionerIds])
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  await trx
    .deleteFrom('identity.training_records')
    .where('practitioner_id', 'in', [...practitionerIds])
    .execute()
  return Number(numUpdatedRows)
}

/** Nothing is left that says who sent a practitioner's records. Returns how many records carried the name. */
export async function blankPractitioner(trx: Trx, practitionerIds: readonly string[], at: Date, leftOn: string): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('identity.record_authors')
    .set({ sealed: null, blanked_at: at })
    .where('practitioner_id', 'in', [...practitionerIds])
    .where('sealed', 'is not', null)
    .executeTakeFirst()
  await trx
    .updateTable('identity.practitioners')
    .set({ sealed: null, status: 'left', left_on: leftOn, restricted_at: null })
    .where('practitioner_id', 'in', [...practitionerIds])
    .execute()
  return Number(numUpdatedRows)
}

export async function withdrawConsents(trx: Trx, practitionerIds: readonly string[], at: Date): Promise<void> {
  await trx
    .updateTable('identity.practitioner_consents')
    .set({ withdrawn_at: at })
    .where('practitioner_id', 'in', [...practitionerIds])
    .where('withdrawn_at', 'is', null)
    .where('removed_at', 'is', null)
    .execute()
}

/** Copies that the service took of a client: the day and the file's SHA-256. `forget` takes the client's id out of them. */
export async function findCopies(trx: Trx, serviceId: string, clientId: string): Promise<{ at: Date; sha256: string }[]> {
  return trx
    .selectFrom('log.exports')
    .select(['at', 'sha256'])
    .where('service_id', '=', serviceId)
    .where(sql<boolean>`client_ids @> array[${clientId}::uuid]`)
    .orderBy('at')
    .execute()
}

export async function forgetCopies(trx: Trx, serviceId: string, clientId: string): Promise<void> {
  await sql`update log.exports set client_ids = array_remove(client_ids, ${clientId}::uuid) where service_id = ${serviceId} and client_ids @> array[${clientId}::uuid]`.execute(
    trx,
  )
}

export const practitionerMark = (keyring: Keyring, serviceId: string, practitionerId: string): Buffer =>
  keyring.lookupHash('practitioner', serviceId, practitionerId)
export const signInMark = (keyring: Keyring, accountId: string): Buffer => keyring.lookupHash('sign-in', '', accountId)
export const recordMark = (keyring: Keyring, serviceId: string, recordId: string): Buffer => keyring.lookupHash('record', serviceId, recordId)
