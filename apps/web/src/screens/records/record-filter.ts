// Narrowing the records on the device: all rows of the service are here already, so each keystroke answers at once and asks the server nothing.
import type { RecordRow } from '@attune/contract'

export type RecordFilter = {
  readonly code: string
  readonly from: string
  readonly until: string
  readonly practitionerId: string
  readonly timePoint: string
  readonly ageGroup: string
  readonly measure: string
}

/** Leaves everything in. An empty word means "any". */
export const everyRecord: RecordFilter = { code: '', from: '', until: '', practitionerId: '', timePoint: '', ageGroup: '', measure: '' }

export type FilterName = keyof RecordFilter
export const filterNames = Object.keys(everyRecord) as FilterName[]

/** Codes are read aloud and copied with spaces and dashes, which are not part of them. */
const toBareCode = (code: string) => code.toLocaleUpperCase('en-GB').replaceAll(/[\s-]+/g, '')

/** The records that fit every filter set, in the order they came. */
export function filterRecords(records: readonly RecordRow[], filter: RecordFilter): readonly RecordRow[] {
  const code = toBareCode(filter.code)
  const tests: ((record: RecordRow) => boolean)[] = []
  if (code !== '') tests.push((record) => toBareCode(record.code).includes(code))
  if (filter.from !== '') tests.push((record) => record.sessionOn >= filter.from)
  if (filter.until !== '') tests.push((record) => record.sessionOn <= filter.until)
  if (filter.practitionerId !== '') tests.push((record) => record.practitionerId === filter.practitionerId)
  if (filter.timePoint !== '') tests.push((record) => record.timePoint === filter.timePoint)
  if (filter.ageGroup !== '') tests.push((record) => record.ageGroup === filter.ageGroup)
  if (filter.measure !== '') tests.push((record) => Object.hasOwn(record.scores, filter.measure))
  return tests.length === 0 ? records : records.filter((record) => tests.every((passes) => passes(record)))
}

/** The filters that narrow something, in the order of the panel. */
export function setFilters(filter: RecordFilter): readonly FilterName[] {
  return filterNames.filter((name) => filter[name] !== '')
}

/** The different values of one column, sorted, for a list to choose from. */
export function valuesOf(records: readonly RecordRow[], column: 'timePoint' | 'ageGroup'): readonly string[] {
  return [...new Set(records.map((record) => record[column]))]
    .filter((value) => value !== '')
    .sort((a, b) => a.localeCompare(b, 'en-GB', { numeric: true }))
}

/** The measures that any record has a score for, sorted. */
export function measuresOf(records: readonly RecordRow[]): readonly string[] {
  const seen = new Set<string>()
  for (const record of records) for (const measure in record.scores) seen.add(measure)
  return [...seen].sort()
}
