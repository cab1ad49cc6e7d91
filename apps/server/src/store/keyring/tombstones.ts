// Marks of what was erased. Only somebody who has the id and the keyring can ask whether it bears one.
import { sql } from 'kysely'
import type { Database } from '../pool.ts'
import { withActor, withReader, type Transaction } from '../with-actor.ts'
import type { KeyringTables, TombstoneKind } from './keyring-tables.ts'
import { keyedHash, type SealingKey } from './seal.ts'

/** Something that was erased, or may have been. */
export type Erased = { readonly kind: TombstoneKind; readonly serviceId: string; readonly id: string }

const keys = { role: 'keys' } as const
const toMark = (key: SealingKey, { kind, serviceId, id }: Erased): Buffer => keyedHash(key, `tombstone ${kind}`, serviceId, id)

/** Marks each of them, once. */
export async function insertTombstones(trx: Transaction<KeyringTables>, key: SealingKey, erased: readonly Erased[]): Promise<void> {
  await sql`insert into keyring.tombstones (mark, kind)
    select * from unnest(${erased.map((each) => toMark(key, each))}::bytea[], ${erased.map(({ kind }) => kind)}::text[]) on conflict do nothing`.execute(
    trx,
  )
}

export async function addTombstones(database: Database<KeyringTables>, key: SealingKey, erased: readonly Erased[]): Promise<void> {
  await withActor(database, keys, 'keys', (trx) => insertTombstones(trx, key, erased))
}

/** Those of them that bear a mark. */
export async function findTombstones(database: Database<KeyringTables>, key: SealingKey, asked: readonly Erased[]): Promise<Erased[]> {
  const marks = asked.map((each) => toMark(key, each))
  const { rows } = await withReader(database, keys, 'keys', (trx) =>
    sql<{ mark: Buffer }>`select mark from keyring.tombstones where mark = any(${marks}::bytea[])`.execute(trx as never),
  )
  const found = new Set(rows.map(({ mark }) => mark.toString('hex')))
  return asked.filter((_, index) => found.has(marks[index]!.toString('hex')))
}
