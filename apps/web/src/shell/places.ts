// The places of the main navigation: which of them a role has, how many of them are grouped, and which one a page belongs to.
import type { Role } from '@attune/policy'
import type { MessageKey } from '../messages/index.ts'

export const placeGroups = ['people', 'rights', 'forms', 'evidence', 'system'] as const
export type PlaceGroup = (typeof placeGroups)[number]

/** What a screen's route says about its place in the navigation. */
export type NavPlace = { readonly label: MessageKey; readonly order: number; readonly group?: PlaceGroup; readonly says?: MessageKey }
export type Place = NavPlace & { readonly path: string }
/** A place by itself, or several under one heading. */
export type NavEntry = { readonly place: Place } | { readonly group: PlaceGroup; readonly places: readonly Place[] }

type Screen = { readonly path: string; readonly meta: { readonly nav?: NavPlace; readonly roles?: readonly Role[] } }

/** Most that stand side by side without being grouped: one row of a laptop. */
const mostUngrouped = 7

/** The places that a role has, in their order. */
export const listPlaces = (screens: readonly Screen[], role: Role): Place[] =>
  screens
    .flatMap(({ path, meta }) => (meta.nav !== undefined && (meta.roles === undefined || meta.roles.includes(role)) ? [{ ...meta.nav, path }] : []))
    .sort((one, other) => one.order - other.order)

/**
 * The same places under headings once there are more than one row holds. What has no group stands first, by itself.
 *
 * @example groupPlaces(fourteenPlaces) // [{ place: home }, { group: 'people', places: [services, people] }, …]
 */
export function groupPlaces(places: readonly Place[]): NavEntry[] {
  if (places.length <= mostUngrouped) return places.map((place) => ({ place }))
  const alone = places.filter(({ group }) => group === undefined).map((place) => ({ place }))
  const grouped = placeGroups
    .map((group) => ({ group, places: places.filter((place) => place.group === group) }))
    .filter((entry) => entry.places.length > 0)
  return [...alone, ...grouped]
}

/** The place that a page belongs to: of those that its path begins with, the longest. */
export function findHere(places: readonly Place[], path: string): Place | undefined {
  const around = places.filter((place) => (place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`)))
  return around.sort((one, other) => other.path.length - one.path.length)[0]
}
