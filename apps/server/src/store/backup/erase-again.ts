// After a restore: what the backup still holds although it was erased since goes again, whoever it is about (DCS-156).
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { AccountsTables } from '../accounts/accounts-tables.ts'
import { eraseAccount } from '../accounts/accounts.ts'
import type { Database } from '../pool.ts'
import { disposeRecords } from '../retention/retention-rows.ts'
import { forgetCodeOfClient } from '../rights/requests.ts'
import { addErasure, blankPractitioner, eraseClientRows, removeConsents } from '../rights/subjects.ts'
import { withActor, withReader, type Transaction } from '../with-actor.ts'
import type { Erased } from '../keyring/tombstones.ts'

const system = { role: 'system' } as const
const pageSize = 2_000

/** Asks for every client, record and practitioner's account of the database, page by page, whether it bears a tombstone. */
export async function findErasedAgain(
  database: Database<AttuneTables>,
  findTombstones: (asked: readonly Erased[]) => Promise<readonly Erased[]>,
): Promise<Erased[]> {
  const erased: Erased[] = []
  for (const { kind, table, id, service } of [
    { kind: 'client', table: 'answers.clients', id: 'client_id', service: 'service_id' },
    { kind: 'record', table: 'answers.records', id: 'record_id', service: 'service_id' },
    { kind: 'practitioner', table: 'identity.practitioners', id: 'practitioner_id', service: 'service_id' },
    // An account is nobody's of one service.
    { kind: 'account', table: 'identity.practitioners', id: 'account_id', service: `''` },
  ] as const) {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const { rows } = await withReader(database, system, 'restore', (trx) =>
        sql<{
          service: string
          id: string
        }>`select distinct ${sql.raw(service)} as service, ${sql.raw(id)}::text as id, ${sql.raw(id)} from ${sql.raw(table)}
          where ${sql.raw(id)} > ${after}::uuid order by ${sql.raw(id)} limit ${pageSize}`.execute(trx as never),
      )
      if (rows.length > 0) erased.push(...(await findTombstones(rows.map((row) => ({ kind, serviceId: row.service, id: row.id })))))
      if (rows.length < pageSize) break
      after = rows.at(-1)!.id
    }
  }
  return erased
}

/** Erases it, each in a transaction of its own; `on` is the day. Returns the number of records that went. */
export async function eraseAgain(database: Database<AttuneTables>, erased: readonly Erased[], when: When): Promise<number> {
  let records = 0
  for (const each of erased) records += await withActor(database, system, 'restore', (trx) => eraseOne(trx, each, when))
  return records
}

type When = { readonly at: Date; readonly on: string }

async function eraseOne(trx: Transaction<AttuneTables>, { kind, serviceId, id }: Erased, { at, on }: When): Promise<number> {
  if (kind === 'client') {
    // The code is not taken in again after a restore either, and no request that came back still says it.
    const client = await trx
      .selectFrom('answers.clients')
      .select('code_hash')
      .where('service_id', '=', serviceId)
      .where('client_id', '=', id)
      .executeTakeFirst()
    if (client !== undefined) await addErasure(trx, { serviceId, kind: 'client', hash: client.code_hash, at, request_id: null, outside_id: null })
    await forgetCodeOfClient(trx, serviceId, id)
    return (await eraseClientRows(trx, serviceId, id)).records
  }
  if (kind === 'record') {
    await disposeRecords(trx, serviceId, [id])
    return 1
  }
  const rows = await trx
    .selectFrom('identity.practitioners')
    .select('practitioner_id')
    .where(kind === 'account' ? 'account_id' : 'practitioner_id', '=', id)
    .execute()
  const ids = rows.map((row) => row.practitioner_id)
  if (ids.length === 0) return 0
  await removeConsents(trx, ids, at)
  await blankPractitioner(trx, ids, at, on)
  return 0
}

/** Accounts that were closed for good since their backup. Returns how many went again. */
export async function eraseAccountsAgain(
  database: Database<AccountsTables>,
  findTombstones: (asked: readonly Erased[]) => Promise<readonly Erased[]>,
): Promise<number> {
  const rows = await withReader(database, { role: 'door' }, 'restore', (trx) => trx.selectFrom('accounts.accounts').select('account_id').execute())
  const gone = await findTombstones(
    rows.flatMap((row) => (['account', 'sign-in'] as const).map((kind) => ({ kind, serviceId: '', id: row.account_id }))),
  )
  for (const { id } of gone) await withActor(database, { role: 'door' }, 'restore', (trx) => eraseAccount(trx, id))
  return gone.length
}
