// Which head is due to be put where, and what came of it.
import type { Database } from '../pool.ts'
import type { HeadSigner, SignedHead } from './head.ts'
import { inSealing } from './in-sealing.ts'

type Row = { batch: number; sealed: string; events: number; total: number; batch_root: Buffer; tree_root: Buffer; signature: Buffer }

/** The newest head, when the destination has an older one or none and was last given one at least `everyHours` ago. */
export async function findDueHead(
  database: Database<object>,
  signer: HeadSigner,
  destination: string,
  everyHours: number,
): Promise<SignedHead | undefined> {
  const rows = await inSealing(database, async (client) => {
    const { rows } = await client.query<Row>(
      `select b.batch, to_char(b.sealed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sealed, cardinality(b.event_ids) as events, b.total, b.batch_root, b.tree_root, b.signature
       from (select * from log.batches order by batch desc limit 1) b
       where not exists (select from log.anchors a where a.destination = $1 and a.outcome = 'done' and (a.batch >= b.batch or a.anchored_at > clock_timestamp() - make_interval(hours => $2)))`,
      [destination, everyHours],
    )
    return rows
  })
  const [newest] = rows
  return newest && toSignedHead(newest, signer)
}

function toSignedHead({ batch, sealed, events, total, batch_root, tree_root, signature }: Row, { log, publicKey }: HeadSigner): SignedHead {
  const roots = { batchRoot: batch_root.toString('hex'), treeRoot: tree_root.toString('hex') }
  return { batch, sealedAt: sealed, events, total, ...roots, log, publicKey, signature: signature.toString('base64') }
}

export async function recordAnchor(database: Database<object>, batch: number, destination: string, outcome: 'done' | 'failed'): Promise<void> {
  await inSealing(database, (client) =>
    client.query(
      `insert into log.anchors (batch, destination, outcome) values ($1, $2, $3)
       on conflict (batch, destination) do update set outcome = excluded.outcome, anchored_at = clock_timestamp()`,
      [batch, destination, outcome],
    ),
  )
}
