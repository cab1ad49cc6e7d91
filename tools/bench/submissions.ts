// Submissions acknowledged a second at 1, 8 and 32 clients, beside the same bytes inserted by bare `pg` on the same server in the same run.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Figure } from '../bench.ts'
import { signInDemo } from '../walk/caller.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { superuserOf } from '../walk/superuser.ts'
import { openRawLimit, type RawInserts } from './raw-inserts.ts'
import { bodiesOf, fillSamples, readSpent, sendLoad } from './send-load.ts'

const seconds = 4
/** More than the twenty seconds after which what came is folded. */
const loadSeconds = 24
const callers = [1, 8, 32]
const share = (rate: number, of: number): string => ((100 * rate) / of).toFixed(0)
const toKb = (xmls: readonly string[]): string => (xmls.reduce((sum, xml) => sum + Buffer.byteLength(xml), 0) / xmls.length / 1024).toFixed(1)

export async function measureSubmissions(): Promise<Figure[]> {
  const server = await startServerProcess()
  const admin = new pg.Client({ ...(await superuserOf(server.home)), database: 'attune' })
  try {
    await admin.connect()
    const caller = await signInDemo(server.url, 'practitioner')
    const samples = await fillSamples(caller)
    const figures: Figure[] = []
    const load = (clients: number, length: number) => sendLoad(server, caller, samples, { clients, seconds: length })
    await load(1, 2)
    const xmls = bodiesOf(samples, 999).map(({ xml }) => xml)
    // The limit first, while the server has nothing to do: after a load it replays what came, on the processors that the limit needs.
    const limit = await openRawLimit(server, await superuserOf(server.home))
    const raws = new Map<number, Record<'plain' | 'statement' | 'form', RawInserts>>()
    for (const clients of callers) {
      const plain = await limit.measure(clients, seconds)
      const statement = await limit.measureOneStatement(clients, seconds)
      raws.set(clients, { plain, statement, form: await limit.measureFormAlone(clients, seconds, xmls) })
    }
    await limit.close()
    // Until its code is compiled, a server spends most of its time compiling.
    await load(8, 3)
    await load(32, 10)
    for (const clients of callers) {
      const { plain, statement, form } = raws.get(clients)!
      // The limit was measured at rest. So is each load: what others left is folded first, and what it brings itself is folded while it goes on.
      await waitForFolds(admin)
      await load(clients, 3)
      const before = readSpent(server)
      const ours = await load(clients, loadSeconds)
      const after = readSpent(server)
      const perRecord = (seconds: number) => ((seconds * 1000) / Math.max(1, ours.acknowledged)).toFixed(2)
      const each = (part: 'server' | 'database') => perRecord(after[part] - before[part])
      const rate = ours.acknowledged / ours.seconds
      figures.push({
        name: `submissions acknowledged a second, ${clients} client${clients === 1 ? '' : 's'}`,
        value: `${rate.toFixed(0)}/s`,
        beside: `${share(rate, plain.perSecond)} % of ${plain.perSecond.toFixed(0)}/s raw inserts of the same ${(limit.bytes / 1024).toFixed(1)} kB (in one statement each: ${share(rate, statement.perSecond)} % of ${statement.perSecond.toFixed(0)}/s; the ${toKb(xmls)} kB form alone: ${share(rate, form.perSecond)} % of ${form.perSecond.toFixed(0)}/s); p50 ${ours.p50.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms; CPU each: server ${each('server')} ms, PostgreSQL ${each('database')} ms, sender ${perRecord(ours.cpu)} ms; of a raw insert: PostgreSQL ${plain.database.toFixed(2)} ms, sender ${plain.sender.toFixed(2)} ms${ours.refused > 0 ? `; ${ours.refused} REFUSED` : ''}`,
      })
    }
    return figures
  } finally {
    await admin.end()
    await server.stop()
    await server.remove()
  }
}

/** Until no record waits for its place in the sums. Replays are not waited for: under load there is one in five seconds. */
async function waitForFolds(admin: pg.Client): Promise<void> {
  const isLeft = async () => (await admin.query<{ left: boolean }>('select exists (select from sums.arrived) as left')).rows[0]!.left
  while (await isLeft()) await sleep(500)
}
