// Puts a server together from its parts: databases prepared and opened, keyring unlocked, demo or real settled. It does not listen.
import { mayKeepIn } from '@attune/policy'
import type { Programme } from '@attune/programme'
import type { BackupMeans } from './actions/backup/make-backup.ts'
import type { Attune, Clock, DatabaseTables } from './attune.ts'
import type { Environment } from './env.ts'
import { openFigures } from './figures.ts'
import type { FaultLog } from './fault-log.ts'
import { anchorByMail, anchorInFolder, type AnchorPlace } from './outside/anchor-places.ts'
import { openScanner, type Scanner } from './outside/clamd.ts'
import { readItemPacks } from './outside/item-packs.ts'
import { openMailServer, type Carrier } from './outside/mail.ts'
import { openSignInProvider } from './outside/sign-in-provider.ts'
import { openSigner } from './store/log/head.ts'
import { openBackups } from './open-backups.ts'
import { openOutbox, type Mail } from './store/accounts/outbox.ts'
import { recordOperator, settleMode, type Mode } from './store/installation.ts'
import { findUnfinishedRestoration } from './store/backup/restorations.ts'
import { openKeyring } from './store/keyring/keyring.ts'
import type { Root } from './store/keyring/epochs.ts'
import { deriveKey, type SealingKey } from './store/keyring/seal.ts'
import { openDatabases, prepareDatabases, type AdminConnections } from './store/postgres-databases.ts'

export type Parts = {
  environment: Environment
  admin: AdminConnections
  root: Root
  programme: Programme
  clock: Clock
  faults: FaultLog
  version: string
  /** Given by tests, whose databases are copies of a prepared one. */
  loginPassword?: string
  /** Given by tests, instead of a mail server. */
  carrier?: Carrier
  scanner?: Scanner
  anchors?: readonly AnchorPlace[]
  backups?: BackupMeans
  /** True for a restore, which makes ready what is not. */
  restoring?: boolean
}

/** The password of the application's own login follows from the root key, so that there is no second secret to keep. */
export const toLoginPassword = (root: SealingKey): string => deriveKey(root, 'database login').toString('base64url')

const notReady =
  'This database was loaded from a backup and is not ready: what was erased since would be back. Run "npx attune restore --finish --incident NUMBER" with the recovery keys of two people.'

export async function openAttune(parts: Parts): Promise<Attune> {
  const { environment, admin, root, programme, clock, faults, version } = parts
  checkRegion(environment, programme)
  const loginPassword = parts.loginPassword ?? toLoginPassword(root.key)
  if (parts.loginPassword === undefined) await prepareDatabases(admin, loginPassword)
  const databases = openDatabases<DatabaseTables>(admin, loginPassword, {
    size: environment.poolSize,
    onLost: () => faults.note('A connection to the database was lost; the next request opens a new one.'),
  })
  try {
    if (parts.restoring !== true && (await findUnfinishedRestoration(databases.attune)) !== undefined) throw new Error(notReady)
    const mode = await settleMode(databases, toMode(environment.demo), environment.databaseUrl === undefined ? 'demo' : 'real')
    await recordOperator(databases.attune, programme.policy.operator.name)
    const keyring = await openKeyring(databases.keyring, root, () => clock.now().getTime())
    const carrier = parts.carrier ?? (environment.mail === undefined || mode === 'demo' ? undefined : openMailServer(environment.mail))
    const mail = openOutbox(databases.accounts, keyring, clock.now, carrier)
    const figures = openFigures()
    const signer = openSigner(keyring.logSeed)
    const anchors = parts.anchors ?? openAnchorPlaces(environment, mail)
    const backups = parts.backups ?? (await openBackups({ environment, policy: programme.policy, admin, loginPassword, clock, mode }))
    const scanner = parts.scanner ?? (environment.clamd && openScanner(environment.clamd))
    const provider = environment.provider && openSignInProvider(environment.provider, environment.near, clock.now)
    return {
      environment,
      programme,
      signer,
      anchors,
      backups,
      databases,
      keyring,
      clock,
      mail,
      faults: { ...faults, fault: (...about) => (figures.fault(), faults.fault(...about)) },
      figures,
      mode,
      version,
      itemPacks: readItemPacks(environment.itemPacks),
      ...(scanner && { scanner }),
      ...(provider && { provider }),
    }
  } catch (error) {
    await databases.close()
    throw error
  }
}

/** Stops before a database is opened when the place that was declared is not one of the policy's (DCS-059). */
function checkRegion({ region, kms }: Environment, { policy }: Programme): void {
  const decision = region === undefined ? undefined : mayKeepIn(policy, region)
  if (decision?.allowed === false) throw new Error(`ATTUNE_REGION: ${decision.sentence}`)
  const keeper = kms?.kind === 'aws' ? mayKeepIn(policy, kms.region, 'The service that keeps the keys is set to') : undefined
  if (keeper?.allowed === false) throw new Error(`ATTUNE_KMS_REGION: ${keeper.sentence}`)
}

const openAnchorPlaces = ({ anchors }: Environment, mail: Mail): readonly AnchorPlace[] =>
  anchors.map((place) => (place.startsWith('mailto:') ? anchorByMail(mail, place.slice('mailto:'.length)) : anchorInFolder(place)))

const toMode = (demo: boolean | undefined): Mode | undefined => (demo === undefined ? undefined : demo ? 'demo' : 'real')
