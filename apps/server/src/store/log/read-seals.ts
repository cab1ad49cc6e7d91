// How the log stands as evidence, for those who may read it.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Pick<Transaction<AttuneTables>, 'selectFrom'>
type Finding = { kind: string; batch?: number; event?: number }

export type Seals = {
  readonly sealed: { at: Date; events: number; batches: number } | undefined
  readonly anchors: readonly { destination: string; at: Date | null; failed: boolean }[]
  readonly verified: { at: Date; events: number; anchors: number; findings: readonly Finding[] } | undefined
}

export async function readSeals(trx: Trx): Promise<Seals> {
  const last = await trx.selectFrom('log.batches').select(['batch', 'sealed_at', 'total']).orderBy('batch', 'desc').limit(1).executeTakeFirst()
  const verified = await trx.selectFrom('log.verifications').selectAll().orderBy('verified_at', 'desc').limit(1).executeTakeFirst()
  const anchors = await trx
    .selectFrom('log.anchors')
    .select((eb) => [
      'destination',
      eb.fn.max('anchored_at').filterWhere('outcome', '=', 'done').as('at'),
      sql<boolean>`(array_agg(outcome order by anchored_at desc))[1] = 'failed'`.as('failed'),
    ])
    .groupBy('destination')
    .orderBy('destination')
    .execute()
  return {
    sealed: last && { at: last.sealed_at, events: last.total, batches: last.batch + 1 },
    anchors: anchors.map(({ destination, at, failed }) => ({ destination, at, failed })),
    verified: verified && {
      at: verified.verified_at,
      events: verified.events,
      anchors: verified.anchors,
      findings: verified.findings as readonly Finding[],
    },
  }
}
