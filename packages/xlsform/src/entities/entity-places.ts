import type { Section } from '../form-tree.ts'
import type { IssueList } from '../issues.ts'
import { toChain, type PlaceWish } from './entity-place.ts'

/** Gives each entity a section of its own: at best the one it wants, else the next above it that is free within its scope. */
export function toEntityPlaces(wishes: readonly PlaceWish[], root: Section, { report }: IssueList): ReadonlyMap<Section, string> {
  const [only] = wishes
  // A single entity of the whole form stands at the top, where servers of before 2025 look for it.
  if (only !== undefined && wishes.length === 1 && only.scope === root) return new Map([[root, only.list]])
  const places = new Map<Section, string>()
  const reserved = new Map<Section, string>()
  const rows = new Map(wishes.map(({ list, place }) => [list, place.row]))
  for (const wishesOfScope of toGroups(wishes)) {
    for (const wish of wishesOfScope.toSorted((a, b) => a.place.row - b.place.row)) {
      const other = placeOne(wish, places, reserved)
      if (other !== undefined) report('entity-place', wish.place, { list: wish.list, other, row: rows.get(other) ?? '' })
    }
  }
  return places
}

function toGroups(wishes: readonly PlaceWish[]): PlaceWish[][] {
  const groups = new Map<Section, PlaceWish[]>()
  for (const wish of wishes) groups.set(wish.scope, [...(groups.get(wish.scope) ?? []), wish])
  return [...groups.values()]
}

/** Places one entity; gives the list that stands in its way if there is no room. */
function placeOne({ list, scope, wanted, savedIn }: PlaceWish, places: Map<Section, string>, reserved: Map<Section, string>): string | undefined {
  let inTheWay: string | undefined
  for (let at: Section | undefined = wanted; at !== undefined; at = at === scope ? undefined : at.parent) {
    inTheWay = places.get(at) ?? reserved.get(at)
    if (inTheWay === undefined) {
      places.set(at, list)
      for (const section of [at, ...savedIn.flatMap((saved) => toBelow(saved, at as Section))]) reserved.set(section, list)
      return undefined
    }
    const taken = savedIn.map((saved) => reserved.get(saved)).find((other) => other !== undefined)
    if (taken !== undefined) return taken
  }
  return inTheWay
}

/** A section and those around it, up to and with the top one. */
function toBelow(section: Section, top: Section): Section[] {
  const chain = toChain(section)
  return chain.slice(chain.indexOf(top))
}
