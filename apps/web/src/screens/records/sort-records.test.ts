import type { RecordRow } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { everyRecord, filterRecords, measuresOf, setFilters, valuesOf } from './record-filter.ts'
import { newestFirst, nextOrder, sortRecords } from './sort-records.ts'

const ada = '00000000-0000-4000-8000-00000000000a'
const ben = '00000000-0000-4000-8000-00000000000b'

function record(change: Partial<RecordRow>): RecordRow {
  return {
    recordId: '00000000-0000-4000-8000-000000000001',
    code: 'HART-27',
    sessionOn: '2026-03-01',
    sessionNo: 1,
    timePoint: 'before',
    sessionMode: 'face-to-face',
    ageGroup: '2-4',
    practitionerId: ada,
    scores: {},
    receivedAt: '2026-03-01T10:00:00Z',
    serviceCopy: true,
    reviewState: 'none',
    ...change,
  }
}

const first = record({ code: 'HART-27', sessionOn: '2026-03-01', timePoint: 'before', scores: { phq9: 14 } })
const later = record({
  code: 'HART-27',
  sessionOn: '2026-06-12',
  timePoint: 'after',
  scores: { phq9: 9, gad7: 4 },
  practitionerId: ben,
  sessionNo: 4,
})
const other = record({ code: 'WREN 4', sessionOn: '2026-05-20', timePoint: 'during', ageGroup: 'pre-birth', practitionerId: null, sessionNo: null })
const all = [first, later, other]

describe('filtering', () => {
  it('a code is found with or without its dashes and spaces', () => {
    expect(filterRecords(all, { ...everyRecord, code: 'hart27' })).toEqual([first, later])
    expect(filterRecords(all, { ...everyRecord, code: 'WREN-4' })).toEqual([other])
  })
  it('both ends of a period count', () => {
    expect(filterRecords(all, { ...everyRecord, from: '2026-05-20', until: '2026-06-12' })).toEqual([later, other])
  })
  it('filters work together', () => {
    expect(filterRecords(all, { ...everyRecord, code: 'HART', practitionerId: ben, measure: 'gad7' })).toEqual([later])
    expect(filterRecords(all, { ...everyRecord, timePoint: 'after', ageGroup: 'pre-birth' })).toEqual([])
  })
  it('nothing set leaves every record in', () => expect(filterRecords(all, everyRecord)).toBe(all))
  it('the choices are what the records hold', () => {
    expect(valuesOf(all, 'ageGroup')).toEqual(['2-4', 'pre-birth'])
    expect(measuresOf(all)).toEqual(['gad7', 'phq9'])
    expect(setFilters({ ...everyRecord, until: '2026-01-01', code: 'x' })).toEqual(['code', 'until'])
  })
})

describe('sorting', () => {
  it('newest session first', () => expect(sortRecords(all, newestFirst)).toEqual([later, other, first]))
  it('time points follow the intervention, not the alphabet', () => {
    expect(sortRecords(all, { key: 'timePoint', down: false }).map((row) => row.timePoint)).toEqual(['before', 'during', 'after'])
  })
  it('age groups follow the years, with pre-birth first', () => {
    expect(sortRecords(all, { key: 'ageGroup', down: false })[0]).toBe(other)
  })
  it('scores sort as numbers and rows without one stay last both ways', () => {
    expect(sortRecords(all, { key: 'score:phq9', down: false })).toEqual([later, first, other])
    expect(sortRecords(all, { key: 'score:phq9', down: true })).toEqual([first, later, other])
  })
  it('practitioners sort by name', () => {
    const names = new Map([
      [ada, 'Zoe Ash'],
      [ben, 'Ben Lowe'],
    ])
    expect(sortRecords(all, { key: 'practitioner', down: false }, names)).toEqual([later, first, other])
  })
  it('equal cells keep the newest session first', () => {
    expect(sortRecords([first, later], { key: 'code', down: false })).toEqual([later, first])
  })
  it('pressing a heading again turns the order round', () => {
    expect(nextOrder({ key: 'code', down: false }, 'code')).toEqual({ key: 'code', down: true })
    expect(nextOrder(newestFirst, 'code')).toEqual({ key: 'code', down: false })
    expect(nextOrder({ key: 'code', down: true }, 'sessionOn')).toEqual({ key: 'sessionOn', down: true })
  })
})
