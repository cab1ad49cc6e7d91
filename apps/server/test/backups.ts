// Backups of a test: four people with recovery keys, three folders, and a PostgreSQL of its own whose files can be looked at.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Decrypter } from 'age-encryption'
import { makeAgeKey } from '../src/outside/age-file.ts'
import { readChildEnvironment } from '../src/env.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/outside/embedded-postgres.ts'
import { openSecretFolder } from '../src/outside/secret-folder.ts'
import { openFolderStorage } from '../src/outside/storage/folder-storage.ts'
import { keepBySecret } from '../src/store/keyring/keep-by-secret.ts'
import { makeKey } from '../src/store/keyring/seal.ts'
import { withClient } from '../src/store/postgres-databases.ts'
import { startAttune, type TestAttune } from './attune.ts'
import { forgetful } from './postgres.ts'

export type Person = { readonly name: string; readonly recipient: string; readonly identity: string }
export type BackupBench = Awaited<ReturnType<typeof startBackupBench>>

export async function startBackupBench(options: Parameters<typeof startAttune>[0] = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'attune-backups-'))
  chmodSync(folder, 0o711)
  const server: EmbeddedPostgres = await startEmbeddedPostgres({
    directory: path.join(folder, 'postgres'),
    settings: { ...forgetful, full_page_writes: 'on', wal_compression: 'off' },
    environment: readChildEnvironment(),
  })
  const [ana, bryn, cai, dilys] = (await Promise.all(['Ana', 'Bryn', 'Cai', 'Dilys'].map(async (name) => ({ name, ...(await makeAgeKey()) })))) as [
    Person,
    Person,
    Person,
    Person,
  ]
  const place = (name: string) => path.join(folder, name)
  const root = { key: makeKey('root/test'), keepers: [keepBySecret(openSecretFolder(place('epochs')))] as const }
  const backups = {
    people: { data: [ana, bryn].map(publicly), keyring: [cai, dilys].map(publicly) },
    storages: {
      platform: openFolderStorage(place('platform')),
      offsite: openFolderStorage(place('offsite')),
      keyring: openFolderStorage(place('keys')),
    },
  }
  const test: TestAttune = await startAttune({ server: server.superuser, root, backups, ...options })
  const files = (name: string) => readdirSync(place(name)).sort()
  return {
    test,
    server,
    root,
    people: { ana, bryn, cai, dilys },
    place,
    files,
    read: (where: string, name: string) => readFileSync(path.join(place(where), name)),
    /** All bytes of the cluster: tables, write-ahead log and the server's own log. */
    async rawFiles(): Promise<Buffer[]> {
      await withClient(server.superuser, (client) => client.query('checkpoint'))
      return readdirSync(place('postgres'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .flatMap((entry) => {
          try {
            return [readFileSync(path.join(entry.parentPath, entry.name))]
          } catch (error) {
            // PostgreSQL is at work and takes away what it needs no longer, such as the pg_internal.init of a database.
            if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
            throw error
          }
        })
    },
    async stop() {
      await test.stop()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const publicly = ({ name, recipient }: Person) => ({ name, recipient })

/** Opens a backup as somebody without our program would: age, then gunzip. */
export async function openBackup(bytes: Uint8Array, identity: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return gunzipSync(await decrypter.decrypt(bytes)).toString('latin1')
}
