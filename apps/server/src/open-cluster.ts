// Where the databases are: on the embedded PostgreSQL of this installation, or on a server of yours that DATABASE_URL names.
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { readChildEnvironment, type Environment } from './env.ts'
import { besideEachOther, readDatabaseUrl, type AdminConnections } from './store/postgres-databases.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './outside/embedded-postgres.ts'

export type Cluster = { admin: AdminConnections; embedded: EmbeddedPostgres | undefined }

/** Makes the installation's folder and, without DATABASE_URL, sees to it that PostgreSQL runs in it. */
export async function openCluster(environment: Environment): Promise<Cluster> {
  makeHome(environment.home)
  if (environment.databaseUrl === undefined) {
    const embedded = await startEmbeddedPostgres({ directory: path.join(environment.home, 'postgres'), environment: readChildEnvironment() })
    return { embedded, admin: besideEachOther(embedded.superuser) }
  }
  const main = readDatabaseUrl(environment.databaseUrl)
  const beside = besideEachOther(main, main.database)
  return {
    embedded: undefined,
    admin: {
      attune: main,
      accounts: environment.accountsUrl === undefined ? beside.accounts : readDatabaseUrl(environment.accountsUrl),
      keyring: environment.keyringUrl === undefined ? beside.keyring : readDatabaseUrl(environment.keyringUrl),
    },
  }
}

/** Only its owner may list the folder; started by root, the user that PostgreSQL runs as has to pass through it. */
function makeHome(home: string): void {
  if (existsSync(home)) return
  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32' && process.geteuid?.() === 0) chmodSync(home, 0o711)
}
