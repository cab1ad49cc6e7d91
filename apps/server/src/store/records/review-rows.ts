// Records that wait for their replay, and what came of it. `received` means not replayed yet, so nothing is lost when a server stops.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Database } from '../pool.ts'
import { logEvent } from '../log-event.ts'
import { withActor } from '../with-actor.ts'

const system = { role: 'system' } as const
const purpose = 'replay'

export type WaitingRecord = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly formId: string
  readonly formVersion: string
  readonly receivedAt: Date
  readonly xmlSealed: Buffer
  /** Hashes of the names, in hex, of the files that are here. */
  readonly files: readonly string[]
}

export type Place = { readonly receivedAt: Date; readonly recordId: string }

/** The next records that nobody replayed yet, the oldest first. Restricted ones are left alone (Article 18). Reading them is an event per service. */
export async function readWaitingRecords(
  database: Database<AttuneTables>,
  { programmeId, after, limit }: { programmeId: string; after: Place | undefined; limit: number },
): Promise<WaitingRecord[]> {
  return withActor(database, system, purpose, async (trx) => {
    let query = trx
      .selectFrom('answers.records as r')
      .select(['r.service_id', 'r.record_id', 'r.client_id', 'r.form_id', 'r.form_version', 'r.received_at', 'r.xml_sealed'])
      .select((row) =>
        row
          .selectFrom('answers.attachments as a')
          .select((of) => of.fn<string[] | null>('array_agg', [of.fn('encode', ['a.name_hash', of.val('hex')])]).as('hashes'))
          .whereRef('a.service_id', '=', 'r.service_id')
          .whereRef('a.record_id', '=', 'r.record_id')
          .as('files'),
      )
      // As a literal: the index holds these only, in this order, and a plan for any state would read all that wait and sort them.
      .where('r.review_state', '=', sql.lit('received'))
      .where('r.restricted_at', 'is', null)
      .where('r.programme_id', '=', programmeId)
    if (after !== undefined)
      query = query.where((either) => either(either.refTuple('r.received_at', 'r.record_id'), '>', either.tuple(after.receivedAt, after.recordId)))
    const rows = await query.orderBy('r.received_at').orderBy('r.record_id').limit(limit).execute()
    for (const serviceId of new Set(rows.map((row) => row.service_id))) {
      const records = rows.filter((row) => row.service_id === serviceId).length
      await logEvent(trx, { serviceId, role: 'system', action: 'record.replay', purpose, outcome: 'done', detail: { records } })
    }
    return rows.map((row) => ({
      serviceId: row.service_id,
      recordId: row.record_id,
      clientId: row.client_id,
      formId: row.form_id,
      formVersion: row.form_version,
      receivedAt: row.received_at,
      xmlSealed: row.xml_sealed,
      files: row.files ?? [],
    }))
  })
}

export type ReviewPlace = { readonly path: string; readonly why: string }

/** Notes what the replay found. Nothing of the record itself is touched. False when it was replayed, corrected or erased meanwhile. */
export async function noteReview(
  database: Database<AttuneTables>,
  { serviceId, recordId, xmlSealed }: Pick<WaitingRecord, 'serviceId' | 'recordId' | 'xmlSealed'>,
  places: readonly ReviewPlace[],
  at: Date,
): Promise<boolean> {
  const state = places.length === 0 ? 'agreed' : 'differs'
  return withActor(database, system, purpose, async (trx) => {
    const noted = await trx
      .updateTable('answers.records')
      .set({ review_state: state, review_places: JSON.stringify(places), reviewed_at: at })
      .where('service_id', '=', serviceId)
      .where('record_id', '=', recordId)
      .where('review_state', '=', 'received')
      .where('xml_sealed', '=', xmlSealed)
      .executeTakeFirst()
    if (noted.numUpdatedRows === 0n) return false
    const whys = [...new Set(places.map(({ why }) => why))]
    await logEvent(trx, {
      serviceId,
      role: 'system',
      action: 'record.review',
      purpose,
      outcome: 'done',
      detail: { recordId, state, places: places.length, ...(whys.length > 0 && { whys }) },
    })
    return true
  })
}
