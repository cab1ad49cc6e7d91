import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { itemsGiven, readyPractitioner, sendSession } from '../../../test/submission.ts'
import { withActor } from '../with-actor.ts'
import { copyRecordRows, type CopyPage, type CopyRow } from './copy-rows.ts'
import { findRecordRows, type RecordFilter, type SealedRow } from './record-rows.ts'

let test: TestAttune
const ids = Array.from({ length: 5 }, () => randomUUID())
beforeAll(async () => {
  test = await startAttune()
  const practitioner = await readyPractitioner(test, 'north')
  const measure = { measures_used: ['gad-7'], ...itemsGiven('gad7', [0, 1, 2, 3, 0, 1, 2]), gad7_complete: 'yes', gad7_total: '9' }
  for (const [at, instanceId] of ids.entries())
    await sendSession(
      test,
      practitioner,
      { session_on: `2025-10-0${at + 1}`, ...(at === 0 && measure), ...(at === 1 && { service_copy: 'no' }) },
      { instanceId },
    )
  await askDatabase(
    test,
    `update answers.records set review_state = 'differs', review_places = '[{"path": "/it''s", "why": "differs"}]' where record_id = $1 returning 1`,
    [ids[2]],
  )
  await askDatabase(test, `delete from identity.record_authors where record_id = $1 returning 1`, [ids[3]])
})
afterAll(() => test.stop())

const support = { role: 'data-support', serviceId: 'north', accountId: randomUUID() } as const
type Asked = Omit<RecordFilter, 'after' | 'codeHashes'>

function copied(filter: Asked, scores: boolean, newestFirst = false): Promise<CopyRow[]> {
  return withActor(test.attune.databases.attune, support, 'download', async (trx) => {
    const rows: CopyRow[] = []
    for await (const page of copyRecordRows(trx, filter, { scores, newestFirst })) rows.push(...rowsOf(page).map(kept))
    // The connection is whole again: what follows in the transaction is answered.
    expect(await findRecordRows(trx, filter, 1)).toHaveLength(Math.min(1, rows.length))
    return rows
  })
}
const rowsOf = (page: CopyPage) => Array.from({ length: page.length }, (_, at) => page.row(at))
const found = (filter: Asked) => withActor(test.attune.databases.attune, support, 'download', (trx) => findRecordRows(trx, filter, 100))
const kept = ({ codeSealed: _, ...row }: CopyRow & Partial<SealedRow>): CopyRow => ({ ...row, answersSealed: Buffer.from(row.answersSealed) })
const byId = (rows: readonly CopyRow[]) => [...rows].sort((one, other) => (one.recordId < other.recordId ? -1 : 1)).map(kept)

describe('rows for a copy', () => {
  it('are those that pages hold, value for value, whatever was asked', async () => {
    const filters: Asked[] = [
      {},
      { from: '2025-10-02', until: '2025-10-04' },
      { serviceCopy: true },
      { receivedFrom: new Date(Date.now() - 3_600_000), receivedBefore: new Date(Date.now() + 3_600_000) },
      { receivedBefore: new Date('2001-01-01') },
      { recordId: ids[0]! },
      { until: "2025-10-04' or true --" },
    ]
    for (const filter of filters.slice(0, -1)) expect(byId(await copied(filter, true))).toEqual(byId(await found(filter)))
    expect((await copied({}, true)).map(({ recordId }) => recordId).sort()).toEqual([...ids].sort())
    await expect(copied(filters.at(-1)!, true)).rejects.toThrow(/invalid input syntax for type date/)
  })

  it('come newest first where that was asked for', async () => {
    await askDatabase(test, `update answers.records set service_copy = service_copy where record_id = $1 returning 1`, [ids[4]])
    await askDatabase(test, `update answers.records set service_copy = service_copy where record_id = $1 returning 1`, [ids[0]])
    expect((await copied({}, false, true)).map(({ recordId }) => recordId)).toEqual((await found({})).map(({ recordId }) => recordId))
  })

  it('leave scores out where nobody asked for them', async () => {
    const [withScores] = (await copied({ recordId: ids[0]! }, true)).map(({ scores }) => scores.length)
    expect(withScores).toBeGreaterThan(0)
    expect((await copied({ recordId: ids[0]! }, false))[0]).toMatchObject({ scores: [], scales: [] })
  })

  it('come whole when they are larger than what is read at a time', async () => {
    const long = Buffer.alloc(700_000, 7)
    await askDatabase(test, `update answers.records set answers_sealed = $2 where record_id = $1 returning 1`, [ids[4], long])
    const rows = await copied({}, false)
    expect(rows).toHaveLength(5)
    expect(rows.find(({ recordId }) => recordId === ids[4])!.answersSealed.equals(long)).toBe(true)
  })

  it('are as they were sent while the page after them is read, of many pages', async () => {
    await askDatabase(
      test,
      `update answers.records set answers_sealed = decode(repeat(to_hex(get_byte(uuid_send(record_id), 0) + 256), 60000), 'hex') where octet_length(answers_sealed) < 100000 returning 1`,
    )
    await withActor(test.attune.databases.attune, support, 'download', async (trx) => {
      let pages = 0
      let before: readonly (readonly [CopyRow, Buffer])[] = []
      for await (const page of copyRecordRows(trx, {}, { scores: false, newestFirst: false })) {
        pages++
        expect(before.every(([row, bytes]) => bytes.equals(row.answersSealed))).toBe(true)
        before = rowsOf(page).map((row) => [row, Buffer.from(row.answersSealed)] as const)
      }
      expect(pages).toBeGreaterThan(2)
    })
  })

  it('free the connection when whoever reads them stops early', async () => {
    const left = await withActor(test.attune.databases.attune, support, 'download', async (trx) => {
      for await (const page of copyRecordRows(trx, {}, { scores: false, newestFirst: false })) if (page.length > 0) break
      return findRecordRows(trx, {}, 100)
    })
    expect(left).toHaveLength(5)
  })
})
