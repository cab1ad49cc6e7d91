// What a running server is made of. Routes and actions get it handed in; nobody reaches for a global.
import type { BackupMeans } from './actions/backup/make-backup.ts'
import type { Programme } from '@attune/programme'
import type { Environment } from './env.ts'
import type { Figures } from './figures.ts'
import type { FaultLog } from './fault-log.ts'
import type { AnchorPlace } from './outside/anchor-places.ts'
import type { Scanner } from './outside/clamd.ts'
import type { ItemPack } from './outside/item-packs.ts'
import type { SignInProvider } from './outside/sign-in-provider.ts'
import type { AccountsTables } from './store/accounts/accounts-tables.ts'
import type { Mail } from './store/accounts/outbox.ts'
import type { AttuneTables } from './store/attune-tables.ts'
import type { Keyring } from './store/keyring/keyring.ts'
import type { KeyringTables } from './store/keyring/keyring-tables.ts'
import type { HeadSigner } from './store/log/head.ts'
import type { OpenDatabases } from './store/postgres-databases.ts'

export type DatabaseTables = { attune: AttuneTables; accounts: AccountsTables; keyring: KeyringTables }
export type Databases = OpenDatabases<DatabaseTables>

export type Clock = { readonly now: () => Date }

export type Attune = {
  readonly environment: Environment
  readonly programme: Programme
  readonly databases: Databases
  readonly keyring: Keyring
  readonly clock: Clock
  readonly mail: Mail
  readonly backups: BackupMeans
  /** Signs the seals of the log, and the places where they are put. */
  readonly signer: HeadSigner
  readonly anchors: readonly AnchorPlace[]
  readonly faults: FaultLog
  readonly figures: Figures
  /** Looks at files before they are kept; undefined when none is set up. */
  readonly scanner?: Scanner
  /** The wording of licensed measures, as it was found at the start, good and bad. */
  readonly itemPacks: readonly ItemPack[]
  /** The sign-in of an organisation that is taken here; undefined when none is set up. */
  readonly provider?: SignInProvider
  /** `demo` has synthetic people and one-click sign-in; `real` never has. */
  readonly mode: 'demo' | 'real'
  readonly version: string
}
