// A proof that one event is in the log: whoever has an anchored head checks it without the log and without us.
import type { Database } from '../pool.ts'
import { hashBatch, isSigned, type Head, type HeadSigner, type SignedHead } from './head.ts'
import { findPath, rootByPath } from './merkle.ts'
import { hashEvent, sealedColumns, type SealedEvent } from './sealed-events.ts'
import { inSealing } from './in-sealing.ts'

export type EventProof = {
  readonly event: SealedEvent
  readonly inBatch: { readonly index: number; readonly path: readonly string[] }
  readonly batch: Omit<Head, 'treeRoot'>
  readonly inLog: { readonly size: number; readonly path: readonly string[] }
  readonly head: SignedHead
}

type Row = {
  batch: number
  sealed: string
  leaf_hashes: Buffer
  event_ids: string[]
  total: number
  batch_root: Buffer
  tree_root: Buffer
  signature: Buffer
}
const columns = `batch, to_char(sealed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sealed, leaf_hashes, event_ids::text[] as event_ids, total, batch_root, tree_root, signature`

/** The proof for an event, up to the newest head. Undefined when it is not sealed (yet). */
export async function proveEvent(database: Database<object>, signer: HeadSigner, eventId: number): Promise<EventProof | undefined> {
  return inSealing(
    database,
    async (client) => {
      const event = (await client.query<SealedEvent>(`select ${sealedColumns} from log.events e where e.event_id = $1`, [eventId])).rows[0]
      const row = (await client.query<Row>(`select ${columns} from log.batches where event_ids @> array[$1::bigint]`, [eventId])).rows[0]
      if (event === undefined || row === undefined) return undefined
      const { rows: all } = await client.query<Pick<Row, 'batch' | 'sealed' | 'total' | 'batch_root'> & { events: number }>(
        `select batch, to_char(sealed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sealed, cardinality(event_ids) as events, total, batch_root from log.batches order by batch`,
      )
      const newest = (await client.query<Row>(`select ${columns} from log.batches order by batch desc limit 1`)).rows[0]!
      const leaves = Array.from({ length: row.event_ids.length }, (_, at) => row.leaf_hashes.subarray(at * 32, at * 32 + 32))
      const index = row.event_ids.indexOf(String(eventId))
      const batches = all.map((each) =>
        hashBatch({ batch: each.batch, sealedAt: each.sealed, events: each.events, total: each.total, batchRoot: each.batch_root.toString('hex') }),
      )
      return {
        event,
        inBatch: { index, path: findPath(leaves, index).map(toHex) },
        batch: { batch: row.batch, sealedAt: row.sealed, events: leaves.length, total: row.total, batchRoot: toHex(row.batch_root) },
        inLog: { size: batches.length, path: findPath(batches, row.batch).map(toHex) },
        head: {
          ...{ batch: newest.batch, sealedAt: newest.sealed, events: newest.event_ids.length, total: newest.total },
          ...{ batchRoot: toHex(newest.batch_root), treeRoot: toHex(newest.tree_root) },
          ...{ log: signer.log, publicKey: signer.publicKey, signature: newest.signature.toString('base64') },
        },
      }
    },
    'begin isolation level repeatable read, read only',
  )
}

/** Whether the proof holds: the event leads to its batch, the batch to the head, and the head is signed. */
export function isProven({ event, inBatch, batch, inLog, head }: EventProof): boolean {
  const batchRoot = rootByPath(hashEvent(event), inBatch.index, batch.events, inBatch.path.map(fromHex))
  if (batchRoot === undefined || toHex(batchRoot) !== batch.batchRoot) return false
  const treeRoot = rootByPath(hashBatch(batch), batch.batch, inLog.size, inLog.path.map(fromHex))
  return treeRoot !== undefined && toHex(treeRoot) === head.treeRoot && inLog.size === head.batch + 1 && isSigned(head)
}

const toHex = (bytes: Buffer): string => bytes.toString('hex')
const fromHex = (text: string): Buffer => Buffer.from(text, 'hex')
