// Columns that hold one of a few words refuse every other, whoever writes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { askDatabase } from '../../test/ask-database.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
  await sendSession(test, await readyPractitioner(test))
})
afterAll(() => test.stop())

const columns = [
  ['answers.clients', 'code_source', 'form'],
  ['answers.records', 'review_state', 'differs'],
  ['scores.record_scores', 'time_point', 'during'],
  ['log.events', 'outcome', 'failed'],
] as const

describe('a column of words', () => {
  it.each(columns)('%s: %s takes a word it has and no other', async (table, column, word) => {
    const write = (value: string) => askDatabase(test, `update ${table} set ${column} = $1 returning ${column}`, [value])
    expect((await write(word)).length).toBeGreaterThan(0)
    await expect(write('another')).rejects.toMatchObject({ code: '23514' })
  })
})
