// A service's own measures from outside: proposed with a review, published by a second person, in that service's form only, scored in its
// records and in its report.
import { randomUUID } from 'node:crypto'
import { questionsOf } from '@attune/forms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { changedClientForm, findTodaysForm, handIn, proposal, publishForm, review, sendWith, type Form } from '../../test/handing-in.ts'
import { itemsGiven, newCode, readyPractitioner } from '../../test/submission.ts'

let test: TestAttune
let lead: Client
let one: Client
let other: Client
let north: Client
let south: Client
beforeAll(async () => {
  test = await startAttune()
  lead = await test.as('service-lead', { serviceId: 'north', displayName: 'Lea North' })
  one = await test.as('administrator')
  other = await test.as('administrator')
  north = await readyPractitioner(test, 'north')
  south = await readyPractitioner(test, 'south')
})
afterAll(() => test.stop())

const namesIn = ({ outline }: Pick<Form, 'outline'>) => questionsOf(outline).map(({ name }) => name)
const drafts = async () => (await askDatabase<{ n: string }>(test, 'select count(*) as n from policy.form_drafts'))[0]!.n
const records = async () => (await askDatabase<{ n: string }>(test, 'select count(*) as n from answers.records'))[0]!.n
let latest = ''
const phq = (total: number) =>
  itemsGiven(
    'phq9',
    Array.from({ length: 9 }, (_, at) => Math.min(3, Math.max(0, total - at * 3))),
  )
const own = ['own_cprs_conflict', 'own_cprs_closeness']
type Measure = { scaleId: string; recommended: boolean; added: boolean }
const measuresOf = async (client: Client): Promise<Measure[]> => (await client.get('/api/measures')).body.measures

describe("a service's own measures", () => {
  it('COM-052: a measure without a suitability review, or with an empty answer in it, is refused and nothing is kept', async () => {
    const before = await drafts()
    for (const without of [
      proposal({ review: undefined }),
      ...Object.keys(review).map((part) => proposal({ review: { ...review, [part]: '          ' } })),
      ...Object.keys(review).map((part) => proposal({ review: { ...review, [part]: undefined } })),
    ]) {
      for (const client of [lead, one]) {
        const reply = await client.post('/api/measures', without)
        expect([reply.status, reply.body.code]).toEqual([400, 'request-invalid'])
      }
    }
    expect(await drafts()).toBe(before)
  })

  it('what is in everybody’s form, has no score yet, serves another purpose or is for another service cannot be proposed', async () => {
    const before = await drafts()
    const code = async (client: Client, more: object) => (await client.post('/api/measures', proposal(more))).body.code
    expect(await code(lead, { scaleId: 'phq-9' })).toBe('measure-refused')
    expect(await code(lead, { scaleId: 'sessw' })).toBe('measure-refused')
    expect(await code(lead, { scaleId: 'made-up' })).toBe('measure-unknown')
    expect(await code(lead, { purposes: ['match-records'] })).toBe('request-invalid')
    expect(await code(lead, { serviceId: 'south' })).toBe('not-allowed')
    expect(await code(south, {})).toBe('not-allowed')
    expect(await drafts()).toBe(before)
  })

  it('COM-058: a new service starts with the recommended measures in its form, and with no other', async () => {
    await test.addService('west')
    const westLead = await test.as('service-lead', { serviceId: 'west' })
    const all = await measuresOf(westLead)
    const recommended = all.filter((measure) => measure.recommended).map(({ scaleId }) => scaleId)
    expect(recommended.length).toBeGreaterThan(5)
    expect(all.filter(({ added }) => added)).toEqual([])
    const form = await findTodaysForm(await test.as('practitioner', { serviceId: 'west' }))
    const inForm = (form as unknown as { measures: { scale: { id: string } }[] }).measures.map(({ scale }) => scale.id)
    expect(inForm.toSorted()).toEqual(recommended.toSorted())
    expect(namesIn(form)).toContain('phq9_1')
  })

  it('COM-059: what a service lead proposes and an administrator publishes is in that service’s next session, and in nobody else’s', async () => {
    const core = await findTodaysForm(north)
    const proposed = await lead.post('/api/measures', proposal())
    expect([proposed.status, proposed.body.state, proposed.body.measure]).toEqual([201, 'draft', expect.stringContaining('Child-Parent')])
    expect(namesIn(await findTodaysForm(north))).toEqual(namesIn(core))
    const { draftId } = proposed.body
    const seen = (await other.get(`/api/form-drafts/${draftId}`)).body
    expect(seen.review).toEqual({ ...review, purposes: ['guide-practice', 'report'] })
    expect(seen.difference.added.map(({ name }: { name: string }) => name)).toEqual(own)
    expect([seen.difference.removed, seen.difference.changed]).toEqual([[], []])
    expect((await lead.post(`/api/form-drafts/${draftId}/publish`)).status).toBe(403)
    expect((await other.post(`/api/form-drafts/${draftId}/publish`)).status).toBe(200)

    const form = await findTodaysForm(north)
    expect(namesIn(form)).toEqual([...namesIn(core), ...own])
    expect(form.version).toBe(`${core.version}+north.1`)
    expect(namesIn(await findTodaysForm(south))).toEqual(namesIn(core))
    expect((await measuresOf(lead)).filter(({ added }) => added).map(({ scaleId }) => scaleId)).toEqual(['cprs'])
    expect((await measuresOf(await test.as('service-lead', { serviceId: 'south' }))).filter(({ added }) => added)).toEqual([])
  })

  it('DCS-003: the core is the same for all: another service cannot send the extra question, and what the core requires stays required', async () => {
    const form = await findTodaysForm(north)
    const before = await records()
    const elsewhere = await sendWith(south, form, { own_cprs_conflict: '20' })
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'form-version-unknown'])
    const core = await findTodaysForm(south)
    const widened = { outline: { ...form.outline, version: core.version } }
    const extra = await sendWith(south, widened, { own_cprs_conflict: '20' })
    expect([extra.status, extra.body.code]).toEqual([422, 'submission-invalid'])
    const missing = await sendWith(north, form, { session_on: undefined, own_cprs_conflict: '20' })
    expect([missing.status, missing.body.fields[0].place]).toEqual([422, '/data/session/session_on'])
    const outside = await sendWith(north, form, { own_cprs_conflict: '4' })
    expect([outside.status, outside.body.fields[0].place]).toEqual([422, '/data/own_measures/own_cprs_conflict'])
    expect(await records()).toBe(before)
  })

  it('COM-059: its scores stand in the record and in the report of the service, and not in another’s', async () => {
    const form = await findTodaysForm(north)
    const support = await test.as('data-support', { serviceId: 'north' })
    let last = randomUUID()
    for (let family = 0; family < 12; family++) {
      const code = newCode()
      // The same change for everybody would be withheld.
      const turn = family % 2 === 0 ? -1 : 1
      const always = { client_code: code, age_group: '5-11', signed_on: '2025-04-01', measures_used: ['phq-9'] }
      const first = await sendWith(north, form, {
        ...always,
        session_on: '2025-04-02',
        goal_1_rating: String(2 + (family % 3)),
        ...phq(15 - (family % 4)),
        own_cprs_conflict: String(20 + family),
        own_cprs_closeness: String(25 + (family % 3)),
      })
      expect(first.status, first.text).toBe(201)
      last = randomUUID()
      const after = {
        ...always,
        session_on: '2025-08-02',
        session_no: '2',
        time_point: 'after',
        goal_1_rating: String(6 + (family % 3) + turn),
        narrative_child: 'Hums the porridge song.',
        ...phq(9 - (family % 4) + turn),
        own_cprs_closeness: String(30 + (family % 3) + turn),
        helped_by: ['having-goals'],
      }
      expect((await sendWith(north, form, { ...after, own_cprs_conflict: String(16 + family + turn) }, last)).status).toBe(201)
    }
    latest = last
    const { body } = await support.get(`/api/records/${last}`, { purpose: 'retrieve' })
    expect(body.record.scores).toMatchObject({ 'cprs.conflict': 28, 'cprs.closeness': 33 })
    expect(body.answers).toContainEqual(expect.objectContaining({ name: 'own_cprs_conflict', section: 'Measures of our service', value: '28' }))
    const report = (await lead.get('/api/reports/service')).body
    const mine = report.measures.filter(({ measure }: { measure: string }) => measure === 'cprs')
    expect(mine.map(({ scale, meanChange }: { scale: string; meanChange: object }) => [scale, meanChange])).toEqual([
      ['conflict', { hidden: false, value: -4 }],
      ['closeness', { hidden: false, value: 5 }],
    ])
    const southReport = (await (await test.as('service-lead', { serviceId: 'south' })).get('/api/reports/service')).body
    expect(JSON.stringify(southReport)).not.toContain('cprs')
    expect(JSON.stringify((await (await test.as('analyst')).get('/api/reports/national')).body)).not.toContain('cprs')
  })

  it('COM-057: a form holds words, a scale, goals and a standard measure; all four are kept and reported, and a form without words or goals is refused', async () => {
    const { body } = await (await test.as('data-support', { serviceId: 'north' })).get(`/api/records/${latest}`, { purpose: 'retrieve' })
    const answered = Object.fromEntries(body.answers.map(({ name, value }: { name: string; value: string }) => [name, value]))
    expect(answered).toMatchObject({
      narrative_child: 'Hums the porridge song.',
      goal_1: 'Enjoy bath time',
      goal_1_rating: '9',
      own_cprs_conflict: '28',
    })
    expect(body.record.scores).toMatchObject({ 'phq-9': 7, 'cprs.conflict': 28, 'gbo.goal1': 9 })
    const { measures } = (await lead.get('/api/reports/service')).body as { measures: { measure: string; scale: string; meanChange: object }[] }
    const changeOf = (measure: string, scale: string) => measures.find((one) => one.measure === measure && one.scale === scale)?.meanChange
    expect([changeOf('phq-9', 'total'), changeOf('gbo', 'goal1'), changeOf('cprs', 'conflict')]).toEqual([
      { hidden: false, value: -6 },
      { hidden: false, value: 4 },
      { hidden: false, value: -4 },
    ])
    const analyst = await test.as('analyst')
    const said = await analyst.get('/api/themes/texts?question=narrative_child', { purpose: 'analyse' })
    expect(said.body.texts).toContain('Hums the porridge song.')
    for (const remove of ['narrative_child', 'goal_1_rating']) {
      const { body: refused } = await handIn(one, changedClientForm({ version: `2025-06.no-${remove.slice(0, 4)}`, remove }))
      expect(refused.draft, remove).toBeNull()
    }
  })

  it('come again after a new form for everybody, with nothing for the service to do', async () => {
    expect((await publishForm([one, other], changedClientForm({ version: '2026-02.1' }))).body.state).toBe('published')
    const form = await findTodaysForm(north)
    expect([form.version, namesIn(form).slice(-2)]).toEqual(['2026-02.1+north.2', own])
    expect((await findTodaysForm(south)).version).toBe('2026-02.1')
    expect((await sendWith(north, form, { own_cprs_conflict: '20' })).status).toBe(201)
  })

  it('a lead sees and takes back only what the own service proposed', async () => {
    const { draftId } = (await lead.post('/api/measures', proposal({ scaleId: 'gad-2', domain: 'wellbeing' }))).body
    const southLead = await test.as('service-lead', { serviceId: 'south' })
    expect((await southLead.get('/api/measures')).body.proposals).toEqual([])
    expect((await southLead.request('DELETE', `/api/measures/${draftId}`)).status).toBe(404)
    expect((await lead.request('DELETE', `/api/measures/${draftId}`)).status).toBe(200)
    expect((await other.post(`/api/form-drafts/${draftId}/publish`)).body.code).toBe('form-draft-decided')
    expect(namesIn(await findTodaysForm(north))).not.toContain('own_gad_2_total')
  })

  it('is taken out again the same way: the next session is without it, and what was given keeps its version and its place in the report', async () => {
    const before = await findTodaysForm(north)
    const remove = (client: Client, scaleId: string, more: object = {}) =>
      client.post(`/api/measures/${scaleId}/removal`, { serviceId: 'north', reason: 'Our commissioner no longer asks for it.', ...more })
    const kept = await drafts()
    expect((await remove(lead, 'cprs', { reason: '          ' })).body.code).toBe('request-invalid')
    expect((await remove(lead, 'phq-9')).body.code).toBe('measure-not-own')
    expect((await remove(south, 'cprs')).body.code).toBe('not-allowed')
    expect((await remove(await test.as('service-lead', { serviceId: 'south' }), 'cprs')).body.code).toBe('not-allowed')
    expect(await drafts()).toBe(kept)

    const proposed = await remove(lead, 'cprs')
    expect([proposed.status, proposed.body.removes, proposed.body.measure]).toEqual([201, true, expect.stringContaining('Child-Parent')])
    const { draftId } = proposed.body
    const seen = (await other.get(`/api/form-drafts/${draftId}`)).body
    expect([seen.removal, seen.review]).toEqual(['Our commissioner no longer asks for it.', null])
    expect(seen.difference.removed.map(({ name }: { name: string }) => name)).toEqual(own)
    expect([seen.difference.added, seen.difference.changed]).toEqual([[], []])
    expect(namesIn(await findTodaysForm(north))).toEqual(namesIn(before))
    // Proposed while the measure was in the form, published after it is out: it does not bring it back.
    const meanwhile = (await lead.post('/api/measures', proposal({ scaleId: 'gad-2', domain: 'wellbeing' }))).body.draftId
    const again = (await remove(one, 'cprs')).body.draftId
    expect((await one.post(`/api/form-drafts/${again}/publish`)).body.code).toBe('second-person-same')
    expect((await other.post(`/api/form-drafts/${draftId}/publish`)).status).toBe(200)

    const after = await findTodaysForm(north)
    expect(namesIn(after)).toEqual(namesIn(before).filter((name) => !own.includes(name)))
    expect((await measuresOf(lead)).filter(({ added }) => added)).toEqual([])
    expect((await sendWith(north, after)).status).toBe(201)
    expect((await sendWith(north, before, { own_cprs_conflict: '20' })).status).toBe(201)
    const report = JSON.stringify((await lead.get('/api/reports/service')).body)
    expect(report).toContain('"cprs"')
    expect((await other.post(`/api/form-drafts/${again}/publish`)).body.code).toBe('form-draft-outdated')
    const events = await askDatabase<{ action: string; detail: { measure?: string; removed?: boolean } }>(
      test,
      "select action, detail from log.events where action in ('measure.remove', 'measure.publish') and outcome = 'done'",
    )
    expect(events.filter(({ action, detail }) => action === 'measure.remove' && detail.measure === 'cprs')).toHaveLength(2)
    expect(events.filter(({ action, detail }) => action === 'measure.publish' && detail.removed === true)).toHaveLength(1)

    expect((await other.post(`/api/form-drafts/${meanwhile}/publish`)).status).toBe(200)
    expect(namesIn(await findTodaysForm(north)).filter((name) => name.startsWith('own_'))).toEqual(['own_gad_2_total'])
    const back = (await lead.post('/api/measures', proposal())).body.draftId
    expect((await other.post(`/api/form-drafts/${back}/publish`)).status).toBe(200)
    expect(namesIn(await findTodaysForm(north)).filter((name) => name.startsWith('own_'))).toEqual(['own_gad_2_total', ...own])
  })
})
