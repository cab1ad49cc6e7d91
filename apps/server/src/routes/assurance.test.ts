import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { sealAndAnchor, verifyWholeLog } from '../actions/log/keep-log.ts'
import { newCode, readyPractitioner, sendSession } from '../../test/submission.ts'
import { runRetention } from '../actions/retention/run-retention.ts'
import { runAuditClock } from '../actions/audit/audit-clock.ts'
import { digestLedgers, readAllLedgers } from '../outside/release-proofs.ts'

let test: TestAttune
let administrator: Client
const folder = mkdtempSync(path.join(tmpdir(), 'attune-release-'))
const page = async () => (await administrator.get('/api/assurance')).body
const clauseOf = (body: { programmes: { ledgers: { clauses: { id: string }[] }[] }[] }, id: string) =>
  body.programmes.flatMap((programme) => programme.ledgers.flatMap((ledger) => ledger.clauses)).find((clause) => clause.id === id)
const liveOf = async (id: string) => (await page()).live.find((check: { id: string }) => check.id === id)

beforeAll(async () => {
  test = await startAttune()
  test.attune.environment.release = folder
  administrator = await test.as('administrator')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.stop()
})

const passed = { state: 'proven', tests: [{ name: 'DCS-053: opens by itself', file: 'a.test.ts', passed: true }] }
const writeResults = (more: object = {}) =>
  writeFileSync(
    path.join(folder, 'proofs.json'),
    JSON.stringify({
      madeAt: '2025-11-20T10:00:00Z',
      commit: 'abc',
      remarks: [],
      ledgers: digestLedgers(readAllLedgers(test.attune.environment.programme)),
      clauses: { 'DCS-053': passed, 'DCS-054': { state: 'unproven', why: '1 of 1 tests did not pass', tests: [] }, 'DCS-058': passed },
      ...more,
    }),
  )

describe('the assurance page', () => {
  it('without results says so, and calls nothing proven', async () => {
    const body = await page()
    expect(body.results).toBeNull()
    expect(body.programmes.map((programme: { id: string }) => programme.id)).toEqual(
      expect.arrayContaining(['vig-dcs', 'derbyshire-vig', 'kitbags-evaluation', 'systemic-practice']),
    )
    const clauses = body.programmes.flatMap((programme: { ledgers: { clauses: object[] }[] }) =>
      programme.ledgers.flatMap((ledger) => ledger.clauses),
    )
    expect(clauses).toHaveLength(443)
    expect(clauses.filter((clause: { state: string }) => clause.state === 'proven')).toEqual([])
    expect(clauseOf(body, 'DCS-053')).toMatchObject({ state: 'not-proven', why: 'no test results came with this release' })
    for (const words of ['{', '{"madeAt": 5}']) {
      writeFileSync(path.join(folder, 'proofs.json'), words)
      expect((await page()).results).toBeNull()
    }
  })

  it('shows proven with its tests, not proven with its reason, and attested as attested even where a test carries the id', async () => {
    writeResults()
    const body = await page()
    expect(body.results).toMatchObject({ commit: 'abc', remarks: [] })
    expect(clauseOf(body, 'DCS-053')).toMatchObject({ state: 'proven', why: '', tests: passed.tests, live: ['audits'] })
    expect(clauseOf(body, 'DCS-054')).toMatchObject({ state: 'not-proven', why: '1 of 1 tests did not pass' })
    expect(clauseOf(body, 'DCS-055')).toMatchObject({ state: 'not-proven', why: 'no test carries its id' })
    for (const id of ['DCS-058', 'DCS-059', 'DCS-061'])
      expect(clauseOf(body, id)).toMatchObject({ state: 'attested', why: expect.stringMatching(/AVIGuk.* DPA-HOSTING-2025.*until 2027-06-01/) })
    test.clock.set('2027-06-02T10:00:00Z')
    const late = (await (await test.as('administrator')).get('/api/assurance')).body
    expect(clauseOf(late, 'DCS-058')).toMatchObject({ state: 'not-proven', why: expect.stringContaining('only until 2027-06-01') })
    test.clock.set('2025-11-21T10:00:00Z')
    writeResults({ ledgers: 'another' })
    expect((await page()).results.remarks).toEqual([expect.stringContaining('other ledgers')])
  })

  it('DCS-115: lists at each of the three levels a control that passes, with its clauses, where it is, and what the tests of the release say', async () => {
    type Control = { id: string; code: string; passing: boolean; clauses: { id: string; state: string; tests: number }[] }
    const levels = async () => (await page()).levels as { level: string; controls: Control[] }[]
    const controls = test.attune.programme.policy.security
    const clauses = Object.fromEntries(controls.flatMap((control) => control.clauses.map((id) => [id, passed])))
    writeResults({ clauses })
    const found = await levels()
    expect(found.map(({ level }) => level)).toEqual(['platform', 'form', 'access'])
    for (const { level, controls: listed } of found) {
      expect([level, listed.some(({ passing }) => passing)]).toEqual([level, true])
      for (const { id, code, clauses: served } of listed) {
        expect([id, existsSync(path.join(import.meta.dirname, '../../../..', code))]).toEqual([id, true])
        expect([id, served.length > 0 && served.every(({ tests }) => tests > 0)]).toEqual([id, true])
      }
    }
    // One test that fails, and the control whose clause it was passes no longer; so does a control that does not hold at this moment.
    const passes = async (id: string) => (await levels()).flatMap((level) => level.controls).find((control) => control.id === id)!.passing
    expect([await passes('no-read-back'), await passes('rows-apart')]).toEqual([true, true])
    writeResults({ clauses: { ...clauses, 'DCS-075': { state: 'unproven', why: '1 of 1 tests did not pass', tests: [] } } })
    expect([await passes('no-read-back'), await passes('rows-apart')]).toEqual([false, true])
    await askDatabase(test, 'alter table answers.records no force row level security')
    expect(await passes('rows-apart')).toBe(false)
    await askDatabase(test, 'alter table answers.records force row level security')
    writeResults()
  })

  it('is for administrators and auditors', async () => {
    expect((await (await test.as('auditor')).get('/api/assurance')).status).toBe(200)
    for (const role of ['practitioner', 'service-lead', 'data-support', 'analyst'] as const)
      expect((await (await test.as(role)).get('/api/assurance')).status).toBe(403)
  })
})

describe('the live state', () => {
  it('turns when a control is switched off in the database', async () => {
    expect(await liveOf('row-security')).toMatchObject({ state: 'in-order' })
    await askDatabase(test, 'alter table answers.records no force row level security')
    expect(await liveOf('row-security')).toMatchObject({ state: 'attention', says: 'Without it: answers.records.' })
    await askDatabase(test, 'alter table answers.records force row level security')
    expect(await liveOf('row-security')).toMatchObject({ state: 'in-order' })
  })

  it('DCS-053: an audit that is overdue is shown, with the day on which it has to be closed long past', async () => {
    await sendSession(test, await readyPractitioner(test))
    expect(await liveOf('audits')).toMatchObject({ state: 'in-order' })
    await runAuditClock(test.attune, new Date('2026-01-02T06:00:00Z'))
    await askDatabase(test, `update audit.audits set due_on = '2025-11-20'`)
    expect(await liveOf('audits')).toMatchObject({ state: 'attention', says: expect.stringContaining('1 audit is overdue') })
  })

  it('tells of a rights request past its day, and of a night without retention', async () => {
    expect(await liveOf('requests')).toMatchObject({ state: 'in-order', says: 'No request waits for an answer.' })
    expect(await liveOf('retention')).toMatchObject({ state: 'unknown' })
    const lead = await test.as('service-lead', { serviceId: 'north' })
    expect((await lead.post('/api/rights', { type: 'access', code: newCode(), identityCheck: 'known-in-person' })).status).toBe(201)
    expect(await liveOf('requests')).toMatchObject({ state: 'in-order', says: '1 request waits for an answer, none past its day.' })
    await runRetention(test.attune)
    expect(await liveOf('retention')).toMatchObject({ state: 'in-order' })
    test.clock.set('2026-01-05T10:00:00Z')
    const late = (await (await test.as('administrator')).get('/api/assurance')).body.live as { id: string; state: string; says: string }[]
    expect(late.find(({ id }) => id === 'requests')).toMatchObject({ state: 'attention', says: expect.stringMatching(/^1 request is past/) })
    expect(late.find(({ id }) => id === 'retention')).toMatchObject({ state: 'attention' })
    test.clock.set('2025-11-21T10:00:00Z')
  })

  it('counts accounts without a second step, and services without terms', async () => {
    expect(await liveOf('second-factors')).toMatchObject({ state: 'attention' })
    expect(await liveOf('processor-terms')).toMatchObject({ state: 'in-order' })
    await askDatabase(test, `update policy.services set processor_terms_on = null where service_id = 'south'`)
    expect(await liveOf('processor-terms')).toMatchObject({ state: 'attention', says: expect.stringContaining('1 service is') })
  })

  it('rules that were changed under an edition that is in print are told as drift', async () => {
    await administrator.get('/api/forms')
    expect(await liveOf('notice')).toMatchObject({ state: 'in-order' })
    await askDatabase(
      test,
      `insert into policy.policy_versions (policy_version, programme_id, edition) values ('2025-06+other', 'vig-dcs', '2025-06')`,
    )
    expect(await liveOf('notice')).toMatchObject({ state: 'attention', says: expect.stringContaining('Give the policy a new edition') })
  })

  it('a processor without a current agreement is named', async () => {
    expect(await liveOf('agreements')).toMatchObject({ state: 'in-order' })
    test.clock.set('2027-06-02T10:00:00Z')
    const late = await test.as('administrator')
    const check = (await late.get('/api/assurance')).body.live.find((one: { id: string }) => one.id === 'agreements')
    expect(check).toMatchObject({ state: 'attention', says: expect.stringContaining('Hosting provider') })
    test.clock.set('2025-11-21T10:00:00Z')
  })

  it('compares the place that was declared with the policy, and says so when nobody declared one', async () => {
    expect(await liveOf('region')).toMatchObject({ state: 'unknown', says: expect.stringContaining('ATTUNE_REGION') })
    test.attune.environment.region = 'eu-west-1'
    expect(await liveOf('region')).toMatchObject({ state: 'in-order', says: expect.stringContaining('Ireland') })
    delete test.attune.environment.region
  })

  it('never says in order about what it cannot see', async () => {
    expect(await liveOf('backup-platform')).toMatchObject({ state: 'attention', says: 'There is no backup yet.' })
    expect(await liveOf('log')).toMatchObject({ state: 'unknown' })
    expect(readFileSync(path.join(folder, 'proofs.json'), 'utf8')).toContain('DCS-053')
  })

  it('DCS-114: an event edited in the table behind the log’s back is found as a broken link, a control switched off is seen, and both turn the page', async () => {
    const verify = async () => {
      await sealAndAnchor(test.attune)
      return (await verifyWholeLog(test.attune)).findings.map(({ kind }) => kind)
    }
    expect(await verify()).toEqual([])
    expect(await liveOf('log')).toMatchObject({ state: 'in-order', clauses: expect.arrayContaining(['DCS-114']) })
    const before = await askDatabase<{ event_id: string; outcome: string }>(
      test,
      `select event_id, outcome from log.events where action = 'assurance.read' order by event_id limit 1`,
    )
    await askDatabase(test, `update log.events set outcome = 'refused' where event_id = $1`, [before[0]!.event_id])
    expect(await verify()).toContain('event-changed')
    expect(await liveOf('log')).toMatchObject({ state: 'attention', says: expect.stringMatching(/^1 finding /) })
    await askDatabase(test, `update log.events set outcome = $2 where event_id = $1`, [before[0]!.event_id, before[0]!.outcome])
    expect(await verify()).toEqual([])
    expect(await liveOf('log')).toMatchObject({ state: 'in-order' })

    await askDatabase(test, 'alter table log.events disable row level security')
    expect(await liveOf('row-security')).toMatchObject({
      state: 'attention',
      says: 'Without it: log.events.',
      clauses: expect.arrayContaining(['DCS-114']),
    })
    await askDatabase(test, 'alter table log.events enable row level security')
    expect(await liveOf('row-security')).toMatchObject({ state: 'in-order' })
  })
})
