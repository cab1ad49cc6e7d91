import { roles, type Role } from '@attune/policy'
import { describe, expect, it } from 'vitest'
import { newDevice } from '../device.fixture.ts'

newDevice()
const { roomRoutes } = await import('../screens/routes.ts')
const { findHere, groupPlaces, listPlaces } = await import('./places.ts')

const screens = roomRoutes.map(({ path, meta }) => ({ path, meta: meta ?? {} }))
const placesOf = (role: Role) => listPlaces(screens, role)
const pathsOf = (role: Role) =>
  groupPlaces(placesOf(role)).map((entry) => ('place' in entry ? entry.place.path : [entry.group, ...entry.places.map(({ path }) => path)]))

describe('the places of the main navigation', () => {
  it.each(roles)('leave out nothing when they are grouped, and fit into one row of a laptop: %s', (role) => {
    const entries = groupPlaces(placesOf(role))
    const shown = entries.flatMap((entry) => ('place' in entry ? [entry.place] : entry.places))
    expect(shown.map(({ path }) => path).sort()).toEqual(
      placesOf(role)
        .map(({ path }) => path)
        .sort(),
    )
    expect(entries.length).toBeLessThanOrEqual(7)
  })

  it('of an administrator are home and five subjects', () => {
    expect(pathsOf('administrator')).toEqual([
      '/',
      ['people', '/services', '/people'],
      ['rights', '/find-code', '/rights', '/incidents', '/retention'],
      ['forms', '/forms'],
      ['evidence', '/reports/national', '/audits', '/assurance', '/log'],
      ['system', '/backups', '/webhooks', '/letters'],
    ])
  })

  it('of a practitioner stand side by side', () => {
    expect(pathsOf('practitioner')).toEqual(['/', '/drafts', '/waiting', '/my-data'])
  })

  it('know of a page below two of them that it belongs to the nearer one, and of home that it is home alone', () => {
    const places = placesOf('analyst')
    expect(findHere(places, '/reports/national/programs')?.path).toBe('/reports/national/programs')
    expect(findHere(places, '/reports/national/summary')?.path).toBe('/reports/national')
    expect(findHere(places, '/')?.path).toBe('/')
    expect(findHere(places, '/settings')).toBeUndefined()
  })
})
