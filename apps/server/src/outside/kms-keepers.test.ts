// The keyring over services that keep the epochs' keys: rotation destroys theirs, and while one is away nothing is stored.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabases, type TestDatabases } from '../../test/databases.ts'
import { awsKeys, startAwsKms, startVault } from '../../test/loopback.ts'
import { makeRoot } from '../../test/root.ts'
import { openKeyring } from '../store/keyring/keyring.ts'
import type { KeyringTables } from '../store/keyring/keyring-tables.ts'
import { openDatabases, type OpenDatabases } from '../store/postgres-databases.ts'
import { keepByAwsKms, keepByVault } from './kms-keepers.ts'

/** These stand on this machine. */
const near = ['127.0.0.1']
let made: TestDatabases
let databases: OpenDatabases<{ attune: object; accounts: object; keyring: KeyringTables }>
let aws: Awaited<ReturnType<typeof startAwsKms>>
let vault: Awaited<ReturnType<typeof startVault>>
beforeAll(async () => {
  made = await createDatabases()
  databases = openDatabases(made.admin, made.loginPassword)
  aws = await startAwsKms()
  vault = await startVault()
})
afterAll(async () => {
  await databases.close()
  await made.drop()
  await aws.stop()
  await vault.stop()
})

describe('key management services', () => {
  it('take the epochs over from the folder and from each other, and destroy the keys of those that ended', async () => {
    const files = makeRoot()
    const client = randomUUID()
    const first = await openKeyring(databases.keyring, files, Date.now)
    const bytes = (await first.getClientKey('north', client)).bytes.toString('hex')

    const byAws = {
      key: files.key,
      keepers: [keepByAwsKms({ ...awsKeys, near, endpoint: aws.address, region: 'eu-west-1' }, () => new Date()), files.keepers[0]] as const,
    }
    const second = await openKeyring(databases.keyring, byAws, Date.now)
    await second.rotate()
    expect(await second.readState()).toMatchObject({ keeper: 'aws-kms', undestroyed: 0 })
    expect(files.secrets.size).toBe(0)
    expect((await second.copySecrets()).size).toBe(0)
    await second.rotate()
    expect(aws.pending.size).toBe(1)

    const byVault = {
      key: files.key,
      keepers: [
        keepByVault({ address: vault.address, near, token: 'a-token-of-tests', mount: 'transit', prefix: 'attune-test' }),
        ...byAws.keepers,
      ] as const,
    }
    const third = await openKeyring(databases.keyring, byVault, Date.now)
    await third.rotate()
    await third.rotate()
    expect(aws.pending.size).toBe(2)
    expect(vault.keys.size).toBe(1)
    const last = await openKeyring(databases.keyring, byVault, Date.now)
    expect((await last.getClientKey('north', client)).bytes.toString('hex')).toBe(bytes)
    await expect(openKeyring(databases.keyring, byAws, Date.now)).rejects.toThrow('kept by "vault", which is not set up here')
  })

  it('ASVS 16.5.3: a service that is away opens nothing and loses nothing', async () => {
    const root = {
      key: makeRoot().key,
      keepers: [keepByAwsKms({ ...awsKeys, near, endpoint: aws.address, region: 'eu-west-1' }, () => new Date())] as const,
    }
    const own = await createDatabases()
    const pools = openDatabases<{ attune: object; accounts: object; keyring: KeyringTables }>(own.admin, own.loginPassword)
    try {
      const keyring = await openKeyring(pools.keyring, root, Date.now)
      const client = randomUUID()
      const bytes = (await keyring.getClientKey('north', client)).bytes.toString('hex')
      aws.away.now = true
      await expect(openKeyring(pools.keyring, root, Date.now)).rejects.toMatchObject({ code: 'keys-away' })
      await expect(keyring.rotate()).rejects.toMatchObject({ code: 'keys-away' })
      // Also where nobody answers at all, instead of somebody who says that it is not well.
      const nobody = keepByAwsKms({ ...awsKeys, near: ['127.0.0.1:1'], endpoint: 'http://127.0.0.1:1', region: 'eu-west-1' }, () => new Date())
      await expect(openKeyring(pools.keyring, { ...root, keepers: [nobody] }, Date.now)).rejects.toMatchObject({ code: 'keys-away' })
      aws.away.now = false
      expect((await (await openKeyring(pools.keyring, root, Date.now)).getClientKey('north', client)).bytes.toString('hex')).toBe(bytes)
    } finally {
      aws.away.now = false
      await pools.close()
      await own.drop()
    }
  })

  it('are refused with wrong credentials, in a sentence without them', async () => {
    const stranger = keepByAwsKms(
      { keyId: awsKeys.keyId, secret: 'another-secret', near, endpoint: aws.address, region: 'eu-west-1' },
      () => new Date(),
    )
    const refused = await stranger.create(1).catch((error: Error) => error)
    expect(String(refused)).toContain('AWS KMS refused (400')
    expect(String(refused)).not.toContain('another-secret')
    await expect(keepByVault({ address: vault.address, near, token: 'wrong', mount: 'transit', prefix: 'x' }).create(1)).rejects.toThrow(
      'Vault refused (403',
    )
  })
})
