import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../../test/submission.ts'
import { foldSums } from '../../store/sums/fold-sums.ts'
import { verifySums } from './verify-sums.ts'

let test: TestAttune
const phq = (score: number) =>
  itemsGiven(
    'phq9',
    Array.from({ length: 9 }, () => score),
  )
beforeAll(async () => {
  test = await startAttune()
  for (const service of ['north', 'south']) {
    const practitioner = await readyPractitioner(test, service)
    for (let client = 0; client < 3; client++) {
      const always = { client_code: newCode(), measures_used: ['phq-9'], other_support: client === 0 ? ['education', 'social-care'] : ['none'] }
      await sendSession(test, practitioner, { ...always, ...phq(3 - client) })
      await sendSession(test, practitioner, {
        ...always,
        session_on: '2025-10-02',
        session_no: '2',
        time_point: 'after',
        session_mode: client === 1 ? 'online' : 'face-to-face',
        helped_by: ['having-goals'],
        ...phq(1),
      })
    }
  }
})
afterAll(() => test.stop())

describe('sums against the sealed answers', () => {
  it('agree right after submitting, before and after folding, and a restricted record is in neither', async () => {
    const before = await verifySums(test.attune)
    expect([before.records, before.clients, before.unreadable, before.differing]).toEqual([12, 6, 0, []])
    expect(before.cells).toBeGreaterThan(30)
    await foldSums(test.attune.databases.attune)
    const [record] = await askDatabase<{ record_id: string }>(
      test,
      `select record_id from answers.records where service_id = 'south' order by 1 limit 1`,
    )
    await askDatabase(test, `select answers.restrict_record('south', $1, true)`, [record!.record_id])
    expect(await verifySums(test.attune)).toMatchObject({ records: 11, clients: 6, differing: [] })
  })

  it('a single changed number is found and its cell named, without a number in the answer', async () => {
    await askDatabase(test, `update sums.change_sums set sxy = sxy + 1 where (service_id, measure, pair) = ('north', 'phq-9', 'kept') and n > 0`)
    const { differing } = await verifySums(test.attune)
    expect(differing.length).toBeGreaterThan(0)
    for (const cell of differing) expect(cell).toMatch(/^sums\|north\|[^|]+\|2025-Q3\|2-4\|[^|]*\|[^|]*\|phq-9\/total\|kept$/)
  })

  it('a score that does not follow from the answers is found', async () => {
    await askDatabase(
      test,
      `update scores.record_scores set scores[array_position(scales, 'phq-9/total')] = 26 where service_id = 'south' and time_point = 'before'`,
    )
    expect((await verifySums(test.attune)).differing.some((cell) => cell.startsWith('sums|south|'))).toBe(true)
  })
})
