// Signing in at an organisation, against a real OpenID provider on this machine. The clock of this file is the machine's own: the provider has no other.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { startAttune, type Client, type Reply, type TestAttune } from '../../../test/attune.ts'
import { PasskeyDevice } from '../../../test/passkey-device.ts'
import { startSignInProvider, type PersonThere, type TestProvider } from '../../../test/sign-in-provider.ts'
import { disableAccount } from '../../store/accounts/accounts.ts'
import { openSession } from '../../store/accounts/sessions.ts'
import { digestToken } from '../../store/keyring/seal.ts'
import { withActor } from '../../store/with-actor.ts'

const origin = 'https://attune.example.org'
const minute = 60_000
let provider: TestProvider
let test: TestAttune
beforeAll(async () => {
  provider = await startSignInProvider(`${origin}/signed-in`)
  test = await startAttune({ mode: 'real', at: new Date().toISOString(), settings: provider.settings })
})
beforeEach(async () => {
  test.clock.set(new Date())
  provider.forge = undefined as never
  provider.asked.length = 0
  provider.calls.length = 0
  await askDatabase(test, 'delete from accounts.tries', [], 'accounts')
})
afterAll(async () => {
  await test.stop()
  await provider.stop()
})

let people = 0
const newSub = () => `person-${people++}`
const twoSteps = (sub: string, more: Partial<PersonThere> = {}): PersonThere => ({ sub, acr: 'aal2', amr: ['pwd', 'otp', 'mfa'], ...more })

type Begin = { purpose: string; back?: string; invitation?: object }
const begin = (client: Client, body: Begin) => client.post('/api/session/provider/begin', body)
const end = (client: Client, answer: string) => client.post('/api/session/provider', { answer })

/** There and back with one browser. */
async function visit(client: Client, person: PersonThere, body: Begin = { purpose: 'sign-in' }, browser = provider.browser()): Promise<Reply> {
  provider.person = person
  const begun = await begin(client, body)
  if (begun.status !== 200) return begun
  return end(client, await browser.visit(begun.body.url))
}

/** Somebody of this role whose account is connected to `sub`. */
async function connected(sub: string, options: Parameters<TestAttune['as']>[1] = {}): Promise<Client & { accountId: string }> {
  const person = await test.as('practitioner', options)
  const reply = await visit(person, twoSteps(sub), { purpose: 'connect', back: '/settings' })
  expect([reply.status, reply.body?.purpose, reply.body?.back]).toEqual([200, 'connect', '/settings'])
  return person
}

/** A session of the same account in another browser. */
async function signedInElsewhere(accountId: string, assurance: 'password' | 'second-factor' = 'second-factor'): Promise<Client> {
  const client = test.stranger()
  const token = await withActor(test.attune.databases.accounts, { role: 'door' }, 'set-up', (trx) =>
    openSession(trx, { accountId, assurance, at: test.clock.now() }),
  )
  client.cookies.set('__Host-attune', token)
  return client
}

async function invited(email: string): Promise<string> {
  const administrator = await test.as('administrator')
  const reply = await administrator.post('/api/invitations', { email, role: 'analyst', serviceId: 'operator' })
  expect(reply.status).toBeLessThan(300)
  const { link } = reply.body
  return String(link).split('#')[1]!
}
const toJoin = (token: string) => ({
  purpose: 'join',
  invitation: { token, displayName: 'Ana', noticeRead: test.attune.programme.policyVersion.edition },
})
const logged = (action: string) =>
  askDatabase<{ outcome: string; account_id: string | null; detail: Record<string, unknown> }>(
    test,
    `select outcome, account_id, detail from log.events where action = '${action}' order by event_id`,
  )

describe('signing in at an organisation', () => {
  it('opens a whole session when two steps were taken there, and tells nothing but the subject was asked for (ASVS 6.8.4, 10.1.2, 10.2.1)', async () => {
    const sub = newSub()
    const person = await connected(sub)
    const client = test.stranger()
    const reply = await visit(client, twoSteps(sub))
    expect([reply.status, reply.body.session]).toEqual([200, expect.objectContaining({ accountId: person.accountId, assurance: 'second-factor' })])
    expect((await client.get('/api/standing')).status).toBe(200)
    const asked = Object.fromEntries(provider.asked.at(-1)!)
    expect(asked).toMatchObject({ scope: 'openid', response_type: 'code', code_challenge_method: 'S256', acr_values: 'aal2', max_age: '3600' })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/)
    const two = Object.fromEntries(provider.asked.at(-2)!)
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).not.toBe(two[name])
  })

  it.each([
    ['another acr', { acr: 'aal1', amr: ['pwd'] }],
    ['no acr and no amr', {}],
    ['an amr of one step', { amr: ['pwd', 'hwk'] }],
  ])('with %s opens the first step only, and our own second step is asked for (ASVS 6.8.4, 6.3.3)', async (_words, steps) => {
    const sub = newSub()
    await connected(sub)
    const client = test.stranger()
    const reply = await visit(client, { sub, ...steps })
    expect(reply.body.session).toMatchObject({ assurance: 'password', grants: [], factors: { provider: true, totp: false } })
    expect((await client.get('/api/standing')).body.code).toBe('second-factor-needed')
    // Whoever has no second step here yet sets one up.
    expect((await client.post('/api/factors/totp')).status).toBe(200)
  })

  it('takes an amr that the settings name as well (ASVS 6.8.4)', async () => {
    const sub = newSub()
    await connected(sub)
    expect((await visit(test.stranger(), { sub, amr: ['mfa'] })).body.session.assurance).toBe('second-factor')
  })

  it('gives the same answer for a person who is not connected and for a disabled account, whatever addresses we know (ASVS 6.3.8)', async () => {
    const sub = newSub()
    const { accountId } = await connected(sub, { email: 'known@north.example' })
    await withActor(test.attune.databases.accounts, { role: 'door' }, 'sign-in', (trx) => disableAccount(trx, accountId, test.clock.now()))
    const disabled = await visit(test.stranger(), twoSteps(sub))
    const unknown = await visit(test.stranger(), twoSteps(newSub()))
    // The address of an account says nothing about who is at the provider.
    const named = await visit(test.stranger(), twoSteps('known@north.example'))
    for (const reply of [disabled, unknown, named])
      expect([reply.status, reply.body, reply.headers['set-cookie']]).toEqual([403, unknown.body, unknown.headers['set-cookie']])
    expect(unknown.body.code).toBe('provider-unknown')
  })

  it('is known by issuer and subject, of which the database holds a keyed hash (ASVS 6.8.1, 10.3.3, 10.5.2)', async () => {
    const sub = newSub()
    await connected(sub)
    const rows = await askDatabase(test, 'select l::text as row from accounts.provider_links l', [], 'accounts')
    expect(JSON.stringify(rows)).not.toContain(sub)
    const [link] = await askDatabase<{ subject_digest: Buffer }>(
      test,
      'select subject_digest from accounts.provider_links order by made_at desc limit 1',
      [],
      'accounts',
    )
    expect(link!.subject_digest).toHaveLength(32)
    const { hashSubject } = await import('../../store/accounts/provider-links.ts')
    const { keyring } = test.attune
    expect(link!.subject_digest.equals(hashSubject(keyring, provider.issuer, sub))).toBe(true)
    expect(hashSubject(keyring, 'https://other.example', sub).equals(link!.subject_digest)).toBe(false)
    expect(hashSubject(keyring, 'a', 'bc').equals(hashSubject(keyring, 'ab', 'c'))).toBe(false)
  })
})

describe('an answer', () => {
  it('serves once, in the browser that went, for ten minutes (ASVS 10.1.2, 10.2.1)', async () => {
    const sub = newSub()
    await connected(sub)
    provider.person = twoSteps(sub)
    const client = test.stranger()
    const answer = await provider.browser().visit((await begin(client, { purpose: 'sign-in' })).body.url)
    const cookie = client.cookies.get('__Host-attune-visit')!
    // Another browser, with no visit or one of its own: somebody else's answer signs nobody in (CSRF of the sign-in).
    const other = test.stranger()
    expect((await end(other, answer)).body.code).toBe('provider-refused')
    await begin(other, { purpose: 'sign-in' })
    expect((await end(other, answer)).body.code).toBe('provider-refused')
    const replies = await Promise.all(
      Array.from({ length: 4 }, () => {
        const same = test.stranger()
        same.cookies.set('__Host-attune-visit', cookie)
        return end(same, answer)
      }),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
    // The provider takes its code once as well; that ours was taken once stands on what is left of the visit, which is nothing.
    const visits = () => askDatabase(test, 'select 1 from accounts.provider_visits where digest = $1', [digestToken(cookie)], 'accounts')
    expect(await visits()).toEqual([])
    const late = test.stranger()
    const lateAnswer = await provider.browser().visit((await begin(late, { purpose: 'sign-in' })).body.url)
    test.clock.pass(10 * minute + 1)
    expect((await end(late, lateAnswer)).body.code).toBe('provider-refused')
  })

  it('is bound by a cookie that no script reads, and lies here sealed (ASVS 3.3.1, 3.3.2, 3.3.4)', async () => {
    const client = test.stranger()
    const reply = await begin(client, { purpose: 'sign-in' })
    expect(reply.headers['set-cookie']).toMatch(/^__Host-attune-visit=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=600; Secure$/)
    const { searchParams } = new URL(reply.body.url)
    const rows = JSON.stringify(
      await askDatabase(test, `select encode(digest, 'hex') || encode(sealed, 'escape') as row from accounts.provider_visits`, [], 'accounts'),
    )
    for (const secret of [searchParams.get('state')!, searchParams.get('nonce')!, client.cookies.get('__Host-attune-visit')!])
      expect(rows).not.toContain(secret)
  })

  it.each([
    ['a state of another visit', (answer: URLSearchParams) => answer.set('state', 'x'.repeat(43))],
    ['no state', (answer: URLSearchParams) => answer.delete('state')],
    ['another issuer', (answer: URLSearchParams) => answer.set('iss', 'https://evil.example')],
    ['no issuer', (answer: URLSearchParams) => answer.delete('iss')],
    ['an invented code', (answer: URLSearchParams) => answer.set('code', 'invented')],
    ['no code', (answer: URLSearchParams) => answer.delete('code')],
    ['a refusal', (answer: URLSearchParams) => (answer.delete('code'), answer.set('error', 'access_denied'))],
  ])('with %s is refused, and the log says that it was (ASVS 10.2.1, 10.2.2)', async (_words, change) => {
    const sub = newSub()
    await connected(sub)
    provider.person = twoSteps(sub)
    const client = test.stranger()
    const answer = new URLSearchParams(await provider.browser().visit((await begin(client, { purpose: 'sign-in' })).body.url))
    change(answer)
    expect((await end(client, answer.toString())).body.code).toBe('provider-refused')
    expect(client.cookies.has('__Host-attune')).toBe(false)
    expect((await logged('session.begin')).at(-1)).toMatchObject({ outcome: 'refused', detail: { step: expect.stringMatching(/^provider-/) } })
  })

  type Change = (claims: Record<string, unknown>) => void
  const inToken =
    (change: Change, signed: 'signed' | 'unsigned' = 'signed') =>
    (path: string, body: string) => {
      if (path !== '/token') return undefined
      const reply = JSON.parse(body) as { id_token: string }
      const [head, claims, signature] = reply.id_token.split('.')
      const opened = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as Record<string, unknown>
      change(opened)
      const unsigned = [head, Buffer.from(JSON.stringify(opened)).toString('base64url'), signature].join('.')
      return JSON.stringify({ ...reply, id_token: signed === 'signed' ? provider.signed(opened) : unsigned })
    }
  it('is taken when its token was only signed again: what is refused below is refused for what it says', async () => {
    const sub = newSub()
    await connected(sub)
    provider.forge = inToken(() => {})
    expect((await visit(test.stranger(), twoSteps(sub))).status).toBe(200)
  })

  it.each([
    ['says another subject, unsigned (ASVS 6.8.2)', inToken((claims) => (claims['sub'] = 'somebody-else'), 'unsigned')],
    ['is of another visit: its nonce differs (ASVS 10.5.1)', inToken((claims) => (claims['nonce'] = 'x'))],
    ['is for another client (ASVS 10.5.4)', inToken((claims) => (claims['aud'] = 'another'))],
    ['is of another issuer (ASVS 10.5.3)', inToken((claims) => (claims['iss'] = 'https://evil.example'))],
    ['carries no nonce (ASVS 10.5.1)', inToken((claims) => delete claims['nonce'])],
    ['is over', inToken((claims) => (claims['exp'] = 1))],
    ['says two steps where one was taken, unsigned (ASVS 6.8.2)', inToken((claims) => (claims['acr'] = 'aal2'), 'unsigned')],
    ['is missing', (path: string, body: string) => (path === '/token' ? JSON.stringify({ ...JSON.parse(body), id_token: undefined }) : undefined)],
  ])('whose token %s is refused', async (_words, forge) => {
    const sub = newSub()
    await connected(sub)
    const client = test.stranger()
    provider.forge = forge
    expect((await visit(client, { sub, acr: 'aal1' })).body.code).toBe('provider-refused')
    expect(client.cookies.has('__Host-attune')).toBe(false)
  })
})

describe('a sign-in of long ago', () => {
  it('opens no session when it is older than the settings allow, and says nothing of a time when none is told (ASVS 6.8.4)', async () => {
    const sub = newSub()
    await connected(sub)
    const browser = provider.browser()
    expect((await visit(test.stranger(), twoSteps(sub), { purpose: 'sign-in' }, browser)).status).toBe(200)
    // The browser is still signed in there; the provider does not ask again for an hour, and this clock is past it.
    test.clock.pass(61 * minute)
    expect((await visit(test.stranger(), twoSteps(sub), { purpose: 'sign-in' }, browser)).body.code).toBe('provider-refused')
  })

  it('confirms nothing: acts that need a fresh sign-in ask for one, which the provider is made to take (ASVS 7.5.1, 6.8.4)', async () => {
    const sub = newSub()
    await connected(sub)
    const browser = provider.browser()
    await visit(test.stranger(), twoSteps(sub, { ago: 20 * 60 }), { purpose: 'sign-in' }, browser)
    const client = test.stranger()
    expect((await visit(client, twoSteps(sub), { purpose: 'sign-in' }, browser)).body.session.assurance).toBe('second-factor')
    expect((await client.post('/api/factors/totp')).body.code).toBe('step-up-needed')
    const before = client.cookies.get('__Host-attune')
    expect((await visit(client, twoSteps(sub), { purpose: 'confirm', back: '/settings' }, browser)).body).toMatchObject({
      purpose: 'confirm',
      back: '/settings',
    })
    expect(Object.fromEntries(provider.asked.at(-1)!)).toMatchObject({ prompt: 'login', max_age: '0' })
    expect(client.cookies.get('__Host-attune')).not.toBe(before)
    expect((await client.post('/api/factors/totp')).status).toBe(200)
  })

  it('is no confirmation when the provider did not ask again although it was told to, nor one step, nor somebody else (ASVS 6.8.4)', async () => {
    const sub = newSub()
    const client = await connected(sub)
    for (const person of [twoSteps(sub, { ago: 120 }), { sub, acr: 'aal1' }, twoSteps(newSub())]) {
      const reply = await visit(client, person, { purpose: 'confirm' })
      expect([reply.status, reply.body.code]).toEqual([person.sub === sub ? 401 : 403, person.sub === sub ? 'provider-refused' : 'provider-unknown'])
    }
    const other = newSub()
    await connected(other)
    expect((await visit(client, twoSteps(other), { purpose: 'confirm' })).body.code).toBe('provider-refused')
    expect((await begin(test.stranger(), { purpose: 'confirm' })).body.code).toBe('not-signed-in')
    // Nor does a visit that one person began confirm another, who signed in with the same browser meanwhile and is who the provider says.
    const next = newSub()
    const taker = await connected(next)
    provider.person = twoSteps(next)
    const answer = await provider.browser().visit((await begin(client, { purpose: 'confirm' })).body.url)
    client.cookies.set('__Host-attune', taker.cookies.get('__Host-attune')!)
    expect((await end(client, answer)).body.code).toBe('provider-refused')
  })
})

describe('an account', () => {
  it('is connected by its owner, freshly signed in with both steps; a letter goes out and other sessions end (ASVS 7.5.1, 7.4.3)', async () => {
    const person = await test.as('practitioner', { email: 'owner@north.example' })
    const half = await test.as('practitioner', { assurance: 'password' })
    expect((await begin(half, { purpose: 'connect' })).body.code).toBe('second-factor-needed')
    expect((await begin(test.stranger(), { purpose: 'connect' })).body.code).toBe('not-signed-in')
    test.clock.pass(6 * minute)
    expect((await begin(person, { purpose: 'connect' })).body.code).toBe('step-up-needed')
    test.clock.set(new Date())
    const elsewhere = await signedInElsewhere(person.accountId)
    expect((await elsewhere.get('/api/session')).status).toBe(200)
    const sub = newSub()
    expect((await visit(person, twoSteps(sub), { purpose: 'connect' })).body.session.factors.provider).toBe(true)
    expect((await elsewhere.get('/api/session')).status).toBe(401)
    expect(test.letters.at(-1)).toMatchObject({ to: 'owner@north.example', subject: 'Your Attune sign-in has changed' })
    expect((await logged('factor.add')).at(-1)).toMatchObject({ outcome: 'done', account_id: person.accountId, detail: { factor: 'provider' } })
    // Somebody there is somebody here once.
    const second = await test.as('analyst')
    expect((await visit(second, twoSteps(sub), { purpose: 'connect' })).body.code).toBe('provider-taken')
    // Nor does an answer that one person fetched connect another who is signed in by then.
    provider.person = twoSteps(newSub())
    const third = await test.as('analyst')
    const answer = await provider.browser().visit((await begin(third, { purpose: 'connect' })).body.url)
    third.cookies.set('__Host-attune', second.cookies.get('__Host-attune')!)
    expect((await end(third, answer)).body.code).toBe('provider-refused')
  })

  it('is disconnected at once, freshly signed in and when there is another way in (ASVS 7.4.3, 7.5.1)', async () => {
    const sub = newSub()
    const person = await connected(sub)
    expect((await person.request('DELETE', '/api/factors/provider', { body: {} })).body.code).toBe('last-way-in')
    const device = new PasskeyDevice()
    const { challengeId, options } = (await person.post('/api/factors/passkey/options')).body
    await person.post('/api/factors/passkey', { challengeId, name: 'Phone', response: device.register(options.challenge, { origin }) })
    const open = test.stranger()
    expect((await visit(open, twoSteps(sub))).status).toBe(200)
    // Who was not there lately has to say again who they are.
    test.clock.pass(6 * minute)
    expect((await person.request('DELETE', '/api/factors/provider', { body: {} })).body.code).toBe('step-up-needed')
    test.clock.set(new Date())
    const gone = await person.request('DELETE', '/api/factors/provider', { body: {} })
    expect([gone.status, gone.body.factors?.provider]).toEqual([200, false])
    expect((await open.get('/api/session')).status).toBe(401)
    expect((await visit(test.stranger(), twoSteps(sub))).body.code).toBe('provider-unknown')
    expect((await logged('factor.remove')).at(-1)).toMatchObject({ outcome: 'done', detail: { factor: 'provider' } })
  })

  it('that is connected is not got past by its password, nor by a letter to its address (ASVS 6.3.3)', async () => {
    const person = await connected(newSub(), { email: 'guarded@north.example' })
    const half = await signedInElsewhere(person.accountId, 'password')
    expect((await half.post('/api/factors/totp')).body.code).toBe('second-factor-needed')
    const letter = await invited('guarded@north.example')
    const { invitation } = toJoin(letter)
    const reply = await test.stranger().post('/api/invitations/accept', { ...invitation, password: 'three unrelated words here' })
    expect(reply.body.code).toBe('not-signed-in')
  })
})

describe('an invitation', () => {
  it('is taken up with the sign-in of an organisation: the account has no password and needs none', async () => {
    const sub = newSub()
    const client = test.stranger()
    const reply = await visit(client, twoSteps(sub), toJoin(await invited('joins@operator.example')))
    expect(reply.body.session).toMatchObject({ email: 'joins@operator.example', assurance: 'second-factor', grants: [{ role: 'analyst' }] })
    expect((await visit(test.stranger(), twoSteps(sub))).body.session.email).toBe('joins@operator.example')
    const [account] = await askDatabase<{ n: number }>(
      test,
      `select count(*)::int as n from accounts.accounts where account_id = '${reply.body.session.accountId}' and password_hash is null`,
      [],
      'accounts',
    )
    expect(account!.n).toBe(1)
  })

  it('that is unknown sends nobody there; one that was used meanwhile, or a person who is connected already, changes nothing', async () => {
    expect((await begin(test.stranger(), toJoin('x'.repeat(43)))).body.code).toBe('invitation-unknown')
    expect((await begin(test.stranger(), { purpose: 'join' })).status).toBe(400)
    const taken = newSub()
    await connected(taken)
    const token = await invited('second@operator.example')
    expect((await visit(test.stranger(), twoSteps(taken), toJoin(token))).body.code).toBe('provider-taken')
    // The whole of it was taken back: the invitation is as good as before.
    expect((await visit(test.stranger(), twoSteps(newSub()), toJoin(token))).status).toBe(200)
    expect((await begin(test.stranger(), toJoin(token))).body.code).toBe('invitation-unknown')
  })
})

describe('the provider', () => {
  it('that does not answer, or says another issuer than the settings, lets nobody in and says so (ASVS 10.5.3, 16.5.2)', async () => {
    const other = await startSignInProvider(`${origin}/signed-in`)
    const away = await startAttune({ mode: 'real', at: new Date().toISOString(), settings: other.settings })
    try {
      other.forge = (path, body) => (path.startsWith('/.well-known') ? body.replaceAll(other.issuer, 'https://evil.example') : undefined)
      expect((await begin(away.stranger(), { purpose: 'sign-in' })).body.code).toBe('provider-away')
      await other.stop()
      const reply = await begin(away.stranger(), { purpose: 'sign-in' })
      expect([reply.status, reply.body.code]).toEqual([503, 'provider-away'])
      expect((await away.stranger().get('/api/health')).status).toBe(200)
    } finally {
      await away.stop()
    }
  })

  it('is asked through the guard: in the own network only where the settings name it (ASVS 1.3.6)', async () => {
    const guarded = await startAttune({ mode: 'real', at: new Date().toISOString(), settings: provider.settings })
    guarded.attune.environment.near.length = 0
    expect((await begin(guarded.stranger(), { purpose: 'sign-in' })).body.code).toBe('provider-away')
    expect(provider.calls).toEqual([])
    await guarded.stop()
  })

  it('is offered only where one is set; tries are counted per address (ASVS 6.3.1)', async () => {
    expect((await test.stranger().get('/api/programme')).body.signInProvider).toBe('Northshire Council')
    const none = await startAttune({ mode: 'real' })
    expect((await none.stranger().get('/api/programme')).body.signInProvider).toBeNull()
    for (const route of ['/api/session/provider/begin', '/api/session/provider'])
      expect((await none.stranger().post(route, route.endsWith('begin') ? { purpose: 'sign-in' } : { answer: 'code=x' })).body.code).toBe('not-found')
    await none.stop()
    const statuses: number[] = []
    for (let round = 0; round < 41; round++) statuses.push((await end(test.stranger(), 'code=x&state=y')).status)
    expect(statuses).toEqual([...Array<number>(40).fill(401), 429])
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/x\ny', 'javascript:alert(1)'])(
    'sends nobody on to %s afterwards',
    async (back) => {
      expect((await begin(test.stranger(), { purpose: 'sign-in', back })).status).toBe(400)
    },
  )
})
