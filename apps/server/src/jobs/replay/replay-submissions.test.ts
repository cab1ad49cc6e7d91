// The replay of accepted records, watched from outside: the record's state, what data support is shown, the export, the log and the stored bytes.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import { itemsGiven, readyPractitioner, sendSession, sendXml, sessionGiven, toXml } from '../../../test/submission.ts'
import { unzipReply } from '../../../test/unzip.ts'
import { readWaitingRecords } from '../../store/records/review-rows.ts'
import { makeJobRunner, type JobRunner } from '../run-jobs.ts'
import { replaySubmissionsJob } from './replay-submissions.ts'

let test: TestAttune
let practitioner: Client
let support: Client
let runner: JobRunner
beforeAll(async () => {
  test = await startAttune()
  practitioner = await readyPractitioner(test)
  support = await test.as('data-support')
  runner = await makeJobRunner(test.attune, [replaySubmissionsJob])
})
afterAll(async () => {
  await runner.stop()
  await test.stop()
})

const replay = async () => {
  test.clock.pass(11_000)
  expect(await runner.runDue()).toEqual(['replay-submissions'])
}
const send = async (more = {}) => {
  const instanceId = randomUUID()
  const reply = await sendSession(test, practitioner, more, { instanceId })
  expect(reply.status, reply.text).toBe(201)
  return instanceId
}
type Row = { review_state: string; review_places: { path: string; why: string }[]; xml_sealed: Buffer; answers_sealed: Buffer }
const rowOf = async (recordId: string) => (await askDatabase<Row>(test, 'select * from answers.records where record_id = $1', [recordId]))[0]!
const read = async (recordId: string) => (await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).body

describe('replaying records', () => {
  it('an honest record agrees; nothing of it changes and each replay is in the log', async () => {
    const recordId = await send({ measures_used: ['phq-9'], ...itemsGiven('phq9', [1, 2, 0, 1, 1, 0, 2, 1, 0]), phq9_total: '8' })
    const before = await rowOf(recordId)
    expect(before.review_state).toBe('received')
    await replay()
    const after = await rowOf(recordId)
    expect([after.review_state, after.review_places]).toEqual(['agreed', []])
    expect([after.xml_sealed.equals(before.xml_sealed), after.answers_sealed.equals(before.answers_sealed)]).toEqual([true, true])
    expect((await read(recordId)).review).toEqual({ state: 'agreed', reasons: [] })
    const events = await askDatabase<{ action: string }>(
      test,
      `select action from log.events where action = 'record.replay' or (action = 'record.review' and detail ->> 'recordId' = $1) order by event_id`,
      [recordId],
    )
    expect(events.map(({ action }) => action)).toEqual(['record.replay', 'record.review'])
  })

  it('a record that the engine reads otherwise is marked with the question and the reason, on the record and in the export, and not altered', async () => {
    // The shape check at the door lets a calculation through; the engine works it out anew.
    const recordId = await send({ measures_used: ['phq-9'], ...itemsGiven('phq9', [1, 2, 0, 1, 1, 0, 2, 1, 0]), phq9_total: '7' })
    const before = await rowOf(recordId)
    await replay()
    const after = await rowOf(recordId)
    expect([after.review_state, after.xml_sealed.equals(before.xml_sealed)]).toEqual(['differs', true])
    const { review, record } = await read(recordId)
    expect([record.reviewState, review.state]).toEqual(['differs', 'differs'])
    expect(review.reasons).toEqual([{ place: 'phq9_total', label: expect.any(String), why: 'differs' }])
    const file = await support.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' })
    const [heads, ...lines] = unzipReply(file).get('records.csv')!.toString('utf8').replace('\uFEFF', '').trim().split('\r\n')
    const column = heads!.split(',').indexOf('review_state')
    const states = Object.fromEntries(lines.map((line) => [line.split(',')[0]!, line.split(',').slice(column, column + 2)]))
    expect(states[recordId]).toEqual(['differs', 'phq9_total: The form works out another answer here.'])
    const [event] = await askDatabase<{ detail: object }>(
      test,
      `select detail from log.events where action = 'record.review' and detail ->> 'recordId' = $1`,
      [recordId],
    )
    expect(event!.detail).toEqual({ recordId, state: 'differs', places: 1, whys: ['differs'] })
  })

  it('what was not replayed when the server stopped is replayed by the next one', async () => {
    const recordId = await send()
    await runner.stop()
    expect((await rowOf(recordId)).review_state).toBe('received')
    runner = await makeJobRunner(test.attune, [replaySubmissionsJob])
    await replay()
    expect((await rowOf(recordId)).review_state).toBe('agreed')
  })

  it('a restricted record is left alone until the restriction is lifted', async () => {
    const recordId = await send()
    await askDatabase(test, 'update answers.records set restricted_at = now() where record_id = $1', [recordId])
    await replay()
    expect((await rowOf(recordId)).review_state).toBe('received')
    await askDatabase(test, 'update answers.records set restricted_at = null where record_id = $1', [recordId])
    await replay()
    expect((await rowOf(recordId)).review_state).toBe('agreed')
  })

  it('of many that wait the next few are read and the others are not', async () => {
    await Promise.all(Array.from({ length: 30 }, () => send()))
    const readSoFar = async () =>
      (
        await askDatabase<{ many: number }>(
          test,
          `select (seq_tup_read + idx_tup_fetch)::int as many from pg_stat_all_tables where relid = 'answers.records'::regclass`,
        )
      )[0]!.many
    // A connection tells what it has read at the end of a transaction, once a second at most, and else ten seconds after its last one.
    await sleep(11_000)
    const before = await readSoFar()
    const asked = { programmeId: test.attune.programme.id, limit: 3 }
    const first = await readWaitingRecords(test.attune.databases.attune, { ...asked, after: undefined })
    await sleep(1_500)
    const next = await readWaitingRecords(test.attune.databases.attune, { ...asked, after: first.at(-1) })
    expect(new Set([...first, ...next].map(({ recordId }) => recordId)).size).toBe(6)
    expect((await readSoFar()) - before).toBe(6)
    await replay()
  }, 60_000)

  it('the acknowledgement does not wait for it: it is given while a record that takes long is replayed', async () => {
    await Promise.all(Array.from({ length: 8 }, () => send()))
    test.clock.pass(11_000)
    const replaying = runner.runDue()
    let ended = false
    void replaying.then(() => (ended = true))
    const xml = toXml(getFormOfKind(test.attune.programme, 'client-record'), sessionGiven())
    expect((await sendXml(practitioner, xml)).status).toBe(201)
    expect(ended).toBe(false)
    await replaying
    await replay()
    expect(await askDatabase(test, `select count(*)::int as waiting from answers.records where review_state = 'received'`)).toEqual([{ waiting: 0 }])
  })
})
