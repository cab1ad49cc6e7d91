// Two servers on one PostgreSQL, as behind a proxy: people are signed in at both with one sign-in, load goes to both, and one after the other is killed
// under it. Whoever was talking to the dead one goes to the other; nothing that was acknowledged is lost or doubled.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readChildEnvironment } from '../../apps/server/src/env.ts'
import { startEmbeddedPostgres } from '../../apps/server/src/outside/embedded-postgres.ts'
import { signInDemo, type Caller } from '../walk/caller.ts'
import { copyEpisode, type Sample } from '../walk/episode.ts'
import { startServerProcess, type ServerProcess } from '../walk/server-process.ts'
import { chances } from './chances.ts'
import { ask, count, fillSamples, type FaultReport } from './run-faults.ts'

export type PairReport = Omit<FaultReport, 'backInMs'> & {
  /** How many records each of the two took. */
  readonly taken: readonly number[]
  /** What one server gave out and the other did not know; empty when sessions are the database's. */
  readonly strangers: readonly string[]
}

export async function runPair({
  kills,
  seed,
  told,
}: {
  kills: number
  seed: number
  told?: (kill: number, which: string) => void
}): Promise<PairReport> {
  const chance = chances(seed)
  const home = mkdtempSync(path.join(tmpdir(), 'attune-pair-'))
  const postgres = await startEmbeddedPostgres({ directory: path.join(home, 'postgres'), environment: readChildEnvironment() })
  const { host, port, user, password } = postgres.superuser
  const settings = { DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@/attune?host=${encodeURIComponent(host)}&port=${port}` }
  const servers: ServerProcess[] = []
  try {
    // The first one makes the databases and loads the demo.
    servers.push(await startServerProcess({ home, settings }))
    servers.push(await startServerProcess({ home, settings }))
    const callers = await Promise.all(servers.map(({ url }) => signInDemo(url, 'practitioner')))
    const strangers = await findStrangers(servers, callers)
    const samples = await fillSamples(callers[0]!)
    const acknowledged: string[] = []
    const taken = [0, 0]
    let sending = true
    const senders = Array.from({ length: 4 }, async (_, start) => {
      for (let at = start; sending; at++)
        for (const session of copyEpisode(samples)) {
          taken[await sendToEither(callers, session, at)]!++
          acknowledged.push(session.instanceId)
        }
    })
    const failed = Promise.all(senders)
    failed.catch(() => (sending = false))
    for (let kill = 0; kill < kills && sending; kill++) {
      await sleep(500 + chance() * 1_500)
      const which = kill % 2
      const dead = servers[which]!
      await dead.kill()
      told?.(kill, which === 0 ? 'the first' : 'the second')
      servers[which] = await startServerProcess({ home, port: Number(new URL(dead.url).port), settings })
    }
    await sleep(1_000)
    sending = false
    await failed
    const counted = await count(home, acknowledged)
    for (const server of servers) await server.stop()
    return {
      acknowledged: acknowledged.length,
      ...counted,
      taken,
      strangers,
      sums: await ask(home, 'sums', settings),
      log: await ask(home, 'audit', settings),
    }
  } finally {
    for (const server of servers) await server.stop()
    await postgres.stop()
    await servers[0]?.remove()
  }
}

/** Each session at the server that did not start it. */
async function findStrangers(servers: readonly ServerProcess[], callers: readonly Caller[]): Promise<string[]> {
  const found: string[] = []
  for (const [at, { url }] of servers.entries()) {
    const reply = await fetch(`${url}/api/session`, { headers: { cookie: callers[1 - at]!.cookie } })
    if (reply.status !== 200) found.push(`a session of one server is ${reply.status} at the other`)
  }
  return found
}

/** Sends the same bytes to one and then to the other until one of them takes them. Returns which did. */
async function sendToEither(callers: readonly Caller[], { xml }: Sample, start: number): Promise<number> {
  for (let at = start, until = Date.now() + 300_000; Date.now() < until; at++) {
    const which = at % 2
    const reply = await callers[which]!.submit([{ name: 'xml_submission_file', fileName: 'submission.xml', type: 'text/xml', content: xml }]).catch(
      () => undefined,
    )
    if (reply?.status === 201 || reply?.status === 202) return which
    if (reply !== undefined && reply.status < 500)
      throw new Error(`A record was refused with ${reply.status}: ${JSON.stringify(reply.body).slice(0, 300)}`)
    await sleep(20)
  }
  throw new Error('A record was not taken for five minutes.')
}
