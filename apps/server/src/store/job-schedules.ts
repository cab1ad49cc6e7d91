// Who works on which job until when. A job is held by one server at a time; a server that dies lets go by not renewing.
import { sql } from 'kysely'
import type { AttuneTables } from './attune-tables.ts'
import { logEvent } from './log-event.ts'
import type { Database } from './pool.ts'
import { withActor } from './with-actor.ts'

type Attune = Database<AttuneTables>
const system = { role: 'system' } as const
const purpose = 'run-jobs'

/** Writes down when each job is due next, unless it is due sooner already. */
export async function addSchedules(database: Attune, jobs: readonly { readonly name: string; readonly dueAt: Date }[]): Promise<void> {
  await withActor(database, system, purpose, async (trx) => {
    for (const { name, dueAt } of jobs) {
      await trx
        .insertInto('jobs.schedules')
        .values({ job: name, due_at: dueAt, held_by: null, held_until: null, begun_at: null, ended_at: null, outcome: null })
        .onConflict((known) => known.column('job').doUpdateSet({ due_at: sql`least(schedules.due_at, excluded.due_at)` }))
        .execute()
    }
  })
}

/** Takes every job of the list that is due and that nobody holds. */
export async function holdDueJobs(
  database: Attune,
  { holder, names, now, until }: { holder: string; names: readonly string[]; now: Date; until: Date },
): Promise<{ name: string; failures: number }[]> {
  if (names.length === 0) return []
  return withActor(database, system, purpose, async (trx) => {
    const rows = await trx
      .updateTable('jobs.schedules')
      .set({ held_by: holder, held_until: until, begun_at: now })
      .where('job', 'in', [...names])
      .where('due_at', '<=', now)
      .where((either) => either.or([either('held_until', 'is', null), either('held_until', '<=', now)]))
      .returning(['job', 'failures'])
      .execute()
    return rows.map(({ job, failures }) => ({ name: job, failures }))
  })
}

/** Holds on for longer. False when somebody else has it by now. */
export async function keepHolding(database: Attune, holder: string, name: string, until: Date): Promise<boolean> {
  return withActor(database, system, purpose, async (trx) => {
    const kept = await trx
      .updateTable('jobs.schedules')
      .set({ held_until: until })
      .where('job', '=', name)
      .where('held_by', '=', holder)
      .executeTakeFirst()
    return kept.numUpdatedRows > 0n
  })
}

export type JobEnd = {
  readonly holder: string
  readonly name: string
  readonly at: Date
  readonly dueAt: Date
  readonly outcome: 'done' | 'failed'
  readonly failures: number
  /** What the event says; left out when there was nothing to do. */
  readonly event?: Readonly<Record<string, string | number | boolean>>
}

/** Lets go of a job that ended, and notes the end as an event in the same transaction. */
export async function endJob(database: Attune, { holder, name, at, dueAt, outcome, failures, event }: JobEnd): Promise<void> {
  await withActor(database, system, purpose, async (trx) => {
    const ended = await trx
      .updateTable('jobs.schedules')
      .set({ held_by: null, held_until: null, ended_at: at, due_at: dueAt, outcome, failures })
      .where('job', '=', name)
      .where('held_by', '=', holder)
      .executeTakeFirst()
    if (event !== undefined)
      await logEvent(trx, {
        serviceId: 'operator',
        role: 'system',
        action: 'job.run',
        purpose,
        outcome,
        detail: { job: name, ...event, ...(ended.numUpdatedRows === 0n && { lostHold: true }) },
      })
  })
}

/** Lets go of a job that was broken off; it stays due. */
export async function letGo(database: Attune, holder: string, name: string): Promise<void> {
  await withActor(database, system, purpose, async (trx) => {
    await trx.updateTable('jobs.schedules').set({ held_by: null, held_until: null }).where('job', '=', name).where('held_by', '=', holder).execute()
  })
}
