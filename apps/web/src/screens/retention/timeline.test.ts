import { describe, expect, it } from 'vitest'
import { monthsFrom, summariseLane, toLanes, toStanding, toYears } from './timeline.ts'

describe('the timeline of the time machine', () => {
  it('has every month, across the turn of the year', () => {
    expect(monthsFrom('2026-11-27', 4)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02'])
  })

  it('draws all lanes to one scale, and what is small stays visible', () => {
    const foreseen = [
      { month: '2026-12', kind: 'dispose' as const, records: 200, firstOn: '2026-12-01' },
      { month: '2027-01', kind: 'blank' as const, records: 1, firstOn: '2027-01-05' },
    ]
    const lanes = toLanes({ from: '2026-11-27', foreseen }, 3)
    expect(lanes.map((lane) => lane.kind)).toEqual(['warn', 'eligible', 'dispose', 'blank'])
    expect(lanes[2]!.columns.map((column) => column.height)).toEqual([0, 1, 0])
    expect(lanes[3]!.columns.map((column) => column.height)).toEqual([0, 0, 0.06])
  })

  it('adds up what has happened by a month, and says of each lane how many and from when', () => {
    const foreseen = [
      { month: '2026-12', kind: 'eligible' as const, records: 5, firstOn: '2026-12-01' },
      { month: '2027-01', kind: 'eligible' as const, records: 7, firstOn: '2027-01-05' },
      { month: '2027-01', kind: 'dispose' as const, records: 5, firstOn: '2027-01-20' },
    ]
    const lanes = toLanes({ from: '2026-11-27', foreseen }, 3)
    expect(toStanding(lanes, 1)).toEqual({ warned: 0, gone: 0, blanked: 0, mayGo: 5 })
    expect(toStanding(lanes, 2)).toEqual({ warned: 0, gone: 5, blanked: 0, mayGo: 12 })
    expect(summariseLane(lanes[1]!)).toEqual({ records: 12, first: '2026-12' })
    expect(summariseLane(lanes[0]!)).toEqual({ records: 0, first: undefined })
  })

  it('names a year where there is room for it', () => {
    expect(toYears(monthsFrom('2026-11-27', 48)).map(({ year }) => year)).toEqual(['2027', '2028', '2029', '2030'])
    expect(toYears(monthsFrom('2026-06-01', 24)).map(({ at, year }) => [at, year])).toEqual([
      [0, '2026'],
      [7, '2027'],
      [19, '2028'],
    ])
  })
})
