// The running sums, for the one who makes releases (`system`). Folded first: the cells are fewer than the pending rows.
import { sql, type RawBuilder } from 'kysely'
import type { PopulationCell, SliceFilter } from '@attune/measures'
import type { AttuneTables } from '../attune-tables.ts'
import type { Transaction } from '../with-actor.ts'

type Trx = Transaction<AttuneTables>

/** Without a service: all of them. */
export type Whose = { readonly programmeId: string; readonly serviceId?: string }

const whose = ({ programmeId, serviceId }: Whose): RawBuilder<unknown> =>
  sql`programme_id = ${programmeId} ${serviceId === undefined ? sql`` : sql`and service_id = ${serviceId}`}`

const within = ({ from, until, ageGroup, mode, support }: SliceFilter): RawBuilder<unknown> =>
  sql`period between ${from} and ${until}
    ${ageGroup === '' ? sql`` : sql`and age_group = ${ageGroup}`} ${mode === '' ? sql`` : sql`and mode = ${mode}`}
    ${support === '' ? sql`` : sql`and ${support} = any (string_to_array(support, ' '))`}`

/** Sums of one cut, added up; "measure/scale pair" to the six, and to the counts of each change. */
export type SliceFigures = {
  /** [age group, sessions so far, clients] */
  readonly episodes: readonly (readonly [string, number, number])[]
  /** [question, choice, clients] */
  readonly choices: readonly (readonly [string, string, number])[]
  /** n, Σx, Σy, Σx², Σy², Σxy */
  readonly changes: Readonly<Record<string, readonly [number, number, number, number, number, number]>>
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export async function readSlice(trx: Trx, of: Whose, filter: SliceFilter): Promise<SliceFigures> {
  const where = sql`${whose(of)} and ${within(filter)}`
  const episodes = await sql<{ age: string; sessions: number; clients: number }>`
    select age_group as age, sessions, sum(clients)::bigint as clients from sums.episode_counts where ${where}
    group by 1, 2 having sum(clients) <> 0 order by 1, 2`.execute(trx)
  const choices = await sql<{ question: string; choice: string; clients: number }>`
    select question, choice, sum(clients)::bigint as clients from sums.choice_counts where ${where}
    group by 1, 2 having sum(clients) <> 0 order by 1, 2`.execute(trx)
  const changes = await sql<{ name: string; n: number; sx: number; sy: number; sxx: number; syy: number; sxy: number }>`
    select measure || '/' || scale || ' ' || pair as name, sum(n)::bigint as n, sum(sx)::bigint as sx, sum(sy)::bigint as sy, sum(sxx)::bigint as sxx, sum(syy)::bigint as syy, sum(sxy)::bigint as sxy
    from sums.change_sums where ${where} group by 1 having sum(n) <> 0 order by 1`.execute(trx)
  const counts = await sql<{ name: string; change: number; n: number }>`
    select measure || '/' || scale || ' ' || pair as name, change, sum(n)::bigint as n from sums.change_counts where ${where}
    group by 1, 2 having sum(n) <> 0 order by 1, 2`.execute(trx)
  const histograms: Record<string, Record<string, number>> = {}
  for (const { name, change, n } of counts.rows) (histograms[name] ??= {})[String(change)] = n
  return {
    episodes: episodes.rows.map(({ age, sessions, clients }) => [age, sessions, clients] as const),
    choices: choices.rows.map(({ question, choice, clients }) => [question, choice, clients] as const),
    changes: Object.fromEntries(changes.rows.map(({ name, n, sx, sy, sxx, syy, sxy }) => [name, [n, sx, sy, sxx, syy, sxy] as const])),
    counts: histograms,
  }
}

/** The people of every smallest cell before the given quarter: component "people", and one component for each pair of times of each score. */
export async function readPopulation(trx: Trx, of: Whose, before: string): Promise<PopulationCell[]> {
  const { rows } = await sql<PopulationCell>`
    select 'people' as component, service_id as "serviceId", period, age_group as "ageGroup", mode, support, sum(clients)::bigint as n
    from sums.episode_counts where ${whose(of)} and period < ${before} group by 2, 3, 4, 5, 6 having sum(clients) <> 0
    union all
    select measure || '/' || scale || ' ' || pair, service_id, period, age_group, mode, support, n
    from sums.change_sums where ${whose(of)} and period < ${before} and n <> 0`.execute(trx)
  return rows
}
