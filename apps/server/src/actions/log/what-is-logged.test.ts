// Each thing that matters is one event, with its time, who did it and how it ended; and no event holds an answer, a name, a code or a secret.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../../test/ask-database.ts'
import { newCode, readyPractitioner } from '../../../test/submission.ts'
import { openDesk, reasons, type Desk } from '../../../test/rights-desk.ts'
import { addAccount } from '../../store/accounts/accounts.ts'
import { giveGrant } from '../../store/grants.ts'
import { withActor } from '../../store/with-actor.ts'
import { hashPassword } from '../session/password.ts'
import { toTotpCode } from '../session/totp.ts'
import { settleOutside } from '../right/settle-outside.ts'

type Event = { event_id: string; at: Date; account_id: string | null; role: string; action: string; outcome: string; purpose: string; detail: object }
let desk: Desk
const planted = 'Zebediah builds a tower\r\n2025-11-21T10:00:00Z forged.event done'
const password = 'heron teapot lantern 41'
beforeAll(async () => {
  desk = await openDesk('2025-11-21T10:00:00Z')
})
afterAll(() => desk.test.stop())

const newest = async () => Number((await askDatabase<{ id: string }>(desk.test, 'select coalesce(max(event_id), 0) as id from log.events'))[0]!.id)
const since = (id: number) =>
  askDatabase<Event>(
    desk.test,
    `select event_id, at, account_id, role, action, outcome, purpose, detail from log.events where event_id > $1 order by event_id`,
    [id],
  )

/** Does it and returns what was noted of it. */
async function noted(work: () => Promise<unknown>): Promise<string[]> {
  const before = await newest()
  await work()
  const events = await since(before)
  for (const { at, role, outcome, action } of events) {
    expect(Number.isFinite(at.getTime()), action).toBe(true)
    expect(role, action).not.toBe('')
    expect(['done', 'refused', 'failed'], action).toContain(outcome)
  }
  return events.map(({ action, outcome, account_id }) => `${action} ${outcome}${account_id === null ? ' by nobody known' : ''}`)
}

describe('the log', () => {
  it('holds one event for each step of signing in, and one for each that fails (ASVS 16.3.1)', async () => {
    const { test } = desk
    const at = test.clock.now()
    const email = 'logged@example.org'
    const passwordHash = await hashPassword(password)
    const accountId = await withActor(test.attune.databases.accounts, { role: 'door' }, 'set-up', (trx) =>
      addAccount(trx, test.attune.keyring, { email, displayName: 'Ana', passwordHash, at }),
    )
    await withActor(test.attune.databases.attune, { role: 'door' }, 'set-up', (trx) =>
      giveGrant(trx, { accountId, role: 'analyst', serviceId: 'operator', at, seats: 2 }),
    )
    const client = test.stranger()
    const wrong = (who: string) => test.stranger().post('/api/session', { email: who, password: 'wrong wrong wrong' })
    expect(await noted(() => wrong(email))).toEqual(['session.begin refused'])
    expect(await noted(() => wrong('nobody@example.org'))).toEqual(['session.begin refused by nobody known'])
    expect(await noted(() => client.post('/api/session', { email, password }))).toEqual(['session.begin done'])
    const { secret } = (await client.post('/api/factors/totp')).body
    expect(await noted(() => client.post('/api/factors/totp/confirm', { code: toTotpCode(secret, test.clock.now()) }))).toEqual([
      'factor.add done',
      'session.confirm done',
    ])
    test.clock.pass(60_000)
    expect(await noted(() => client.post('/api/session/totp', { code: '000000' }))).toEqual(['session.confirm refused'])
    expect(await noted(() => client.post('/api/session/totp', { code: toTotpCode(secret, test.clock.now()) }))).toEqual(['session.confirm done'])
    expect(await noted(() => client.request('DELETE', '/api/session'))).toEqual(['session.end done'])
  })

  it('holds one event for what is sent, refused, listed, read, downloaded, decided and destroyed (ASVS 16.3.2, 16.3.3)', async () => {
    const { test, support, lead, administrator } = desk
    const code = newCode()
    const sender = await readyPractitioner(test, 'north')
    let recordId = ''
    expect(await noted(async () => (recordId = await desk.sent(code, { narrative_child: planted }, sender)))).toEqual(['record.submit done'])
    expect(await noted(() => lead.get(`/api/records/${recordId}`, { purpose: 'retrieve' }))).toEqual(['record.read refused'])
    expect(await noted(() => support.get('/api/records', { purpose: 'curiosity' }))).toEqual(['record.list refused'])
    expect(await noted(() => support.get('/api/records', { purpose: 'retrieve' }))).toEqual(['record.list done'])
    expect(await noted(() => support.get(`/api/records/${recordId}`, { purpose: 'retrieve' }))).toEqual(['record.read done'])
    expect(await noted(() => support.post('/api/downloads', { format: 'csv', acceptResponsibility: true }, { purpose: 'download' }))).toEqual([
      'record.download done',
    ])
    expect(await noted(() => administrator.get('/api/events'))).toEqual(['log.read done'])
    const filed = await desk.file({ type: 'delete', code, identityCheck: 'known-in-person' })
    await desk.decide(filed.requestId, { outcome: 'grant', reasons })
    const agreed = await noted(async () => {
      await desk.agree(filed.requestId)
      await settleOutside(test.attune)
    })
    expect(agreed.filter((event) => event === 'right.decide done')).toHaveLength(1)
    expect(agreed.filter((event) => event.startsWith('key.destroy done'))).toHaveLength(1)
  })

  it('holds no answer, name, address, code, password, token or secret, whatever was typed (ASVS 16.2.5)', async () => {
    const { test } = desk
    const client = await readyPractitioner(test, 'north', { email: 'planted.mail@example.org', firstName: 'Plantedfirst', surname: 'Plantedlast' })
    const code = newCode()
    await desk.sent(code, { narrative_child: planted, goal_1: 'Planted goal' }, client)
    await client.post('/api/client-codes/seen', { code })
    await test.stranger().post('/api/session', { email: 'planted.mail@example.org', password: 'Planted password 41' })
    await test.stranger().post('/api/invitations/look', { token: 'PlantedTokenPlantedTokenPlantedTokenPlanted' })
    await client.post('/api/devices', { name: 'Planted phone' })
    await client.get('/api/records?code=Planted', { purpose: 'Planted purpose' })
    const everything = (await since(0)).map((event) => JSON.stringify(event)).join('\n')
    expect(everything).not.toMatch(/planted|zebediah|tower/i)
    expect(everything).not.toContain(code)
    for (const value of client.cookies.values()) expect(everything).not.toContain(value)
  })

  it('is one line per fault, whatever signs came with the request: nobody writes a second line (ASVS 16.4.1)', async () => {
    const { test } = desk
    const before = test.faults.length
    const { pool } = test.attune.databases.attune
    const kept = pool.connect
    Object.defineProperty(pool, 'connect', { value: () => Promise.reject(new TypeError(planted)), configurable: true, writable: true })
    const reply = await desk.support.get('/api/records?code=a%0d%0a2025-11-21%20forged', { purpose: 'retrieve', headers: { 'user-agent': 'a\tb' } })
    Object.defineProperty(pool, 'connect', { value: kept, configurable: true, writable: true })
    expect(reply.status).toBe(500)
    const lines = test.faults.slice(before)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line.match(/[\r\n]/g)).toEqual(['\n'])
      expect(line).not.toMatch(/forged|Zebediah/)
    }
  })
})
