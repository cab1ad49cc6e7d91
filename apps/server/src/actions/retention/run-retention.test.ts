// Years pass: what the daily run does to records, names and requests, watched from outside. Each run may come twice or break off.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import type { Client, TestAttune } from '../../../test/attune.ts'
import { openDesk, type Desk } from '../../../test/rights-desk.ts'
import { newCode, readyPractitioner } from '../../../test/submission.ts'
import { runRetention } from './run-retention.ts'

let desk: Desk
let test: TestAttune
const start = '2025-11-21T10:00:00Z'
beforeAll(async () => {
  desk = await openDesk(start)
  test = desk.test
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(start))

const runOn = async (day: string) => {
  test.clock.set(`${day}T04:00:00Z`)
  return runRetention(test.attune)
}
const isHere = async (recordId: string) => (await askDatabase(test, 'select 1 from answers.records where record_id = $1', [recordId])).length === 1
const events = (action: string) =>
  askDatabase<{ detail: Record<string, unknown> }>(test, 'select detail from log.events where action = $1 order by event_id', [action])
const ask = (who: Client, body: object) =>
  who.post('/api/retention/decisions', {
    serviceId: 'north',
    sessionFrom: '2025-07-01',
    sessionUntil: '2025-07-31',
    reason: 'The funding cycle of this service ends later.',
    ...body,
  })

describe('the end of four years', () => {
  it('DCS-134: a day before four years the record carries its practitioner’s name, and a day after it does not, while the record stays', async () => {
    const person = await readyPractitioner(test, 'north', { firstName: 'Bryony', surname: 'Ledwell' })
    const recordId = await desk.sent(newCode(), { session_on: '2025-07-10' }, person)
    const stamp = async () =>
      (
        await askDatabase<{ sealed: Buffer | null; blanked: boolean }>(
          test,
          'select sealed, blanked_at is not null as blanked from identity.record_authors where record_id = $1',
          [recordId],
        )
      )[0]
    await runOn('2029-07-09')
    expect(await stamp()).toEqual({ sealed: expect.any(Buffer), blanked: false })
    await runOn('2029-07-11')
    expect(await stamp()).toEqual({ sealed: null, blanked: true })
    const support = await test.as('data-support', { serviceId: 'north' })
    const view = await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })
    expect([view.status, view.body.practitioner]).toEqual([200, null])
    expect(view.text).not.toContain('Bryony')
    expect(await isHere(recordId)).toBe(true)
    expect((await events('retention.blank')).length).toBeGreaterThan(0)
  })

  it('DCS-128: the service is told at least sixty days before a record goes, once, and it goes ninety days after its four years, with its key', async () => {
    const code = newCode()
    const recordId = await desk.sent(code, { session_on: '2025-08-14' })
    const [{ client_id } = { client_id: '' }] = await askDatabase<{ client_id: string }>(
      test,
      'select client_id from answers.records where record_id = $1',
      [recordId],
    )
    const warned = () =>
      test.letters.filter(
        (letter) =>
          letter.to === 'lead@example.org' && letter.subject === 'Records will soon be disposed of' && letter.text.includes('31 August 2025'),
      ).length
    await runOn('2029-08-30')
    expect(warned()).toBe(0)
    const first = await runOn('2029-09-13')
    const second = await runOn('2029-09-13')
    expect([warned(), first.warned > 0, second.warned]).toEqual([1, true, 0])
    await runOn('2029-11-11')
    expect(await isHere(recordId)).toBe(true)
    await runOn('2029-11-12')
    expect(await isHere(recordId)).toBe(false)
    expect(await askDatabase(test, 'select 1 from keyring.client_keys where client_id = $1', [client_id], 'keyring')).toEqual([])
    expect(await askDatabase(test, 'select 1 from scores.record_scores where record_id = $1', [recordId])).toEqual([])
    expect((await runOn('2029-11-12')).disposed).toBe(0)
    expect((await events('retention.dispose')).some(({ detail }) => detail['sessionOn'] === '2025-08-14' && detail['because'] === 'time-over')).toBe(
      true,
    )
  })

  it('a record that came in after the warning, and one that is restricted, do not go with the others', async () => {
    const [warnedCode, restricted] = [newCode(), newCode()]
    const first = await desk.sent(warnedCode, { session_on: '2025-09-02' })
    const kept = await desk.sent(restricted, { session_on: '2025-09-02' })
    await desk.grant({ type: 'restrict', code: restricted, ground: 'unlawful' })
    await runOn('2029-10-10')
    test.clock.pass(60_000)
    const person = await readyPractitioner(test, 'north')
    const late = await desk.sent(newCode(), { session_on: '2025-09-02' }, person)
    await runOn('2029-12-10')
    expect([await isHere(first), await isHere(kept), await isHere(late)]).toEqual([false, true, true])
  })
})

describe('decisions about retention', () => {
  it('DCS-126: at three years and 364 days nobody can dispose of a record, while a rights deletion of its twin goes through', async () => {
    const [kept, twin] = [newCode(), newCode()]
    const recordId = await desk.sent(kept, { session_on: '2025-10-01' })
    await desk.sent(twin, { session_on: '2025-10-01' })
    test.clock.set('2029-09-30T10:00:00Z')
    const [one, other] = [await test.as('administrator'), await test.as('administrator')]
    const refused = await ask(one, { kind: 'dispose-early', sessionFrom: '2025-10-01', sessionUntil: '2025-10-01' })
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'The policy keeps this until 1 October 2029. Only a rights request can erase it sooner.',
    ])
    const lead = await test.as('service-lead', { serviceId: 'north' })
    const filed = await desk.file({ type: 'delete', code: twin, identityCheck: 'known-in-person' }, lead)
    await desk.decide(filed.requestId, {}, one)
    expect((await desk.agree(filed.requestId, other)).body.state).toBe('done')
    expect(await isHere(recordId)).toBe(true)
  })

  it('DCS-127: a record of one year that was added up may go after notice, by two people; its twin that was not may not', async () => {
    const [added, twin] = [newCode(), newCode()]
    const recordId = await desk.sent(added, { session_on: '2025-07-03' })
    const twinId = await desk.sent(twin, { session_on: '2025-07-04' })
    test.clock.set('2026-06-10T10:00:00Z')
    const analyst = await test.as('analyst')
    const [one, other] = [await test.as('administrator'), await test.as('administrator')]
    expect(
      (await analyst.post('/api/aggregations', { sessionFrom: '2025-07-03', sessionUntil: '2025-07-03' }, { purpose: 'analyse' })).body.records,
    ).toBe(1)
    expect((await ask(one, { kind: 'dispose-early', sessionFrom: '2025-07-03', sessionUntil: '2025-07-04' })).status).toBe(409)
    const asked = await ask(one, { kind: 'dispose-early', sessionFrom: '2025-07-03', sessionUntil: '2025-07-03' })
    expect([asked.status, asked.body.records]).toEqual([201, 1])
    const agree = (who: Client) => who.post(`/api/retention/decisions/${asked.body.decisionId}/agreement`, { agrees: true })
    expect((await agree(one)).body.code).toBe('second-person-same')
    await runOn('2026-09-30')
    expect(await isHere(recordId)).toBe(true)
    test.clock.set('2026-06-10T10:00:00Z')
    expect((await agree(other)).body.state).toBe('agreed')
    await runOn('2026-08-08')
    expect(await isHere(recordId)).toBe(true)
    await runOn('2026-08-09')
    expect([await isHere(recordId), await isHere(twinId)]).toEqual([false, true])
  })

  it('a disposal is put off in writing, within what the policy allows, and no record of those days goes meanwhile', async () => {
    const recordId = await desk.sent(newCode(), { session_on: '2025-07-20' })
    test.clock.set('2029-08-01T10:00:00Z')
    const [one, other] = [await test.as('administrator'), await test.as('administrator')]
    const order = { kind: 'put-off', sessionFrom: '2025-07-20', sessionUntil: '2025-07-20', untilOn: '2030-07-20' }
    for (const [body, status] of [
      [{ ...order, untilOn: '2030-07-21' }, 409],
      [{ ...order, untilOn: '2029-07-31' }, 409],
      [{ ...order, untilOn: '2030-02-30' }, 400],
      [{ ...order, reason: '' }, 422],
      [{ ...order, reason: 'Sarah Thompson wants to keep them for longer.' }, 422],
      [{ ...order, sessionFrom: '2025-07-21' }, 422],
      [{ ...order, sessionFrom: '2024-01-01', sessionUntil: '2024-01-02' }, 409],
    ] as const)
      expect((await ask(one, body)).status, JSON.stringify(body)).toBe(status)
    expect(
      (
        await (
          await test.as('service-lead', { serviceId: 'north' })
        ).post('/api/retention/decisions', { ...order, serviceId: 'north', reason: 'We still need these.' })
      ).status,
    ).toBe(403)
    const asked = await ask(one, order)
    expect((await other.post(`/api/retention/decisions/${asked.body.decisionId}/agreement`, { agrees: true })).body.state).toBe('agreed')
    await runOn('2029-09-20')
    await runOn('2029-12-20')
    expect(await isHere(recordId)).toBe(true)
    await runOn('2030-08-19')
    await runOn('2030-10-17')
    expect(await isHere(recordId)).toBe(true)
    await runOn('2030-10-18')
    expect(await isHere(recordId)).toBe(false)
  })

  it('the time machine says beforehand what the run then does', async () => {
    await desk.sent(newCode(), { session_on: '2025-11-03' }, await readyPractitioner(test, 'south'))
    const lead = await test.as('service-lead', { serviceId: 'south' })
    const ahead = (await lead.get('/api/retention/foresight?months=60')).body.foreseen as {
      month: string
      kind: string
      records: number
      firstOn: string
    }[]
    expect(ahead.filter((one) => one.firstOn.startsWith('2029-11-03')).map((one) => one.kind)).toEqual(['eligible', 'blank'])
    const gone = ahead.find((one) => one.kind === 'dispose')!
    expect(gone).toMatchObject({ month: '2030-02', firstOn: '2030-02-01', records: 1 })
    await runOn('2029-12-03')
    await runOn('2030-01-31')
    expect((await askDatabase<{ n: string }>(test, `select count(*) as n from answers.records where service_id = 'south'`))[0]!.n).toBe('1')
    await runOn('2030-02-01')
    expect((await askDatabase<{ n: string }>(test, `select count(*) as n from answers.records where service_id = 'south'`))[0]!.n).toBe('0')
    expect((await lead.get('/api/retention/foresight?serviceId=north')).status).toBe(401)
  })
})

it('a request that nobody answers is told before it is due and again when it is overdue, each once', async () => {
  const request = await desk.file({ type: 'access', code: newCode() })
  const told = (subject: string) => test.letters.filter((letter) => letter.subject === subject && letter.text.includes(request.reference)).length
  await runOn('2025-12-10')
  expect([told('A rights request is due soon'), told('A rights request is overdue')]).toEqual([0, 0])
  await runOn('2025-12-18')
  const soon = told('A rights request is due soon')
  await runOn('2025-12-19')
  expect([soon > 1, told('A rights request is due soon')]).toEqual([true, soon])
  await runOn('2025-12-23')
  const overdue = told('A rights request is overdue')
  await runOn('2025-12-24')
  expect([overdue > 1, told('A rights request is overdue')]).toEqual([true, overdue])
  test.clock.set('2025-12-24T10:00:00Z')
  expect((await (await test.as('administrator')).get('/api/rights/summary')).body.overdue).toBeGreaterThan(0)
})

it('COM-060: a service that took nothing and asked for nothing in twelve months is reminded once a year', async () => {
  await askDatabase(test, `update policy.services set opened_at = '2025-11-21'`)
  const reminded = () =>
    test.letters.filter((letter) => letter.to === 'south.lead@example.org' && letter.subject === 'Your service can ask for all of its data').length
  const before = reminded()
  await runOn('2031-02-02')
  await runOn('2031-02-03')
  expect(reminded()).toBe(before + 1)
})

it('nothing is disposed of while the keyring is away: a restore would bring it back', async () => {
  const recordId = await desk.sent(newCode(), { session_on: '2025-10-20' }, await readyPractitioner(test, 'north'))
  await runOn('2029-11-25')
  // The keyring has a database of its own, which may be away while the records' is not.
  const keyring = test.databases.admin.keyring
  const allow = (may: boolean) =>
    askDatabase(test, `alter database ${keyring.database} allow_connections ${may}`).then(() =>
      askDatabase(test, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [keyring.database]),
    )
  await allow(false)
  await expect(runOn('2030-02-10')).rejects.toThrow()
  expect(await isHere(recordId)).toBe(true)
  await allow(true)
  await runOn('2030-02-10')
  expect(await isHere(recordId)).toBe(false)
})
