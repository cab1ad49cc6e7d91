// Reads postmaster.pid, the file by which PostgreSQL marks a directory as in use. Three traps: the process may be gone,
// its number may belong to another program by now, or it may be a zombie that nobody collects (containers whose first
// process does not reap); PostgreSQL takes the last two for a living server and refuses to start for ever.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'

export type Postmaster = { pid: number; alive: boolean; ready: boolean; port: number; socketDirectory: string }

/** The server that marked this directory, alive or not; undefined when there is no mark. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10))
  if (!Number.isSafeInteger(pid) || pid === 0) return undefined
  return {
    pid,
    alive: isRunning(pid) && isServerOf(pid, cluster),
    port: Number(lines[3]),
    socketDirectory: lines[4] ?? '',
    ready: (lines[7] ?? '').startsWith('ready'),
  }
}

/** Whether a process of this number exists, also as a zombie. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isServerOf(pid: number, cluster: string): boolean {
  if (process.platform === 'win32') return true
  if (process.platform === 'linux') return workingDirectory(pid) === realpathSync(cluster)
  return /postgres/.test(spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '')
}

/** Whether any process still works in the directory (Linux only: elsewhere false). A zombie has no working directory. */
export function isInUse(cluster: string): boolean {
  if (process.platform !== 'linux') return false
  const real = realpathSync(cluster)
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && workingDirectory(Number(entry)) === real)
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}
