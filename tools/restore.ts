// `npx attune restore`: puts a backup back after a loss. Works without anything of the old machine but the folder of keys.
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import {
  findApprovers,
  finishRestore,
  loadBeside,
  RestoreRefused,
  takeOver,
  type Approval,
  type Loaded,
} from '../apps/server/src/actions/backup/restore-backup.ts'
import type { Attune } from '../apps/server/src/attune.ts'
import { readEnvironment, type Environment } from '../apps/server/src/env.ts'
import { openFaultLog } from '../apps/server/src/fault-log.ts'
import { openAttune, toLoginPassword } from '../apps/server/src/open-attune.ts'
import { openCluster } from '../apps/server/src/open-cluster.ts'
import { openRoot } from '../apps/server/src/open-root.ts'
import { openWithIdentities } from '../apps/server/src/outside/age-file.ts'
import { getProgramme } from '../apps/server/src/outside/programme-folder.ts'
import { secretFolder } from '../apps/server/src/outside/secret-folder.ts'
import { holdInstance } from '../apps/server/src/store/instance-lock.ts'
import { eraseAccountsAgain } from '../apps/server/src/store/backup/erase-again.ts'
import { findUnfinishedRestoration, type RestoreReport } from '../apps/server/src/store/backup/restorations.ts'
import { openKeyring } from '../apps/server/src/store/keyring/keyring.ts'
import { openDatabases, prepareDatabases, type AdminConnections } from '../apps/server/src/store/postgres-databases.ts'
import type { DatabaseTables } from '../apps/server/src/attune.ts'
import { toLines, type Writer } from './writer.ts'

const help = `Usage: npx attune restore --incident NUMBER --key FILE --key FILE BACKUP…
       npx attune restore --finish --incident NUMBER --key FILE --key FILE

Puts backups back after a loss, and for nothing else. It needs the number of the incident and the recovery keys of two different people whom the
backup names; the log keeps both. Stop the server first. Give the keys' backup before that of the data. What was live stays beside it under another
name. What was erased since the backup goes again, scores and sums are worked out again, and only then does the data open.
--finish does that for a database that was loaded by hand with psql.`

/** Runs the command and returns the exit code. */
export async function restore(args: readonly string[], outTo: Writer, errTo: Writer): Promise<number> {
  const [out, err] = [toLines(outTo), toLines(errTo)] as const
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { incident: { type: 'string' }, key: { type: 'string', multiple: true }, finish: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help === true || (positionals.length === 0 && values.finish !== true)) {
    out(help)
    return values.help === true ? 0 : 2
  }
  const missing = [...positionals, ...(values.key ?? [])].find((file) => !existsSync(file))
  if (missing !== undefined) {
    err(`There is no file ${missing}. Nothing was changed.`)
    return 1
  }
  const approval: Approval = { incident: values.incident ?? '', identities: (values.key ?? []).map(readIdentity) }
  const environment = readEnvironment()
  try {
    return await withStoppedServer(environment, async (admin) => {
      for (const file of positionals) await restoreOne({ environment, admin, approval, file, out, err: errTo })
      if (values.finish === true) await finishLoaded({ environment, admin, approval, out, err: errTo })
      return 0
    })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    err(error.message)
    return error instanceof RestoreRefused ? 3 : 1
  }
}

type Work = { environment: Environment; admin: AdminConnections; approval: Approval; out: (line: string) => void; err: Writer }

async function restoreOne({ environment, admin, approval, file, out, err }: Work & { file: string }): Promise<void> {
  const loaded = await loadBeside(admin, createReadStream(file), approval)
  const rows = Object.values(loaded.counts).reduce((sum, count) => sum + count, 0)
  out(
    `${path.basename(file)}: backup of ${loaded.kind} of ${loaded.head.madeAt}, ${rows} rows loaded. Approved by ${loaded.approvers.join(' and ')}.`,
  )
  if (loaded.kind === 'accounts') await eraseRestoredAccounts(environment, loaded, out)
  if (loaded.kind === 'keyring') await openRestoredKeyring(environment, loaded, file, approval, out)
  if (loaded.kind === 'data') {
    say(
      await withRestoring(environment, loaded.admin, err, (attune) =>
        finishRestore(attune, { incident: approval.incident, approvers: loaded.approvers }),
      ),
      out,
    )
  }
  const aside = await takeOver(admin, loaded, new Date())
  out(aside === undefined ? 'It is in place.' : `It is in place. What was there before is kept as the database ${aside}; drop it when you are sure.`)
}

async function finishLoaded({ environment, admin, approval, out, err }: Work): Promise<void> {
  const report = await withRestoring(environment, admin, err, async (attune) => {
    const unfinished = await findUnfinishedRestoration(attune.databases.attune)
    const approvers = await findApprovers(unfinished?.people ?? [], approval)
    return finishRestore(attune, { incident: approval.incident, approvers })
  })
  say(report, out)
}

function say({ erasedAgain, recordsErasedAgain, records, scored }: RestoreReport, out: (line: string) => void): void {
  out(`Erased again: ${erasedAgain}, with ${recordsErasedAgain} records. Records: ${records}. Scores worked out again: ${scored}.`)
}

/** The keys' backup is of use only with the secrets that lie beside it; they are put where the server looks for them, and everything is tried. */
async function openRestoredKeyring(
  environment: Environment,
  loaded: Loaded,
  file: string,
  { identities }: Approval,
  out: (line: string) => void,
): Promise<void> {
  const folder = secretFolder(environment.home)
  for (const name of readdirSync(path.dirname(file)).filter((each) => each.endsWith('.secret.age'))) {
    const target = path.join(folder, name.replace(/\.secret\.age$/, ''))
    if (existsSync(target)) continue
    const parts: Uint8Array[] = []
    for await (const part of openWithIdentities(createReadStream(path.join(path.dirname(file), name)), identities)) parts.push(part)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(target, Buffer.concat(parts), { mode: 0o600, flag: 'wx', flush: true })
    out(`${name}: the secret is in place.`)
  }
  const root = openRoot(environment)
  const password = toLoginPassword(root.key)
  // Only the keyring's own database is touched: the other two may not be there yet.
  await prepareDatabases(loaded.admin, password, ['keyring'])
  const databases = openDatabases<DatabaseTables>(loaded.admin, password)
  try {
    const { epoch, clientKeys } = await (await openKeyring(databases.keyring, root, Date.now)).readState()
    out(`The keyring opens: epoch ${epoch}, keys of ${clientKeys} clients.`)
  } finally {
    await databases.close()
  }
}

/** Whoever left for good since the backup does not come back with it. */
async function eraseRestoredAccounts(environment: Environment, loaded: Loaded, out: (line: string) => void): Promise<void> {
  const root = openRoot(environment)
  const password = toLoginPassword(root.key)
  await prepareDatabases(loaded.admin, password, ['accounts', 'keyring'])
  const databases = openDatabases<DatabaseTables>(loaded.admin, password)
  try {
    const keyring = await openKeyring(databases.keyring, root, Date.now)
    out(`Accounts erased again: ${await eraseAccountsAgain(databases.accounts, keyring.findTombstones)}.`)
  } finally {
    await databases.close()
  }
}

async function withRestoring<Result>(
  environment: Environment,
  admin: AdminConnections,
  err: Writer,
  work: (attune: Attune) => Promise<Result>,
): Promise<Result> {
  const clock = { now: () => new Date() }
  const faults = openFaultLog((line) => void err.write(line), clock.now)
  const programme = getProgramme(environment.programme)
  const attune = await openAttune({ environment, admin, root: openRoot(environment), programme, clock, faults, version: 'restore', restoring: true })
  try {
    return await work(attune)
  } finally {
    await attune.databases.close()
  }
}

async function withStoppedServer<Result>(environment: Environment, work: (admin: AdminConnections) => Promise<Result>): Promise<Result> {
  const { admin, embedded } = await openCluster(environment)
  try {
    const lock = embedded === undefined ? undefined : await holdInstance(embedded.superuser)
    try {
      return await work(admin)
    } finally {
      await lock?.release()
    }
  } finally {
    if (embedded?.adopted === false) await embedded.stop()
  }
}

/** The secret line of a recovery key's file. */
function readIdentity(file: string): string {
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((each) => each.startsWith('AGE-SECRET-KEY-'))
  if (line === undefined) throw new Error(`${path.basename(file)} holds no recovery key. Nothing was changed.`)
  return line.trim()
}
