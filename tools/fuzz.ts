// `npm run fuzz [-- --cases 1000000 --seed 1 --only requests]`: hostile input to every parser and every route, for as long as it takes. Parsers get nine
// cases of ten; the requests go to a server of their own over HTTP, whose memory is watched.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { demoPeople, signInDemo } from './walk/caller.ts'
import { startServerProcess, type ServerProcess } from './walk/server-process.ts'
import { fuzzParsers, usualSeed } from './fuzz/parsers.ts'
import { anyRequest, findFault, type FuzzReply, type FuzzRequest } from './fuzz/requests.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(usualSeed) },
    only: { type: 'string' },
  },
})
if (values.only !== undefined && !['parsers', 'requests'].includes(values.only)) {
  console.error(`--only is "parsers" or "requests", not "${values.only}".`)
  process.exit(2)
}
const cases = Number(values.cases)
/** Requests under way together, and the longest that one may take. */
const atOnce = 16
const longestMs = 60_000
const seed = Number(values.seed)
const began = performance.now()
const since = () => `${((performance.now() - began) / 1000).toFixed(0)} s so far`
const results: [holds: boolean, says: string][] = []

console.log(`${cases} cases, seed ${seed}`)
if (values.only !== 'requests') await toParsers()
if (values.only !== 'parsers') await toRoutes()

async function toParsers(): Promise<void> {
  try {
    const parsed = await fuzzParsers(Math.ceil(cases * 0.9), seed, (name, runs) => console.log(`  ${runs} to ${name} (${since()})`))
    results.push([true, `${parsed} inputs to parsers: read or refused`])
  } catch (error) {
    results.push([false, `a parser did something else: ${toReason(error)}`])
  }
}

async function toRoutes(): Promise<void> {
  const server = await startServerProcess()
  try {
    await sendAll(server)
  } finally {
    await server.stop()
    await server.remove()
  }
}

for (const [holds, says] of results) console.log(`${holds ? 'ok    ' : 'FAILED'} ${says}`)
const failed = results.filter(([holds]) => !holds).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function sendAll(server: ServerProcess): Promise<void> {
  const people = []
  for (const { role, serviceName } of await demoPeople(server.url)) people.push(await signInDemo(server.url, role, serviceName))
  const cookies = [...people.map(({ cookie }) => cookie), '']
  // What it made itself: pages of its program's files come and go as the system likes.
  const megabytes = () => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  const wanted = Math.ceil(cases * 0.1)
  let sent = 0
  let warm = 0
  const one = fc.tuple(anyRequest(), fc.constantFrom(...cookies))
  // Many at a time: the server answers while the next ones are thought of, and what only happens between two requests has its chance.
  const property = fc.asyncProperty(fc.array(one, { minLength: atOnce, maxLength: atOnce, size: 'max' }), async (requests) => {
    const faults = await Promise.all(
      requests.map(async ([request, cookie]) => {
        const fault = findFault(await send(server.url, request, cookie))
        return fault === undefined ? [] : [`${request.method} ${request.url}: ${fault}`]
      }),
    )
    if (faults.flat().length > 0) throw new Error(faults.flat().join('; '))
    const before = sent
    sent += requests.length
    const warmAt = Math.min(2_000, Math.ceil(wanted / 2))
    if (before < warmAt && sent >= warmAt) warm = megabytes()
    if (Math.floor(sent / 5_000) > Math.floor(before / 5_000))
      console.log(`  ${sent} of ${wanted} requests, ${megabytes().toFixed(0)} MB (${since()})`)
  })
  try {
    await fc.assert(property, { seed, numRuns: Math.ceil(wanted / atOnce) })
    results.push([true, `${sent} requests: no fault`])
  } catch (error) {
    results.push([false, `a request did harm: ${toReason(error)}`])
  }
  const died = server.died()
  if (died !== undefined) results.push([false, `the server ${died}`])
  else results.push([megabytes() - warm < 200, `memory of the server rose by ${(megabytes() - warm).toFixed(0)} MB`])
}

/** fast-check says which case it was; what went wrong in it is the cause. */
function toReason(error: unknown): string {
  const { message, cause } = error as Error
  return `${message}${cause instanceof Error ? `\n${cause.message}${cause.cause instanceof Error ? ` (${cause.cause.message})` : ''}` : ''}`
}

async function send(url: string, request: FuzzRequest, cookie: string): Promise<FuzzReply> {
  const headers: Record<string, string> = { origin: url, ...(cookie !== '' && { cookie }), ...request.headers }
  const reply = await fetch(new URL(request.url, url), {
    method: request.method,
    headers,
    redirect: 'manual',
    // A request that never ends is a fault, not a run that never ends.
    signal: AbortSignal.timeout(longestMs),
    ...(request.body !== undefined && { body: request.body }),
  })
  const text = await reply.text()
  const contentType = reply.headers.get('content-type') ?? ''
  const code = contentType.includes('problem+json') ? (JSON.parse(text) as { code?: string }).code : undefined
  return { status: reply.status, contentType, code, text }
}
