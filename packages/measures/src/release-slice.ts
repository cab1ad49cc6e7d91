// Which parts of an asked cut of the sums may be released beside everything that is already out (maySlice for each figure), and which have to
// repeat what was released before, because too few people came or went since. A figure belongs to a component: the people, or one pair of
// times of one score. Pure, so that an attacker can be let loose on it (attack-releases.test.ts).
import { maySlice, type SliceDecision } from './may-slice.ts'
import type { DisclosureRules } from './suppress.ts'

/** What a report is cut by; '' = not cut. Periods are first and last, both included, and sort as text. */
export type SliceFilter = {
  readonly from: string
  readonly until: string
  readonly ageGroup: string
  readonly mode: string
  /** One kind of other support: everybody who has it, whatever else they have. */
  readonly support: string
}

/** People of one smallest cell. `support` lists every kind, with blanks between. */
export type PopulationCell = {
  readonly component: string
  readonly serviceId: string
  readonly period: string
  readonly ageGroup: string
  readonly mode: string
  readonly support: string
  readonly n: number
}

/** A release that is out, with the people behind each component that it showed. */
export type EarlierRelease = {
  readonly id: string
  readonly label: string
  readonly filter: SliceFilter
  readonly people: Readonly<Record<string, number>>
}

/** `carry`: show again what that release showed. */
export type ComponentDecision = SliceDecision & { readonly carry?: string }

export type ReleaseRules = Pick<DisclosureRules, 'differBy'> & {
  /** Whether the figures are over several services, none of which may be seen through them. */
  readonly overServices: boolean
}

/** Whether the people of a cell are in the slice. */
export function isInSlice(filter: SliceFilter, cell: Omit<PopulationCell, 'component' | 'serviceId' | 'n'>): boolean {
  return (
    cell.period >= filter.from &&
    cell.period <= filter.until &&
    (filter.ageGroup === '' || filter.ageGroup === cell.ageGroup) &&
    (filter.mode === '' || filter.mode === cell.mode) &&
    (filter.support === '' || cell.support.split(' ').includes(filter.support))
  )
}

/** One decision per component that has people in the asked slice. `population` is of this moment, for the whole scope of the releases. */
export function decideRelease(
  earlier: readonly EarlierRelease[],
  asked: SliceFilter,
  population: readonly PopulationCell[],
  rules: ReleaseRules,
): ReadonlyMap<string, ComponentDecision> {
  const filters = [...earlier.map((release) => release.filter), asked]
  const byComponent = new Map<string, { masks: Map<string, number>; services: Map<string, number> }>()
  const masks = new Map<string, string>()
  for (const cell of population) {
    const place = `${cell.period}|${cell.ageGroup}|${cell.mode}|${cell.support}`
    let mask = masks.get(place)
    if (mask === undefined) masks.set(place, (mask = filters.map((filter) => (isInSlice(filter, cell) ? '1' : '0')).join('')))
    const component = byComponent.get(cell.component) ?? { masks: new Map<string, number>(), services: new Map<string, number>() }
    byComponent.set(cell.component, component)
    component.masks.set(mask, (component.masks.get(mask) ?? 0) + cell.n)
    if (mask.endsWith('1')) component.services.set(cell.serviceId, (component.services.get(cell.serviceId) ?? 0) + cell.n)
  }
  const decisions = new Map<string, ComponentDecision>()
  for (const [component, { masks: cells, services }] of byComponent) {
    if (services.size === 0) continue
    decisions.set(component, decide(component, cells, services, earlier, rules))
  }
  return decisions
}

function decide(
  component: string,
  cells: ReadonlyMap<string, number>,
  services: ReadonlyMap<string, number>,
  earlier: readonly EarlierRelease[],
  rules: ReleaseRules,
): ComponentDecision {
  const at = (slice: number) => Object.fromEntries([...cells].filter(([mask]) => mask[slice] === '1'))
  const asked = at(earlier.length)
  const people = sumOf(asked)
  const shown = earlier.flatMap((release, slice) => {
    const then = release.people[component]
    return then === undefined ? [] : [{ ...release, then, cells: at(slice) }]
  })
  const same = shown.findLast((release) => isSame(release.cells, asked) && Math.abs(release.then - people) < rules.differBy)
  if (same !== undefined) return { allowed: true, carry: same.id }
  if (rules.overServices) {
    if (services.size < 2)
      return { allowed: false, because: 'Only one service has these figures, so they would be that service’s and not those of all.' }
    const largest = Math.max(...services.values())
    if (people - largest < rules.differBy)
      return {
        allowed: false,
        because: `Without the largest service fewer than ${rules.differBy} people are left, whom that service could work out.`,
      }
  }
  // People came and went since a release, so its cells are not quite those of now: as many as its total moved are not counted on.
  for (const release of shown) {
    const moved = Math.abs(release.then - sumOf(release.cells))
    const differing = differenceOf(release.cells, asked)
    if (moved > 0 && differing > 0 && differing - moved < rules.differBy && sharesPeople(release.cells, asked))
      return {
        allowed: false,
        because: `Since "${release.label}" was released people came or went, so that the difference could be about fewer than ${rules.differBy}.`,
      }
  }
  return maySlice(
    shown.map((release) => ({ id: release.label, cells: release.cells })),
    { id: 'asked', cells: asked },
    rules,
  )
}

type Cells = Readonly<Record<string, number>>

function sumOf(cells: Cells): number {
  return Object.values(cells).reduce((sum, n) => sum + n, 0)
}

function differenceOf(one: Cells, other: Cells): number {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].reduce((sum, cell) => sum + Math.abs((one[cell] ?? 0) - (other[cell] ?? 0)), 0)
}

function sharesPeople(one: Cells, other: Cells): boolean {
  return Object.keys(one).some((cell) => Math.min(one[cell] ?? 0, other[cell] ?? 0) > 0)
}

function isSame(one: Cells, other: Cells): boolean {
  const keys = Object.keys(one).filter((key) => one[key] !== 0)
  return keys.length === Object.keys(other).filter((key) => other[key] !== 0).length && keys.every((key) => one[key] === other[key])
}
