// Submissions acknowledged a second at 1, 8 and 32 clients, beside the same bytes inserted by bare `pg` on the same server in the same run.
import type { Figure } from '../bench.ts'
import { signInDemo } from '../walk/caller.ts'
import { startServerProcess } from '../walk/server-process.ts'
import { superuserOf } from '../walk/superuser.ts'
import { openRawLimit, type RawInserts } from './raw-inserts.ts'
import { bodiesOf, fillSamples, readSpent, sendLoad } from './send-load.ts'

const seconds = 4
const callers = [1, 8, 32]
const share = (rate: number, of: number): string => ((100 * rate) / of).toFixed(0)
const toKb = (xmls: readonly string[]): string => (xmls.reduce((sum, xml) => sum + Buffer.byteLength(xml), 0) / xmls.length / 1024).toFixed(1)

export async function measureSubmissions(): Promise<Figure[]> {
  const server = await startServerProcess()
  try {
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
      const before = readSpent(server)
      const ours = await load(clients, seconds)
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
    await server.stop()
    await server.remove()
  }
}
