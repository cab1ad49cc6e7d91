import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRoot } from '../../../test/root.ts'
import { createDatabases, type TestDatabases } from '../../../test/databases.ts'
import { openDatabases, withClient, type OpenDatabases } from '../postgres-databases.ts'
import { openKeyring, type Keyring } from './keyring.ts'
import type { KeyringTables } from './keyring-tables.ts'
import { open, seal } from './seal.ts'

const root = makeRoot('root/00000001')
let made: TestDatabases
let databases: OpenDatabases<{ attune: object; accounts: object; keyring: KeyringTables }>
let keyring: Keyring
let now = 0

beforeAll(async () => {
  made = await createDatabases()
  databases = openDatabases(made.admin, made.loginPassword)
  keyring = await openKeyring(databases.keyring, root, () => now)
})
afterAll(async () => {
  await databases.close()
  await made.drop()
})

/** The keyring's rows as an old backup holds them, and that copy brought to life in databases of its own. */
async function copyKeyring(): Promise<Record<string, object[]>> {
  return withClient(made.admin.keyring, async (admin) => {
    const copy: Record<string, object[]> = {}
    for (const table of ['epochs', 'partition_keys', 'client_keys'])
      copy[table] = (await admin.query(`select * from keyring.${table} ${table === 'client_keys' ? "where service_id = 'south'" : ''}`)).rows
    return copy
  })
}
async function restoreCopy(copy: Record<string, object[]>) {
  const place = await createDatabases()
  const opened = openDatabases<{ attune: object; accounts: object; keyring: KeyringTables }>(place.admin, place.loginPassword)
  await withClient(place.admin.keyring, async (admin) => {
    for (const [table, rows] of Object.entries(copy))
      for (const row of rows)
        await admin.query(
          `insert into keyring.${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
            .map((_, index) => `$${index + 1}`)
            .join(', ')})`,
          Object.values(row),
        )
  })
  return { databases: opened, drop: () => opened.close().then(place.drop) }
}

describe('the keyring', () => {
  it('gives every client one key of its own, also when ten ask at once', async () => {
    const client = randomUUID()
    const asked = await Promise.all(Array.from({ length: 10 }, () => keyring.getClientKey('north', client)))
    expect(new Set(asked.map((key) => key.bytes.toString('hex'))).size).toBe(1)
    const other = await keyring.getClientKey('north', randomUUID())
    expect(other.bytes.equals(asked[0]!.bytes)).toBe(false)
    const reopened = await openKeyring(databases.keyring, root, () => now)
    expect((await reopened.getClientKey('north', client)).bytes.equals(asked[0]!.bytes)).toBe(true)
  })

  it('finds the keys of ten thousand clients with one query', async () => {
    const clients = Array.from({ length: 10_000 }, () => randomUUID())
    for (let start = 0; start < clients.length; start += 500)
      await Promise.all(clients.slice(start, start + 500).map((client) => keyring.getClientKey('many', client)))
    const fresh = await openKeyring(databases.keyring, root, () => now)
    let transactions = 0
    databases.keyring.pool.on('acquire', () => transactions++)
    const found = await fresh.findClientKeys('many', [...clients, randomUUID()])
    expect(found.size).toBe(10_000)
    expect(transactions).toBe(1)
  })

  it('reads the keys of a whole service for a copy without keeping one of them', async () => {
    const ids = Array.from({ length: 3 }, () => randomUUID())
    const keys = new Map(await Promise.all(ids.map(async (id) => [id, await keyring.makeClientKey('copied', id)] as const)))
    const fresh = await openKeyring(databases.keyring, root, () => now)
    const read = await fresh.readClientKeys('copied', [...ids, randomUUID()])
    expect([...read].map(([id, { bytes }]) => [id, bytes]).sort()).toEqual([...keys].map(([id, { bytes }]) => [id, bytes]).sort())
    await withClient(made.admin.keyring, (admin) => admin.query('delete from keyring.client_keys where client_id = $1', [ids[0]]))
    // A key that was kept would still be found.
    expect([...(await fresh.findClientKeys('copied', ids)).keys()].sort()).toEqual(ids.slice(1).sort())
  })

  it('keeps no key in the clear, and another root key opens nothing', async () => {
    const client = randomUUID()
    const key = await keyring.getClientKey('north', client)
    const { rows } = await withClient(made.admin.keyring, (admin) =>
      admin.query('select wrapped from keyring.client_keys where client_id = $1', [client]),
    )
    expect(rows[0].wrapped.includes(key.bytes)).toBe(false)
    await expect(openKeyring(databases.keyring, { ...root, key: makeRoot('root/00000002').key }, () => now)).rejects.toThrow(
      'Put back the right key file',
    )
    await expect(openKeyring(databases.keyring, { ...root, key: makeRoot('root/00000001').key }, () => now)).rejects.toThrow('does not open')
  })

  it('ASVS 11.2.2: makes a destroyed key unreadable in every old copy of the keyring once rotated, with the root key at hand, and leaves the others alone', async () => {
    const [gone, kept] = [randomUUID(), randomUUID()]
    const place = { table: 'answers.records', row: 'r1', field: 'xml', client: gone }
    const sealed = seal(await keyring.getClientKey('south', gone), place, Buffer.from('their words'))
    const keptKey = Buffer.from((await keyring.getClientKey('south', kept)).bytes)
    const identity = keyring.sealIdentity({ table: 'identity.practitioners', row: 'p1', field: 'sealed' }, 'Ana')
    const copy = await copyKeyring()
    const openCopy = async () => {
      const thief = await restoreCopy(copy)
      try {
        const key = (await (await openKeyring(thief.databases.keyring, root, () => now)).findClientKeys('south', [gone])).get(gone)!
        return open(key, place, sealed).toString()
      } finally {
        await thief.drop()
      }
    }

    expect(await keyring.destroyClientKey('south', gone)).toBe(true)
    expect(await openCopy(), 'before the rotation an old copy still opens').toBe('their words')
    expect(await keyring.readState()).toMatchObject({ erasedSince: 1 })
    const { epoch } = await keyring.rotate()
    expect(await keyring.readState()).toMatchObject({ epoch, erasedSince: 0, undestroyed: 0 })
    await expect(openCopy()).rejects.toThrow('is missing')

    expect((await keyring.findClientKeys('south', [gone])).size).toBe(0)
    await expect(keyring.getClientKey('south', gone)).rejects.toMatchObject({ code: 'keys-away' })
    expect((await keyring.getClientKey('south', kept)).bytes.equals(keptKey)).toBe(true)
    const reopened = await openKeyring(databases.keyring, root, () => now)
    expect(reopened.openIdentity({ table: 'identity.practitioners', row: 'p1', field: 'sealed' }, identity).toString()).toBe('Ana')
  })

  it('rotates while others make and read keys, and none of them fails', async () => {
    const other = await openKeyring(databases.keyring, root, () => now)
    let going = true
    const made = new Map<string, string>()
    const busy = (async () => {
      while (going) {
        const client = randomUUID()
        made.set(client, (await other.makeClientKey('busy', client)).bytes.toString('hex'))
      }
    })()
    for (let round = 0; round < 3; round++) await keyring.rotate()
    going = false
    await busy
    expect(made.size).toBeGreaterThan(5)
    now += 60_001
    const found = await keyring.findClientKeys('busy', [...made.keys()])
    expect([...found].map(([client, key]) => [client, key.bytes.toString('hex')]).sort()).toEqual([...made].sort())
    expect(root.secrets.size).toBe(1)
  })

  it('finishes a rotation that was cut short: every key opens before and after, and the old secret goes in the end', async () => {
    const client = randomUUID()
    const key = (await keyring.getClientKey('cut', client)).bytes.toString('hex')
    const stubborn = { ...root.keepers[0], destroy: () => Promise.reject(new Error('The keeper is away.')) }
    const cut = await openKeyring(databases.keyring, { key: root.key, keepers: [stubborn] }, () => now)
    await expect(cut.rotate()).rejects.toThrow('The keeper is away.')
    expect(await keyring.readState()).toMatchObject({ undestroyed: 1 })
    expect(root.secrets.size).toBe(2)
    const next = await openKeyring(databases.keyring, root, () => now)
    expect((await next.getClientKey('cut', client)).bytes.toString('hex')).toBe(key)
    await next.rotate()
    expect(await next.readState()).toMatchObject({ undestroyed: 0 })
    expect(root.secrets.size).toBe(1)
  })

  it('finds what bears a tombstone, and the marks tell nothing to whoever reads them', async () => {
    const [practitioner, other] = [randomUUID(), randomUUID()]
    await keyring.addTombstones([{ kind: 'practitioner', serviceId: 'north', id: practitioner }])
    await keyring.addTombstones([{ kind: 'practitioner', serviceId: 'north', id: practitioner }])
    const asked = [practitioner, other].flatMap((id) => [
      { kind: 'practitioner' as const, serviceId: 'north', id },
      { kind: 'practitioner' as const, serviceId: 'south', id },
      { kind: 'client' as const, serviceId: 'north', id },
    ])
    expect(await keyring.findTombstones(asked)).toEqual([asked[0]])
    const rows = JSON.stringify(await withClient(made.admin.keyring, async (admin) => (await admin.query('select * from keyring.tombstones')).rows))
    expect(rows).not.toContain(practitioner)
  })

  it('asks again after a minute, so that a key destroyed by another process is unusable here', async () => {
    const client = randomUUID()
    const other = await openKeyring(databases.keyring, root, () => now)
    await keyring.getClientKey('north', client)
    await other.destroyClientKey('north', client)
    expect((await keyring.findClientKeys('north', [client])).size).toBe(1)
    now += 60_001
    expect((await keyring.findClientKeys('north', [client])).size).toBe(0)
  })

  it('finds a text again by its keyed hash, apart per kind and service', () => {
    expect(keyring.lookupHash('code', 'north', 'AB12')).toEqual(keyring.lookupHash('code', 'north', 'AB12'))
    expect(keyring.lookupHash('code', 'north', 'AB12')).not.toEqual(keyring.lookupHash('code', 'south', 'AB12'))
  })
})
