// Makes one backup: a database as SQL, compressed and sealed on its way to the storage, never in the clear on a disk. Then it is fetched from
// there, opened, and put back into a scratch database; only when every table has the same number of rows does it count as verified.
import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip, createGzip } from 'node:zlib'
import type { Attune } from '../../attune.ts'
import { makeAgeKey, openWithIdentities, sealToRecipients } from '../../outside/age-file.ts'
import type { Storage } from '../../outside/storage/storage.ts'
import { addBackup, endBackup, findLastBatch, type Cycle } from '../../store/backup/backups.ts'
import { withScratchDatabase } from '../../store/backup/databases-beside.ts'
import { databaseOf, writeDump, type BackupKind, type Counts, type Custodian, type DumpHead } from '../../store/backup/dump.ts'
import { loadDump } from '../../store/backup/load-dump.ts'
import { backupConnection, withClient, type AdminConnections } from '../../store/postgres-databases.ts'
import { findRefusal } from './find-refusal.ts'

/** Where backups go and to whom they are sealed. */
export type BackupMeans = {
  readonly admin: AdminConnections
  readonly loginPassword: string
  /** Whom backups of data and of accounts are sealed to, and whom those of the keys: other people. */
  readonly people: { readonly data: readonly Custodian[]; readonly keyring: readonly Custodian[] }
  readonly storages: { readonly platform: Storage; readonly offsite?: Storage; readonly keyring: Storage }
  /** What is missing before a backup can be made; undefined when all is there. */
  readonly missing?: string
}

export type MadeBackup = { readonly backupId: string; readonly name: string; readonly bytes: number; readonly counts: Counts }
type Ask = { readonly kind: BackupKind; readonly cycle: Cycle; readonly askedBy?: string }

/** Makes and verifies it. Throws when it failed; the list of backups says so then. */
export async function makeBackup(attune: Attune, { kind, cycle, askedBy }: Ask): Promise<MadeBackup> {
  const { databases, clock, backups, signer, version } = attune
  if (backups.missing !== undefined) throw new Error(backups.missing)
  const storage = toStorage(backups, { kind, cycle })
  const refusal = findRefusal(attune, { cycle })
  if (refusal !== undefined) throw new Error(refusal)
  const madeAt = clock.now()
  const backupId = randomUUID()
  const name = `attune-${kind}-${cycle}-${madeAt.toISOString().slice(0, 19).replaceAll(':', '')}Z-${backupId.slice(0, 8)}.sql.gz.age`
  const about = { backupId, kind, cycle }
  await addBackup(databases.attune, { ...about, madeAt, destination: storage.name, name, ...(askedBy !== undefined && { askedBy }) })
  try {
    const head: DumpHead = {
      backup: backupId,
      kind,
      madeAt: madeAt.toISOString(),
      log: signer.log,
      lastBatch: await findLastBatch(databases.sealer),
      version,
      people: [...backups.people.data, ...backups.people.keyring],
    }
    // A key for this one test, in memory only: it proves that what lies there opens, without any of the people's keys being here.
    const once = await makeAgeKey()
    const recipients = [...(kind === 'keyring' ? backups.people.keyring : backups.people.data).map(({ recipient }) => recipient), once.recipient]
    const { bytes, sha256, counts } = await writeBackup(backups, storage, { head, name, recipients })
    await verifyBackup(backups, storage, { head, name, identity: once.identity, sha256, counts })
    if (kind === 'keyring') await keepSecrets(attune)
    await endBackup(databases.attune, about, { state: 'verified', bytes, sha256, counts, at: clock.now() })
    return { backupId, name, bytes, counts }
  } catch (error) {
    await endBackup(databases.attune, about, { state: 'failed', problem: error instanceof BackupDiffers ? error.message : 'failed' })
    await storage.remove(name).catch(() => {})
    throw error
  }
}

const secretEnd = '.secret.age'

/** Beside the keys' backup lies what opens it, sealed to the same people: the secrets of the epochs that stand, and no other. */
async function keepSecrets({ keyring, backups }: Attune): Promise<void> {
  const there = new Set(await backups.storages.keyring.list())
  const recipients = backups.people.keyring.map(({ recipient }) => recipient)
  for (const [reference, secret] of await keyring.copySecrets()) {
    const name = `${reference}${secretEnd}`
    if (!there.has(name)) await backups.storages.keyring.put(name, sealToRecipients(Readable.from([secret], { objectMode: false }), recipients))
  }
}

/** Removes the copies of secrets of ended epochs. Returns how many went. */
export async function removeEndedSecrets({ keyring, backups }: Pick<Attune, 'keyring' | 'backups'>): Promise<number> {
  const standing = await keyring.copySecrets()
  const ended = (await backups.storages.keyring.list()).filter((name) => name.endsWith(secretEnd) && !standing.has(name.slice(0, -secretEnd.length)))
  for (const name of ended) await backups.storages.keyring.remove(name)
  return ended.length
}

class BackupDiffers extends Error {}

type Writing = { head: DumpHead; name: string; recipients: readonly string[] }

/** Streams a dump to the storage: read, compressed and sealed piece by piece. */
export async function writeBackup(
  { admin, loginPassword }: Pick<BackupMeans, 'admin' | 'loginPassword'>,
  storage: Storage,
  { head, name, recipients }: Writing,
): Promise<{ bytes: number; sha256: Buffer; counts: Counts }> {
  return withClient(backupConnection(admin, databaseOf[head.kind], loginPassword), async (client) => {
    const hash = createHash('sha256')
    let counts: Counts | undefined
    const dump = writeDump(client, head, (found) => (counts = found))
    const bytes = await storage.put(name, hashed(sealToRecipients(pipe(dump, createGzip({ level: 1 })), recipients), hash))
    return { bytes, sha256: hash.digest(), counts: counts! }
  })
}

type Verifying = { head: DumpHead; name: string; identity: string; sha256: Buffer; counts: Counts }

async function verifyBackup({ admin }: BackupMeans, storage: Storage, { head, name, identity, sha256, counts }: Verifying): Promise<void> {
  const hash = createHash('sha256')
  const found = await withScratchDatabase(admin[databaseOf[head.kind]], (connection) =>
    withClient(connection, async (client) => {
      const plain = pipe(openWithIdentities(hashed(storage.get(name), hash), [identity]), createGunzip())
      return loadDump(client, plain, (read) => {
        if (read.backup !== head.backup) throw new BackupDiffers('another-file')
      })
    }),
  )
  if (!hash.digest().equals(sha256)) throw new BackupDiffers('bytes-differ')
  if (Object.entries(counts).some(([table, count]) => found[table] !== count)) throw new BackupDiffers('rows-differ')
}

export function toStorage({ storages }: BackupMeans, { kind, cycle }: { kind: BackupKind; cycle: Cycle }): Storage {
  if (kind === 'keyring') return storages.keyring
  if (cycle === 'platform') return storages.platform
  if (storages.offsite === undefined) throw new Error('No place away from the server is set for backups (ATTUNE_OFFSITE).')
  return storages.offsite
}

/** Pieces through one of zlib's streams. */
export async function* pipe(pieces: AsyncIterable<Uint8Array>, stream: NodeJS.ReadWriteStream): AsyncGenerator<Uint8Array> {
  const source = Readable.from(pieces, { objectMode: false, highWaterMark: 1024 * 1024 })
  source.on('error', (error) => (stream as unknown as { destroy: (error: Error) => void }).destroy(error))
  source.pipe(stream)
  try {
    for await (const piece of stream) yield piece as unknown as Uint8Array
  } finally {
    source.destroy()
  }
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}
