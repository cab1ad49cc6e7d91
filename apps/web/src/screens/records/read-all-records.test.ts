import type { RecordRow, RecordsPage, RecordsQuery } from '@attune/contract'
import { describe, expect, it } from 'vitest'
import { readAllRecords, type Reading } from './read-all-records.ts'

function recordNo(number: number): RecordRow {
  return {
    recordId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    code: `CODE-${number}`,
    sessionOn: '2026-03-01',
    sessionNo: 1,
    timePoint: 'before',
    sessionMode: 'online',
    ageGroup: '0-2',
    practitionerId: null,
    scores: {},
    receivedAt: '2026-03-01T10:00:00Z',
    serviceCopy: true,
    reviewState: 'none',
  }
}

/** A service with that many records; `overlap` rows of a page come again on the next, as when somebody sends while we read. */
function serviceOf(rows: number, overlap = 0) {
  const asked: RecordsQuery[] = []
  const ask = (query: RecordsQuery): Promise<RecordsPage> => {
    asked.push(query)
    const start = Math.max(0, Number(query.after ?? '0') - overlap)
    const end = Math.min(rows, start + (query.limit ?? 100))
    return Promise.resolve({
      records: Array.from({ length: end - start }, (_, index) => recordNo(start + index)),
      total: rows,
      next: end < rows ? String(end) : null,
    })
  }
  return { ask, asked }
}

async function allOf(readings: AsyncGenerator<Reading>) {
  const list: Reading[] = []
  for await (const reading of readings) list.push(reading)
  return list
}

describe('reading all records of a service', () => {
  it('a small first page, then large ones, until the last', async () => {
    const service = serviceOf(5000)
    const readings = await allOf(readAllRecords(service.ask))
    expect(readings.map((reading) => [reading.records.length, reading.total, reading.complete])).toEqual([
      [200, 5000, false],
      [2200, 5000, false],
      [4200, 5000, false],
      [5000, 5000, true],
    ])
    expect(service.asked.map((query) => query.limit)).toEqual([200, 2000, 2000, 2000])
  })

  it('a record met twice is kept once', async () => {
    const readings = await allOf(readAllRecords(serviceOf(450, 3).ask))
    expect(readings.at(-1)).toMatchObject({ total: 450, complete: true })
    expect(new Set(readings.at(-1)?.records.map((record) => record.recordId)).size).toBe(450)
  })

  it('a service with no records is read in one page', async () => {
    expect(await allOf(readAllRecords(serviceOf(0).ask))).toEqual([{ records: [], total: 0, complete: true }])
  })

  it('nothing more is asked once the reader leaves', async () => {
    const service = serviceOf(9000)
    for await (const reading of readAllRecords(service.ask)) if (reading.records.length > 200) break
    expect(service.asked).toHaveLength(2)
  })
})
