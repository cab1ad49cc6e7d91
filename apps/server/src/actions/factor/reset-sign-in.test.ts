import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type TestAttune } from '../../../test/attune.ts'
import { toTotpCode } from '../session/totp.ts'
import { resetSignIn } from './reset-sign-in.ts'

let attune: TestAttune
beforeAll(async () => {
  attune = await startAttune()
})
afterAll(() => attune.stop())

describe('a sign-in that was lost', () => {
  it('is taken away whole and set up anew by invitation; role and account stay', async () => {
    const person = await attune.as('service-lead', { email: 'lost@example.org', assurance: 'password' })
    const { secret } = (await person.post('/api/factors/totp')).body
    await person.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })
    const { link } = await resetSignIn(attune.attune, {
      email: 'Lost@example.org',
      by: { role: 'system', serviceId: 'operator' },
      origin: 'https://attune.example.org',
    })
    expect((await person.get('/api/session')).status).toBe(401)
    expect(attune.letters.at(-1)).toMatchObject({ to: 'lost@example.org' })

    const anew = attune.stranger()
    const accepted = await anew.post('/api/invitations/accept', {
      token: link.split('#')[1],
      displayName: 'Lou',
      noticeRead: attune.attune.programme.policyVersion.edition,
      password: 'heron teapot lantern 41',
    })
    expect(accepted.body).toMatchObject({ accountId: person.accountId, assurance: 'password', factors: { totp: false, recoveryCodesLeft: 0 } })
    const next = (await anew.post('/api/factors/totp')).body.secret
    await anew.post('/api/factors/totp/confirm', { code: toTotpCode(next, attune.clock.now()) })
    expect((await anew.get('/api/session')).body.grants).toMatchObject([{ role: 'service-lead', serviceId: 'north' }])
  })

  it('takes nothing away when the person cannot be invited anew', async () => {
    await attune.addService('strict')
    const person = await attune.as('practitioner', { serviceId: 'strict', email: 'kept@example.org' })
    await askDatabase(attune, `update policy.services set email_domains = '{elsewhere.example}' where service_id = 'strict'`)
    const reset = resetSignIn(attune.attune, {
      email: 'kept@example.org',
      by: { role: 'system', serviceId: 'operator' },
      origin: 'https://x.example',
    })
    await expect(reset).rejects.toMatchObject({ code: 'email-not-business' })
    expect((await person.get('/api/session')).status).toBe(200)
  })

  it('is refused for an address that nobody has', async () => {
    await expect(
      resetSignIn(attune.attune, { email: 'who@example.org', by: { role: 'system', serviceId: 'operator' }, origin: 'https://x.example' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})
