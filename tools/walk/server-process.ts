// A real server as its own process on a free port with a folder of its own: what smoke, bench and the browser tests talk to, and kill.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findPostmaster, isRunning } from '../../apps/server/src/outside/postmaster.ts'

const top = path.resolve(import.meta.dirname, '../..')

export type ServerProcess = {
  readonly url: string
  readonly home: string
  readonly pid: number
  /** Milliseconds from launching Node to the first answer of /api/health. */
  readonly startedInMs: number
  /** How it ended, when it did so by itself, with the last that it said; undefined while it runs. */
  died(): string | undefined
  /** Asks it to stop and waits; the folder stays. */
  stop(): Promise<void>
  /** kill -9, as a power cut would for the process; its database may outlive it and is adopted by the next start. */
  kill(): Promise<void>
  /** Removes the folder after everything has stopped. */
  remove(): Promise<void>
  /** Ends it at once with its database, and removes the folder: for what nobody wants any more. */
  discard(): Promise<void>
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

const gone = (child: ChildProcess) =>
  new Promise<void>((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve())))
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

// As in tools/node.mjs.
const flags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=32',
  '--no-parallel-scavenge',
  '--no-allocation-site-pretenuring',
  '--heap-growing-percent=200',
]

/** Starts the server and waits until it answers. `home` and `port` of an earlier process continue where it was. Throws with the server's own words. */
export async function startServerProcess(
  options: { home?: string; port?: number; settings?: Record<string, string>; timeoutMs?: number } = {},
): Promise<ServerProcess> {
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), 'attune-home-'))
  const port = options.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const began = performance.now()
  let says = ''
  const child = spawn(process.execPath, [...flags, path.join(top, 'apps/server/src/main.ts')], {
    cwd: top,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ATTUNE_HOME: home, PORT: String(port), ATTUNE_DEMO: '1', ...options.settings },
  })
  child.stdout.on('data', (words: Buffer) => (says = (says + words.toString()).slice(-4000)))
  child.stderr.on('data', (words: Buffer) => (says = (says + words.toString()).slice(-4000)))
  for (const until = Date.now() + (options.timeoutMs ?? 120_000); ; await pause(25)) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`The server did not start:\n${says}`)
    }
    const answered = await fetch(`${url}/api/health`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (answered) break
  }
  return {
    url,
    home,
    pid: child.pid ?? -1,
    startedInMs: performance.now() - began,
    died: () => (child.exitCode === null && child.signalCode === null ? undefined : `ended with ${child.signalCode ?? child.exitCode}:\n${says}`),
    async stop() {
      child.kill('SIGTERM')
      await gone(child)
    },
    async kill() {
      child.kill('SIGKILL')
      await gone(child)
    },
    async remove() {
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
    async discard() {
      child.kill('SIGKILL')
      await gone(child)
      const database = findPostmaster(path.join(home, 'postgres/cluster'))
      if (database?.alive === true) {
        process.kill(database.pid, 'SIGQUIT')
        while (isRunning(database.pid)) await pause(25)
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
