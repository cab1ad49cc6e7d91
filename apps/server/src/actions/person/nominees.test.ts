// How many people of a service see its records, and what becomes of whom a service puts forward: both as the policy says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import { programmeAfter } from '../../../test/changed-programme.ts'
import { nominate, nominee } from '../../../test/nominate.ts'
import { jobs } from '../../jobs/table.ts'
import { lapseNominations } from './lapse-nominations.ts'

let test: TestAttune
let administrator: Client
beforeAll(async () => {
  test = await startAttune({
    programme: programmeAfter(['nomineesPerServiceMaximum: 2', 'nomineesPerServiceMaximum: 3'], ['nominationKeepDays: 90', 'nominationKeepDays: 30']),
  })
  administrator = await test.as('administrator')
})
afterAll(() => test.stop())

const give = (accountId: string, serviceId = 'north') => administrator.post('/api/grants', { accountId, role: 'data-support', serviceId })
const accept = (token: string, client = test.stranger()) =>
  client.post('/api/invitations/accept', {
    token,
    displayName: 'Nia',
    noticeRead: test.attune.programme.policyVersion.edition,
    password: 'heron teapot lantern 41',
  })
const inviteTo = async (email: string, serviceId = 'north'): Promise<string> =>
  (await administrator.post('/api/invitations', { email, role: 'data-support', serviceId })).body.link.split('#')[1]
const accounts = <Row>(question: string, values: unknown[]) => askDatabase<Row>(test, question, values, 'accounts')

describe('places for data support', () => {
  it('DCS-122: are as many as policy.yaml says; one more is refused with the number, and an invitation that finds none is not used up', async () => {
    expect((await test.stranger().get('/api/programme')).body.nomineesPerService).toBe(3)
    const seated = await Promise.all([1, 2, 3].map(() => nominee(test, 'north')))
    const grants = []
    for (const { accountId } of seated) grants.push(await give(accountId))
    expect(grants.map(({ status }) => status)).toEqual([201, 201, 201])
    const refused = await give((await nominee(test, 'north')).accountId)
    expect([refused.status, refused.body.code]).toEqual([409, 'grant-limit'])
    expect(refused.body.detail).toContain('at most 3 people of a service see its records')

    await nominate(test, 'north', 'late@example.org')
    const token = await inviteTo('late@example.org')
    const tries = [await accept(token), await accept(token)]
    expect(tries.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'grant-limit'],
      [409, 'grant-limit'],
    ])
    // Nothing is left behind: no account, no used invitation, and the nomination still stands.
    const left = await accounts<{ used: number; open: number }>(
      `select (select count(*)::int from accounts.invitations where used_at is not null) as used,
        (select count(*)::int from accounts.nominations where given_at is null and service_id = 'north') as open`,
      [],
    )
    expect(left).toEqual([{ used: 0, open: 2 }])
    expect((await test.stranger().post('/api/invitations/look', { token })).status).toBe(200)

    await administrator.request('DELETE', `/api/grants/${grants[0]!.body.grantId}`)
    const given = await accept(token)
    expect([given.status, given.body.displayName]).toEqual([200, 'Nia'])
    expect((await accept(token)).status).toBe(404)
    expect(await accounts(`select 1 from accounts.nominations where given_at is null and service_id = 'north'`, [])).toHaveLength(1)
  })

  it('a try that broke off after the role was given is finished by the next one, with one account and one role', async () => {
    await nominate(test, 'south', 'broken@example.org')
    const token = await inviteTo('broken@example.org', 'south')
    const [invitation] = await accounts<{ invitation_id: string }>(
      `select invitation_id from accounts.invitations where service_id = 'south' and used_at is null`,
      [],
    )
    // What such a try leaves: the role in one database, nothing in the other.
    await askDatabase(
      test,
      `insert into policy.access_grants (service_id, grant_id, account_id, role, seat) values ('south', gen_random_uuid(), $1, 'data-support', 1)`,
      [invitation!.invitation_id],
    )
    expect((await accept(token)).status).toBe(200)
    const seats = await askDatabase<{ account_id: string }>(
      test,
      `select account_id from policy.access_grants where service_id = 'south' and seat is not null`,
    )
    expect(seats).toEqual([{ account_id: invitation!.invitation_id }])
  })
})

describe('a nomination that nobody acts on', () => {
  it('lapses after the policy’s days by the daily run: gone with what it said, an event, and one letter to the lead', async () => {
    await test.addService('quiet')
    const at = test.clock.now()
    const lead = await test.as('service-lead', { serviceId: 'quiet', email: 'lead@quiet.example.org' })
    const [waits, invited] = ['waits@example.org', 'invited@example.org']
    for (const email of [waits, invited]) await lead.post('/api/nominations', { email, displayName: 'Nia', jobTitle: 'Data analyst' })
    const listed = (await lead.get('/api/nominations')).body.nominations as { email: string; lapsesOn: string; nominationId: string }[]
    expect(listed.map(({ lapsesOn }) => lapsesOn)).toEqual(['2025-12-21', '2025-12-21'])
    const open = async () =>
      (await accounts<{ nomination_id: string }>(`select nomination_id from accounts.nominations where service_id = 'quiet'`, [])).length
    test.clock.set('2025-12-20T23:30:00Z')
    // Somebody is on the way to taking this one up.
    const invitedAgain = await test.as('administrator')
    const sent = await invitedAgain.post('/api/invitations', { email: invited, role: 'data-support', serviceId: 'quiet' })
    expect(sent.status).toBe(201)
    await lapseNominations(test.attune)
    expect(await open()).toBe(2)
    test.clock.set('2025-12-21T04:15:00Z')
    const job = jobs.find(({ name }) => name === 'nominations')!
    const run = () => job.run(test.attune, new AbortController().signal)
    // The other tests' open nominations are older and go as well.
    await run()
    expect(await open()).toBe(1)
    await run()
    const events = await askDatabase<{ detail: object }>(
      test,
      `select detail from log.events where action = 'nominee.lapse' and service_id = 'quiet'`,
    )
    const lapsed = listed.find(({ email }) => email === waits)!.nominationId
    expect(events).toEqual([{ detail: { nomination: lapsed, nominatedOn: '2025-11-21', keepDays: 30 } }])
    const letters = test.letters.filter(({ subject, to }) => subject === 'A nomination has lapsed' && to === 'lead@quiet.example.org')
    expect(letters.map(({ text }) => [text.includes('on 21 November 2025'), text.includes('for 30 days'), text.includes('Nia')])).toEqual([
      [true, true, false],
    ])
    test.clock.set(at)
    const refused = await administrator.post('/api/invitations', { email: waits, role: 'data-support', serviceId: 'quiet' })
    expect([refused.status, refused.body.code]).toEqual([409, 'nomination-missing'])
    // Once the invitation is over as well, nothing holds the other one.
    test.clock.set('2025-12-28T04:15:00Z')
    await run()
    expect(await open()).toBe(0)
    test.clock.set(at)
  })
})

describe('a server that stops between giving access and marking the nomination', () => {
  /** As the accounts are when the stop comes after the access was given and before its nomination was marked. */
  const unmark = (nominationId: string) =>
    accounts(`update accounts.nominations set account_id = null, grant_id = null, given_at = null where nomination_id = $1`, [nominationId])
  const nominationOf = async (grantId: string) =>
    (await accounts<{ nomination_id: string }>(`select nomination_id from accounts.nominations where grant_id = $1`, [grantId]))[0]!.nomination_id
  const isOpen = async (nominationId: string) =>
    (await accounts<{ open: boolean }>(`select given_at is null as open from accounts.nominations where nomination_id = $1`, [nominationId]))[0]?.open

  it('leaves no nomination that can be used again, whoever asks next', async () => {
    await test.addService('stops')
    const lead = await test.as('service-lead', { serviceId: 'stops', email: 'lead@stops.example.org' })
    const person = await nominee(test, 'stops')
    const given = await give(person.accountId, 'stops')
    expect(given.status).toBe(201)
    const nominationId = await nominationOf(given.body.grantId)
    await administrator.request('DELETE', `/api/grants/${given.body.grantId}`)

    await unmark(nominationId)
    const again = await give(person.accountId, 'stops')
    expect([again.status, again.body.code]).toEqual([409, 'nomination-missing'])
    expect(await isOpen(nominationId)).toBe(false)

    await unmark(nominationId)
    expect((await lead.get('/api/nominations')).body.nominations).toEqual([])
    expect(await isOpen(nominationId)).toBe(false)

    await unmark(nominationId)
    expect((await lead.request('DELETE', `/api/nominations/${nominationId}`)).status).toBe(404)
    expect(await isOpen(nominationId)).toBe(false)

    await unmark(nominationId)
    const at = test.clock.now()
    test.clock.set('2026-03-01T04:15:00Z')
    await lapseNominations(test.attune)
    test.clock.set(at)
    expect(await isOpen(nominationId)).toBe(false)
    expect(test.letters.filter(({ to }) => to === 'lead@stops.example.org')).toEqual([])
  })

  it('lets the invitation be taken up again, with the one access that was given', async () => {
    await nominate(test, 'stops', 'joins@example.org')
    const token = await inviteTo('joins@example.org', 'stops')
    const { databases } = test.attune
    // The accounts cannot be written any more, from the moment at which the other database has given the access.
    await accounts(`alter table accounts.nominations add constraint broken check (given_at is null) not valid`, [])
    expect((await accept(token)).status).toBe(500)
    await accounts(`alter table accounts.nominations drop constraint broken`, [])
    expect(databases.accounts.pool.idleCount).toBeGreaterThan(0)
    const held = () =>
      askDatabase(
        test,
        `select grant_id, nomination_id from policy.access_grants where service_id = 'stops' and role = 'data-support' and ended_at is null`,
      )
    const [grant] = await held()
    expect(grant).toMatchObject({ nomination_id: expect.any(String) })
    expect((await accept(token)).status).toBe(200)
    expect(await held()).toEqual([grant])
    expect(await isOpen((grant as { nomination_id: string }).nomination_id)).toBe(false)
  })

  it('gives one access for one nomination when two administrators are at it', async () => {
    const person = await nominee(test, 'stops')
    const both = await Promise.all([give(person.accountId, 'stops'), give(person.accountId, 'stops')])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})
