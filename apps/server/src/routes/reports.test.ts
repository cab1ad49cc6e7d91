import { randomUUID } from 'node:crypto'
import { pairedChange } from '@attune/measures'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { itemsGiven, newCode, readyPractitioner, sendSession } from '../../test/submission.ts'

let test: TestAttune
let analyst: Client
let northLead: Client
let restricted: string
const codes: string[] = []
const single: string[] = []
const pairs: { north: [number, number][]; south: [number, number][] } = { north: [], south: [] }
const phq = (total: number) =>
  itemsGiven(
    'phq9',
    Array.from({ length: 9 }, (_, at) => Math.min(3, Math.max(0, total - at * 3))),
  )

/** 16 families with a before and an after in the north, 14 in the south, 10 with one session only in the north and one small age group. */
beforeAll(async () => {
  test = await startAttune()
  analyst = await test.as('analyst')
  northLead = await test.as('service-lead', { serviceId: 'north' })
  for (const [service, families] of [
    ['north', 16],
    ['south', 14],
  ] as const) {
    const practitioner = await readyPractitioner(test, service, { firstName: 'Planted', surname: `Zebedee${service}` })
    for (let family = 0; family < families; family++) {
      const code = newCode()
      codes.push(code)
      const [before, after] = [20 - (family % 9), Math.max(0, 14 - ((family * 5) % 13))]
      pairs[service].push([before, after])
      const always = {
        client_code: code,
        age_group: '5-11',
        measures_used: ['phq-9'],
        other_support: family < 10 ? ['health-visiting', 'education'] : ['none'],
      }
      await sendSession(test, practitioner, { ...always, session_on: '2025-04-02', signed_on: '2025-04-01', ...phq(before) })
      await sendSession(test, practitioner, {
        ...always,
        session_on: '2025-08-02',
        session_no: '2',
        time_point: 'after',
        helped_by: ['having-goals'],
        ...phq(after),
      })
    }
    if (service === 'north')
      for (let family = 0; family < 10; family++) {
        const code = newCode()
        single.push(code)
        await sendSession(test, practitioner, {
          client_code: code,
          age_group: '5-11',
          session_on: '2025-04-20',
          signed_on: '2025-04-01',
          measures_used: ['phq-9'],
          ...phq(11),
        })
      }
    if (service === 'south') {
      // One family whose later record is under restriction before anything was released.
      const always = { client_code: newCode(), age_group: '5-11', measures_used: ['phq-9'], other_support: ['none'] }
      await sendSession(test, practitioner, { ...always, session_on: '2025-04-02', signed_on: '2025-04-01', ...phq(27) })
      const later = await sendSession(test, practitioner, { ...always, session_on: '2025-08-02', session_no: '2', time_point: 'after', ...phq(0) })
      restricted = later.body.instanceId
      await askDatabase(test, `select answers.restrict_record('south', $1, true)`, [restricted])
      for (let family = 0; family < 3; family++)
        await sendSession(test, practitioner, { age_group: '11-18', session_on: '2025-04-20', signed_on: '2025-04-01' })
    }
  }
}, 240_000)
afterAll(() => test.stop())

const shown = (cell: { hidden: boolean; value?: number }) => (cell.hidden ? 'hidden' : cell.value)
const rounded = (count: number) => 5 * Math.floor(count / 5 + 0.5)
type Cell = { hidden: boolean; value?: number }
type Measure = { measure: string } & { [name in 'nBefore' | 'nPaired' | 'meanChange' | 'low' | 'high' | 'effect']: Cell }
const phqOf = (body: { measures: Measure[] }) => body.measures.find((each) => each.measure === 'phq-9')!

describe('reports', () => {
  it('DCS-087: the service’s own figures equal what its rows give, and a cell below the threshold is suppressed with its reason', async () => {
    const { status, body } = await northLead.get('/api/reports/service')
    expect(status).toBe(200)
    expect([body.scope, body.title, body.period]).toEqual(['service', 'Service north', { from: '2025-Q2', until: '2025-Q3', closed: true }])
    const truth = pairedChange(
      pairs.north.map(([x]) => x),
      pairs.north.map(([, y]) => y),
      { direction: 'lower' },
    )
    const measure = phqOf(body)
    expect([shown(measure.nBefore), shown(measure.nPaired)]).toEqual([rounded(26), rounded(16)])
    expect(shown(measure.meanChange)).toBe(Number(truth.meanChange!.toFixed(1)))
    expect([shown(measure.low), shown(measure.high)]).toEqual([Number(truth.ciLow!.toFixed(1)), Number(truth.ciHigh!.toFixed(1))])
    const older = body.ageGroups.find((each: { ageGroup: string }) => each.ageGroup === '11-18')
    expect(older.count).toEqual({ hidden: true, because: expect.stringMatching(/hidden/) })
    const south = await (await test.as('service-lead', { serviceId: 'south' })).get('/api/reports/service')
    expect(shown(phqOf(south.body).nPaired)).toBe(rounded(14))
    // Three families are there and are few: the reason is their number, not that there is nobody.
    const few = south.body.ageGroups.find((each: { ageGroup: string }) => each.ageGroup === '11-18')
    expect(few.count).toEqual({ hidden: true, because: expect.stringMatching(/^\d+ people or fewer/) })
  })

  it('DCS-005: a service’s report is made from its own rows: its numbers, and nothing of another service', async () => {
    const south = await test.as('service-lead', { serviceId: 'south' })
    const [own, others] = [await northLead.get('/api/reports/service'), await south.get('/api/reports/service')]
    // 16 with two scores and 10 with one in the north; 14 and one more in the south, whose later record is restricted.
    expect([shown(phqOf(own.body).nBefore), shown(phqOf(others.body).nBefore)]).toEqual([rounded(26), rounded(15)])
    expect(own.text).not.toMatch(/south/i)
    expect(others.text).not.toMatch(/north/i)
    expect(own.body.released.hash).not.toBe(others.body.released.hash)
  })

  it('DCS-006: the national summary has totals and effect sizes, and no client code, practitioner, address or free text', async () => {
    const { body, text } = await analyst.get('/api/reports/national')
    expect([shown(body.clients), shown(phqOf(body).effect)]).toEqual([expect.any(Number), expect.any(Number)])
    expect(codes.length).toBeGreaterThan(20)
    for (const code of codes) expect(text).not.toContain(code)
    expect(text).not.toMatch(/Zebedee|Planted|@example\.org|bath time|shared smile/)
    for (const { id } of await askDatabase<{ id: string }>(
      test,
      `select client_id as id from answers.clients union select practitioner_id from identity.practitioners`,
    ))
      expect(text).not.toContain(id)
  })

  it('COM-055: beside the outcomes stands how many practitioners took part and were trained, and no result of a single one', async () => {
    const { body, text } = await northLead.get('/api/reports/service')
    expect(body.practitioners).toEqual({ active: 1, trained: 1 })
    expect(shown(body.clients)).toBe(rounded(16) + rounded(10))
    for (const { id } of await askDatabase<{ id: string }>(test, `select practitioner_id as id from identity.practitioners`))
      expect(text).not.toContain(id)
    expect(text).not.toMatch(/Zebedee/)
  })

  it('DCS-019: a client with one session is counted as incomplete and is in no change figure', async () => {
    const { body } = await northLead.get('/api/reports/service')
    expect([shown(body.complete), shown(body.incomplete), shown(body.clients)]).toEqual([rounded(16), rounded(10), rounded(16) + rounded(10)])
    expect(shown(phqOf(body).nPaired)).toBe(rounded(16))
  })

  it('COM-056: a client without an after record is in the list of what is missing and in no paired change; a record needs its time point', async () => {
    const support = await test.as('data-support', { serviceId: 'north' })
    const { clients, complete } = (await support.get('/api/completeness', { purpose: 'report' })).body
    expect(clients.map(({ code }: { code: string }) => code).sort()).toEqual([...single].sort())
    expect(clients[0].gaps).toContain('no-after')
    expect(complete).toBe(16)
    const measure = phqOf((await northLead.get('/api/reports/service')).body)
    expect([shown(measure.nBefore), shown(measure.nPaired)]).toEqual([rounded(26), rounded(16)])
    const change = pairs.north.reduce((sum, [before, after]) => sum + after - before, 0) / pairs.north.length
    expect(shown(measure.meanChange)).toBe(Number(change.toFixed(1)))
    const without = await sendSession(test, await readyPractitioner(test, 'south'), { time_point: undefined })
    expect([without.status, without.body.code]).toEqual([422, 'submission-invalid'])
  })

  it('DCS-034: supports are counted per kind as in the records', async () => {
    const { body } = await analyst.get('/api/reports/national')
    const counts = Object.fromEntries(
      body.support.map((each: { choice: string; count: { hidden: boolean; value?: number } }) => [each.choice, shown(each.count)]),
    )
    // Ten families with education in each service; health visiting also stands in the 13 single sessions.
    expect([counts['education'], counts['health-visiting']]).toEqual([rounded(20), rounded(33)])
    expect(counts['none']).toBe(rounded(11))
    expect(counts['substance-use']).toBe('hidden')
  })

  it('DCS-091: the national figures are those of all services together without restricted records, and no service is named', async () => {
    const all = [...pairs.north, ...pairs.south]
    const { body, text } = await analyst.get('/api/reports/national')
    const truth = pairedChange(
      all.map(([x]) => x),
      all.map(([, y]) => y),
      { direction: 'lower' },
    )
    // The restricted record would have been the 31st pair, from 27 to 0.
    expect([shown(phqOf(body).nPaired), shown(phqOf(body).meanChange)]).toEqual([rounded(30), Number(truth.meanChange!.toFixed(1))])
    expect(text).not.toMatch(/north|south/i)
    const [release] = await askDatabase<{ figures: { changes: Record<string, number[]> } }>(
      test,
      `select figures from sums.releases where service_id = 'operator'`,
    )
    const sum = (of: (pair: [number, number]) => number) => all.reduce((total, pair) => total + of(pair), 0)
    expect(release!.figures.changes['phq-9/total before-after']!.slice(0, 3)).toEqual([30, sum(([x]) => x), sum(([, y]) => y)])
  })

  it('what is released stays: a restriction lifted or a record that comes late does not move the figures by one family', async () => {
    const [before, own] = [await analyst.get('/api/reports/national'), await northLead.get('/api/reports/service')]
    await askDatabase(test, `select answers.restrict_record('south', $1, false)`, [restricted])
    const practitioner = await readyPractitioner(test, 'north')
    await sendSession(test, practitioner, {
      age_group: '5-11',
      session_on: '2025-06-02',
      signed_on: '2025-04-01',
      measures_used: ['phq-9'],
      ...phq(27),
    })
    expect((await analyst.get('/api/reports/national')).text).toBe(before.text)
    expect((await northLead.get('/api/reports/service')).text).toBe(own.text)
    // The same people under another name: a period that begins with the first quarter.
    const renamed = await analyst.get('/api/reports/national?from=2025-Q2')
    expect(phqOf(renamed.body)).toEqual(phqOf(before.body))
  })

  it('DCS-088: by other support the counts are those of the families that had it, and a kind that few had is withheld with its reason', async () => {
    const { body, status } = await analyst.get('/api/reports/national?support=education')
    expect([status, body.withSupport, shown(body.clients), shown(phqOf(body).nPaired)]).toEqual([200, 'education', rounded(20), rounded(20)])
    const few = await analyst.get('/api/reports/national?support=substance-use')
    expect([few.status, few.body.code]).toEqual([403, 'slice-refused'])
    expect((await analyst.get('/api/reports/national?support=magic')).status).toBe(400)
  })

  it('DCS-092: a result on fewer pairs than the policy asks for is called not reportable where the effect would stand', async () => {
    const { body } = await northLead.get('/api/reports/service')
    expect(phqOf(body).effect).toEqual({ hidden: true, because: expect.stringMatching(/^Not reportable: fewer than 30/) })
    expect(phqOf((await analyst.get('/api/reports/national')).body).effect.hidden).toBe(false)
  })

  it('DCS-120: subtracting two reports never leaves fewer people than the policy says, and a unique combination is in none', async () => {
    // The beginning to June leaves nobody of July to September out; all ages without 11-18 would leave three.
    for (const query of ['ageGroup=5-11', 'ageGroup=11-18', 'mode=online', 'support=none', 'ageGroup=11-18&support=none'])
      expect([query, (await analyst.get(`/api/reports/national?${query}`)).body.code]).toEqual([query, 'slice-refused'])
    const whole = await analyst.get('/api/reports/national')
    expect(whole.body.ageGroups.find((each: { ageGroup: string }) => each.ageGroup === '11-18').count.hidden).toBe(true)
  })

  it('DCS-095: no practitioner’s name, e-mail address, client code or word of a family is in any answer that an analyst gets', async () => {
    const replies = await Promise.all(
      ['/api/reports/national', '/api/reports/national?timePoints=before-during', '/api/services', '/api/forms'].map((url) => analyst.get(url)),
    )
    for (const reply of replies) {
      expect(reply.status).toBe(200)
      expect(reply.text).not.toMatch(/Zebedee|Planted|@example\.org|bath time|shared smile/)
    }
    for (const url of ['/api/records', '/api/practitioners', '/api/people', '/api/events', `/api/records/${randomUUID()}`])
      expect((await analyst.get(url, { purpose: 'analyse' })).status, url).toBe(403)
    for (const table of ['identity.practitioners', 'identity.record_authors', 'answers.records', 'answers.clients', 'scores.record_scores']) {
      expect(
        (await askDatabase<{ may: boolean }>(test, `select has_table_privilege('acting_analyst', $1, 'select') as may`, [table]))[0],
        table,
      ).toEqual({ may: false })
    }
  })

  it('a slice that could be taken from the whole to point at a few families is refused', async () => {
    const narrow = await analyst.get('/api/reports/national?ageGroup=11-18')
    expect([narrow.status, narrow.body.code]).toEqual([403, 'slice-refused'])
    const complement = await analyst.get('/api/reports/national?ageGroup=5-11')
    expect([complement.status, complement.body.code]).toEqual([403, 'slice-refused'])
  })

  it('an open quarter, a wrong word or a period back to front is refused', async () => {
    expect((await analyst.get('/api/reports/national?until=2025-Q4')).body.code).toBe('slice-refused')
    for (const query of ['from=2025', 'ageGroup=5', 'timePoints=after-before', 'from=2025-Q3&until=2025-Q2', 'shape=round'])
      expect((await analyst.get(`/api/reports/national?${query}`)).status, query).toBe(400)
  })

  it('DCS-089: for funders, over two years: what was done, what changed and who is trained, with the figures of that time', async () => {
    const reply = await northLead.get('/api/reports/service?template=funding&from=2023-Q4&until=2025-Q3')
    expect([reply.status, reply.body.period]).toEqual([200, { from: '2023-Q4', until: '2025-Q3', closed: true }])
    const { madeFor } = reply.body
    expect([madeFor.id, madeFor.use]).toEqual(['funding', expect.stringContaining('funding the service and the training')])
    expect(madeFor.sections.map(({ id }: { id: string }) => id)).toEqual(['activity', 'outcomes', 'training'])
    expect([shown(reply.body.clients), shown(reply.body.complete)]).toEqual([rounded(16) + rounded(10), rounded(16)])
    const truth = pairedChange(
      pairs.north.map(([x]) => x),
      pairs.north.map(([, y]) => y),
      { direction: 'lower' },
    )
    expect(shown(phqOf(reply.body).meanChange)).toBe(Number(truth.meanChange!.toFixed(1)))
    const [people] = await askDatabase<{ count: number }>(
      test,
      `select count(*)::int as count from identity.practitioners where service_id = 'north' and status = 'active'`,
    )
    expect(reply.body.practitioners).toEqual({ active: people!.count, trained: people!.count })
    // A time in which nobody began has no figures: the two years above are not the whole by another name.
    const before = await northLead.get('/api/reports/service?template=funding&from=2024-Q1&until=2024-Q1')
    expect([before.status, before.body.code]).toEqual([403, 'slice-refused'])
    expect((await northLead.get('/api/reports/service?template=uses')).status).toBe(400)
    const { events } = (await (await test.as('administrator')).get('/api/events?limit=100')).body
    const logged = events.filter(({ action }: { action: string }) => action === 'report.service')
    expect(logged.some(({ detail }: { detail: string }) => detail.includes('madeFor funding'))).toBe(true)
  })

  it('DCS-090: two services save selections of their own; each sees its own only, and the reports differ as the selections do', async () => {
    const southSupport = await test.as('data-support', { serviceId: 'south' })
    const scores = { title: 'Scores of parents', parts: ['measures'], measures: ['phq-9'], from: '2025-Q2', until: '2025-Q3' }
    const goals = { title: 'Goals and what helped', parts: ['goals', 'themes'] }
    const [north, south] = [await northLead.post('/api/report-layouts', scores), await southSupport.post('/api/report-layouts', goals)]
    expect([north.status, south.status]).toEqual([201, 201])
    const titles = async (client: Client) => (await client.get('/api/report-layouts')).body.layouts.map(({ title }: { title: string }) => title)
    expect([await titles(northLead), await titles(southSupport)]).toEqual([['Scores of parents'], ['Goals and what helped']])
    const byScores = await northLead.get(`/api/reports/service?layout=${north.body.layoutId}`)
    const byGoals = await southSupport.get(`/api/reports/service?layout=${south.body.layoutId}`)
    const parts = ({ body }: { body: { measures: Measure[]; helped: object[]; ageGroups: object[]; support: object[] } }) => ({
      measures: [...new Set(body.measures.map(({ measure }) => measure))],
      helped: body.helped.length > 0,
      others: body.ageGroups.length + body.support.length,
    })
    expect(parts(byScores)).toEqual({ measures: ['phq-9'], helped: false, others: 0 })
    expect(parts(byGoals)).toEqual({ measures: ['gbo'], helped: true, others: 0 })
    expect(shown(phqOf(byScores.body).nPaired)).toBe(rounded(16))
    // Nobody reaches the selection of another service, and nothing is saved that is no selection.
    expect((await southSupport.get(`/api/reports/service?layout=${north.body.layoutId}`)).status).toBe(404)
    expect((await southSupport.request('DELETE', `/api/report-layouts/${north.body.layoutId}`)).status).toBe(404)
    expect((await northLead.post('/api/report-layouts', scores)).body.code).toBe('already-exists')
    for (const wrong of [{ parts: ['names'] }, { measures: ['planted'] }, { from: '2025-Q4' }, { from: '2025' }, { parts: [] }, { title: ' ' }])
      expect([wrong, (await northLead.post('/api/report-layouts', { ...scores, title: 'Another', ...wrong })).status]).toEqual([wrong, 400])
    expect((await analyst.get('/api/report-layouts')).status).toBe(403)
    expect((await northLead.request('DELETE', `/api/report-layouts/${north.body.layoutId}`)).status).toBe(200)
    expect(await titles(northLead)).toEqual([])
  })

  it('DCS-093: the national report for its three uses has a section each, all out of the one file of released figures that its hash names', async () => {
    const { body } = await analyst.get('/api/reports/national?template=uses')
    expect(body.madeFor.sections.map(({ id }: { id: string }) => id)).toEqual(['research-funding', 'training-design', 'continuing-development'])
    const [release] = await askDatabase<{ figures: object; figures_hash: string }>(
      test,
      `select figures, figures_hash from sums.releases where service_id = 'operator' and from_period = '' and age_group = '' and mode = '' and support = '' and outcome = 'released'`,
    )
    expect(new Set(body.madeFor.sections.map(({ hash }: { hash: string }) => hash))).toEqual(new Set([release!.figures_hash]))
    expect(body.released.hash).toBe(release!.figures_hash)
    // Every figure of it is that of the whole report, which is made from the same file.
    const whole = (await analyst.get('/api/reports/national')).body
    for (const part of ['clients', 'sessions', 'complete', 'completion', 'practitioners', 'helped', 'modes', 'support', 'ageGroups', 'measures'])
      expect([part, body[part]]).toEqual([part, whole[part]])
    expect(body.helped.length).toBeGreaterThan(0)
  })

  it('DCS-129: on the national page the sample stands beside its target with the quarter in which it is expected, and below it says not yet', async () => {
    const { body } = await analyst.get('/api/reports/national')
    const complete = shown(body.complete) as number
    const { sampleClientsCount: target, sampleYearsMinimum: years } = test.attune.programme.policy.values
    expect([target, years]).toEqual([1000, 4])
    // Everybody began in the second quarter of 2025 and the third is the last one counted: half of what is there comes in each of them.
    const more = Math.ceil((target - complete) / (complete / 2))
    const last = 2025 * 4 + 2 + more
    const expectedIn = `${Math.floor(last / 4)}-Q${(last % 4) + 1}`
    expect(body.sample).toMatchObject({ count: complete, target, percent: Math.floor((100 * complete) / target), reached: false, expectedIn })
    expect(body.sample.says).toMatch(/^Not yet: /)
    expect((await northLead.get('/api/reports/service')).body.sample).toBeNull()
  })

  it('only those whom the policy names get a report', async () => {
    for (const [role, national, service] of [
      ['practitioner', 403, 403],
      ['service-lead', 403, 200],
      ['data-support', 403, 200],
      ['auditor', 403, 403],
      ['administrator', 200, 403],
    ] as const) {
      const client = await test.as(role)
      expect([(await client.get('/api/reports/national')).status, (await client.get('/api/reports/service')).status], role).toEqual([
        national,
        service,
      ])
    }
  })
})
