import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import { PasskeyDevice, type DeviceOptions } from '../../../test/passkey-device.ts'

const origin = 'https://attune.example.org'
let attune: TestAttune

beforeAll(async () => {
  attune = await startAttune({ mode: 'real' })
})
beforeEach(() => attune.clock.pass(600_000))
afterAll(() => attune.stop())

async function enrol(client: Client, device: PasskeyDevice, options: Partial<DeviceOptions> = {}) {
  const { body } = await client.post('/api/factors/passkey/options')
  return client.post('/api/factors/passkey', {
    challengeId: body.challengeId,
    name: 'My phone',
    response: device.register(body.options.challenge, { origin, ...options }),
  })
}

async function signIn(device: PasskeyDevice, options: Partial<DeviceOptions> = {}, client = attune.stranger()) {
  const { body } = await client.post('/api/session/passkey/options')
  const sent = { challengeId: body.challengeId, response: device.sign(body.options.challenge, { origin, ...options }) }
  return { reply: await client.post('/api/session/passkey', sent), sent, client }
}

describe('a passkey', () => {
  it('is both steps at once: after it the person is fully signed in', async () => {
    const device = new PasskeyDevice()
    const person = await attune.as('analyst', { assurance: 'password' })
    const enrolled = await enrol(person, device)
    expect(enrolled.body).toMatchObject({ assurance: 'second-factor', factors: { passkeys: 1 } })
    const { reply } = await signIn(device)
    expect(reply.body).toMatchObject({ accountId: person.accountId, assurance: 'second-factor', grants: [{ role: 'analyst' }] })
  })

  it('that did not check who holds it is refused, at setting up and at signing in (ASVS 6.3.4)', async () => {
    const device = new PasskeyDevice()
    const person = await attune.as('analyst', { assurance: 'password' })
    expect((await enrol(person, device, { verifiesUser: false })).body.code).toBe('passkey-refused')
    await enrol(person, device)
    expect((await signIn(device, { verifiesUser: false })).reply.body.code).toBe('passkey-refused')
  })

  it('made for another site, a used answer and a copied device are refused (ASVS 6.7.2)', async () => {
    const [device, uncounted] = [new PasskeyDevice(), new PasskeyDevice()]
    for (const each of [device, uncounted]) await enrol(await attune.as('analyst', { assurance: 'password' }), each)
    expect((await signIn(device, { origin: 'https://attune.example.com', rpId: 'attune.example.org' })).reply.status).toBe(401)
    expect((await signIn(device, { rpId: 'example.com' })).reply.status).toBe(401)
    const { reply, sent } = await signIn(device, { counter: 9 })
    expect(reply.status).toBe(200)
    expect((await attune.stranger().post('/api/session/passkey', sent)).status).toBe(401)
    expect((await signIn(device, { counter: 4 })).reply.status).toBe(401)
    // A passkey that a person's devices share counts nothing: there the challenge alone stops an answer that was used.
    const shared = await signIn(uncounted, { counter: 0 })
    expect(shared.reply.status).toBe(200)
    expect((await attune.stranger().post('/api/session/passkey', shared.sent)).status).toBe(401)
    expect((await signIn(uncounted, { counter: 0 })).reply.status).toBe(200)
    expect((await signIn(new PasskeyDevice())).reply.status).toBe(401)
  })

  it('that is added ends every other session of the account at once, and a letter goes out (ASVS 7.4.3)', async () => {
    const [first, second] = [new PasskeyDevice(), new PasskeyDevice()]
    const person = await attune.as('analyst', { assurance: 'password' })
    await enrol(person, first)
    const { client: elsewhere } = await signIn(first)
    expect((await elsewhere.get('/api/session')).status).toBe(200)
    const letters = attune.letters.length
    expect((await enrol(person, second)).body).toMatchObject({ factors: { passkeys: 2 } })
    expect((await elsewhere.get('/api/session')).status).toBe(401)
    expect((await person.get('/api/session')).status).toBe(200)
    expect(attune.letters.slice(letters).map(({ subject }) => subject)).toEqual(['Your Attune sign-in has changed'])
  })

  it('answers a challenge within five minutes or not at all', async () => {
    const device = new PasskeyDevice()
    await enrol(await attune.as('analyst', { assurance: 'password' }), device)
    const client = attune.stranger()
    const { body } = await client.post('/api/session/passkey/options')
    attune.clock.pass(300_001)
    expect(
      (await client.post('/api/session/passkey', { challengeId: body.challengeId, response: device.sign(body.options.challenge, { origin }) }))
        .status,
    ).toBe(401)
  })

  it('confirms a session that has grown old, and gives it a new token in the place of the old one (ASVS 7.2.4)', async () => {
    const device = new PasskeyDevice()
    const person = await attune.as('analyst', { assurance: 'password' })
    await enrol(person, device)
    attune.clock.pass(360_000)
    expect((await person.post('/api/factors/totp')).body.code).toBe('step-up-needed')
    const before = person.cookies.get('__Host-attune')
    await signIn(device, {}, person)
    expect(person.cookies.get('__Host-attune')).not.toBe(before)
    const old = attune.stranger()
    old.cookies.set('__Host-attune', before!)
    expect((await old.get('/api/session')).status).toBe(401)
    expect((await person.post('/api/factors/totp')).status).toBe(200)
  })

  it.each([[{}], [{ id: 7 }], [{ id: 'x', response: null }], [{ response: { clientDataJSON: '' } }]])(
    'in a broken reply is refused, not a fault: %j',
    async (response) => {
      const client = attune.stranger()
      const { body } = await client.post('/api/session/passkey/options')
      expect((await client.post('/api/session/passkey', { challengeId: body.challengeId, response })).body.code).toBe('passkey-refused')
    },
  )
})
