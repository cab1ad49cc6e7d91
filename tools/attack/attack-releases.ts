// An attacker who holds every release of a made-up world and knows who is in each cut. Two releases are subtracted; somebody is recovered when
// what is left is about fewer people than the policy allows, so that a mean, a spread or a count about those few comes out.
import { decideRelease, type EarlierRelease, type PopulationCell, type SliceFilter } from '@attune/measures'

type Person = {
  readonly id: number
  readonly serviceId: string
  readonly place: Omit<PopulationCell, 'component' | 'serviceId' | 'n'>
  readonly measured: boolean
}
/** A figure that is out: the people it is about. */
type Shown = { readonly release: string; readonly component: string; readonly people: ReadonlySet<number> }

export type Attack = { readonly pairs: number; readonly recovered: number; readonly released: number; readonly asked: number }

/** Small, seeded and good enough for made-up people (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const periods = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4']
const ages = ['0-2', '2-4', '5-11']
const modes = ['face-to-face', 'online']
const supports = ['none', 'education', 'social-care']
const differBy = 10

/** `guarded: false` takes the rules away: what the attacker would find then. */
export function attackReleases({ pairs, seed, guarded }: { readonly pairs: number; readonly seed: number; readonly guarded: boolean }): Attack {
  const chance = seededChance(seed)
  const total = { pairs: 0, recovered: 0, released: 0, asked: 0 }
  while (total.pairs < pairs) {
    const world = liveThrough(chance, guarded)
    total.released += world.shown.length
    total.asked += world.asked
    for (const [at, one] of world.shown.entries()) {
      for (const other of world.shown.slice(at + 1)) {
        if (one.component !== other.component || total.pairs >= pairs) continue
        total.pairs += 1
        if (isRecovered(one.people, other.people)) total.recovered += 1
      }
    }
  }
  return total
}

function isRecovered(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  const onlyOne = [...one].filter((id) => !other.has(id)).length
  const onlyOther = [...other].filter((id) => !one.has(id)).length
  if (one.size < differBy || other.size < differBy) return true
  // Without a common part nothing cancels out.
  return onlyOne < one.size && onlyOne + onlyOther > 0 && onlyOne + onlyOther < differBy
}

// A service or a programme over some quarters: cuts are asked for at random, and between them people arrive late, are corrected or erased.
function liveThrough(chance: () => number, guarded: boolean): { readonly shown: readonly Shown[]; readonly asked: number } {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!
  let nextId = 0
  const born = (): Person => ({
    id: nextId++,
    serviceId: pick(['a', 'a', 'b', 'c']),
    place: { period: pick(periods), ageGroup: pick(ages), mode: pick(modes), support: chance() < 0.2 ? 'education social-care' : pick(supports) },
    measured: chance() < 0.8,
  })
  const overServices = chance() < 0.5
  const people = Array.from({ length: 30 + Math.floor(chance() * 250) }, born)
  const earlier: (EarlierRelease & { readonly sets: Readonly<Record<string, ReadonlySet<number>>> })[] = []
  const shown: Shown[] = []
  const filters = Array.from({ length: 12 }, (): SliceFilter => {
    const from = chance() < 0.5 ? 0 : Math.floor(chance() * 4)
    const until = chance() < 0.5 ? 3 : Math.max(from, Math.floor(chance() * 4))
    const maybe = (list: readonly string[], often: number) => (chance() < often ? pick(list) : '')
    return { from: periods[from]!, until: periods[until]!, ageGroup: maybe(ages, 0.4), mode: maybe(modes, 0.3), support: maybe(supports, 0.3) }
  })
  for (const [at, filter] of filters.entries()) {
    const asked = chance() < 0.25 && at > 0 ? filters[Math.floor(chance() * at)]! : filter
    const population = toPopulation(people)
    const rules = { differBy, overServices }
    const decisions = guarded
      ? decideRelease(earlier, asked, population, rules)
      : new Map(['people', 'score'].map((component) => [component, { allowed: true, carry: undefined }] as const))
    const sets: Record<string, ReadonlySet<number>> = {}
    for (const [component, { allowed, carry }] of decisions) {
      if (!allowed) continue
      const before = earlier.find((release) => release.id === carry)
      sets[component] = before?.sets[component] ?? membersOf(people, asked, component)
      // Without rules, suppression of small numbers alone still holds.
      if (guarded || sets[component].size >= differBy) shown.push({ release: String(at), component, people: sets[component] })
    }
    if (sets['people'] !== undefined)
      earlier.push({
        id: String(at),
        label: String(at),
        filter: asked,
        sets,
        people: Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, set.size])),
      })
    if (chance() < 0.4) {
      for (let late = Math.floor(chance() * 6); late > 0; late--) people.push(born())
      for (let gone = Math.floor(chance() * 4); gone > 0; gone--) people.splice(Math.floor(chance() * people.length), 1)
    }
  }
  return { shown, asked: filters.length }
}

function membersOf(people: readonly Person[], filter: SliceFilter, component: string): ReadonlySet<number> {
  const { from, until, ageGroup, mode, support } = filter
  return new Set(
    people
      .filter(
        ({ place, measured }) =>
          (component === 'people' || measured) &&
          place.period >= from &&
          place.period <= until &&
          ['', place.ageGroup].includes(ageGroup) &&
          ['', place.mode].includes(mode) &&
          ['', ...place.support.split(' ')].includes(support),
      )
      .map(({ id }) => id),
  )
}

function toPopulation(people: readonly Person[]): PopulationCell[] {
  const cells = new Map<string, PopulationCell>()
  for (const { serviceId, place, measured } of people) {
    for (const component of measured ? ['people', 'score'] : ['people']) {
      const key = [component, serviceId, ...Object.values(place)].join('|')
      cells.set(key, { component, serviceId, ...place, n: (cells.get(key)?.n ?? 0) + 1 })
    }
  }
  return [...cells.values()]
}
