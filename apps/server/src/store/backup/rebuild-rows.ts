// The records whose scores have to be worked out again, and the scores once they are.
import { sql } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { Database } from '../pool.ts'
import { withActor, withReader } from '../with-actor.ts'

const system = { role: 'system' } as const

export type UnscoredRow = {
  readonly serviceId: string
  readonly recordId: string
  readonly clientId: string
  readonly programmeId: string
  readonly formId: string
  readonly formVersion: string
  readonly sessionOn: string
  readonly receivedAt: Date
  readonly counted: boolean
  readonly answersSealed: Buffer
}

export type RebuiltScores = Omit<UnscoredRow, 'answersSealed' | 'formId' | 'formVersion'> & {
  readonly timePoint: string
  readonly ageGroup: string
  readonly scales: readonly string[]
  readonly scores: readonly number[]
  readonly choices: readonly string[]
}

/** Records after the one given that have no scores, in the order of their keys. */
export async function findUnscored(
  database: Database<AttuneTables>,
  after: { serviceId: string; recordId: string },
  limit: number,
): Promise<UnscoredRow[]> {
  const { rows } = await withReader(database, system, 'restore', (trx) =>
    sql<UnscoredRow>`select r.service_id as "serviceId", r.record_id as "recordId", r.client_id as "clientId", r.programme_id as "programmeId", r.form_id as "formId",
        r.form_version as "formVersion", r.session_on as "sessionOn", r.received_at as "receivedAt", r.restricted_at is null as counted, r.answers_sealed as "answersSealed"
      from answers.records r left join scores.record_scores s using (service_id, record_id)
      where s.record_id is null and (r.service_id, r.record_id) > (${after.serviceId}, ${after.recordId}::uuid) order by r.service_id, r.record_id limit ${limit}`.execute(
      trx as never,
    ),
  )
  return rows
}

/** Adds the scores; the sums follow in the same transaction. */
export async function insertScores(database: Database<AttuneTables>, rows: readonly RebuiltScores[]): Promise<void> {
  if (rows.length === 0) return
  await withActor(database, system, 'restore', (trx) =>
    trx
      .insertInto('scores.record_scores')
      .values(
        rows.map((row) => ({
          service_id: row.serviceId,
          record_id: row.recordId,
          client_id: row.clientId,
          programme_id: row.programmeId,
          session_on: row.sessionOn,
          received_at: row.receivedAt,
          time_point: row.timePoint as 'before',
          age_group: row.ageGroup,
          scales: [...row.scales],
          scores: [...row.scores],
          choices: [...row.choices],
          counted: row.counted,
        })),
      )
      .execute(),
  )
}

export async function countRecords(database: Database<AttuneTables>): Promise<number> {
  return withReader(database, system, 'restore', async (trx) => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from answers.records`.execute(trx as never)
    return rows[0]!.count
  })
}
