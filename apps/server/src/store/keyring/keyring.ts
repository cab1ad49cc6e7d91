// The keyring as the rest of the server sees it: a key per client, keys of partitions, and the hashes that find things again.
import { sql } from 'kysely'
import { raise } from '../../problems.ts'
import type { Database } from '../pool.ts'
import { withActor, withReader } from '../with-actor.ts'
import { gather } from '../gather.ts'
import { clientKeyPlace, copySecrets, partitionKeyPlace, readEpochs, rotateEpoch, type Root } from './epochs.ts'
import { makeKeyCache } from './key-cache.ts'
import type { KeyringTables } from './keyring-tables.ts'
import { keyedHash, makeKey, open, seal, type Place, type SealingKey } from './seal.ts'
import { addTombstones, findTombstones, insertTombstones, type Erased } from './tombstones.ts'
import { deriveSigningKey, type SigningKey } from './signing-key.ts'

const keys = { role: 'keys' } as const
type NewClient = { serviceId: string; clientId: string }
type WrappedKey = { client_id: string; epoch: number; wrapped: Buffer }
type ClientKeyRow = WrappedKey & { service_id: string }
const partitions = ['identity', 'accounts', 'lookup', 'tombstones', 'log', 'copies'] as const
type Partition = (typeof partitions)[number]

export type Keyring = {
  /** The client's key, made on first use and durable before it is returned. */
  getClientKey: (serviceId: string, clientId: string) => Promise<SealingKey>
  /** The key of a client that nobody has met before, whose id was drawn this moment: like `getClientKey` without looking first. */
  makeClientKey: (serviceId: string, clientId: string) => Promise<SealingKey>
  /** The keys of many clients in one query, by client id. A client whose key was destroyed is missing from the map. */
  findClientKeys: (serviceId: string, clientIds: readonly string[]) => Promise<ReadonlyMap<string, SealingKey>>
  /** Like `findClientKeys` for a pass over all clients: the keys are not kept in memory here, and none that is pushes out another. */
  readClientKeys: (serviceId: string, clientIds: readonly string[]) => Promise<ReadonlyMap<string, SealingKey>>
  /**
   * Erases the client from the keyring: destroys the key and leaves a tombstone, in one step. Nothing sealed with the key opens again here (in other
   * processes after a minute), no new key is made for this id, and a restore takes its rows out again. Old copies of the keyring open until `rotate`.
   * False when the key was gone already; the tombstone stands either way.
   */
  destroyClientKey: (serviceId: string, clientId: string) => Promise<boolean>
  /** Marks what was erased elsewhere (a practitioner, a single record), so that a restore erases it again. */
  addTombstones: (erased: readonly Erased[]) => Promise<void>
  /** Those of the given things that were erased. */
  findTombstones: (asked: readonly Erased[]) => Promise<readonly Erased[]>
  /** HMAC-SHA-256 that finds a text again without keeping it; `kind` and service keep equal texts apart. */
  lookupHash: (kind: string, serviceId: string, text: string | Uint8Array) => Buffer
  sealIdentity: (place: Place, content: string | Uint8Array) => Buffer
  openIdentity: (place: Place, sealed: Uint8Array) => Buffer
  sealAccount: (place: Place, content: string | Uint8Array) => Buffer
  openAccount: (place: Place, sealed: Uint8Array) => Buffer
  /** Seed of the key that signs the log. */
  readonly logSeed: Buffer
  /** The key that certifies devices in a year. The same every time; nothing is stored but the partition's key that it comes from. */
  copyKey: (year: string) => SigningKey
  /** Starts a new epoch and destroys the old ones: every key destroyed before is then gone from every copy of the keyring (epochs.ts). */
  rotate: (beforeDestroying?: () => Promise<void>) => Promise<{ epoch: number; keys: number }>
  /** Copies of the secrets outside the databases that open this keyring, for its backup. */
  copySecrets: () => Promise<ReadonlyMap<string, Buffer>>
  readState: () => Promise<KeyringState>
  /** Whether the key of the epoch that is current in the database is at hand here. */
  holdsCurrentEpoch: () => Promise<boolean>
}

export type KeyringState = {
  readonly epoch: number
  readonly startedAt: Date
  readonly keeper: string
  readonly clientKeys: number
  /** Erasures since the epoch began: until the next rotation old copies of the keyring still open them. */
  readonly erasedSince: number
  readonly firstErasedAt: Date | null
  /** Ended epochs whose secret still has to be destroyed. */
  readonly undestroyed: number
}

/** Opens the keyring with the root key. `now` is a clock in milliseconds. */
export async function openKeyring(database: Database<KeyringTables>, root: Root, now: () => number): Promise<Keyring> {
  let epochs = await readEpochs(database, root)
  const cache = makeKeyCache({ now })
  const partitionKeys = await getPartitionKeys()
  const name = (serviceId: string, clientId: string) => `${serviceId}/${clientId}`

  async function epochKey(epoch: number): Promise<SealingKey> {
    // Another process may have rotated since we looked.
    if (!epochs.all.has(epoch)) epochs = await readEpochs(database, root)
    return epochs.all.get(epoch) ?? raise('keys-away')
  }

  async function unwrapClientKey(serviceId: string, { client_id, epoch, wrapped }: WrappedKey): Promise<SealingKey> {
    const key = await readClientKey(serviceId, { client_id, epoch, wrapped })
    cache.keep(name(serviceId, client_id), key)
    return key
  }

  async function readClientKey(serviceId: string, { client_id, epoch, wrapped }: WrappedKey): Promise<SealingKey> {
    return { id: `client/${name(serviceId, client_id)}`, bytes: open(await epochKey(epoch), clientKeyPlace(serviceId, client_id), wrapped) }
  }

  async function getPartitionKeys(): Promise<Record<Partition, SealingKey>> {
    const rows = await withActor(database, keys, 'keys', async (trx) => {
      const read = () => trx.selectFrom('keyring.partition_keys').selectAll().execute()
      const found = await read()
      const missing = partitions.filter((partition) => !found.some((row) => row.partition === partition))
      if (missing.length === 0) return found
      const made = missing.map((partition) => ({
        partition,
        epoch: epochs.current.epoch,
        wrapped: seal(epochs.current.key, partitionKeyPlace(partition), makeKey(`partition/${partition}`).bytes),
      }))
      await trx
        .insertInto('keyring.partition_keys')
        .values(made)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return read()
    })
    const unwrapped = await Promise.all(
      rows.map(
        async (row) =>
          [
            row.partition,
            { id: `partition/${row.partition}`, bytes: open(await epochKey(row.epoch), partitionKeyPlace(row.partition), row.wrapped) },
          ] as const,
      ),
    )
    return Object.fromEntries(unwrapped) as Record<Partition, SealingKey>
  }

  function findWrapped(serviceId: string, clientIds: readonly string[]): Promise<WrappedKey[]> {
    return withReader(database, keys, 'keys', (trx) =>
      trx
        .selectFrom('keyring.client_keys')
        .select(['client_id', 'epoch', 'wrapped'])
        .where('service_id', '=', serviceId)
        .where(sql<boolean>`client_id = any(${clientIds}::uuid[])`)
        .execute(),
    )
  }

  async function readClientKeys(serviceId: string, clientIds: readonly string[]): Promise<ReadonlyMap<string, SealingKey>> {
    const found = new Map<string, SealingKey>()
    for (const row of await findWrapped(serviceId, clientIds)) found.set(row.client_id, await readClientKey(serviceId, row))
    return found
  }

  async function findClientKeys(serviceId: string, clientIds: readonly string[]): Promise<ReadonlyMap<string, SealingKey>> {
    const found = new Map<string, SealingKey>()
    const asked: string[] = []
    for (const clientId of new Set(clientIds)) {
      const key = cache.find(name(serviceId, clientId))
      if (key === undefined) asked.push(clientId)
      else found.set(clientId, key)
    }
    if (asked.length === 0) return found
    for (const row of await findWrapped(serviceId, asked)) found.set(row.client_id, await unwrapClientKey(serviceId, row))
    return found
  }

  const makeClientKey = gather(async (clients: readonly NewClient[]) => {
    const rows = await insertClientKeys(clients).catch(async (error: unknown) => {
      // 23503: the epoch was rotated away by another process. The new one stands, so once more is enough.
      if ((error as { code?: string }).code !== '23503') throw error
      epochs = await readEpochs(database, root)
      return insertClientKeys(clients)
    })
    return Promise.all(clients.map(({ serviceId, clientId }) => unwrapClientKey(serviceId, rows.get(name(serviceId, clientId))!)))
  })

  function insertClientKeys(clients: readonly NewClient[]): Promise<ReadonlyMap<string, ClientKeyRow>> {
    const { epoch, key } = epochs.current
    const services = clients.map(({ serviceId }) => serviceId)
    const ids = clients.map(({ clientId }) => clientId)
    const wrapped = clients.map(({ serviceId, clientId }) => seal(key, clientKeyPlace(serviceId, clientId), makeKey('client').bytes))
    const asked = sql`unnest(${services}::text[], ${ids}::uuid[], ${wrapped}::bytea[]) as n (service_id, client_id, wrapped)`
    return withActor(database, keys, 'keys', async (trx) => {
      await sql`insert into keyring.client_keys (service_id, client_id, epoch, wrapped)
        select service_id, client_id, ${epoch}, wrapped from ${asked} order by 1, 2 on conflict do nothing`.execute(trx)
      const kept = await sql<ClientKeyRow>`select k.service_id, k.client_id, k.epoch, k.wrapped
        from keyring.client_keys k join ${asked} using (service_id, client_id)`.execute(trx)
      return new Map(kept.rows.map((row) => [name(row.service_id, row.client_id), row]))
    })
  }

  async function isErased(serviceId: string, clientId: string): Promise<boolean> {
    return (await findTombstones(database, partitionKeys.tombstones, [{ kind: 'client', serviceId, id: clientId }])).length > 0
  }

  return {
    findClientKeys,
    readClientKeys,
    async getClientKey(serviceId, clientId) {
      const found = (await findClientKeys(serviceId, [clientId])).get(clientId)
      if (found !== undefined) return found
      // Whoever is erased gets no key again under this id; the same code makes a new client.
      if (await isErased(serviceId, clientId)) return raise('keys-away')
      return makeClientKey({ serviceId, clientId })
    },
    makeClientKey: (serviceId, clientId) => makeClientKey({ serviceId, clientId }),
    async destroyClientKey(serviceId, clientId) {
      cache.forget(name(serviceId, clientId))
      return withActor(database, keys, 'keys', async (trx) => {
        await insertTombstones(trx, partitionKeys.tombstones, [{ kind: 'client', serviceId, id: clientId }])
        const gone = await trx
          .deleteFrom('keyring.client_keys')
          .where('service_id', '=', serviceId)
          .where('client_id', '=', clientId)
          .executeTakeFirst()
        return gone.numDeletedRows > 0n
      })
    },
    addTombstones: (erased) => addTombstones(database, partitionKeys.tombstones, erased),
    findTombstones: (asked) => findTombstones(database, partitionKeys.tombstones, asked),
    lookupHash: (kind, serviceId, text) => keyedHash(partitionKeys.lookup, kind, serviceId, text),
    sealIdentity: (place, content) => seal(partitionKeys.identity, place, Buffer.from(content)),
    openIdentity: (place, sealed) => open(partitionKeys.identity, place, sealed),
    sealAccount: (place, content) => seal(partitionKeys.accounts, place, Buffer.from(content)),
    openAccount: (place, sealed) => open(partitionKeys.accounts, place, sealed),
    logSeed: partitionKeys.log.bytes,
    async readState() {
      const { rows } = await withReader(database, keys, 'keys', (trx) =>
        sql<KeyringState>`select e.epoch, e.started_at as "startedAt", e.keeper,
          (select count(*) from keyring.client_keys) as "clientKeys",
          (select count(*) from keyring.tombstones t where t.made_at >= e.started_at) as "erasedSince",
          (select min(t.made_at) from keyring.tombstones t where t.made_at >= e.started_at) as "firstErasedAt",
          (select count(*) from keyring.ended_epochs n where n.destroyed_at is null) as undestroyed
          from keyring.epochs e where e.current`.execute(trx as never),
      )
      return rows[0]!
    },
    async holdsCurrentEpoch() {
      const { rows } = await withReader(database, keys, 'keys', (trx) =>
        sql<{ epoch: number }>`select epoch from keyring.epochs where current`.execute(trx as never),
      )
      return rows[0] !== undefined && (await epochKey(rows[0].epoch)) !== undefined
    },
    copyKey: (year) => deriveSigningKey(partitionKeys.copies, `copies ${year}`),
    copySecrets: () => copySecrets(database, root),
    async rotate(beforeDestroying) {
      const rotated = await rotateEpoch(database, root, beforeDestroying)
      epochs = await readEpochs(database, root)
      cache.clear()
      return rotated
    },
  }
}
