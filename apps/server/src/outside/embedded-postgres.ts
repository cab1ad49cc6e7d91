// Starts, adopts and stops the real PostgreSQL that npm installed, on a private socket, for one directory.
// A server left behind by a killed Attune is adopted, never fought with; the data directory is made aside and renamed, so
// it exists whole or not at all, also when two processes race.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { getLauncher, type Launcher } from './postgres-launcher.ts'
import { findPostmaster, isInUse, isRunning, type Postmaster } from './postmaster.ts'

const windows = process.platform === 'win32'
const leastFreeBytes = 100 * 1024 * 1024
/** A Unix socket's path holds about 104 bytes; PostgreSQL adds its own file name. */
const longestSocketDirectory = 85
const lookEveryMs = 250
const longestPauseMs = 15_000

export type ConnectionFacts = { host: string; port: number; user: string; password: string; database: string }

export type EmbeddedPostgres = {
  pid: number
  /** True when a server was already running in the directory. */
  adopted: boolean
  superuser: ConnectionFacts
  /** From now on starts it again whenever it ends without being asked to. */
  keepUp: (told: Watcher) => void
  /** Asks for a fast, clean shutdown and waits for it. */
  stop: () => Promise<void>
}

/** Hears of a PostgreSQL that ended by itself, came back, or would not come back yet. */
export type Watcher = { lost: () => void; back: () => void; failed: (error: unknown) => void }

export type EmbeddedSettings = {
  directory: string
  /** PostgreSQL settings on top of ours. */
  settings?: Record<string, string>
  /** What the server process inherits; on Windows it cannot start without the system's own variables. */
  environment?: Record<string, string | undefined>
  patienceMs?: number
  /** Another PostgreSQL than the packaged one; tests take the machine's own, of another major version. */
  binaries?: PostgresBinaries
}

// Nothing that a person typed may reach the server's log: no statements, no parameters, no "Key (…)=(…)" details.
const ownSettings: Record<string, string> = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  max_connections: '80',
  jit: 'off',
  // So that a commit seldom waits for anything but itself. Pages that are written go to the disk soon and in small pieces: left to the system they go after half a
  // minute all at once, hundreds of megabytes of them.
  backend_flush_after: '256kB',
  // Segments of the log are used again, also after a quiet night, and new ones are not filled with zeros first.
  min_wal_size: '1GB',
  wal_init_zero: 'off',
  // Vacuum takes a tenth of a processor and not half of one.
  autovacuum_vacuum_cost_delay: '10ms',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

/** Makes sure that PostgreSQL runs on this directory and says how to reach it. Throws sentences meant for a person. */
export async function startEmbeddedPostgres({
  directory: asked,
  settings = {},
  environment = {},
  patienceMs = 60_000,
  binaries = getPostgresBinaries(),
}: EmbeddedSettings): Promise<EmbeddedPostgres> {
  mkdirSync(asked, { recursive: true, mode: 0o700 })
  const directory = realpathSync(asked)
  const cluster = path.join(directory, 'cluster')
  refuseFullDisk(directory)
  refuseOtherMajor(cluster, binaries)
  const launcher = getLauncher(directory, binaries.postgres)
  const home: Home = {
    directory,
    cluster,
    log: path.join(directory, 'postgres.log'),
    binaries,
    launcher,
    environment: { ...environment, LC_ALL: 'C', LC_MESSAGES: 'C' },
  }

  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await createCluster(home)
  const password = readFileSync(path.join(cluster, 'superuser.password'), 'utf8').trim()

  const bringUp = async (): Promise<{ postmaster: Postmaster; adopted: boolean }> => {
    let child: ChildProcess | undefined
    if (findPostmaster(cluster)?.alive !== true) {
      await clearDeadMark(home)
      child = await launch(home, settings)
    }
    const postmaster = await readiness(home, child, patienceMs)
    return { postmaster, adopted: postmaster.pid !== child?.pid }
  }
  const { postmaster, adopted } = await bringUp()
  const host = windows ? '127.0.0.1' : postmaster.socketDirectory
  let pid = postmaster.pid
  let stopped = false
  let watch: Promise<void> = Promise.resolve()
  return {
    pid,
    adopted,
    superuser: { host, port: postmaster.port, user: 'postgres', password, database: 'postgres' },
    keepUp({ lost, back, failed }) {
      // On Windows the port would be another one: there the service manager starts all of it again.
      if (windows) return
      watch = (async () => {
        for (let pause = lookEveryMs; ;) {
          await sleep(pause, undefined, { ref: false })
          if (stopped) return
          if (findPostmaster(cluster)?.alive === true) continue
          lost()
          try {
            pid = (await bringUp()).postmaster.pid
            pause = lookEveryMs
            back()
          } catch (error) {
            // A full disk, say: it is tried again and again, ever more slowly.
            pause = Math.min(pause * 2, longestPauseMs)
            failed(error)
          }
        }
      })()
    },
    async stop() {
      stopped = true
      // One that is just coming back is waited for, or it would be left behind.
      await Promise.race([watch, sleep(patienceMs)])
      await stop(home, pid)
    },
  }
}

type Home = {
  directory: string
  cluster: string
  log: string
  binaries: PostgresBinaries
  launcher: Launcher
  environment: Record<string, string | undefined>
}

function refuseFullDisk(directory: string): void {
  const { bavail, bsize } = statfsSync(directory)
  if (bavail * bsize < leastFreeBytes) {
    throw new Error(
      `The disk that holds ${directory} is almost full (${Math.floor((bavail * bsize) / 1048576)} MB left). Nothing was changed. Free some space, at least 100 MB, then start again.`,
    )
  }
}

function refuseOtherMajor(cluster: string, binaries: PostgresBinaries): void {
  const file = path.join(cluster, 'PG_VERSION')
  if (!existsSync(file)) return
  const made = Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (made === binaries.major) return
  throw new Error(
    `The records in ${cluster} were written by PostgreSQL ${made}, and this Attune brings PostgreSQL ${binaries.major}. Nothing was changed. Start the Attune version that wrote them, make a backup, and restore it into a new ATTUNE_HOME with this version.`,
  )
}

async function createCluster(home: Home): Promise<void> {
  const aside = `${home.cluster}.new.${process.pid}.${randomBytes(4).toString('hex')}`
  const passwordFile = `${aside}.password`
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  home.launcher.own(passwordFile)
  // From 17 on PostgreSQL brings its own collation, which no update of the operating system can change under an index.
  const builtin = home.binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  const locale = ['--locale=C', ...builtin, '-E', 'UTF8']
  const args = ['-D', aside, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--data-checksums', ...locale]
  try {
    await runToEnd(home, home.binaries.initdb, args)
    renameSync(passwordFile, path.join(aside, 'superuser.password'))
    renameSync(aside, home.cluster)
  } catch (error) {
    // Somebody else finished first: theirs is as good as ours.
    if (!existsSync(path.join(home.cluster, 'PG_VERSION'))) throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
  }
}

function run(home: Home, program: string, args: string[], options: Record<string, unknown>): ChildProcess {
  const [command, ...rest] = [...home.launcher.prefix, program, ...args]
  return spawn(command!, rest, { ...home.launcher.identity, cwd: home.directory, env: home.environment as NodeJS.ProcessEnv, ...options })
}

async function runToEnd(home: Home, program: string, args: string[]): Promise<void> {
  const child = run(home, program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (chunk) => (said += String(chunk)))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(toSentence(home, said))
}

/** Clears a mark that PostgreSQL itself would take for a living server, once no process is left in the directory. */
async function clearDeadMark(home: Home): Promise<void> {
  const mark = findPostmaster(home.cluster)
  if (mark === undefined) return
  for (let wait = 0; wait < 500 && isInUse(home.cluster); wait++) await sleep(20)
  if (!isRunning(mark.pid) || isInUse(home.cluster)) return
  const socket = path.join(mark.socketDirectory, `.s.PGSQL.${mark.port}`)
  for (const file of [path.join(home.cluster, 'postmaster.pid'), `${socket}.lock`, socket]) rmSync(file, { force: true })
}

async function launch(home: Home, settings: Record<string, string>): Promise<ChildProcess> {
  const place = windows
    ? { listen_addresses: '127.0.0.1' }
    : { listen_addresses: '', unix_socket_directories: socketDirectory(home), unix_socket_permissions: '0700' }
  const port = windows ? await freePort() : 5432
  const flags = Object.entries({ ...ownSettings, ...place, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  if (existsSync(home.log) && statSync(home.log).size > 5_000_000) renameSync(home.log, `${home.log}.old`)
  const log = openSync(home.log, 'a', 0o600)
  writeFileSync(log, `--- start ${process.pid}\n`)
  try {
    // Detached: a terminal's Ctrl-C must not reach PostgreSQL before the application has drained.
    const child = run(home, home.binaries.postgres, ['-D', home.cluster, '-p', String(port), ...flags], {
      stdio: ['ignore', 'ignore', log],
      detached: !windows,
    })
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

function socketDirectory(home: Home): string {
  const beside = path.join(home.directory, 'socket')
  const chosen =
    beside.length <= longestSocketDirectory
      ? beside
      : path.join(tmpdir(), `attune-${createHash('sha256').update(home.directory).digest('hex').slice(0, 16)}`)
  mkdirSync(chosen, { recursive: true, mode: 0o700 })
  if (!home.launcher.trusts(statSync(chosen).uid)) throw new Error(`The folder ${chosen} belongs to another user. Remove it, then start again.`)
  home.launcher.own(chosen)
  return chosen
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function readiness(home: Home, child: ChildProcess | undefined, patienceMs: number): Promise<Postmaster> {
  let failure: string | undefined
  child?.once('error', (error) => (failure = error.message))
  child?.once('exit', () => (failure ??= 'stopped'))
  const until = performance.now() + patienceMs
  for (;;) {
    const postmaster = findPostmaster(home.cluster)
    if (postmaster?.alive && postmaster.ready) return postmaster
    // Ours stopped while another one lives here: that process won the race, its server is adopted.
    if (failure !== undefined && !postmaster?.alive) throw new Error(toSentence(home, lastWords(home)))
    if (performance.now() > until) throw new Error(`PostgreSQL was not ready after ${Math.round(patienceMs / 1000)} seconds. ${lastWords(home)}`)
    await sleep(10)
  }
}

function lastWords(home: Home): string {
  if (!existsSync(home.log)) return ''
  return readFileSync(home.log, 'utf8').split('--- start').at(-1)!.slice(-2000).trim()
}

function toSentence(home: Home, said: string): string {
  if (/No space left on device|could not (?:write|extend).*space/i.test(said)) {
    return `The disk that holds ${home.directory} is full. What was acknowledged is safe. Free some space, then start again.`
  }
  if (/Permission denied|not accessible/i.test(said))
    return `PostgreSQL may not read ${home.directory}. Give the folder to the user that runs Attune. It said: ${said.slice(-500)}`
  return `PostgreSQL did not start in ${home.directory}. It said: ${said.slice(-1500)}`
}

async function stop(home: Home, pid: number): Promise<void> {
  if (windows) spawnSync(home.binaries.pgCtl, ['stop', '-D', home.cluster, '-m', 'fast'])
  else {
    try {
      process.kill(pid, 'SIGINT')
    } catch {
      return
    }
  }
  for (let wait = 0; wait < 3000; wait++) {
    const left = findPostmaster(home.cluster)
    if (left === undefined || left.pid !== pid || !left.alive) return
    await sleep(10)
  }
}
