// Makes a cut of the sums public, once: decides what of it may go out beside everything that is out already, and keeps the figures as they are
// then. Asked for again, the same figures come back; a correction or an erasure shows when a later quarter's release may show it.
import { createHash } from 'node:crypto'
import { decideRelease, type EarlierRelease, type SliceFilter } from '@attune/measures'
import type { Attune } from '../../attune.ts'
import { foldSums } from '../../store/sums/fold-sums.ts'
import { readPopulation, readSlice, type SliceFigures } from '../../store/sums/read-sums.ts'
import {
  addRelease,
  findRelease,
  listReleases,
  lockReleases,
  type Release,
  type ReleasedFigures,
  type ReleasePlace,
} from '../../store/sums/releases.ts'
import { countPractitioners } from '../../store/practitioners.ts'
import { withActor } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { toQuarter } from './quarter.ts'

const dayMs = 24 * 60 * 60_000
const people = 'people'

/** The first quarter that is not released yet: a quarter is, some days after its end, when what was held offline has come in. */
export function toEdition({ clock, programme }: Pick<Attune, 'clock' | 'programme'>): string {
  return toQuarter(toLondonDay(new Date(clock.now().getTime() - programme.policy.values.reportReleaseDays * dayMs)))
}

/** The releases of a service, or of the operator for figures over all services. */
export async function makeRelease(attune: Attune, place: ReleasePlace, edition: string, filter: SliceFilter): Promise<Release> {
  const { databases, clock, programme } = attune
  await foldSums(databases.attune)
  return withActor(databases.attune, { role: 'system' }, 'fold', async (trx) => {
    await lockReleases(trx, place)
    const made = await findRelease(trx as never, place, edition, filter)
    if (made !== undefined) return made
    const overServices = place.serviceId === 'operator'
    const whose = { programmeId: place.programmeId, ...(!overServices && { serviceId: place.serviceId }) }
    const earlier = await listReleases(trx as never, place)
    const population = await readPopulation(trx, whose, edition)
    const decisions = decideRelease(earlier.map(toEarlier), filter, population, {
      differBy: programme.policy.values.sliceDifferencePeopleMinimum,
      overServices,
    })
    const ofPeople = decisions.get(people) ?? { allowed: false, because: 'Nobody began in this period.' }
    const figures = ofPeople.allowed
      ? {
          ...merge(await readSlice(trx, whose, filter), decisions, earlier),
          periods: [...new Set(population.filter((cell) => cell.component === people).map((cell) => cell.period))].sort(),
          practitioners: await countPractitioners(trx, whose.serviceId),
        }
      : none
    await addRelease(trx, place, {
      edition,
      filter,
      outcome: ofPeople.allowed ? 'released' : 'refused',
      because: ofPeople.allowed ? '' : ofPeople.because,
      figures,
      hash: createHash('sha256').update(JSON.stringify(figures)).digest('hex'),
      releasedAt: clock.now(),
    })
    return (await findRelease(trx as never, place, edition, filter))!
  })
}

const none: ReleasedFigures = {
  episodes: [],
  choices: [],
  changes: {},
  counts: {},
  periods: [],
  practitioners: { active: 0, trained: 0 },
  withheld: {},
}

function toEarlier({ id, filter, figures }: Release): EarlierRelease {
  const shown = Object.entries(figures.changes).map(([component, [n]]) => [component, n] as const)
  return {
    id: String(id),
    label: sayFilter(filter),
    filter,
    people: { ...Object.fromEntries(shown), [people]: figures.episodes.reduce((sum, [, , clients]) => sum + clients, 0) },
  }
}

function sayFilter({ from, until, ageGroup, mode, support }: SliceFilter): string {
  return [`${from === '' ? 'the beginning' : from} to ${until}`, ageGroup, mode, support].filter((part) => part !== '').join(', ')
}

function merge(
  current: SliceFigures,
  decisions: ReturnType<typeof decideRelease>,
  earlier: readonly Release[],
): Omit<ReleasedFigures, 'periods' | 'practitioners'> {
  const carried = (component: string) => earlier.find((release) => String(release.id) === decisions.get(component)?.carry)?.figures
  const before = carried(people)
  const changes: Record<string, SliceFigures['changes'][string]> = {}
  const counts: Record<string, SliceFigures['counts'][string]> = {}
  const withheld: Record<string, string> = {}
  for (const [component, decision] of decisions) {
    if (component === people) continue
    if (!decision.allowed) {
      withheld[component] = decision.because
      continue
    }
    const { changes: sums, counts: histograms } = carried(component) ?? current
    if (sums[component] !== undefined) changes[component] = sums[component]
    if (histograms[component] !== undefined) counts[component] = histograms[component]
  }
  return { episodes: (before ?? current).episodes, choices: (before ?? current).choices, changes, counts, withheld }
}
