// Load on a server process: forms of the demo, each a client of its own, sent by a process of its own.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { FormSummary, FormView } from '@attune/contract'
import type { Caller } from '../walk/caller.ts'
import { copyEpisode, fillEpisode, type Sample } from '../walk/episode.ts'
import type { ServerProcess } from '../walk/server-process.ts'
import { cpuSeconds } from './cpu-time.ts'
import type { LoadOrder, LoadResult } from './load-process.ts'
import { postmasterOf } from '../walk/superuser.ts'

const boundary = 'attune-bench-boundary'
const run = promisify(execFile)
/** More than any machine sends in a second, so that nobody runs out. */
const mostASecond = 6_000

export type Load = {
  readonly clients: number
  readonly seconds: number
  /** As many a second, whatever comes back; as fast as it goes unless given. */
  readonly perSecond?: number
}
export type Spent = { readonly server: number; readonly database: number }

/** One session with a client as the practitioner of this caller fills it in; `copyEpisode` makes more of them. */
export async function fillSamples(caller: Caller): Promise<readonly Sample[]> {
  const { forms } = (await caller.call<{ forms: FormSummary[] }>('GET', '/api/forms')).body
  const summary = forms.find((form) => form.kind === 'client-record')
  const form = (await caller.call<FormView>('GET', `/api/forms/${summary?.formId}/${summary?.version}`)).body
  return fillEpisode(form.xml, new Date().toISOString().slice(0, 10))
}

export function bodiesOf(samples: readonly Sample[], count: number): { body: Buffer; xml: string }[] {
  const bodies: { body: Buffer; xml: string }[] = []
  while (bodies.length < count) {
    for (const { xml } of copyEpisode(samples)) {
      const body = `--${boundary}\r\ncontent-disposition: form-data; name="xml_submission_file"; filename="submission.xml"\r\ncontent-type: text/xml\r\n\r\n${xml}\r\n--${boundary}--\r\n`
      bodies.push({ body: Buffer.from(body), xml })
    }
  }
  return bodies
}

/** Sends submissions and tells how it went. */
export async function sendLoad(
  server: ServerProcess,
  caller: Caller,
  samples: readonly Sample[],
  { clients, seconds, perSecond }: Load,
): Promise<LoadResult> {
  const bodies = bodiesOf(samples, Math.ceil(seconds * (perSecond ?? mostASecond)))
  const parts = bodies.flatMap(({ body }) => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length)
    return [size, body]
  })
  const order: LoadOrder = {
    url: server.url,
    cookie: caller.cookie,
    clients,
    seconds,
    boundary,
    ...(perSecond !== undefined && { perSecond }),
  }
  const running = run(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    path.join(import.meta.dirname, 'load-process.ts'),
    JSON.stringify(order),
  ])
  running.child.stdin?.end(Buffer.concat(parts))
  const { stdout } = await running
  return JSON.parse(stdout) as LoadResult
}

/** Seconds of processor time that the server and its PostgreSQL have used so far. */
export function readSpent(server: ServerProcess): Spent {
  return {
    server: cpuSeconds(server.pid, { below: false }) ?? 0,
    database: cpuSeconds(postmasterOf(server.home), { below: true }) ?? 0,
  }
}
