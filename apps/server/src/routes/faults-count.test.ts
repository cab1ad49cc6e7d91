// What the run counts at its end: a thing that is missing or there twice is found, and a long run is counted as fast as it was sent.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../test/attune.ts'
import { readyPractitioner, sendSession } from '../../test/submission.ts'
import { withClient } from '../store/postgres-databases.ts'
import { countIn } from '../../../../tools/faults/run-faults.ts'

let test: TestAttune
beforeAll(async () => {
  test = await startAttune()
})
afterAll(() => test.stop())

it('finds what was lost and what is there twice', async () => {
  const practitioner = await readyPractitioner(test, 'north')
  const ids = Array.from({ length: 5 }, () => randomUUID())
  for (const instanceId of ids) await sendSession(test, practitioner, {}, { instanceId })
  const [whole, noScores, noAuthor, twice, noEvent] = ids as [string, string, string, string, string]
  const never = randomUUID()
  await withClient(test.databases.admin.attune, async (admin) => {
    await admin.query('set session_replication_role = replica')
    await admin.query('delete from scores.record_scores where record_id = $1', [noScores])
    await admin.query('delete from identity.record_authors where record_id = $1', [noAuthor])
    await admin.query(`delete from log.events where detail ->> 'recordId' = $1`, [noEvent])
    await admin.query(
      `insert into log.events (service_id, account_id, role, action, purpose, outcome, detail)
       select service_id, account_id, role, action, purpose, outcome, detail from log.events where action = 'record.submit' and detail ->> 'recordId' = $1`,
      [twice],
    )
    const { lost, doubled } = await countIn(admin, [...ids, never])
    expect([...lost].sort()).toEqual([noScores, noAuthor, noEvent, never].sort())
    expect(doubled).toEqual([twice])
    expect(await countIn(admin, [whole])).toEqual({ lost: [], doubled: [] })
  })
})

it('reads no table once for each record', async () => {
  await withClient(test.databases.admin.attune, async (admin) => {
    const many = Array.from({ length: 20_000 }, () => randomUUID())
    await admin.query('set session_replication_role = replica')
    await admin.query(
      `insert into identity.record_authors (service_id, record_id, practitioner_id, session_on) select 'north', id, gen_random_uuid(), '2025-01-01' from unnest($1::uuid[]) id`,
      [many],
    )
    await admin.query('analyze identity.record_authors')
    await admin.query(`set statement_timeout = '5s'`)
    expect((await countIn(admin, many)).lost).toHaveLength(20_000)
  })
})
