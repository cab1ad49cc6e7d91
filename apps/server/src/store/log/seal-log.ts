// Seals what has been logged since the last batch. One sealer at a time, however many servers run; writers neither see nor wait for it: an event
// is taken once every transaction that began before its own has ended, so none slips in behind.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../pool.ts'
import { hashBatch, type Head, type HeadSigner } from './head.ts'
import { addLeaf, emptyFrontier, rootOf, type Frontier } from './merkle.ts'
import { hashEvent, sealedColumns, type SealedEvent } from './sealed-events.ts'
import { inSealing } from './in-sealing.ts'

const lockNumber = 4_281_110
/** Events of one batch at most; what is left is sealed right after. */
const batchSize = 20_000
/** So many are read and hashed in one go: a millisecond or two, in which nobody else is served. */
const atOnce = 250

export type Sealed = { readonly head: Head; readonly signature: Buffer }

/**
 * Seals one batch. Undefined when there is nothing to seal or another server is at it. `all` also takes what bears an old transaction's number,
 * as everything does after a restore.
 */
export async function sealLog(database: Database<object>, signer: HeadSigner, { all = false } = {}): Promise<Sealed | undefined> {
  return inSealing(database, async (client) => {
    const lock = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lockNumber])
    if (lock.rows[0]?.mine !== true) return undefined
    const last = (
      await client.query<{ batch: number; upto: string; total: number; frontier: Buffer[] }>(
        'select batch, upto::text, total, frontier from log.batches order by batch desc limit 1',
      )
    ).rows[0]
    const { upto, sealedAt } = (
      await client.query<{ upto: string; sealedAt: string }>(
        `select pg_snapshot_xmin(pg_current_snapshot())::text as upto, to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sealedAt"`,
      )
    ).rows[0]!
    const which = all ? 'e.event_id not in (select unnest(b.event_ids) from log.batches b)' : `e.xact >= '${last?.upto ?? '0'}'::xid8`
    await client.query(
      `declare unsealed no scroll cursor for
       select ${sealedColumns}, e.xact::text as xact from log.events e where ${which} and e.xact < '${upto}'::xid8 order by e.xact, e.event_id limit ${batchSize + 1}`,
    )
    // Of each event only what the batch holds is kept: whole events of some seconds at once would outlive their moment in memory.
    const events: Leaf[] = []
    for (let more = true; more;) {
      const { rows } = await client.query<FoundEvent>(`fetch ${atOnce} from unsealed`)
      events.push(...toLeaves(rows))
      more = rows.length === atOnce
    }
    // A batch holds whole transactions only, so that its end is a number; a transaction of more events than a batch makes a longer one.
    const cut = events.length > batchSize ? events.findLastIndex((event) => event.xact !== events.at(-1)!.xact) + 1 : events.length
    const taken = cut > 0 ? events.slice(0, cut) : events
    const latest = taken.at(-1)
    if (latest === undefined) return undefined
    if (taken.length > batchSize) {
      const { rows } = await client.query<FoundEvent>(
        `select ${sealedColumns}, e.xact::text as xact from log.events e where ${which} and e.xact = $1::xid8 and e.event_id > $2 order by e.event_id`,
        [latest.xact, latest.eventId],
      )
      taken.push(...toLeaves(rows))
    }
    const ends = cut > 0 && cut < events.length ? events[cut]!.xact : taken.length > batchSize ? String(BigInt(latest.xact) + 1n) : upto
    const batchRoot = (await rootOfEvents(taken)).toString('hex')
    const about = { batch: (last?.batch ?? -1) + 1, sealedAt, events: taken.length, total: (last?.total ?? 0) + taken.length, batchRoot }
    const before: Frontier = last === undefined ? emptyFrontier : { size: about.batch, roots: last.frontier }
    const frontier = addLeaf(before, hashBatch(about))
    const head: Head = { ...about, treeRoot: rootOf(frontier).toString('hex') }
    const signature = signer.sign(head)
    await client.query(
      `insert into log.batches (batch, sealed_at, upto, event_ids, leaf_hashes, total, batch_root, tree_root, frontier, signature)
       values ($1, $2, $3::xid8, $4, $5, $6, $7, $8, $9, $10)`,
      [
        head.batch,
        sealedAt,
        ends,
        taken.map(({ eventId }) => eventId),
        Buffer.concat(taken.map(({ leaf }) => leaf)),
        head.total,
        Buffer.from(batchRoot, 'hex'),
        Buffer.from(head.treeRoot, 'hex'),
        frontier.roots,
        signature,
      ],
    )
    return { head, signature }
  })
}

type FoundEvent = SealedEvent & { xact: string }
type Leaf = { readonly eventId: SealedEvent['event_id']; readonly xact: string; readonly leaf: Buffer }

/** The hashes of some events, side by side in one buffer. */
function toLeaves(events: readonly FoundEvent[]): Leaf[] {
  const leaves = Buffer.concat(events.map(hashEvent))
  const bytes = leaves.length / events.length
  return events.map(({ event_id, xact }, place) => ({ eventId: event_id, xact, leaf: leaves.subarray(place * bytes, (place + 1) * bytes) }))
}

async function rootOfEvents(events: readonly Leaf[]): Promise<Buffer> {
  let tree = emptyFrontier
  for (const [place, { leaf }] of events.entries()) {
    tree = addLeaf(tree, leaf)
    if (place % atOnce === atOnce - 1) await nextTurn()
  }
  return rootOf(tree)
}

/** Seals until nothing is left. Returns the last batch that was made. */
export async function sealEverything(database: Database<object>, signer: HeadSigner, options: { all?: boolean } = {}): Promise<Sealed | undefined> {
  let latest: Sealed | undefined
  for (let sealed = await sealLog(database, signer, options); sealed !== undefined; sealed = await sealLog(database, signer, options)) latest = sealed
  return latest
}
