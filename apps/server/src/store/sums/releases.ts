// The release log: what was shown, to be shown again as it was. Only `system` adds to it and nobody changes it.
import { sql, type Selectable } from 'kysely'
import type { SliceFilter } from '@attune/measures'
import type { AttuneTables } from '../attune-tables.ts'
import type { Reading, Transaction } from '../with-actor.ts'
import type { SliceFigures } from './read-sums.ts'

type Trx = Transaction<AttuneTables>

/** Figures as they were released; `withheld` says for each component that was not, why. `periods` are the quarters in which somebody began. */
export type ReleasedFigures = SliceFigures & {
  readonly periods: readonly string[]
  readonly practitioners: { readonly active: number; readonly trained: number }
  readonly withheld: Readonly<Record<string, string>>
}

export type Release = {
  readonly id: number
  readonly edition: string
  readonly filter: SliceFilter
  readonly outcome: 'released' | 'refused'
  readonly because: string
  readonly figures: ReleasedFigures
  readonly hash: string
  readonly releasedAt: Date
}

export type ReleasePlace = { readonly serviceId: string; readonly programmeId: string }

type Row = Selectable<AttuneTables['sums.releases']>
const columns = [
  'release_id',
  'edition',
  'from_period',
  'until_period',
  'age_group',
  'mode',
  'support',
  'outcome',
  'because',
  'figures',
  'figures_hash',
  'released_at',
] as const

export async function findRelease(
  trx: Reading<AttuneTables>,
  { serviceId, programmeId }: ReleasePlace,
  edition: string,
  { from, until, ageGroup, mode, support }: SliceFilter,
): Promise<Release | undefined> {
  const row = await trx
    .selectFrom('sums.releases')
    .select(columns)
    .where('service_id', '=', serviceId)
    .where('programme_id', '=', programmeId)
    .where('edition', '=', edition)
    .where('from_period', '=', from)
    .where('until_period', '=', until)
    .where('age_group', '=', ageGroup)
    .where('mode', '=', mode)
    .where('support', '=', support)
    .executeTakeFirst()
  return row === undefined ? undefined : toRelease(row)
}

/** Everything that is out, oldest first. */
export async function listReleases(trx: Reading<AttuneTables>, { serviceId, programmeId }: ReleasePlace): Promise<Release[]> {
  const rows = await trx
    .selectFrom('sums.releases')
    .select(columns)
    .where('service_id', '=', serviceId)
    .where('programme_id', '=', programmeId)
    .where('outcome', '=', 'released')
    .orderBy('release_id')
    .execute()
  return rows.map(toRelease)
}

/** Everything that is out, of every service and of the operator, the newest first. */
export async function listAllReleases(trx: Reading<AttuneTables>, programmeId: string): Promise<(Release & { readonly serviceId: string })[]> {
  const rows = await trx
    .selectFrom('sums.releases')
    .select([...columns, 'service_id'])
    .where('programme_id', '=', programmeId)
    .where('outcome', '=', 'released')
    .orderBy('release_id', 'desc')
    .execute()
  return rows.map((row) => ({ ...toRelease(row), serviceId: row.service_id }))
}

export async function findReleaseByNumber(
  trx: Reading<AttuneTables>,
  programmeId: string,
  id: number,
): Promise<(Release & { readonly serviceId: string }) | undefined> {
  return (await listAllReleases(trx, programmeId)).find((release) => Number(release.id) === id)
}

export async function addRelease(trx: Trx, { serviceId, programmeId }: ReleasePlace, release: Omit<Release, 'id'>): Promise<void> {
  const { from, until, ageGroup, mode, support } = release.filter
  await trx
    .insertInto('sums.releases')
    .values({
      service_id: serviceId,
      programme_id: programmeId,
      edition: release.edition,
      from_period: from,
      until_period: until,
      age_group: ageGroup,
      mode,
      support,
      outcome: release.outcome,
      because: release.because,
      figures: JSON.stringify(release.figures),
      figures_hash: release.hash,
      released_at: release.releasedAt,
    })
    .execute()
}

function toRelease(row: Pick<Row, (typeof columns)[number]>): Release {
  return {
    id: row.release_id,
    edition: row.edition,
    filter: { from: row.from_period, until: row.until_period, ageGroup: row.age_group, mode: row.mode, support: row.support },
    outcome: row.outcome,
    because: row.because,
    figures: row.figures as unknown as ReleasedFigures,
    hash: row.figures_hash,
    releasedAt: row.released_at,
  }
}

/** One cut is decided once, also when two ask for it at the same moment, and no fold moves the sums meanwhile. */
export async function lockReleases(trx: Trx, { serviceId, programmeId }: ReleasePlace): Promise<void> {
  await sql`select pg_advisory_xact_lock(4281108), pg_advisory_xact_lock(4281110, hashtext(${`${serviceId} ${programmeId}`}))`.execute(trx)
}
