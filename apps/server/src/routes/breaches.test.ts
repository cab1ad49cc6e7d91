import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { passTimeTo } from '../../test/pass-time.ts'
import { newCode, readyPractitioner, sendSession } from '../../test/submission.ts'
import { runBreachClock } from '../actions/breach/breaches.ts'
import type { Mail } from '../store/accounts/outbox.ts'
import { jobs } from '../jobs/table.ts'

// The log carries the database's own time, so this file lives today.
const today = new Date()
const day = today.toISOString().slice(0, 10)
const hours = (count: number) => new Date(today.getTime() + count * 3_600_000).toISOString()
const what = 'A laptop of data support was stolen from a car while it was signed in.'
let test: TestAttune
let administrator: Client
let support: Client & { accountId: string }
let leads: { north: Client; south: Client }
const codes = { north: [newCode(), newCode(), newCode()], south: [newCode()] }
const records: string[] = []

const order = (more: object = {}) => ({
  foundAt: hours(0),
  happenedFrom: day,
  happenedUntil: day,
  kind: 'seen',
  what,
  services: ['north'],
  accounts: [],
  ...more,
})
const lettersTo = (to: string) => test.letters.filter((letter) => letter.to === to)
const decide = (breachId: string, decision: string, body?: object) => administrator.post(`/api/breaches/${breachId}/${decision}`, body)
/** What the clock does every few seconds. */
const tick = (signal = new AbortController().signal) => jobs.find(({ name }) => name === 'incident-letters')!.run(test.attune, signal)
const view = async (breachId: string) => (await administrator.get(`/api/breaches/${breachId}`)).body

beforeAll(async () => {
  test = await startAttune({ at: hours(0) })
  administrator = await test.as('administrator', { email: 'admin@example.org' })
  leads = {
    north: await test.as('service-lead', { serviceId: 'north', email: 'lead.north@example.org' }),
    south: await test.as('service-lead', { serviceId: 'south', email: 'lead.south@example.org' }),
  }
  support = await test.as('data-support', { serviceId: 'north' })
  const robin = await readyPractitioner(test, 'north', { email: 'robin@example.org' })
  for (const code of codes.north) records.push((await sendSession(test, robin, { client_code: code })).body.instanceId)
  await sendSession(test, await readyPractitioner(test, 'south', { email: 'sam@example.org' }), { client_code: codes.south[0] })
})
afterAll(() => test.stop())

describe('an incident', () => {
  let breachId = ''
  it('DCS-116: recorded for service A starts a countdown of 72 hours; A’s lead gets the codes and a template, B’s lead nothing', async () => {
    const reply = await administrator.post('/api/breaches', order())
    expect(reply.status, reply.text).toBe(201)
    expect(reply.body).toMatchObject({ reference: expect.stringMatching(/^Incident \d{4}-001$/), dueAt: hours(72) })
    breachId = reply.body.breachId
    // Nobody waits for letters: they are noted, and go by the clock.
    expect(await view(breachId)).toMatchObject({ letters: 1, lettersSent: 0, notices: [] })
    await tick()
    expect(await view(breachId)).toMatchObject({ letters: 1, lettersSent: 1 })
    const [letter, ...more] = lettersTo('lead.north@example.org')
    expect(more).toEqual([])
    for (const code of codes.north) expect(letter!.text).toContain(code)
    expect(letter!.text).toMatch(/these words can be used[\s\S]*What we are doing about it: ____/)
    expect(letter!.subject).toBe('A data incident touches your service')
    expect(letter!.text).not.toContain(what)
    expect(lettersTo('lead.south@example.org')).toEqual([])
    expect(JSON.stringify(test.letters)).not.toContain(codes.south[0])
    const row = (await administrator.get('/api/breaches')).body.breaches[0]
    expect(row).toMatchObject({ regulator: 'waiting', individuals: 'undecided', services: ['Service north'], records: 3, closedAt: null })
    const raw = await askDatabase<{ text: string }>(test, 'select t::text as text from breach.breaches t')
    expect(raw[0]!.text).not.toContain('laptop')
  })

  it('DCS-116: at 72 hours without word to the regulator the status is overdue, and administrators get one letter', async () => {
    await passTimeTo(test, hours(71.9))
    expect(await runBreachClock(test.attune, test.clock.now())).toBe(0)
    expect((await administrator.get('/api/breaches')).body.breaches[0].regulator).toBe('waiting')
    await passTimeTo(test, hours(72.1))
    expect(await runBreachClock(test.attune, test.clock.now())).toBe(1)
    expect(await runBreachClock(test.attune, test.clock.now())).toBe(0)
    expect((await administrator.get('/api/breaches')).body.breaches[0].regulator).toBe('overdue')
    expect((await administrator.get('/api/marks')).body.marks).toContainEqual({ place: '/incidents', open: 1, overdue: 1 })
    expect((await leads.north.get('/api/marks')).body.marks).toEqual([{ place: '/audits', open: 0, overdue: 0 }])
    expect(lettersTo('admin@example.org').map((letter) => letter.subject)).toEqual(['A data incident has to be reported now'])
  })

  it('cannot be closed, and nobody be told, before its risk is looked at; a late word to the regulator needs its reasons', async () => {
    expect((await decide(breachId, 'close', { lessons: 'We lock laptops now.' })).body.code).toBe('breach-not-ready')
    expect((await decide(breachId, 'individuals')).body.code).toBe('breach-not-ready')
    const assessed = await decide(breachId, 'assessment', {
      likelihood: 4,
      severity: 4,
      risk: 'high',
      reasons: 'The screen was not locked, and free text was open.',
    })
    expect(assessed.body).toMatchObject({ risk: 'high', individuals: 'waiting', regulator: 'overdue' })
    expect((await decide(breachId, 'regulator', { toldAt: hours(72.05), reference: 'ICO-1' })).body.fields[0].place).toBe('/lateBecause')
    expect((await decide(breachId, 'regulator', { toldAt: hours(-1), reference: 'ICO-1' })).body.fields[0].place).toBe('/toldAt')
    expect((await decide(breachId, 'regulator', { toldAt: hours(73), reference: 'ICO-1' })).body.fields[0].place).toBe('/toldAt')
    const told = await decide(breachId, 'regulator', {
      toldAt: hours(72.05),
      reference: 'ICO-1',
      lateBecause: 'The owner was away when it was found.',
    })
    expect(told.body).toMatchObject({ regulator: 'told-late', regulatorReference: 'ICO-1' })
    expect((await decide(breachId, 'close', { lessons: 'We lock laptops now.' })).body.detail).toContain('people concerned')
  })

  it('DCS-116: the people concerned are told, practitioners directly and clients through their service, by code only', async () => {
    const before = test.letters.length
    const told = await decide(breachId, 'individuals')
    expect(told.body).toMatchObject({ individuals: 'told', letters: 3, lettersSent: 1 })
    await tick()
    await tick()
    const sent = test.letters.slice(before)
    expect(sent.map((letter) => [letter.to, letter.subject])).toEqual([
      ['lead.north@example.org', 'Please tell your clients about a data incident'],
      ['robin@example.org', 'A data incident touches data about you'],
    ])
    expect(sent[0]!.text).toContain(codes.north[1])
    expect((await view(breachId)).notices.map((notice: { what: string; to: string }) => [notice.what, notice.to])).toEqual([
      ['first', 'service-lead'],
      ['tell-clients', 'service-lead'],
      ['practitioner', 'practitioner'],
    ])
    expect((await decide(breachId, 'individuals')).body.code).toBe('breach-not-ready')
    expect(test.letters.length).toBe(before + 2)
  })

  it('closes with what was learnt and stays in the register', async () => {
    expect((await decide(breachId, 'close', { lessons: 'Laptops lock after one minute now.' })).body).toMatchObject({
      lessons: expect.any(String),
      closedAt: hours(72.1),
    })
    expect(
      (await decide(breachId, 'assessment', { likelihood: 1, severity: 1, risk: 'unlikely', reasons: 'A second thought about it.' })).body.code,
    ).toBe('breach-closed')
    expect((await administrator.get('/api/breaches')).body.breaches).toHaveLength(1)
  })
})

describe('decisions at the same moment', () => {
  it('lose no word of one another, and people are told once', async () => {
    const { breachId } = (await administrator.post('/api/breaches', order({ foundAt: hours(1), services: ['south'] }))).body
    const risk = { likelihood: 4, severity: 4, risk: 'high', reasons: 'The screen was not locked, and free text was open.' }
    const told = { toldAt: hours(2), reference: 'ICO-2' }
    const replies = await Promise.all([decide(breachId, 'assessment', risk), decide(breachId, 'regulator', told)])
    expect(replies.map((reply) => [reply.status, reply.text])).toEqual([
      [200, expect.any(String)],
      [200, expect.any(String)],
    ])
    expect((await administrator.get(`/api/breaches/${breachId}`)).body).toMatchObject({ reasons: risk.reasons, regulatorReference: 'ICO-2' })
    await tick()
    const before = lettersTo('lead.south@example.org').length
    const twice = await Promise.all([decide(breachId, 'individuals'), decide(breachId, 'individuals')])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
    await Promise.all([tick(), tick()])
    expect(lettersTo('lead.south@example.org')).toHaveLength(before + 1)
  })
})

describe('the records that an incident may concern', () => {
  it('are worked out from the log: what the account opened, and what was in its lists', async () => {
    await support.get(`/api/records/${records[1]}`, { purpose: 'retrieve' })
    const opened = await administrator.post(
      '/api/breaches',
      order({ accounts: [support.accountId], services: ['north', 'south'], foundAt: hours(1) }),
    )
    await tick()
    expect((await view(opened.body.breachId)).affected).toMatchObject([
      { serviceId: 'north', opened: 1, withinReach: 0, clients: 1, practitioners: 1 },
    ])
    expect(lettersTo('lead.north@example.org').at(-1)!.text).toContain(codes.north[1])
    expect(lettersTo('lead.north@example.org').at(-1)!.text).not.toContain(codes.north[0])

    await support.get('/api/records', { purpose: 'retrieve' })
    const listed = await administrator.post(
      '/api/breaches',
      order({ accounts: [support.accountId], services: ['north', 'south'], foundAt: hours(1) }),
    )
    expect((await administrator.get(`/api/breaches/${listed.body.breachId}`)).body.affected).toMatchObject([
      { serviceId: 'north', opened: 1, withinReach: 2, clients: 3 },
    ])

    // An analyst is shown words of every service, without codes.
    const [analyst, idle] = [await test.as('analyst'), await test.as('analyst')]
    expect((await analyst.get('/api/themes/texts?question=narrative_child', { purpose: 'analyse' })).status).toBe(200)
    const reached = async (accountId: string) => {
      const { breachId } = (
        await administrator.post('/api/breaches', order({ accounts: [accountId], services: ['north', 'south'], foundAt: hours(1) }))
      ).body
      return (await administrator.get(`/api/breaches/${breachId}`)).body.records
    }
    expect([await reached(analyst.accountId), await reached(idle.accountId)]).toEqual([4, 0])

    const nobody = await administrator.post('/api/breaches', order({ accounts: ['00000000-0000-4000-8000-000000000009'], foundAt: hours(1) }))
    expect((await administrator.get(`/api/breaches/${nobody.body.breachId}`)).body).toMatchObject({ affected: [], records: 0, notices: [] })
  })
})

describe('who records and who decides', () => {
  it('a service lead records for the own service, and sees no register', async () => {
    await tick()
    const before = lettersTo('lead.south@example.org').length
    expect((await leads.south.post('/api/breaches', order({ services: ['south'] }))).status).toBe(201)
    await tick()
    expect((await leads.south.post('/api/breaches', order({ services: ['north'] }))).status).toBe(404)
    expect((await leads.south.get('/api/breaches')).status).toBe(403)
    expect((await leads.south.post('/api/breaches', order({ services: ['south'], accounts: [support.accountId] }))).status).toBe(403)
    expect(lettersTo('lead.south@example.org')).toHaveLength(before + 1)
    expect((await support.post('/api/breaches', order())).status).toBe(403)
  })

  it.each([
    ['a day that no calendar has', { happenedFrom: '2025-02-31' }],
    ['an end before its beginning', { happenedUntil: '2020-01-01', happenedFrom: '2020-02-01' }],
    ['a beginning after it was found', { happenedFrom: '2099-01-01', happenedUntil: '2099-01-02' }],
    ['a find in the future', { foundAt: '2099-01-01T00:00:00Z' }],
    ['an instant that is none', { foundAt: 'yesterday' }],
    ['no account of what happened', { what: '          ' }],
    ['no service', { services: [] }],
    ['a kind that is none', { kind: 'planted' }],
  ])('%s is refused and nothing is kept', async (_what, more) => {
    const before = (await administrator.get('/api/breaches')).body.breaches.length
    const reply = await administrator.post('/api/breaches', order(more))
    expect([reply.status, reply.body.code]).toEqual([400, 'request-invalid'])
    expect((await administrator.get('/api/breaches')).body.breaches.length).toBe(before)
  })

  it('a decision without reasons is refused', async () => {
    const { breachId } = (await administrator.get('/api/breaches')).body.breaches[0]
    expect((await decide(breachId, 'assessment', { likelihood: 1, severity: 1, risk: 'unlikely', reasons: '   ' })).status).toBe(400)
    expect((await decide(breachId, 'assessment', { likelihood: 1, severity: 1, risk: 'unlikely' })).status).toBe(400)
    expect((await administrator.get(`/api/breaches/${breachId}`)).body.risk).toBeNull()
  })
})

describe('an incident of many services', () => {
  const names = Array.from({ length: 12 }, (_, at) => `many-${at}`)
  const mine = () => test.letters.filter(({ to }) => to.startsWith('lead.many-'))
  const breakMail = (send: Mail['send']) => {
    const { mail } = test.attune
    Object.assign(test.attune, { mail: { ...mail, send } })
    return () => Object.assign(test.attune, { mail })
  }
  const brokenOff = () => Promise.reject(new Error('broken off'))

  it('is filed at once; whom it concerns and the letters follow by the clock, and the screen sees how far they are', async () => {
    for (const serviceId of names) {
      await test.addService(serviceId)
      const lead = await test.as('service-lead', { serviceId, email: `lead.${serviceId}@example.org` })
      await sendSession(test, await readyPractitioner(test, serviceId), { client_code: newCode() })
      if (serviceId === 'many-11')
        await askDatabase(test, `update policy.access_grants set review_on = '2020-01-01' where account_id = $1`, [lead.accountId])
    }
    const reply = await administrator.post('/api/breaches', order({ services: names, foundAt: hours(1), happenedUntil: hours(72.1).slice(0, 10) }))
    expect(reply.status, reply.text).toBe(201)
    const { breachId } = reply.body
    expect(await view(breachId)).toMatchObject({ servicesLeft: 12, records: 0, letters: 0 })
    const risk = { likelihood: 4, severity: 4, risk: 'high', reasons: 'The screen was not locked, and free text was open.' }
    expect((await decide(breachId, 'assessment', risk)).status).toBe(200)
    expect((await decide(breachId, 'individuals')).body.detail).toContain('still being looked through')

    // The server stops at the sixth letter, which is in the outbox and not marked.
    const { mail } = test.attune
    const stop = new AbortController()
    let put = 0
    const mend = breakMail(async (letter, id) => {
      await mail.send(letter, id)
      if (++put < 6) return true
      stop.abort()
      return brokenOff()
    })
    await tick(stop.signal).catch(() => {})
    mend()
    // One lead's access has lapsed: no letter.
    expect(await view(breachId)).toMatchObject({ servicesLeft: 0, records: 12, letters: 11, lettersSent: 5 })
    await tick()
    await tick()
    expect(await view(breachId)).toMatchObject({ letters: 11, lettersSent: 11 })
    const once = names.slice(0, 11).map((name) => `lead.${name}@example.org`)
    expect(
      mine()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(once.sort())
  })

  it('goes on where it was when its working out was broken off, and writes to nobody who has left meanwhile', async () => {
    const again = (await administrator.post('/api/breaches', order({ services: names, foundAt: hours(1), happenedUntil: hours(72.1).slice(0, 10) })))
      .body.breachId
    const { keyring } = test.attune
    const openIdentity = () => {
      throw new Error('broken off')
    }
    Object.assign(test.attune, { keyring: { ...keyring, openIdentity } })
    await expect(tick()).rejects.toThrow('broken off')
    Object.assign(test.attune, { keyring })
    expect(await view(again)).toMatchObject({ servicesLeft: 12, letters: 0 })
    const mend = breakMail(brokenOff)
    await expect(tick()).rejects.toThrow('broken off')
    mend()
    expect(await view(again)).toMatchObject({ servicesLeft: 0, letters: 11, lettersSent: 0 })
    const before = mine().length
    await askDatabase(test, `update policy.access_grants set ended_at = now() where role = 'service-lead' and service_id = 'many-3'`)
    await tick()
    expect(await view(again)).toMatchObject({ letters: 10, lettersSent: 10 })
    expect(mine().length).toBe(before + 10)
    const events = await askDatabase<{ detail: object }>(test, `select detail from log.events where action = 'breach.letter-void'`)
    expect(events).toMatchObject([{ detail: { breachId: again, what: 'first' } }])
  })
})
