import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { withClient } from '../../store/postgres-databases.ts'
import { toTotpCode } from '../session/totp.ts'
import { invite } from './invite.ts'

const password = 'heron teapot lantern 41'
let attune: TestAttune

beforeAll(async () => {
  attune = await startAttune()
})
afterAll(() => attune.stop())

const inviteAs = async (email: string, role: 'practitioner' | 'data-support' = 'practitioner', serviceId = 'north') => {
  const { link } = await invite(attune.attune, {
    email,
    role,
    serviceId,
    by: { role: 'system', serviceId: 'operator' },
    origin: 'https://attune.example.org',
  })
  return link.split('#')[1]!
}
const accept = (token: string, client = attune.stranger(), more: object = {}) =>
  client.post('/api/invitations/accept', { token, displayName: 'Ben', noticeRead: attune.attune.programme.policyVersion.edition, password, ...more })

describe('an invitation', () => {
  it('leads to an account that can do nothing before its second step', async () => {
    const token = await inviteAs('ben@example.org')
    const client = attune.stranger()
    expect((await client.post('/api/invitations/look', { token })).body).toMatchObject({
      email: 'ben@example.org',
      role: 'practitioner',
      serviceName: 'Service north',
    })
    expect((await accept(token, client)).body).toMatchObject({ assurance: 'password', displayName: 'Ben' })
    expect((await client.get('/api/forms')).body.code).toBe('second-factor-needed')
    const { secret } = (await client.post('/api/factors/totp')).body
    await client.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })
    const { body } = await client.get('/api/session')
    expect(body).toMatchObject({
      assurance: 'second-factor',
      grants: [{ role: 'practitioner', serviceId: 'north' }],
      factors: { totp: true, recoveryCodesLeft: 10 },
    })
  })

  it('DCS-111: used twice is refused the second time, whoever uses it, and the account has one owner', async () => {
    const lead = await attune.as('service-lead', { serviceId: 'south' })
    await lead.post('/api/nominations', { email: 'nia@example.org', displayName: 'Nia', jobTitle: 'Data analyst' })
    const administrator = await attune.as('administrator')
    const sent = await administrator.post('/api/invitations', { email: 'nia@example.org', role: 'data-support', serviceId: 'south' })
    const token = sent.body.link.split('#')[1]
    const owner = attune.stranger()
    expect((await accept(token, owner, { displayName: 'Nia' })).status).toBe(200)
    for (const other of [attune.stranger(), owner, administrator])
      expect([404, 'invitation-unknown']).toEqual(
        await accept(token, other, { displayName: 'Mallory' }).then(({ status, body }) => [status, body.code]),
      )
    // Whose it is stays: the name, the password of the first use, a second step of one's own.
    const { secret } = (await owner.post('/api/factors/totp')).body
    await owner.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })
    expect((await owner.get('/api/session')).body).toMatchObject({ displayName: 'Nia', grants: [{ role: 'data-support', serviceId: 'south' }] })
    const { accountId } = (await owner.get('/api/session')).body
    const grants = await withClient(
      attune.databases.admin.attune,
      async (admin) => (await admin.query(`select account_id from policy.access_grants where service_id = 'south' and role = 'data-support'`)).rows,
    )
    expect(grants).toEqual([{ account_id: accountId }])
  })

  it('DCS-113: without the notice about accounts acknowledged there is no account; with it, the edition and the moment are kept', async () => {
    const token = await inviteAs('gwen@example.org')
    const accounts = () =>
      withClient(
        attune.databases.admin.accounts,
        async (admin) => (await admin.query('select notice_edition, notice_at from accounts.accounts')).rows,
      )
    const before = await accounts()
    for (const noticeRead of [undefined, '', '2019-01']) {
      const refused = await accept(token, attune.stranger(), { noticeRead })
      expect([refused.status, refused.body.code]).toEqual([400, 'request-invalid'])
      expect(JSON.stringify(refused.body.fields)).toContain('noticeRead')
    }
    expect(await accounts()).toEqual(before)
    const { edition } = attune.attune.programme.policyVersion
    expect((await accept(token)).status).toBe(200)
    expect(await accounts()).toEqual(expect.arrayContaining([{ notice_edition: edition, notice_at: attune.clock.now() }]))
    expect((await accounts()).length).toBe(before.length + 1)
  })

  it('works once, for seven days, and a newer one takes its place (ASVS 6.4.1)', async () => {
    const used = await inviteAs('once@example.org')
    const both = await Promise.all([accept(used), accept(used)])
    expect(both.map((reply) => reply.status).sort()).toEqual([200, expect.any(Number)])
    expect(both.filter((reply) => reply.status === 200)).toHaveLength(1)
    expect((await accept(used)).body.code).toBe('invitation-unknown')
    // Also where the account is there already, so that not its making lets one of them through.
    const again = await inviteAs('once@example.org', 'practitioner', 'south')
    const statuses = (await Promise.all(Array.from({ length: 4 }, () => accept(again)))).map(({ status, body }) => [status, body.code])
    expect(statuses.filter(([status]) => status === 200)).toHaveLength(1)
    expect(statuses.filter(([, code]) => code === 'invitation-unknown')).toHaveLength(3)
    // Nor does it tell any more whom it was for.
    const look = async (token: string) => (await attune.stranger().post('/api/invitations/look', { token })).body
    expect((await look(used)).code).toBe('invitation-unknown')

    const old = await inviteAs('late@example.org')
    const fresh = await inviteAs('late@example.org')
    expect((await accept(old)).body.code).toBe('invitation-unknown')
    expect((await look(old)).code).toBe('invitation-unknown')
    expect((await look(fresh)).email).toBe('late@example.org')
    attune.clock.pass(7 * 24 * 60 * 60_000 + 1)
    expect((await accept(fresh)).body.code).toBe('invitation-unknown')
    expect((await look(fresh)).code).toBe('invitation-unknown')
    expect((await accept('x'.repeat(43))).body.code).toBe('invitation-unknown')
  })

  it('does not let the reader of a letter past the second step of an account that has one (ASVS 6.4.3)', async () => {
    const first = attune.stranger()
    await accept(await inviteAs('cat@example.org'), first)
    const { secret } = (await first.post('/api/factors/totp')).body
    await first.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })

    const second = await inviteAs('cat@example.org', 'practitioner', 'south')
    const thief = await accept(second)
    expect(thief.body.code).toBe('not-signed-in')
    expect((await accept(second, await attune.as('analyst'))).body.code).toBe('not-signed-in')
    expect((await attune.stranger().post('/api/session', { email: 'cat@example.org', password: 'another password 99' })).status).toBe(401)
    const owner = await accept(second, first)
    expect(owner.body.grants.map((grant: { serviceId: string }) => grant.serviceId).sort()).toEqual(['north', 'south'])
  })

  it('keeps its token out of addresses and its address out of the database', async () => {
    const token = await inviteAs('planted.mail@example.org')
    expect(attune.letters.at(-1)!.text).toContain(`/join#${token}`)
    const rows = await withClient(attune.databases.admin.accounts, async (admin) => (await admin.query('select * from accounts.invitations')).rows)
    const bytes = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
      .join()
    expect(bytes).not.toContain('planted.mail')
    expect(bytes).not.toContain(token)
  })

  it('refuses a password that is easy to guess and stays usable', async () => {
    const token = await inviteAs('dee@example.org')
    const weak = await accept(token, attune.stranger(), { displayName: 'Dee', password: 'passwordpassword' })
    expect([weak.status, weak.body.code]).toEqual([422, 'password-weak'])
    expect((await accept(token)).status).toBe(200)
  })

  it('does not give a third pair of eyes on a service’s data', async () => {
    await attune.addService('west')
    const lead = await attune.as('service-lead', { serviceId: 'west' })
    const accepted = []
    for (const who of ['e1', 'e2', 'e3'])
      await lead.post('/api/nominations', { email: `${who}@example.org`, displayName: 'Eve', jobTitle: 'Data analyst' })
    for (const who of ['e1', 'e2', 'e3']) accepted.push((await accept(await inviteAs(`${who}@example.org`, 'data-support', 'west'))).status)
    expect(accepted).toEqual([200, 200, 409])
  })
})
