// Item packs from outside: a folder beside the installation with a pack and a licence key, and what services, and those without the licence, get.
// The statements are made up: no owner's wording is in this repository.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { questionsOf } from '@attune/forms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { findTodaysForm, proposal, sendWith, type Form } from '../../test/handing-in.ts'
import { readyPractitioner } from '../../test/submission.ts'
import { followLicences } from '../actions/form/follow-licences.ts'
import { verifySums } from '../actions/sums/verify-sums.ts'
import { readItemPacks, sayItemPacks } from '../outside/item-packs.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'attune-item-packs-'))
const texts = Array.from({ length: 25 }, (_, at) => `  q${at + 1}: A made-up statement ${at + 1}`).join('\n')
const pack = `scale: sdq\nlicence: Licence of a made-up publisher\nlabels: [not so, partly so, quite so]\ntexts:\n${texts}\n`
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const keyOf = (more: Record<string, string> = {}) =>
  Object.entries({
    scale: 'sdq',
    grantedBy: 'A made-up publisher',
    number: 'L-2025-7',
    services: '[north]',
    from: '2025-01-01',
    until: '2025-12-31',
    packHash: hashOf(pack),
    ...more,
  })
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('')
const put = (name: string, text: string) => writeFileSync(path.join(folder, name), text)

let test: TestAttune
let northLead: Client
let southLead: Client
let north: Client
let south: Client
beforeAll(async () => {
  put('sdq.pack.yaml', pack)
  put('sdq.licence.yaml', keyOf())
  put('epds.pack.yaml', 'scale: epds\nlicence: None\nlabels: []\ntexts: {}\n')
  test = await startAttune({ itemPacks: folder })
  northLead = await test.as('service-lead', { serviceId: 'north' })
  southLead = await test.as('service-lead', { serviceId: 'south' })
  north = await readyPractitioner(test, 'north')
  south = await readyPractitioner(test, 'south')
})
afterAll(async () => {
  await test.stop()
  rmSync(folder, { recursive: true })
})

const namesIn = ({ outline }: Form) =>
  questionsOf(outline)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('own_sdq_'))
const propose = async (client: Client, serviceId: string) => {
  const proposed = await client.post('/api/measures', proposal({ serviceId, scaleId: 'sdq', domain: 'wellbeing' }))
  expect(proposed.status, proposed.text).toBe(201)
  return proposed.body.draftId as string
}
const publish = async (draftId: string) => (await test.as('administrator')).post(`/api/form-drafts/${draftId}/publish`)
const rowOf = async (client: Client) =>
  (await client.get('/api/measures')).body.measures.find(({ scaleId }: { scaleId: string }) => scaleId === 'sdq')

describe('an item pack', () => {
  it('whose licence a service holds puts the items into that service’s form, and the total alone into another’s', async () => {
    expect([await rowOf(northLead), await rowOf(southLead)]).toMatchObject([{ itemsUntil: '2025-12-31' }, { itemsUntil: null }])
    for (const [lead, service] of [
      [northLead, 'north'],
      [southLead, 'south'],
    ] as const)
      expect((await publish(await propose(lead, service))).status).toBe(200)
    const [held, without] = [await findTodaysForm(north), await findTodaysForm(south)]
    expect(namesIn(held).filter((name) => /_q\d+$/.test(name))).toHaveLength(25)
    expect(JSON.stringify(held)).toContain('A made-up statement 25')
    const scores = ['emotional', 'conduct', 'hyperactivity', 'peer', 'prosocial', 'impact', 'total']
    expect(namesIn(without).toSorted()).toEqual(scores.map((id) => `own_sdq_${id}`).toSorted())
    expect(JSON.stringify(without)).not.toContain('made-up statement')
    expect([await rowOf(northLead), await rowOf(southLead)]).toMatchObject([{ asksItems: true }, { asksItems: false }])
    const elsewhere = await south.get(`/api/forms/client-session/${encodeURIComponent(held.version)}`)
    expect([elsewhere.status, elsewhere.text.includes('made-up statement')]).toEqual([422, false])
  })

  it('is added up by its key, whatever total came along', async () => {
    const form = await findTodaysForm(north)
    const items = { ...Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`own_sdq_q${at + 1}`, '2'])), own_sdq_impact: '7' }
    const recordId = '0b8f6e0e-5d1c-4b0a-9c60-2f0a54f3a001'
    const sent = await sendWith(north, form, { ...items, own_sdq_total: '3' }, recordId)
    expect(sent.status, sent.text).toBe(201)
    const support = await test.as('data-support', { serviceId: 'north' })
    const { body } = await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })
    expect(body.record.scores).toMatchObject({ sdq: 30, 'sdq.conduct': 8, 'sdq.prosocial': 10, 'sdq.impact': 7 })
    const outside = await sendWith(north, form, { ...items, own_sdq_q1: '3' })
    expect(outside.status).toBe(422)
    expect((await sendWith(north, form, { own_sdq_impact: '11' })).status).toBe(422)
  })

  it('leaves the form on the day after the licence ends and comes back when it is renewed, without a new review', async () => {
    test.clock.set('2025-12-31T22:00:00Z')
    expect(await followLicences(test.attune)).toBe(0)
    test.clock.set('2026-01-01T00:10:00Z')
    expect(await followLicences(test.attune)).toBe(1)
    const form = await findTodaysForm(await readyPractitioner(test, 'north'))
    expect([namesIn(form).includes('own_sdq_q1'), namesIn(form).includes('own_sdq_total')]).toEqual([false, true])
    expect(form.outline.version).toMatch(/\+north\.2$/)
    expect(JSON.stringify(form)).not.toContain('made-up statement')
    expect(
      (await askDatabase(test, "select 1 from log.events where action = 'form.publish' and service_id = 'north' and outcome = 'done'")).length,
    ).toBe(1)
    expect(await followLicences(test.attune)).toBe(0)

    put('sdq.licence.yaml', keyOf({ until: '2026-12-31', services: '[north, south]' }))
    Object.assign(test.attune, { itemPacks: readItemPacks(folder) })
    expect(await followLicences(test.attune)).toBe(1)
    expect(namesIn(await findTodaysForm(await readyPractitioner(test, 'north')))).toContain('own_sdq_q1')
    // South's review was about totals: a licence alone changes nothing there, a new review does.
    expect(namesIn(await findTodaysForm(await readyPractitioner(test, 'south')))).not.toContain('own_sdq_q1')
    const lead = await test.as('service-lead', { serviceId: 'south' })
    expect((await publish(await propose(lead, 'south'))).status).toBe(200)
    expect(namesIn(await findTodaysForm(await readyPractitioner(test, 'south')))).toContain('own_sdq_q1')
    const again = await lead.post('/api/measures', proposal({ serviceId: 'south', scaleId: 'sdq', domain: 'wellbeing' }))
    expect(again.body.code).toBe('measure-refused')
  })

  it('of a measure in everybody’s form adds its lines for the service that holds the licence and asks for them; others keep the total, and so does the service afterwards', async () => {
    test.clock.set('2026-01-02T10:00:00Z')
    const until = '2026-06-30'
    const lines = Array.from({ length: 7 }, (_, at) => `  q${at + 1}: A made-up line ${at + 1}`).join('\n')
    const words = `scale: swemwbs\nlicence: Licence of a made-up university\nlabels: [a, b, c, d, e]\ntexts:\n${lines}\n`
    const load = (to: string) => {
      put('swemwbs.pack.yaml', words)
      put('swemwbs.licence.yaml', keyOf({ scale: 'swemwbs', packHash: hashOf(words), until: to, from: '2025-01-01' }))
      Object.assign(test.attune, { itemPacks: readItemPacks(folder) })
    }
    const lead = await test.as('service-lead', { serviceId: 'north' })
    const other = await test.as('service-lead', { serviceId: 'south' })
    const row = async (client: Client) =>
      (await client.get('/api/measures')).body.measures.find(({ scaleId }: { scaleId: string }) => scaleId === 'swemwbs')
    const wanted = proposal({ serviceId: 'north', scaleId: 'swemwbs', domain: 'wellbeing' })
    const without = await lead.post('/api/measures', wanted)
    expect([without.status, without.text]).toEqual([422, expect.stringContaining('the service needs a licence key that names it')])
    load(until)
    expect(await row(lead)).toMatchObject({ recommended: true, added: false, asksItems: false, itemsUntil: until, mayTakeItems: true })
    expect(await row(other)).toMatchObject({ itemsUntil: null })
    const proposed = await lead.post('/api/measures', wanted)
    expect(proposed.status, proposed.text).toBe(201)
    expect((await publish(proposed.body.draftId)).status).toBe(200)
    expect(await row(lead)).toMatchObject({ added: true, asksItems: true })

    const sender = await readyPractitioner(test, 'north')
    const form = await findTodaysForm(sender)
    const elsewhere = await findTodaysForm(await readyPractitioner(test, 'south'))
    const questions = ({ outline }: Form) => questionsOf(outline).map(({ name }) => name)
    expect(questions(form).filter((name) => name.startsWith('own_swemwbs_q'))).toHaveLength(7)
    expect(questions(form)).toContain('swemwbs_total')
    expect([questions(elsewhere).includes('own_swemwbs_q1'), JSON.stringify(elsewhere).includes('made-up line')]).toEqual([false, false])

    const support = await test.as('data-support', { serviceId: 'north' })
    const scoresOf = async (given: Record<string, string>, recordId: Parameters<typeof sendWith>[3]) => {
      const sent = await sendWith(sender, form, { measures_used: ['swemwbs'], ...given }, recordId)
      expect(sent.status, sent.text).toBe(201)
      const { body, text } = await support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })
      return [body.record.scores['swemwbs.raw'], text]
    }
    const answered = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`own_swemwbs_q${at + 1}`, '4']))
    // All lines: they count, whatever total was typed. Too few of them, or none: the total from paper.
    const [raw, read] = await scoresOf({ ...answered(7), swemwbs_total: '9' }, '0b8f6e0e-5d1c-4b0a-9c60-2f0a54f3a101')
    expect(raw).toBe(28)
    expect(read).toMatch(/raw total[^}]*"28"/)
    expect(read).not.toMatch(/raw total[^}]*"9"/)
    expect((await scoresOf({ ...answered(1), swemwbs_total: '19' }, '0b8f6e0e-5d1c-4b0a-9c60-2f0a54f3a102'))[0]).toBe(19)
    expect((await scoresOf({ swemwbs_total: '23' }, '0b8f6e0e-5d1c-4b0a-9c60-2f0a54f3a103'))[0]).toBe(23)
    expect(await verifySums(test.attune)).toMatchObject({ differing: [] })

    load('2025-12-31')
    expect(await followLicences(test.attune)).toBe(1)
    const after = await findTodaysForm(sender)
    expect([questions(after).includes('own_swemwbs_q1'), questions(after).includes('swemwbs_total')]).toEqual([false, true])
    expect(JSON.stringify(after)).not.toContain('made-up line')
    expect(await row(lead)).toMatchObject({ added: true, asksItems: false, itemsUntil: null })
    expect(await followLicences(test.attune)).toBe(0)
    load('2026-12-31')
    expect(await followLicences(test.attune)).toBe(1)
    expect(questions(await findTodaysForm(sender))).toContain('own_swemwbs_q1')
    rmSync(path.join(folder, 'swemwbs.pack.yaml'))
    rmSync(path.join(folder, 'swemwbs.licence.yaml'))
  })

  it('that is wrong is named at the start with what is wrong, and the server runs', () => {
    expect(test.faults.filter((line) => line.includes('item pack')).map((line) => JSON.parse(line).note)).toEqual([
      expect.stringMatching(/^item pack epds: the licence key .*epds\.licence\.yaml is missing\. Write it with packHash: [0-9a-f]{64}\. Until then/),
    ])
    const say = (key: string, services = ['north', 'south'], text = pack) => {
      put('sdq.pack.yaml', text)
      put('sdq.licence.yaml', key)
      return sayItemPacks(readItemPacks(folder), { day: '2025-11-21', services }).find(({ about }) => about === 'item pack sdq')
    }
    expect(say(keyOf())).toEqual({ ok: true, about: 'item pack sdq', says: 'asked item by item by north until 2025-12-31' })
    for (const [key, sentence] of [
      [keyOf({ until: '2025-11-20' }), /L-2025-7 ended on 2025-11-20\. Until then only its totals/],
      [keyOf({ from: '2025-11-22' }), /begins on 2025-11-22/],
      [keyOf({ until: '2025-12-01' }), /ends on 2025-12-01, in 10 days/],
      [keyOf({ packHash: 'a'.repeat(64) }), /not the one that the licence key was written for\. Its SHA-256 is [0-9a-f]{64}, the key says a{64}/],
      [keyOf({ services: '[nroth]' }), /is for nroth, and no service here has that id/],
      [keyOf({ scale: 'epds' }), /is for "epds", not for "sdq"/],
      [keyOf({ number: '' }), /number: write some text/],
      ['services: [north', /cannot be read, or is not valid YAML/],
    ] as const)
      expect(say(key)).toMatchObject({ ok: false, says: expect.stringMatching(sentence) })
    const short = pack.replace('A made-up statement 7', '')
    expect(say(keyOf({ packHash: hashOf(short) }), ['north'], short)).toMatchObject({
      ok: false,
      says: expect.stringMatching(/texts\.q7: write the wording/),
    })
    expect(readItemPacks(path.join(folder, 'nowhere'))).toEqual([])
  })
})
