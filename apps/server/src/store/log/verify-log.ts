// Reads the whole log again and says everything that does not agree with what was sealed and with the heads that lie elsewhere.
import type pg from 'pg'
import type { Database } from '../pool.ts'
import { hashBatch, isSigned, type Head, type HeadSigner, type SignedHead } from './head.ts'
import { addLeaf, emptyFrontier, rootOf, rootOfLeaves, type Frontier } from './merkle.ts'
import { hashEvent, sealedColumns, type SealedEvent } from './sealed-events.ts'
import { findForgotten } from './forget-events.ts'
import { inSealing } from './in-sealing.ts'

export const findingKinds = [
  'event-changed',
  'event-deleted',
  'event-forged',
  'events-reordered',
  'time-implausible',
  'batch-changed',
  'batch-missing',
  'signature-broken',
  'clock-went-back',
  'log-truncated',
  'history-differs',
  'anchor-broken',
] as const
export type FindingKind = (typeof findingKinds)[number]
/** `batch` and `event` are numbers of the log; there is nothing of an event's content in a finding. */
export type LogFinding = { readonly kind: FindingKind; readonly batch?: number; readonly event?: number; readonly more?: string }

export type Verification = {
  readonly batches: number
  readonly events: number
  /** Events that were logged after the last batch. */
  readonly waiting: number
  readonly anchors: number
  readonly findings: readonly LogFinding[]
  readonly last: Head | undefined
}

export type VerifyOptions = {
  /** Heads from outside, as they lie there. */
  readonly anchors: readonly SignedHead[]
  /**
   * Events before this instant may be gone, by whole batches: they have been kept as long as the policy says. Those that went while the policy said less
   * may be gone as well: what was in force when they went stands in the log, signed.
   */
  readonly keptSince?: Date
  /** Batches that are lost with a data loss that a restore has recorded: heads between the two are of a log that went on elsewhere. */
  readonly restores?: readonly { readonly fromBatch: number; readonly at: Date }[]
}

type BatchRow = {
  batch: number
  sealed: string
  event_ids: string[]
  leaf_hashes: Buffer
  total: number
  batch_root: Buffer
  tree_root: Buffer
  signature: Buffer
}

const minute = 60_000
/** No transaction of ours is open longer than this: an event's time lies between the seal before, less this, and its own seal. */
const longestTransactionMs = 15 * minute
const clockJitterMs = 5_000

/** One consistent look at everything. Findings are listed in the order of the log. */
export async function verifyLog(
  database: Database<object>,
  signer: HeadSigner,
  { anchors, keptSince, restores = [] }: VerifyOptions,
): Promise<Verification> {
  const findings: LogFinding[] = []
  const heads = new Map<number, Head>()
  let frontier: Frontier = emptyFrontier
  let events = 0
  let previousMs: number | undefined
  let last: Head | undefined
  let endedMs = keptSince?.getTime() ?? -Infinity

  async function verifyBatch(client: pg.PoolClient, row: BatchRow): Promise<void> {
    const { batch } = row
    const expected = last === undefined ? 0 : last.batch + 1
    for (let missing = expected; missing < batch; missing++) findings.push({ kind: 'batch-missing', batch: missing })
    const leaves = Array.from({ length: row.leaf_hashes.length / 32 }, (_, index) => row.leaf_hashes.subarray(index * 32, index * 32 + 32))
    const about = { batch, sealedAt: row.sealed, events: leaves.length, total: row.total, batchRoot: rootOfLeaves(leaves).toString('hex') }
    if (about.batchRoot !== row.batch_root.toString('hex') || row.event_ids.length !== leaves.length) findings.push({ kind: 'batch-changed', batch })
    frontier = addLeaf(
      batch === frontier.size ? frontier : { ...frontier, size: batch },
      hashBatch({ ...about, batchRoot: row.batch_root.toString('hex') }),
    )
    const head: Head = { ...about, batchRoot: row.batch_root.toString('hex'), treeRoot: row.tree_root.toString('hex') }
    if (!signer.verify(head, row.signature)) findings.push({ kind: 'signature-broken', batch })
    // After a missing batch the tree cannot be computed any more; the signatures still speak for each batch.
    if (findings.every(({ kind }) => kind !== 'batch-missing') && rootOf(frontier).toString('hex') !== head.treeRoot)
      findings.push({ kind: 'batch-changed', batch })
    const sealedMs = Date.parse(row.sealed)
    if (previousMs !== undefined && sealedMs < previousMs) findings.push({ kind: 'clock-went-back', batch })
    await verifyEvents(client, row, leaves, sealedMs)
    previousMs = sealedMs
    heads.set(batch, head)
    last = head
  }

  async function verifyEvents(client: pg.PoolClient, row: BatchRow, leaves: readonly Buffer[], sealedMs: number): Promise<void> {
    const { rows } = await client.query<SealedEvent>(`select ${sealedColumns} from log.events e where e.event_id = any($1::bigint[])`, [
      row.event_ids,
    ])
    if (rows.length === 0 && sealedMs < endedMs) return
    const found = new Map<number, SealedEvent[]>()
    for (const event of rows) found.set(event.event_id, [...(found.get(event.event_id) ?? []), event])
    const asSealed = new Set(leaves.map((leaf) => leaf.toString('hex')))
    let moved = false
    row.event_ids.forEach((id, index) => {
      const event = Number(id)
      const [here, ...others] = found.get(event) ?? []
      if (here === undefined) return findings.push({ kind: 'event-deleted', batch: row.batch, event })
      if (others.length > 0) findings.push({ kind: 'event-forged', batch: row.batch, event })
      const hash = hashEvent(here)
      if (!hash.equals(leaves[index]!)) {
        if (asSealed.has(hash.toString('hex'))) moved = true
        else return findings.push({ kind: 'event-changed', batch: row.batch, event })
      }
      const at = Number(here.at) / 1000
      if (at > sealedMs + clockJitterMs || (previousMs !== undefined && at < previousMs - longestTransactionMs))
        findings.push({ kind: 'time-implausible', batch: row.batch, event })
      return undefined
    })
    if (moved) findings.push({ kind: 'events-reordered', batch: row.batch })
    events += row.event_ids.length
  }

  async function verifyRest(client: pg.PoolClient): Promise<number> {
    const { rows } = await client.query<{ event_id: number; old: boolean; at: string }>(
      `select e.event_id, e.xact < (select b.upto from log.batches b order by b.batch desc limit 1) as old, (extract(epoch from e.at) * 1000)::bigint::text as at
       from log.events e left join (select unnest(b.event_ids) as event_id from log.batches b) s using (event_id) where s.event_id is null`,
    )
    for (const { event_id, old, at } of rows) {
      // Written before the last seal and not in it; or written now with a time of long ago.
      if (old || (previousMs !== undefined && Number(at) < previousMs - longestTransactionMs))
        findings.push({ kind: 'event-forged', event: event_id })
    }
    return rows.length
  }

  function verifyAnchor(anchor: SignedHead): void {
    const { batch, log } = anchor
    if (log !== signer.log || !isSigned(anchor)) return void findings.push({ kind: 'anchor-broken', batch })
    const lost = restores.some(({ fromBatch, at }) => batch > fromBatch && Date.parse(anchor.sealedAt) < at.getTime())
    if (lost) return
    const here = heads.get(batch)
    if (here === undefined) {
      if (batch > (last?.batch ?? -1)) findings.push({ kind: 'log-truncated', batch, more: `${anchor.total - (last?.total ?? 0)} events` })
    } else if (here.treeRoot !== anchor.treeRoot || here.sealedAt !== anchor.sealedAt || here.total !== anchor.total)
      findings.push({ kind: 'history-differs', batch })
  }

  const waiting = await inSealing(
    database,
    async (client) => {
      await client.query(`set local statement_timeout = '10min'`)
      endedMs = Math.max(endedMs, (await findForgotten(client, signer))?.getTime() ?? -Infinity)
      for (let next = 0; ;) {
        const { rows } = await client.query<BatchRow>(
          `select batch, to_char(sealed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sealed, event_ids::text[] as event_ids, leaf_hashes, total, batch_root, tree_root, signature
           from log.batches where batch >= $1 order by batch limit 200`,
          [next],
        )
        for (const row of rows) await verifyBatch(client, row)
        if (rows.length === 0) break
        next = rows.at(-1)!.batch + 1
      }
      return verifyRest(client)
    },
    'begin isolation level repeatable read, read only',
  )
  for (const anchor of anchors) verifyAnchor(anchor)
  return { batches: heads.size, events, waiting, anchors: anchors.length, findings, last }
}

/** Keeps the outcome of a verification, so that the screen can show it. */
export async function recordVerification(database: Database<object>, { batches, events, anchors, findings }: Verification): Promise<void> {
  await inSealing(database, (client) =>
    client.query('insert into log.verifications (batches, events, anchors, findings) values ($1, $2, $3, $4)', [
      batches,
      events,
      anchors,
      JSON.stringify(findings.slice(0, 1_000)),
    ]),
  )
}

export async function findLastVerification(database: Database<object>): Promise<Date | undefined> {
  return inSealing(
    database,
    async (client) => (await client.query<{ at: Date | null }>('select max(verified_at) as at from log.verifications')).rows[0]?.at ?? undefined,
  )
}
