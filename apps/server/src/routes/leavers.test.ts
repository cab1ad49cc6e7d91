// Practitioners who stop, move, take consent back or ask to be deleted: what is left of them, seen from outside.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import type { Client, TestAttune } from '../../test/attune.ts'
import { openDesk, type Desk } from '../../test/rights-desk.ts'
import { consentGiven, newCode, readyPractitioner, sendConsent, sendSession, trainingAnswers } from '../../test/submission.ts'
import { eraseAccountsAgain, findErasedAgain } from '../store/backup/erase-again.ts'
import { runRetention } from '../actions/retention/run-retention.ts'

let desk: Desk
let test: TestAttune
beforeAll(async () => {
  desk = await openDesk('2025-11-21T10:00:00Z')
  test = desk.test
})
afterAll(() => test.stop())

const consents = (accountId: string) =>
  askDatabase<{ sealed: Buffer | null; removed: boolean; proof: number }>(
    test,
    `select c.sealed, c.removed_at is not null as removed, length(c.proof_hash) as proof from identity.practitioner_consents c join identity.practitioners p using (service_id, practitioner_id) where p.account_id = $1`,
    [accountId],
  )
const names = async (who: Client = desk.support) =>
  (await who.get('/api/practitioners', { purpose: 'retrieve' })).body.practitioners as { name: string; status: string; consentCurrent: boolean }[]
/** The address and the service that the consent form shows somebody. */
async function signedAs(who: Client): Promise<{ email: string; serviceName: string }> {
  const [session, standing] = [(await who.get('/api/session')).body, (await who.get('/api/standing')).body]
  return { email: session.email, serviceName: standing.prefill['service_name'] }
}
/** Connects a collecting app; what is returned asks for the forms as the app does. */
async function connectApp(who: Client): Promise<() => Promise<number>> {
  const { token } = (await who.post('/api/devices', { name: 'Old phone' })).body
  const headers = { host: 'localhost:4280', authorization: `Basic ${Buffer.from(`attune:${token}`).toString('base64')}` }
  return async () => (await test.app.inject({ method: 'GET', url: '/formList', headers })).statusCode
}
const seen = async (recordId: string) => (await desk.support.get(`/api/records/${recordId}`, { purpose: 'retrieve' })).text

describe('leaving', () => {
  it('DCS-131 DCS-132: whoever says that they leave has no name, address or signature in a consent any more, keeps a proof, and cannot send', async () => {
    const person = await readyPractitioner(test, 'north', { firstName: 'Linnet', surname: 'Ashgrove' })
    const recordId = await desk.sent(newCode(), {}, person)
    expect(await consents(person.accountId)).toEqual([{ sealed: expect.any(Buffer), removed: false, proof: 32 }])
    expect((await person.post('/api/leaving', { leaving: true })).body).toEqual({ done: true })
    expect(await consents(person.accountId)).toEqual([{ sealed: null, removed: true, proof: 32 }])
    expect((await names()).find((one) => one.name === 'Linnet Ashgrove')).toMatchObject({ status: 'left', consentCurrent: false })
    expect((await sendSession(test, person)).status).toBe(403)
    expect((await person.post('/api/leaving', { leaving: true })).status).toBe(403)
    // The stamp on the record stays for its own time (DCS-134).
    expect(await seen(recordId)).toContain('Linnet Ashgrove')
    expect(test.letters.filter((letter) => letter.to === 'lead@example.org' && letter.subject === 'Somebody has left')).toHaveLength(1)
  })

  it('DCS-130: ten years on, the consent of somebody who still takes part is there', async () => {
    const person = await readyPractitioner(test, 'north')
    test.clock.set('2035-11-21T10:00:00Z')
    await runRetention(test.attune)
    test.clock.set('2025-11-21T10:00:00Z')
    expect(await consents(person.accountId)).toEqual([{ sealed: expect.any(Buffer), removed: false, proof: 32 }])
  })

  it('DCS-131: whose role was ended by the lead loses the consent form after fourteen working days, by the daily run and not before', async () => {
    const person = await readyPractitioner(test, 'north')
    const grant = ((await desk.lead.get('/api/people')).body.people as { grantId: string; accountId: string }[]).find(
      (one) => one.accountId === person.accountId,
    )!
    await desk.lead.request('DELETE', `/api/grants/${grant.grantId}`)
    const removedOn = async (at: string) => {
      test.clock.set(at)
      await runRetention(test.attune)
      test.clock.set('2025-11-21T10:00:00Z')
      return (await consents(person.accountId))[0]!.removed
    }
    // Friday 21 November 2025 and fourteen working days: Thursday 11 December.
    expect([await removedOn('2025-12-10T04:00:00Z'), await removedOn('2025-12-11T04:00:00Z')]).toEqual([false, true])
  })

  it('DCS-131: the sign-in of whoever left goes by the daily run on the fourteenth working day, bank holidays not counted, and what they stamped stays', async () => {
    test.clock.set('2025-12-12T16:00:00Z')
    const person = await readyPractitioner(test, 'north', { firstName: 'Dunlin', surname: 'Marsh', email: 'dunlin@example.org' })
    const stays = await readyPractitioner(test, 'north')
    const recordId = await desk.sent(newCode(), {}, person)
    const [{ last }] = (await askDatabase<{ last: string }>(test, 'select max(event_id) as last from log.events')) as [{ last: string }]
    const fetchForms = await connectApp(person)
    expect(await fetchForms()).toBe(200)
    const account = () => askDatabase(test, 'select 1 from accounts.accounts where account_id = $1', [person.accountId], 'accounts')
    const ran = async (at: string) => {
      test.clock.set(at)
      await runRetention(test.attune)
      return (await account()).length
    }
    expect((await person.post('/api/leaving', { leaving: true })).status).toBe(200)
    // Friday 12 December 2025; Christmas Day, Boxing Day and New Year's Day are bank holidays, so the fourteenth working day is Tuesday 6 January.
    expect(await ran('2026-01-05T23:59:00Z')).toBe(1)
    expect(await ran('2026-01-06T03:10:00Z')).toBe(0)
    for (const table of ['sessions', 'device_tokens', 'accounts'])
      expect(await askDatabase(test, `select 1 from accounts.${table} where account_id = $1`, [person.accountId], 'accounts'), table).toEqual([])
    expect((await person.get('/api/session')).status).toBe(401)
    expect(await fetchForms()).toBe(401)
    expect(await askDatabase(test, 'select 1 from accounts.accounts where account_id = $1', [stays.accountId], 'accounts')).toHaveLength(1)
    const events = () =>
      askDatabase<{ action: string; detail: object }>(
        test,
        `select action, detail from log.events where action in ('retention.close-sign-in', 'account.close') and event_id > $1 order by event_id`,
        [last],
      )
    expect(await events()).toEqual([
      {
        action: 'retention.close-sign-in',
        detail: { person: person.accountId, rule: 'account', leftOn: '2025-12-12', dueOn: '2026-01-06' },
      },
      { action: 'account.close', detail: { kind: 'sign-in' } },
    ])
    const told = test.letters.filter((letter) => letter.to === 'dunlin@example.org' && letter.subject === 'Your Attune sign-in was removed')
    expect(told.map(({ text }) => /at most 14 working days from leaving/.test(text))).toEqual([true])
    // A second run of the day changes nothing and tells nothing again.
    expect(await ran('2026-01-06T03:20:00Z')).toBe(0)
    expect(await events()).toHaveLength(2)
    // Nor does it come back with an old backup: the sign-in bears a mark that a restore looks for.
    await askDatabase(
      test,
      `insert into accounts.accounts (account_id, email_hash, sealed, made_at) values ($1, '\\x01', '\\x01', now())`,
      [person.accountId],
      'accounts',
    )
    expect(await eraseAccountsAgain(test.attune.databases.accounts, (asked) => test.attune.keyring.findTombstones(asked))).toBeGreaterThan(0)
    expect(await account()).toEqual([])
    expect(await findErasedAgain(test.attune.databases.attune, (asked) => test.attune.keyring.findTombstones(asked))).not.toContainEqual(
      expect.objectContaining({ id: person.accountId }),
    )
    test.clock.set('2025-11-21T10:00:00Z')
    expect(await seen(recordId)).toContain('Dunlin Marsh')
  })

  it('a sign-in stays for whoever has another role, or waits for the answer to a request of their own', async () => {
    const [moves, asks] = [await readyPractitioner(test, 'north'), await readyPractitioner(test, 'north')]
    await desk.administrator.post('/api/moves', { accountId: moves.accountId, fromServiceId: 'north', toServiceId: 'south' })
    const request = await desk.file({ type: 'access' }, asks)
    await asks.post('/api/leaving', { leaving: true })
    const left = async (at: string) => {
      test.clock.set(at)
      await runRetention(test.attune)
      test.clock.set('2025-11-21T10:00:00Z')
      return (
        await askDatabase<{ account_id: string }>(
          test,
          'select account_id from accounts.accounts where account_id in ($1, $2)',
          [moves.accountId, asks.accountId],
          'accounts',
        )
      ).map(({ account_id: id }) => id)
    }
    expect((await left('2026-03-02T04:00:00Z')).sort()).toEqual([moves.accountId, asks.accountId].sort())
    await desk.decide(request.requestId)
    expect(await left('2026-03-03T04:00:00Z')).toEqual([moves.accountId])
  })

  it('DCS-132: somebody who has sent nothing for six months is asked whether they still take part, once', async () => {
    const quiet = await readyPractitioner(test, 'south', { email: 'quiet@example.org' })
    await desk.sent(newCode(), { session_on: '2025-11-20' }, quiet)
    const asked = async (at: string) => {
      test.clock.set(at)
      await runRetention(test.attune)
      test.clock.set('2025-11-21T10:00:00Z')
      return test.letters.filter((letter) => letter.to === 'quiet@example.org' && letter.subject === 'Do you still take part?').length
    }
    expect([await asked('2026-05-19T04:00:00Z'), await asked('2026-05-20T04:00:00Z'), await asked('2026-05-21T04:00:00Z')]).toEqual([0, 1, 1])
  })

  it('somebody of a service with many practitioners is moved like one of a few', async () => {
    await test.addService('large')
    for (let number = 0; number < 20; number++) await test.as('practitioner', { serviceId: 'large' })
    const { accountId } = await test.as('practitioner', { serviceId: 'large' })
    const move = (fromServiceId: string) => desk.administrator.post('/api/moves', { accountId, fromServiceId, toServiceId: 'south' })
    expect((await move('north')).status).toBe(404)
    expect((await move('large')).body).toEqual({ done: true })
  })

  it('DCS-133: a mover’s old records stay with the old service, new ones go to the new one after a new consent; moving outside is leaving', async () => {
    const person = await readyPractitioner(test, 'north')
    const [oldCode, fresh] = [newCode(), newCode()]
    await desk.sent(oldCode, {}, person)
    const move = (toServiceId: string | null, fromServiceId = 'north') =>
      desk.administrator.post('/api/moves', { accountId: person.accountId, fromServiceId, toServiceId })
    expect((await desk.lead.post('/api/moves', { accountId: person.accountId, fromServiceId: 'north', toServiceId: 'south' })).status).toBe(403)
    expect((await move('nowhere')).status).toBe(404)
    expect((await move('south')).body).toEqual({ done: true })
    const [grant] = await askDatabase<{ grant_id: string }>(
      test,
      `select grant_id from policy.access_grants where account_id = $1 and service_id = 'south' and ended_at is null`,
      [person.accountId],
    )
    await person.post('/api/session/grant', { grantId: grant!.grant_id })
    expect((await sendSession(test, person, { client_code: fresh })).body.code).toBe('consent-missing')
    const seenBy = async (code: string) => [(await desk.listed(code)).length, (await desk.listed(code, desk.southSupport)).length]
    expect(await seenBy(oldCode)).toEqual([1, 0])
    // Signed and trained anew at the new service: what is sent now is the new service's, and the old records stay where they were.
    const { email, serviceName } = await signedAs(person)
    expect(serviceName).toBe('Service south')
    expect((await sendConsent(person, test.attune.programme, consentGiven({ email, serviceName }))).status).toBe(201)
    expect((await sendSession(test, person, { client_code: fresh })).status).toBe(403)
    expect((await person.post('/api/training', trainingAnswers(test.attune.programme))).body).toMatchObject({ ready: true })
    expect((await sendSession(test, person, { client_code: fresh })).status).toBe(201)
    expect([await seenBy(oldCode), await seenBy(fresh)]).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect((await move(null, 'south')).body).toEqual({ done: true })
    expect((await sendSession(test, person)).status).toBe(403)
  })
})

describe('a practitioner’s own rights', () => {
  it('DCS-155: after a deletion the account is closed, nobody can tell who sent the records, and the client’s answers stay', async () => {
    const person = await readyPractitioner(test, 'north', { firstName: 'Sorrel', surname: 'Whitlock', email: 'sorrel@example.org' })
    const code = newCode()
    const recordId = await desk.sent(code, {}, person)
    const done = await desk.grant({ type: 'delete' }, {}, person).catch(() => undefined)
    const requestId =
      done?.requestId ??
      ((await desk.administrator.get('/api/rights?ended=true')).body.requests as { requestId: string; subject: string }[]).find(
        (one) => one.subject === 'practitioner',
      )!.requestId
    expect((await desk.administrator.get(`/api/rights/${requestId}`)).body).toMatchObject({
      state: 'done',
      subject: 'practitioner',
      practitioner: null,
    })
    expect((await person.get('/api/session')).status).toBe(401)
    expect((await sendSession(test, person)).status).toBe(401)
    expect((await desk.listed(code)).map((record) => record.recordId)).toEqual([recordId])
    expect(await seen(recordId)).not.toContain('Sorrel')
    expect(await askDatabase(test, 'select 1 from accounts.accounts where account_id = $1', [person.accountId], 'accounts')).toEqual([])
    expect(await askDatabase(test, 'select 1 from identity.record_authors where record_id = $1 and sealed is not null', [recordId])).toEqual([])
    expect((await consents(person.accountId)).every((one) => one.sealed === null)).toBe(true)
    expect((await names()).some((one) => one.name === 'Sorrel Whitlock')).toBe(false)
    expect((await desk.administrator.get(`/api/rights/${requestId}/letters/certificate`)).text).toContain('your account is closed')
  })

  it('DCS-135: consent taken back by a practitioner stops the next record at once, before anybody has decided', async () => {
    const person = await readyPractitioner(test, 'north')
    await desk.sent(newCode(), {}, person)
    await desk.file({ type: 'withdraw' }, person)
    expect((await sendSession(test, person)).body.code).toBe('consent-missing')
    const code = newCode()
    await desk.sent(code)
    await desk.file({ type: 'withdraw', code })
    expect(await desk.listed(code)).toEqual([])
    expect((await desk.administrator.get('/api/records', { purpose: 'correct' })).status).toBe(403)
  })

  it('held on request, a practitioner’s name is shown nowhere until it is decided', async () => {
    const person = await readyPractitioner(test, 'north', { firstName: 'Tansy', surname: 'Merrow' })
    const recordId = await desk.sent(newCode(), {}, person)
    expect(await seen(recordId)).toContain('Tansy Merrow')
    const request = await desk.file({ type: 'pause' }, person)
    expect(await seen(recordId)).not.toContain('Tansy')
    expect((await names()).some((one) => one.name === 'Tansy Merrow')).toBe(false)
    await desk.decide(request.requestId)
    expect(await seen(recordId)).toContain('Tansy Merrow')
  })
})
