// Puts a backup back after a loss, and for nothing else: with the number of an incident and the recovery keys of two people (DCS-067). The backup is
// loaded beside the live database, what was erased since goes again (DCS-156), scores and sums are worked out again, and only then it takes the
// live one's place. What was live stays under another name.
import { createGunzip } from 'node:zlib'
import type { Attune } from '../../attune.ts'
import { openWithIdentities, toRecipient } from '../../outside/age-file.ts'
import { createBeside, swapIn } from '../../store/backup/databases-beside.ts'
import { databaseOf, type BackupKind, type Counts, type Custodian, type DumpHead } from '../../store/backup/dump.ts'
import { eraseAccountsAgain, eraseAgain, findErasedAgain } from '../../store/backup/erase-again.ts'
import { loadDump } from '../../store/backup/load-dump.ts'
import { countRecords } from '../../store/backup/rebuild-rows.ts'
import { findUnfinishedRestoration, finishRestoration, type RestoreReport } from '../../store/backup/restorations.ts'
import { sealEverything } from '../../store/log/seal-log.ts'
import { withClient, type AdminConnections } from '../../store/postgres-databases.ts'
import { toLondonDay } from '../london-day.ts'
import { pipe } from './make-backup.ts'
import { rebuildScores } from './rebuild-scores.ts'

export class RestoreRefused extends Error {}

export type Approval = { readonly incident: string; readonly identities: readonly string[] }
export type Loaded = {
  readonly kind: BackupKind
  readonly head: DumpHead
  readonly approvers: readonly string[]
  readonly counts: Counts
  readonly admin: AdminConnections
}

/** Two different people out of those whom the backup names, each by a key of their own. Throws a sentence otherwise. */
export async function findApprovers(people: readonly Custodian[], { incident, identities }: Approval): Promise<string[]> {
  if (!/\S{3,}/.test(incident)) throw new RestoreRefused('A restore needs the number of the incident that it is for. Nothing was changed.')
  const recipients = new Set(await Promise.all(identities.map(toRecipient)))
  const approvers = [...new Set(people.filter(({ recipient }) => recipients.has(recipient)).map(({ name }) => name))]
  if (approvers.length < 2)
    throw new RestoreRefused(
      `A restore needs the recovery keys of two people out of ${people.map(({ name }) => name).join(', ')}; ${approvers.length === 0 ? 'none of theirs was' : `only ${approvers[0]}’s was`} given. Nothing was changed.`,
    )
  return approvers
}

/** Loads the backup beside the live database. Nothing of the live one is touched. */
export async function loadBeside(admin: AdminConnections, sealed: AsyncIterable<Uint8Array>, approval: Approval): Promise<Loaded> {
  if (!/\S{3,}/.test(approval.incident)) throw new RestoreRefused('A restore needs the number of the incident that it is for. Nothing was changed.')
  const plain = pipe(openWithIdentities(sealed, approval.identities), createGunzip())
  const pieces = plain[Symbol.asyncIterator]()
  const first = await pieces.next()
  const head = readHead(first.value as Uint8Array | undefined)
  const approvers = await findApprovers(head.people, approval)
  const name = databaseOf[head.kind]
  const beside = await createBeside(admin[name])
  const counts = await withClient(beside, (client) => loadDump(client, resume(first.value as Uint8Array, pieces), () => {}))
  return { kind: head.kind, head, approvers, counts, admin: { ...admin, [name]: beside } }
}

function readHead(first: Uint8Array | undefined): DumpHead {
  const line =
    Buffer.from(first ?? [])
      .toString('utf8')
      .split('\n', 1)[0] ?? ''
  const at = line.indexOf('{')
  if (!line.startsWith('-- attune-backup ') || at < 0) throw new RestoreRefused('This is not a backup of Attune. Nothing was changed.')
  return JSON.parse(line.slice(at)) as DumpHead
}

async function* resume(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

/** Makes a loaded data backup ready to be opened: erases again what was erased since, works out scores and sums, seals the log. */
export async function finishRestore(attune: Attune, approval: Pick<Approval, 'incident'> & { approvers: readonly string[] }): Promise<RestoreReport> {
  const { databases, keyring, clock, signer } = attune
  const unfinished = await findUnfinishedRestoration(databases.attune)
  if (unfinished === undefined) throw new RestoreRefused('There is nothing to finish: this database was not loaded from a backup.')
  const erased = await findErasedAgain(databases.attune, keyring.findTombstones)
  const recordsErasedAgain = await eraseAgain(databases.attune, erased, { at: clock.now(), on: toLondonDay(clock.now()) })
  await eraseAccountsAgain(databases.accounts, keyring.findTombstones)
  const records = await countRecords(databases.attune)
  const { scored, keyless, formless } = await rebuildScores(attune)
  if (keyless > 0)
    throw new RestoreRefused(`${keyless} of ${records} records have no key in the keyring. Put the keyring’s backup back first, then run this again.`)
  if (formless > 0)
    throw new RestoreRefused(`${formless} of ${records} records belong to a form that is not published here. Is this the programme of the backup?`)
  const report: RestoreReport = { erasedAgain: erased.length, recordsErasedAgain, records, scored }
  await finishRestoration(databases.attune, unfinished, { ...approval, report, at: clock.now() })
  await sealEverything(databases.sealer, signer, { all: true })
  return report
}

/** Puts what was loaded into the live database's place. Returns the name under which that is kept. */
export async function takeOver(admin: AdminConnections, { kind, admin: loaded }: Loaded, at: Date): Promise<string | undefined> {
  const name = databaseOf[kind]
  return swapIn(admin, name, loaded[name], at)
}
