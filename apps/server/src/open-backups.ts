// Where backups go and to whom they are sealed, out of the settings. What is missing is said; nothing is sealed to fewer people than the rules ask for.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { mayKeepIn, type Policy } from '@attune/policy'
import type { BackupMeans } from './actions/backup/make-backup.ts'
import type { Clock } from './attune.ts'
import type { Environment } from './env.ts'
import { isRecipient, makeAgeKey } from './outside/age-file.ts'
import { openFolderStorage } from './outside/storage/folder-storage.ts'
import { openS3Storage } from './outside/storage/s3-storage.ts'
import type { Storage } from './outside/storage/storage.ts'
import type { Custodian } from './store/backup/dump.ts'
import type { AdminConnections } from './store/postgres-databases.ts'

export type BackupParts = {
  environment: Environment
  policy: Pick<Policy, 'regions'>
  admin: AdminConnections
  loginPassword: string
  clock: Clock
  mode: 'demo' | 'real'
}

export async function openBackups({ environment, policy, admin, loginPassword, clock, mode }: BackupParts): Promise<BackupMeans> {
  const { backup, backups: platform, home } = environment
  const set = { data: backup.people, keyring: backup.keyPeople }
  const people = mode === 'demo' && set.data.length === 0 && set.keyring.length === 0 ? await getDemoPeople(home) : set
  const issue = checkPeople(people)
  const open = (place: string) => openStorage(place, environment, policy, clock)
  return {
    admin,
    loginPassword,
    people,
    storages: { platform: open(platform), keyring: open(backup.keyBackups), ...(backup.offsite !== undefined && { offsite: open(backup.offsite) }) },
    ...(issue !== undefined && { missing: issue }),
  }
}

/** Two people each, and nobody who could open both data and keys alone. A sentence says what is missing. */
export function checkPeople({ data, keyring }: { readonly data: readonly Custodian[]; readonly keyring: readonly Custodian[] }): string | undefined {
  const all = [...data, ...keyring]
  const wrong = all.find(({ recipient }) => !isRecipient(recipient))
  if (wrong !== undefined) return `The public key of ${wrong.name} is not one: it starts with age1.`
  if (data.length < 2)
    return 'No backup is made: ATTUNE_BACKUP_PEOPLE has to name two people with their public keys ("npx attune keys person NAME" makes a pair).'
  if (keyring.length < 2)
    return 'No backup is made: ATTUNE_KEY_PEOPLE has to name two other people with their public keys ("npx attune keys person NAME" makes a pair).'
  const twice = all.find(({ name, recipient }, at) =>
    all.some((other, place) => place > at && (other.name === name || other.recipient === recipient)),
  )
  return (
    twice &&
    `No backup is made: ${twice.name} stands twice among ATTUNE_BACKUP_PEOPLE and ATTUNE_KEY_PEOPLE, and could open data and keys alone. Name four people.`
  )
}

function openStorage(place: string, { backup: settings, near }: Environment, policy: Pick<Policy, 'regions'>, clock: Clock): Storage {
  if (!place.startsWith('s3://')) return openFolderStorage(place)
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place)!
  const { s3 } = settings
  if (s3 === undefined) throw new Error(`${place} needs ATTUNE_S3_REGION, ATTUNE_S3_KEY_ID and ATTUNE_S3_SECRET.`)
  const decision = mayKeepIn(policy, s3.region, 'The store for backups is set to')
  if (!decision.allowed) throw new Error(`${place}: ${decision.sentence}`)
  return openS3Storage({ ...s3, bucket: bucket!, prefix, near }, clock.now)
}

const demoNames = { data: ['Demo Ana', 'Demo Bryn'], keyring: ['Demo Cai', 'Demo Dilys'] } as const

/** The demo has four people whose keys lie beside it, so that a restore can be tried. */
async function getDemoPeople(home: string): Promise<{ data: Custodian[]; keyring: Custodian[] }> {
  const folder = path.join(home, 'demo-recovery-keys')
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const get = async (name: string): Promise<Custodian> => {
    const file = path.join(folder, `${name.toLowerCase().replace(' ', '-')}.key`)
    if (!existsSync(file)) {
      const { identity, recipient } = await makeAgeKey()
      writeFileSync(file, writeKeyFile(name, recipient, identity), { mode: 0o600, flag: 'wx' })
    }
    return { name, recipient: /# public key: (age1\S+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '' }
  }
  return { data: await Promise.all(demoNames.data.map(get)), keyring: await Promise.all(demoNames.keyring.map(get)) }
}

/** As `age-keygen` writes it, so that any age program reads it. */
export const writeKeyFile = (name: string, recipient: string, identity: string): string =>
  `# recovery key of ${name}\n# public key: ${recipient}\n${identity}\n`
