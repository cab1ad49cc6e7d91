import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../../test/attune.ts'
import { addAccount } from '../../store/accounts/accounts.ts'
import { giveGrant } from '../../store/grants.ts'
import { withActor } from '../../store/with-actor.ts'
import { withClient } from '../../store/postgres-databases.ts'
import { hashPassword } from './password.ts'
import { toTotpCode } from './totp.ts'

const minute = 60_000
const password = 'heron teapot lantern 41'
let attune: TestAttune
let count = 0

beforeAll(async () => {
  attune = await startAttune({ mode: 'real' })
})
beforeEach(() => attune.clock.pass(10 * minute))
afterAll(() => attune.stop())

type Person = { email: string; accountId: string; secret: string; recoveryCodes: string[]; client: Client }

/** Somebody who has set up password and authenticator app the way people do, and is signed in. */
async function person(role: 'data-support' | 'analyst' = 'analyst'): Promise<Person> {
  const email = `person${++count}@example.org`
  const at = attune.clock.now()
  const passwordHash = await hashPassword(password)
  const accountId = await withActor(attune.attune.databases.accounts, { role: 'door' }, 'set-up', (trx) =>
    addAccount(trx, attune.attune.keyring, { email, displayName: 'Ana', passwordHash, at }),
  )
  if (role === 'data-support') await attune.addService(`s-${count}`)
  const serviceId = role === 'analyst' ? 'operator' : `s-${count}`
  await withActor(attune.attune.databases.attune, { role: 'door' }, 'set-up', (trx) => giveGrant(trx, { accountId, role, serviceId, at, seats: 2 }))
  const client = attune.stranger()
  await client.post('/api/session', { email, password })
  const { secret } = (await client.post('/api/factors/totp')).body
  const { recoveryCodes } = (await client.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })).body
  attune.clock.pass(minute)
  return { email, accountId, secret, recoveryCodes, client }
}

async function firstStep(email: string): Promise<Client> {
  const client = attune.stranger()
  expect((await client.post('/api/session', { email, password })).status).toBe(200)
  return client
}

const code = ({ secret }: Person, stepsAway = 0) => toTotpCode(secret, new Date(attune.clock.now().getTime() + stepsAway * 30_000))

describe('signing in', () => {
  it('DCS-081: with the password alone every row read is refused; after the second step it is answered', async () => {
    const support = await person('data-support')
    const client = await firstStep(support.email)
    const read = () => client.get('/api/records', { purpose: 'retrieve' })
    const before = await read()
    expect([before.status, before.body.code]).toEqual([403, 'second-factor-needed'])
    expect((await client.post('/api/session/totp', { code: code(support) })).body.assurance).toBe('second-factor')
    expect((await read()).status).toBe(200)
  })

  it('shows nothing that is only for the person before the second step', async () => {
    const someone = await person()
    const client = await firstStep(someone.email)
    expect((await client.get('/api/session')).body).toMatchObject({ assurance: 'password', grants: [], grantId: null })
  })

  it('gives the same answer, as fast, for an address that nobody has (ASVS 6.3.8)', async () => {
    const { email } = await person()
    const ask = async (who: string) => {
      const times: number[] = []
      let reply
      for (let round = 0; round < 7; round++) {
        const began = performance.now()
        reply = await attune.stranger().post('/api/session', { email: who, password: 'not the password at all' })
        times.push(performance.now() - began)
      }
      return { reply: reply!, median: times.sort((a, b) => a - b)[3]! }
    }
    const known = await ask(email)
    const unknown = await ask('nobody@example.org')
    expect([unknown.reply.status, unknown.reply.body]).toEqual([known.reply.status, known.reply.body])
    expect(Math.abs(unknown.median - known.median)).toBeLessThan(Math.max(10, known.median * 0.5))
  })

  it('stops at the ninth wrong password in five minutes, wherever it comes from, also for an address that nobody has (ASVS 6.3.1)', async () => {
    for (const email of [(await person()).email, 'never.seen@example.org']) {
      const statuses: number[] = []
      for (let round = 0; round < 9; round++) {
        const reply = await attune
          .stranger()
          .post('/api/session', { email, password: 'wrong wrong wrong' }, { headers: { 'x-forwarded-for': `203.0.113.${round}` } })
        statuses.push(reply.status)
        if (round === 8) expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      }
      expect(statuses).toEqual([...Array<number>(8).fill(401), 429])
    }
  })

  it('opens again after five minutes', async () => {
    const { email } = await person()
    for (let round = 0; round < 9; round++) await attune.stranger().post('/api/session', { email, password: 'wrong' })
    attune.clock.pass(5 * minute)
    expect((await attune.stranger().post('/api/session', { email, password })).status).toBe(200)
  })
})

describe('the way through the doors', () => {
  it('asks each database for no more than it has to: two transactions for the password, three and two for the code', async () => {
    const someone = await person()
    const taken = { accounts: 0, attune: 0 }
    const count = (name: keyof typeof taken) => () => void taken[name]++
    const { accounts, attune: answers } = attune.attune.databases
    const counting = [
      [accounts.pool, count('accounts')],
      [answers.pool, count('attune')],
    ] as const
    for (const [pool, listener] of counting) pool.on('acquire', listener)
    const client = await firstStep(someone.email)
    expect(taken).toEqual({ accounts: 2, attune: 2 })
    expect((await client.post('/api/session/totp', { code: code(someone) })).status).toBe(200)
    expect(taken).toEqual({ accounts: 5, attune: 4 })
    for (const [pool, listener] of counting) pool.off('acquire', listener)
  })
})

describe('the authenticator app', () => {
  it('takes a code once: the same again and eight at the same moment give one success (ASVS 6.5.1)', async () => {
    const someone = await person()
    const clients = await Promise.all(Array.from({ length: 8 }, () => firstStep(someone.email)))
    const now = code(someone)
    const replies = await Promise.all(clients.map((client) => client.post('/api/session/totp', { code: now })))
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array<number>(7).fill(401)])
  })

  it('takes the present code and the one before, and none of two steps away or from the future (ASVS 6.5.5)', async () => {
    const someone = await person()
    // Well after the set-up: the code of then is refused for having been used, whatever the window.
    attune.clock.pass(10 * minute)
    const client = await firstStep(someone.email)
    for (const away of [-3, -2, 1, 2]) expect((await client.post('/api/session/totp', { code: code(someone, away) })).body.code).toBe('code-refused')
    expect((await client.post('/api/session/totp', { code: code(someone, -1) })).status).toBe(200)
  })

  it('stops at the ninth wrong code, also when the person starts over (ASVS 6.3.1)', async () => {
    const someone = await person()
    const statuses: number[] = []
    for (let round = 0; round < 9; round++) {
      const client = await firstStep(someone.email)
      statuses.push((await client.post('/api/session/totp', { code: '000000' })).status)
    }
    expect(statuses).toEqual([...Array<number>(8).fill(401), 429])
  })

  it('cannot be replaced after the password alone once there is one, nor in a session that was not confirmed lately (ASVS 7.5.1)', async () => {
    const someone = await person()
    const client = await firstStep(someone.email)
    expect((await client.post('/api/factors/totp')).body.code).toBe('second-factor-needed')
    expect((await client.post('/api/factors/passkey/options')).body.code).toBe('second-factor-needed')
    await client.post('/api/session/totp', { code: code(someone) })
    const { secret } = (await client.post('/api/factors/totp')).body
    attune.clock.pass(6 * minute)
    expect((await client.post('/api/factors/totp')).body.code).toBe('step-up-needed')
    // Nor is a set-up finished that was begun while the confirmation was fresh.
    const late = await client.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })
    expect(late.body.code).toBe('step-up-needed')
    await client.post('/api/session/totp', { code: code(someone) })
    expect((await client.post('/api/factors/totp')).status).toBe(200)
  })

  it('is void when its set-up is not finished within ten minutes (ASVS 6.5.5)', async () => {
    const someone = await person()
    const client = await firstStep(someone.email)
    await client.post('/api/session/totp', { code: code(someone) })
    const { secret } = (await client.post('/api/factors/totp')).body
    attune.clock.pass(11 * minute)
    await client.post('/api/session/totp', { code: code(someone) })
    expect((await client.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })).body.code).toBe('code-refused')
  })
})

describe('recovery codes', () => {
  it('work once each, five at the same moment give one success, and the database holds digests of 128 bits and more (ASVS 6.5.1, 6.5.2)', async () => {
    const someone = await person()
    expect(someone.recoveryCodes).toHaveLength(10)
    for (const each of someone.recoveryCodes) expect(each.replaceAll('-', '')).toMatch(/^[a-z0-9]{26}$/)
    const clients = await Promise.all(Array.from({ length: 5 }, () => firstStep(someone.email)))
    const replies = await Promise.all(clients.map((client) => client.post('/api/session/recovery', { code: someone.recoveryCodes[0]! })))
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 401, 401, 401, 401])
    const { rows } = await withClient(attune.databases.admin.accounts, (admin) =>
      admin.query('select * from accounts.recovery_codes where account_id = $1', [someone.accountId]),
    )
    expect(rows).toHaveLength(10)
    // The bytes as well: a code that was only made as long as a digest is none.
    const plain = someone.recoveryCodes.map((each) => each.replaceAll('-', ''))
    for (const each of plain) expect(rows.some((row) => row.digest.includes(each) || JSON.stringify(row).includes(each))).toBe(false)
    expect(rows.every((row) => row.digest.length === 32)).toBe(true)
  })
})

describe('a session', () => {
  it('gets a new token at every step, and the old one is worth nothing (ASVS 7.2.4)', async () => {
    const someone = await person()
    const client = await firstStep(someone.email)
    const before = client.cookies.get('__Host-attune')!
    await client.post('/api/session/totp', { code: code(someone) })
    expect(client.cookies.get('__Host-attune')).not.toBe(before)
    const old = attune.stranger()
    old.cookies.set('__Host-attune', before)
    expect((await old.get('/api/session')).status).toBe(401)
  })

  it('ends after half an hour without use and after twelve hours in all (ASVS 7.3.1, 7.3.2)', async () => {
    const idle = await attune.as('analyst')
    attune.clock.pass(29 * minute)
    expect((await idle.get('/api/session')).status).toBe(200)
    attune.clock.pass(29 * minute)
    expect((await idle.get('/api/session')).status).toBe(200)
    attune.clock.pass(31 * minute)
    expect((await idle.get('/api/session')).status).toBe(401)

    const busy = await attune.as('analyst')
    for (let passed = 0; passed < 12 * 60 - 20; passed += 20) {
      attune.clock.pass(20 * minute)
      expect((await busy.get('/api/session')).status).toBe(200)
    }
    attune.clock.pass(20 * minute)
    expect((await busy.get('/api/session')).status).toBe(401)
  })

  it('ends at once on signing out, on an ended grant, on a disabled account and, everywhere else, on a new second step (ASVS 7.4.1, 7.4.2, 7.4.3)', async () => {
    const someone = await person()
    const here = someone.client
    const there = await firstStep(someone.email)
    await there.post('/api/session/totp', { code: code(someone) })
    expect((await here.get('/api/session')).status).toBe(200)
    const { secret } = (await there.post('/api/factors/totp')).body
    expect((await there.post('/api/factors/totp/confirm', { code: toTotpCode(secret, attune.clock.now()) })).status).toBe(200)
    expect((await here.get('/api/session')).status).toBe(401)
    expect((await there.get('/api/session')).status).toBe(200)
    expect(attune.letters.at(-1)).toMatchObject({ to: someone.email, subject: 'Your Attune sign-in has changed' })

    const token = there.cookies.get('__Host-attune')!
    const out = await there.request('DELETE', '/api/session')
    expect(out.headers['clear-site-data']).toBe('"cache", "cookies"')
    there.cookies.set('__Host-attune', token)
    expect((await there.get('/api/session')).status).toBe(401)

    const lead = await attune.as('service-lead')
    expect((await lead.get('/api/services')).status).toBe(200)
    await withClient(attune.databases.admin.attune, (admin) =>
      admin.query('update policy.access_grants set ended_at = now() where account_id = $1', [lead.accountId]),
    )
    expect((await lead.get('/api/services')).status).toBe(403)
    await withClient(attune.databases.admin.accounts, (admin) =>
      admin.query('update accounts.accounts set disabled_at = now() where account_id = $1', [lead.accountId]),
    )
    expect((await lead.get('/api/session')).status).toBe(401)
  })

  it('lives in a cookie that only this host over HTTPS gets and no script reads; the database holds its digest (ASVS 3.3.1, 3.3.2, 3.3.3, 3.3.4)', async () => {
    const { email } = await person()
    const reply = await attune.stranger().post('/api/session', { email, password })
    const cookie = String(reply.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-attune=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/)
    const token = /=([^;]+)/.exec(cookie)![1]!
    const { rows } = await withClient(attune.databases.admin.accounts, (admin) => admin.query('select * from accounts.sessions'))
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.some((row) => row.digest.includes(Buffer.from(token, 'base64url')))).toBe(false)
  })

  it('acts under one of the own grants and under nobody else’s', async () => {
    const lead = await attune.as('service-lead', { serviceId: 'north' })
    const other = await attune.as('service-lead', { serviceId: 'south' })
    const { grantId } = (await other.get('/api/session')).body
    expect((await lead.post('/api/session/grant', { grantId })).status).toBe(404)
    expect((await lead.get('/api/services', { headers: { 'attune-grant': grantId } })).status).toBe(403)
  })
})

describe('what is kept of people', () => {
  it('holds e-mail addresses and names sealed, found by a keyed hash', async () => {
    await person()
    const everything = await withClient(attune.databases.admin.accounts, (admin) =>
      admin.query(`select a::text as row from accounts.accounts a union all select i::text from accounts.invitations i`),
    )
    const text = everything.rows.map((each) => Buffer.from(each.row.replaceAll('\\x', ''), 'hex').toString('latin1') + each.row).join()
    expect(text).not.toMatch(/@example\.org|Ana/)
  })

  it('stores passwords as argon2id with 19 MiB and two passes, and hashes older ones anew when they are next given (ASVS 11.4.2)', async () => {
    const { accountId, email } = await person()
    const stored = () =>
      withClient(attune.databases.admin.accounts, async (admin) => {
        const { rows } = await admin.query('select password_hash from accounts.accounts where account_id = $1', [accountId])
        return rows[0].password_hash as string
      })
    const ofToday = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/
    const first = await stored()
    expect(first).toMatch(ofToday)
    await firstStep(email)
    expect(await stored()).toBe(first)
    const older = await hash(password, { algorithm: 2, memoryCost: 47_104, timeCost: 1, parallelism: 1 })
    await withClient(attune.databases.admin.accounts, (admin) =>
      admin.query('update accounts.accounts set password_hash = $2 where account_id = $1', [accountId, older]),
    )
    await attune.stranger().post('/api/session', { email, password: 'not the password' })
    expect(await stored()).toBe(older)
    await firstStep(email)
    expect(await stored()).toMatch(ofToday)
    await firstStep(email)
  })
})
