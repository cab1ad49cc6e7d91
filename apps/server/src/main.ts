// The program: reads the environment, starts what is needed in order, listens, and stops in the opposite order on Ctrl-C or SIGTERM.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { startCompanions } from './companions.ts'
import { readEnvironment, type Environment } from './env.ts'
import { openAttune } from './open-attune.ts'
import { openFaultLog } from './fault-log.ts'
import { giveBackMemory } from './actions/give-back-memory.ts'
import { openCluster } from './open-cluster.ts'
import { openRoot } from './open-root.ts'
import { getProgramme } from './outside/programme-folder.ts'
import { openWatch } from './routes/watch.ts'
import { holdInstance } from './store/instance-lock.ts'

type Stop = () => Promise<unknown>

// Small buffers are cut from larger pieces, and one of them that is kept for a second keeps its whole piece. At Node's size of 64 kB that is what fills old
// memory under load, and with it comes a collection of everything each second.
Buffer.poolSize = 2048

// Whoever reads what we say may go away first (a closed terminal, a pipe). Words are then lost, nothing else is.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const clock = { now: () => new Date() }
let logRequests = false
const faults = openFaultLog(
  (line) => process.stderr.write(line),
  clock.now,
  () => logRequests,
)
const stops: Stop[] = []
let stopping: Promise<void> | undefined

/** Stops everything that was started, the last first. A part that fails to stop does not keep the others running. */
async function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops.reverse()) await stop().catch((error: unknown) => faults.fault('stop', error, 'stop'))
  })()
  await stopping
}

/** Stops everything and ends. What does not stop within a minute is left to the next start, which takes up after a kill as well. */
async function end(code: number): Promise<void> {
  setTimeout(() => process.exit(1), 60_000).unref()
  await stopAll()
  process.exit(code)
}

async function start(): Promise<void> {
  const environment = readEnvironment()
  logRequests = environment.logRequests
  const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
  const port = await getPort(environment)
  // PostgreSQL needs most of the time, so the programme is read while it starts. A hole in the programme stops everything all the same.
  const cluster = openCluster(environment)
  cluster.then(
    ({ embedded }) => embedded && stops.unshift(embedded.stop),
    () => {},
  )
  const programme = await Promise.resolve()
    .then(() => getProgramme(environment.programme))
    .catch(async (error: unknown) => {
      await cluster.catch(() => {})
      throw error
    })
  const { admin, embedded } = await cluster
  if (embedded !== undefined) {
    const lock = await holdInstance(embedded.superuser).catch((error: unknown) => {
      // The PostgreSQL belongs to the other server: leave it running.
      stops.splice(stops.indexOf(embedded.stop), 1)
      throw error
    })
    let held = lock
    stops.push(() => held.release())
    embedded.keepUp({
      lost: () => faults.note('PostgreSQL ended by itself and is started again; nothing that was acknowledged is lost.'),
      back: () => {
        faults.note('PostgreSQL is back.')
        // The lock went with it. Should another server have come in between, this one gives way.
        holdInstance(embedded.superuser).then(
          (again) => (held = again),
          (error: unknown) => {
            faults.fault('instance', error, 'start')
            void end(1)
          },
        )
      },
      failed: (error) => faults.fault('postgres', error, 'start again'),
    })
  }
  const attune = await openAttune({ environment, admin, root: openRoot(environment), programme, clock, faults, version })
  stops.push(attune.databases.close)
  const app = await buildApp(attune)
  const companions = await startCompanions(attune, app, admin)
  stops.push(companions.stop)
  if (environment.watch !== undefined) {
    const watch = await openWatch(attune, environment.watch).catch(() => {
      throw new Error(`ATTUNE_WATCH: nothing can listen on ${environment.watch!.host}:${environment.watch!.port}. Name a free port of this machine.`)
    })
    stops.push(watch.stop)
  }
  await app.listen({ host: environment.host, port })
  stops.push(() => drain(app))
  say(environment, attune.mode, port)
  setTimeout(() => void giveBackMemory(), 2_000).unref()
}

/** Takes no new requests and lets those under way end; after ten seconds they are cut off, and their senders send again. */
async function drain(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), 10_000)
  await app.close()
  clearTimeout(cut)
}

/** The port asked for, or the next free one after our usual. */
async function getPort({ host, port, portChosen }: Environment): Promise<number> {
  for (let candidate = port; candidate < port + 20; candidate++) {
    const failure = await tryPort(host, candidate)
    if (failure === undefined) return candidate
    if (failure === 'EACCES') throw new Error(`This user may not listen on port ${candidate}. Set PORT to 1024 or higher.`)
    if (failure !== 'EADDRINUSE') throw new Error(`Attune cannot listen on ${host}:${candidate} (${failure}). Check HOST and PORT.`)
    if (portChosen) throw new Error(`Port ${port} is taken by another program. Stop that program, or set PORT to a free one.`)
  }
  throw new Error(`The ports from ${port} to ${port + 19} are all taken. Set PORT to a free one.`)
}

function tryPort(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

function say({ host, origin, tls }: Environment, mode: 'demo' | 'real', port: number): void {
  const local = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host
  const address = origin ?? `${tls === undefined ? 'http' : 'https'}://${local}:${port}`
  const lines =
    mode === 'demo'
      ? [
          `Attune is ready: ${address}`,
          'This is the demo: synthetic people, one click to sign in. Do not type anything about real families.',
          'Ctrl-C stops it.',
        ]
      : [`Attune is ready: ${address}`, 'Ctrl-C stops it; what was sent is safe.']
  process.stdout.write(`${lines.join('\n')}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping !== undefined) return
    process.stdout.write('Stopping …\n')
    void end(0)
  })
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    faults.fault(event, error, 'process')
    void end(1)
  })
}

start().catch(async (error: unknown) => {
  process.stderr.write(`Attune did not start.\n${error instanceof Error ? error.message : 'It gave no reason.'}\n`)
  await end(1)
})
