// Decisions about retention: putting a disposal off, or bringing it forward. Two people, a reason, a range of session days.
import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { AttuneTables } from '../attune-tables.ts'
import type { RightsTables } from '../rights/rights-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>
type Reading = Pick<Trx, 'selectFrom'>
export type RetentionDecision = Selectable<RightsTables['retention.decisions']>

export async function addRetentionDecision(
  trx: Trx,
  decision: Omit<RetentionDecision, 'decision_id' | 'state' | 'decided_by' | 'decided_at'>,
): Promise<string> {
  const decisionId = randomUUID()
  await trx
    .insertInto('retention.decisions')
    .values({ ...decision, decision_id: decisionId, state: 'asked', decided_by: null, decided_at: null })
    .execute()
  return decisionId
}

export async function findRetentionDecision(trx: Trx, decisionId: string): Promise<RetentionDecision | undefined> {
  return trx.selectFrom('retention.decisions').selectAll().where('decision_id', '=', decisionId).forUpdate().executeTakeFirst()
}

export async function findRetentionDecisions(
  trx: Reading,
  { serviceId, agreedOnly, limit }: { serviceId?: string; agreedOnly?: boolean; limit: number },
): Promise<RetentionDecision[]> {
  let query = trx.selectFrom('retention.decisions').selectAll()
  if (serviceId !== undefined) query = query.where('service_id', '=', serviceId)
  if (agreedOnly === true) query = query.where('state', '=', 'agreed')
  return query
    .orderBy(sql`state = 'asked'`, 'desc')
    .orderBy('asked_at', 'desc')
    .limit(limit)
    .execute()
}

export async function settleRetentionDecision(
  trx: Trx,
  { service_id, decision_id }: RetentionDecision,
  state: 'agreed' | 'refused',
  by: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('retention.decisions')
    .set({ state, decided_by: by, decided_at: at })
    .where('service_id', '=', service_id)
    .where('decision_id', '=', decision_id)
    .execute()
}

export type RangeCounts = {
  readonly records: number
  readonly aggregated: number
  readonly lastOn: string | null
  readonly firstOn: string | null
  readonly lastHeldOn: string | null
}

/** How many records lie in a range of session days, how many of them were added up, and the latest that was not. */
export async function countRange(trx: Reading, serviceId: string, from: string, until: string): Promise<RangeCounts> {
  const { rows } = await sql<RangeCounts>`
    select count(*) as records, count(*) filter (where aggregate_run is not null) as aggregated, min(session_on) as "firstOn", max(session_on) as "lastOn",
      max(session_on) filter (where aggregate_run is null) as "lastHeldOn"
    from answers.records where service_id = ${serviceId} and session_on between ${from} and ${until}`.execute(trx as never)
  return rows[0]!
}

/** Records of one service by where they stand, counted by its own index. */
export async function countService(trx: Reading, serviceId: string): Promise<{ sessionOn: string; records: number; named: number }[]> {
  const { rows } = await sql<{ sessionOn: string; records: number; named: number }>`
    select r.session_on as "sessionOn", count(*) as records, count(*) filter (where a.sealed is not null) as named from answers.records r
    left join identity.record_authors a on a.service_id = r.service_id and a.record_id = r.record_id
    where r.service_id = ${serviceId} group by r.session_on order by r.session_on`.execute(trx as never)
  return rows
}

export async function readDayCounts(trx: Reading): Promise<{ sessionOn: string; records: number; named: number; countedAt: Date }[]> {
  const rows = await trx.selectFrom('retention.day_counts').selectAll().orderBy('session_on').execute()
  return rows.map((row) => ({ sessionOn: row.session_on, records: Number(row.records), named: Number(row.named), countedAt: row.counted_at }))
}

export async function findRuns(trx: Reading, limit: number): Promise<Selectable<RightsTables['retention.runs']>[]> {
  return trx.selectFrom('retention.runs').selectAll().orderBy('run_on', 'desc').limit(limit).execute()
}

/** Stamps the programme's records of a range of session days as added up in a run. Returns how many. */
export async function stampAggregated(
  trx: Trx,
  { runId, programmeId, from, until }: { readonly runId: string; readonly programmeId: string; readonly from: string; readonly until: string },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('answers.records')
    .set({ aggregate_run: runId })
    .where('programme_id', '=', programmeId)
    .where('session_on', '>=', from)
    .where('session_on', '<=', until)
    .where('restricted_at', 'is', null)
    .where('aggregate_run', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Keeps the run with its totals; cells of fewer people than may be shown are not kept. */
export async function addAggregateRun(
  trx: Trx,
  run: { runId: string; programmeId: string; from: string; until: string; records: number; smallest: number; madeBy: string; madeAt: Date },
): Promise<void> {
  await sql`insert into sums.aggregate_runs (run_id, programme_id, session_from, session_until, records, cells, made_by, made_at)
    values (${run.runId}, ${run.programmeId}, ${run.from}, ${run.until}, ${run.records},
      coalesce((select jsonb_agg(jsonb_build_object('measure', c.measure, 'scale', c.scale, 'pair', c.pair, 'period', c.period, 'n', c.n, 'sx', c.sx, 'sy', c.sy, 'sxx', c.sxx, 'syy', c.syy, 'sxy', c.sxy))
        from (select measure, scale, pair, period, sum(n) as n, sum(sx) as sx, sum(sy) as sy, sum(sxx) as sxx, sum(syy) as syy, sum(sxy) as sxy from sums.changes_now
          where programme_id = ${run.programmeId} and period between sums.quarter(${run.from}::date) and sums.quarter(${run.until}::date) group by 1, 2, 3, 4 having sum(n) >= ${run.smallest}) c), '[]'),
      ${run.madeBy}, ${run.madeAt})`.execute(trx)
}
