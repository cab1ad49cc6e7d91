// Epochs: the keys that wrap the data keys. A rotation makes a new one, wraps every living data key again, and destroys the old one together
// with the secret that its keeper held, so that a key deleted before it is gone from every old copy of the keyring as well.
import { sql } from 'kysely'
import type { Database } from '../pool.ts'
import { withActor, withReader, type Transaction } from '../with-actor.ts'
import type { EpochKeeper, EpochKeepers } from './epoch-keeper.ts'
import type { KeyringTables } from './keyring-tables.ts'
import { makeKey, open, seal, type SealingKey } from './seal.ts'

export type Epoch = { readonly epoch: number; readonly key: SealingKey }
export type Epochs = { readonly current: Epoch; readonly all: ReadonlyMap<number, SealingKey> }

/** What stands above the epochs: the root key's file, and the keepers of their secrets. */
export type Root = { readonly key: SealingKey; readonly keepers: EpochKeepers }

type EpochRow = { epoch: number; root_id: string; wrapped: Buffer; keeper: string; reference: string; current: boolean }

const keys = { role: 'keys' } as const
const pageSize = 5_000
const epochPlace = (epoch: number) => ({ table: 'keyring.epochs', row: String(epoch), field: 'wrapped' })
export const clientKeyPlace = (serviceId: string, clientId: string) => ({
  table: 'keyring.client_keys',
  row: `${serviceId}/${clientId}`,
  field: 'wrapped',
  client: clientId,
})
export const partitionKeyPlace = (partition: string) => ({ table: 'keyring.partition_keys', row: partition, field: 'wrapped' })

/** Every epoch that still stands, by number, unwrapped. Makes the first one in an empty keyring. */
export async function readEpochs(database: Database<KeyringTables>, root: Root): Promise<Epochs> {
  const rows = await withReader(database, keys, 'keys', (trx) => trx.selectFrom('keyring.epochs').selectAll().orderBy('epoch').execute())
  if (rows.length === 0) {
    await withActor(database, keys, 'keys', (trx) => addEpoch(trx, root, 'first'))
    return readEpochs(database, root)
  }
  const all = new Map(await Promise.all(rows.map(async (row) => [row.epoch, await unwrapEpoch(root, row)] as const)))
  const current = rows.find((row) => row.current)!.epoch
  return { current: { epoch: current, key: all.get(current)! }, all }
}

async function unwrapEpoch({ key, keepers }: Root, { epoch, root_id, wrapped, keeper, reference }: EpochRow): Promise<SealingKey> {
  if (root_id !== key.id)
    throw new Error(`The keyring belongs to root key ${root_id}, and the key file holds ${key.id}. Put back the right key file.`)
  const inner = keeper === 'root' ? wrapped : await getKeeper(keepers, keeper).unwrap(reference, wrapped)
  return { id: `epoch/${epoch}`, bytes: open(key, epochPlace(epoch), inner) }
}

function getKeeper(keepers: EpochKeepers, id: string): EpochKeeper {
  const found = keepers.find((keeper) => keeper.id === id)
  if (found === undefined) throw new Error(`An epoch of the keyring is kept by "${id}", which is not set up here. Put its settings back.`)
  return found
}

/** Adds an epoch and makes it the current one. `first` does nothing when there is one. Writers wait for this moment only. */
async function addEpoch(
  trx: Transaction<KeyringTables>,
  { key: rootKey, keepers: [keeper] }: Root,
  which: 'first' | 'next',
): Promise<Epoch | undefined> {
  await sql`lock table keyring.epochs in exclusive mode`.execute(trx)
  const last = await sql<{
    epoch: number | null
  }>`select greatest((select max(epoch) from keyring.epochs), (select max(epoch) from keyring.ended_epochs)) as epoch`.execute(trx)
  const standing = await trx.selectFrom('keyring.epochs').select('epoch').limit(1).execute()
  if (which === 'first' && standing.length > 0) return undefined
  const epoch = (last.rows[0]!.epoch ?? 0) + 1
  const key = makeKey(`epoch/${epoch}`)
  const reference = await keeper.create(epoch)
  const wrapped = await keeper.wrap(reference, seal(rootKey, epochPlace(epoch), key.bytes))
  await trx.updateTable('keyring.epochs').set({ current: false }).where('current', '=', true).execute()
  await trx.insertInto('keyring.epochs').values({ epoch, root_id: rootKey.id, wrapped, current: true, keeper: keeper.id, reference }).execute()
  return { epoch, key }
}

/**
 * Starts a new epoch, wraps every data key again under it, then destroys the older ones. Others read and write all the while; only the first and
 * the last step make them wait, for moments. Interrupted anywhere, it leaves every key readable, and the next rotation finishes it.
 * `beforeDestroying` runs when the new epoch stands and the old secrets are still there: if it fails, they stay for the next time.
 * Returns the number of keys that were wrapped again.
 */
export async function rotateEpoch(
  database: Database<KeyringTables>,
  root: Root,
  beforeDestroying: () => Promise<void> = async () => {},
): Promise<{ epoch: number; keys: number }> {
  const fresh = (await withActor(database, keys, 'keys', (trx) => addEpoch(trx, root, 'next')))!
  const { all } = await readEpochs(database, root)
  let count = await withActor(database, keys, 'keys', (trx) => rewrapPartitions(trx, fresh, all))
  for (let page: Page = { after: ['', nobody], wrapped: 0 }; page.after !== undefined; count += page.wrapped) {
    const { after } = page
    page = await withActor(database, keys, 'keys', (trx) => rewrapPage(trx, fresh, all, after))
  }
  count += await withActor(database, keys, 'keys', async (trx) => {
    // What writers added under the old epoch meanwhile; from here on the old one is not there to be used.
    await sql`lock table keyring.epochs, keyring.client_keys, keyring.partition_keys in share row exclusive mode`.execute(trx)
    let late = await rewrapPartitions(trx, fresh, all)
    for (let page: Page = { after: ['', nobody], wrapped: 0 }; page.after !== undefined; late += page.wrapped)
      page = await rewrapPage(trx, fresh, all, page.after)
    await sql`with ended as (delete from keyring.epochs where epoch < ${fresh.epoch} returning epoch, keeper, reference)
      insert into keyring.ended_epochs (epoch, keeper, reference) select epoch, keeper, reference from ended`.execute(trx)
    return late
  })
  await beforeDestroying()
  await destroyEnded(database, root)
  return { epoch: fresh.epoch, keys: count }
}

type Place = readonly [serviceId: string, clientId: string]
/** `after` is the last key looked at; undefined when there is no further one. */
type Page = { readonly after: Place | undefined; readonly wrapped: number }
const nobody = '00000000-0000-0000-0000-000000000000'

async function rewrapPartitions(trx: Transaction<KeyringTables>, { epoch, key }: Epoch, old: ReadonlyMap<number, SealingKey>): Promise<number> {
  const rows = await trx.selectFrom('keyring.partition_keys').selectAll().where('epoch', '<', epoch).execute()
  for (const row of rows) {
    const place = partitionKeyPlace(row.partition)
    const wrapped = seal(key, place, open(old.get(row.epoch)!, place, row.wrapped))
    await trx.updateTable('keyring.partition_keys').set({ epoch, wrapped }).where('partition', '=', row.partition).execute()
  }
  return rows.length
}

/** Wraps the next page of keys again that an older epoch wraps. */
async function rewrapPage(
  trx: Transaction<KeyringTables>,
  { epoch, key }: Epoch,
  old: ReadonlyMap<number, SealingKey>,
  [serviceId, clientId]: Place,
): Promise<Page> {
  const page = await trx
    .selectFrom('keyring.client_keys')
    .select(['service_id', 'client_id', 'epoch', 'wrapped'])
    .where('epoch', '<', epoch)
    .where(sql<boolean>`(service_id, client_id) > (${serviceId}, ${clientId}::uuid)`)
    .orderBy('service_id')
    .orderBy('client_id')
    .limit(pageSize)
    .forUpdate()
    .execute()
  const last = page.at(-1)
  if (last === undefined) return { after: undefined, wrapped: 0 }
  const again = page.map((row) => {
    const place = clientKeyPlace(row.service_id, row.client_id)
    return seal(key, place, open(old.get(row.epoch)!, place, row.wrapped))
  })
  await sql`update keyring.client_keys k set epoch = ${epoch}, wrapped = n.wrapped
    from unnest(${page.map((row) => row.service_id)}::text[], ${page.map((row) => row.client_id)}::uuid[], ${again}::bytea[]) as n (service_id, client_id, wrapped)
    where k.service_id = n.service_id and k.client_id = n.client_id`.execute(trx)
  return { after: page.length < pageSize ? undefined : [last.service_id, last.client_id], wrapped: page.length }
}

/** Copies of the secrets of all epochs that stand, by what they are called; none where a service keeps them. */
export async function copySecrets(database: Database<KeyringTables>, { keepers }: Root): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await withReader(database, keys, 'keys', (trx) => trx.selectFrom('keyring.epochs').select(['keeper', 'reference']).execute())
  const copies = new Map<string, Buffer>()
  for (const { keeper, reference } of rows) {
    const copy = keeper === 'root' ? undefined : getKeeper(keepers, keeper).copy
    if (copy !== undefined) copies.set(reference, await copy(reference))
  }
  return copies
}

/** Destroys the secrets of epochs that have ended and were not destroyed yet. */
export async function destroyEnded(database: Database<KeyringTables>, { keepers }: Root): Promise<void> {
  const waiting = await withReader(database, keys, 'keys', (trx) =>
    trx.selectFrom('keyring.ended_epochs').selectAll().where('destroyed_at', 'is', null).orderBy('epoch').execute(),
  )
  for (const { epoch, keeper, reference } of waiting) {
    if (keeper !== 'root') await getKeeper(keepers, keeper).destroy(reference)
    await withActor(database, keys, 'keys', (trx) =>
      trx
        .updateTable('keyring.ended_epochs')
        .set({ destroyed_at: sql<Date>`now()` })
        .where('epoch', '=', epoch)
        .execute(),
    )
  }
}
