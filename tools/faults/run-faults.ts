// Kills the server, its PostgreSQL, or both at random moments while clients send and try again, and then counts: every acknowledged record is there
// once with all that belongs to it, the sums follow from the sealed answers, and the log agrees with its seals.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FormSummary, FormView } from '@attune/contract'
import pg from 'pg'
import { postmasterOf, superuserOf } from '../walk/superuser.ts'
import { chances } from './chances.ts'
import { signInDemo, type Caller } from '../walk/caller.ts'
import { copyEpisode, fillEpisode, type Sample } from '../walk/episode.ts'
import { startServerProcess, type ServerProcess } from '../walk/server-process.ts'

const top = path.resolve(import.meta.dirname, '../..')
export const victims = ['server', 'PostgreSQL', 'both'] as const
export type Victim = (typeof victims)[number]

/** A machine with much else to do may need a minute to start again, and is struck again soon after. */
const patienceMs = 900_000
/** Service without a record taken: after so long it is no service. */
const deafMs = 120_000

export type FaultOrder = {
  readonly kills: number
  readonly seed: number
  readonly clients?: number
  /** Hears of each kill and how long the service was away. */
  readonly told?: (kill: number, victim: Victim, backInMs: number) => void
}

export type FaultReport = {
  readonly acknowledged: number
  /** Acknowledged, and not there with all that belongs to it. */
  readonly lost: readonly string[]
  /** There, and counted or noted more than once. */
  readonly doubled: readonly string[]
  readonly backInMs: readonly number[]
  readonly sums: { readonly agree: boolean; readonly said: string }
  readonly log: { readonly agree: boolean; readonly said: string }
}

export async function runFaults({ kills, seed, clients = 4, told }: FaultOrder): Promise<FaultReport> {
  const chance = chances(seed)
  let server = await startServerProcess()
  const { home, url } = server
  const port = Number(new URL(url).port)
  try {
    const caller = await signInDemo(url, 'practitioner')
    const samples = await fillSamples(caller)
    const acknowledged: string[] = []
    let sending = true
    const senders = Array.from({ length: clients }, async () => {
      while (sending)
        for (const session of copyEpisode(samples)) if (await sendUntilAcknowledged(caller, session)) acknowledged.push(session.instanceId)
    })
    const failed = Promise.all(senders)
    failed.catch(() => (sending = false))
    const backInMs: number[] = []
    for (let kill = 0; kill < kills && sending; kill++) {
      await sleep(100 + chance() * 900)
      const victim = victims[Math.floor(chance() * victims.length)]!
      const began = performance.now()
      server = await strike(server, victim, home, port)
      await answering(url)
      backInMs.push(performance.now() - began)
      told?.(kill, victim, backInMs.at(-1)!)
      // However slow the machine, each strike falls on a service that is at work.
      const had = acknowledged.length
      for (const until = Date.now() + deafMs; acknowledged.length === had && sending; await sleep(20))
        if (Date.now() > until)
          throw new Error(`No record was taken for ${deafMs / 1_000} s after kill ${kill + 1} (${victim}), with the service up.`)
    }
    sending = false
    await failed
    const counted = await count(home, acknowledged)
    await server.stop()
    return { acknowledged: acknowledged.length, ...counted, backInMs, sums: await ask(home, 'sums'), log: await ask(home, 'audit') }
  } finally {
    await server.stop()
    await server.remove()
  }
}

export async function fillSamples(caller: Caller): Promise<Sample[]> {
  const { forms } = (await caller.call<{ forms: FormSummary[] }>('GET', '/api/forms')).body
  const summary = forms.find((form) => form.kind === 'client-record')
  const form = (await caller.call<FormView>('GET', `/api/forms/${summary?.formId}/${summary?.version}`)).body
  return fillEpisode(form.xml, new Date().toISOString().slice(0, 10))
}

/** Sends the same bytes until they are taken, as a device does. Throws when they are refused, which no fault excuses. */
async function sendUntilAcknowledged(caller: Caller, { xml }: Sample): Promise<boolean> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(20)) {
    const reply = await caller
      .submit([{ name: 'xml_submission_file', fileName: 'submission.xml', type: 'text/xml', content: xml }])
      .catch(() => undefined)
    if (reply === undefined || reply.status >= 500) continue
    if (reply.status === 201 || reply.status === 202) return true
    throw new Error(`A record was refused with ${reply.status}: ${JSON.stringify(reply.body).slice(0, 300)}`)
  }
  throw new Error('A record was not taken for a quarter of an hour.')
}

/** Kills with -9. A server that was killed is started again, as systemd would; a PostgreSQL is the server's own business. */
async function strike(server: ServerProcess, victim: Victim, home: string, port: number): Promise<ServerProcess> {
  if (victim !== 'server') process.kill(postmasterOf(home), 'SIGKILL')
  if (victim === 'PostgreSQL') {
    // Gone is when it has stopped answering: the question is how long until it does again.
    while (isAlive(home)) await sleep(2)
    return server
  }
  await server.kill()
  return startServerProcess({ home, port })
}

function isAlive(home: string): boolean {
  try {
    process.kill(postmasterOf(home), 0)
    return (
      readFileSync(`/proc/${postmasterOf(home)}/stat`, 'utf8')
        .split(') ')
        .at(-1)![0] !== 'Z'
    )
  } catch {
    return false
  }
}

async function answering(url: string): Promise<void> {
  for (;;) {
    const reply = await fetch(`${url}/api/health`).catch(() => undefined)
    if (reply?.ok === true) return
    await sleep(10)
  }
}

/** Looks into the tables: each acknowledged record once, with its scores, its author and one event. */
export async function count(home: string, acknowledged: readonly string[]): Promise<Pick<FaultReport, 'lost' | 'doubled'>> {
  const client = new pg.Client({ ...(await superuserOf(home)), database: 'attune' })
  await client.connect()
  try {
    return await countIn(client, acknowledged)
  } finally {
    await client.end()
  }
}

/** `count` over a connection that may read everything. Each table is read once, however many were acknowledged. */
export async function countIn(client: pg.ClientBase, acknowledged: readonly string[]): Promise<Pick<FaultReport, 'lost' | 'doubled'>> {
  const { rows } = await client.query<{ id: string; least: number; most: number }>(
    `select id, least(coalesce(r.n, 0), coalesce(s.n, 0), coalesce(a.n, 0), coalesce(e.n, 0))::int as least, greatest(r.n, s.n, a.n, e.n)::int as most
     from (select distinct unnest($1::uuid[]) as id) asked
     left join (select record_id as id, count(*) as n from answers.records group by 1) r using (id)
     left join (select record_id as id, count(*) as n from scores.record_scores group by 1) s using (id)
     left join (select record_id as id, count(*) as n from identity.record_authors group by 1) a using (id)
     left join (select (detail ->> 'recordId')::uuid as id, count(*) as n from log.events where action = 'record.submit' and outcome = 'done' group by 1) e using (id)
     where least(coalesce(r.n, 0), coalesce(s.n, 0), coalesce(a.n, 0), coalesce(e.n, 0)) < 1 or greatest(r.n, s.n, a.n, e.n) > 1`,
    [acknowledged],
  )
  return { lost: rows.filter(({ least }) => least < 1).map(({ id }) => id), doubled: rows.filter(({ most }) => most > 1).map(({ id }) => id) }
}

/** Asks the installation's own commands. */
export function ask(
  home: string,
  what: 'sums' | 'audit',
  settings: Readonly<Record<string, string>> = {},
): Promise<{ agree: boolean; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(top, 'tools/attune-command.ts'), what, 'verify'], {
      env: { ...process.env, ATTUNE_HOME: home, ATTUNE_DEMO: '1', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (words: Buffer) => (said += words.toString()))
    child.on('close', (code) => resolve({ agree: code === 0, said: said.trim() }))
  })
}
