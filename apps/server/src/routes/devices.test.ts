// Collecting apps at their own door: what they may fetch and send, and everything that stops them. The app behaves as ODK Collect does.
import { randomUUID } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { makeCollectApp, type CollectApp } from '../../test/collect-app.ts'
import { changedClientForm, publishForm, toSurveyRow } from '../../test/handing-in.ts'
import { consentGiven, readyPractitioner, sessionGiven, toXml } from '../../test/submission.ts'
import { refreshShelf } from '../actions/form/form-shelf.ts'
import { sweepSessions } from '../store/accounts/sessions.ts'
import { withActor } from '../store/with-actor.ts'

let test: TestAttune
let robin: Client & { accountId: string }
beforeAll(async () => {
  test = await startAttune({ mode: 'real' })
  robin = await readyPractitioner(test)
})
afterAll(() => test.stop())

type Connection = { app: CollectApp; deviceId: string; token: string; setUp: string }
async function connect(owner: Client, name = 'Phone'): Promise<Connection> {
  const reply = await owner.post('/api/devices', { name })
  if (reply.status !== 201) throw new Error(reply.text)
  const { device, server, user, token, setUp } = reply.body
  return { app: makeCollectApp(test, { server, user, token }), deviceId: device.deviceId, token, setUp }
}
const form = () => getFormOfKind(test.attune.programme, 'client-record')
const session = (more = {}, options = {}) => ({ name: 'Client session', xml: toXml(form(), sessionGiven(more), options) })
const rows = async () => (await askDatabase<{ n: number }>(test, 'select count(*)::int as n from answers.records'))[0]!.n
const fetchRaw = (url: string, headers: Record<string, string>, method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
  test.app.inject({
    method,
    url,
    headers: { host: 'attune.example.org', 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.9', ...headers },
  })
const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`attune:${token}`).toString('base64')}` })

describe('connecting a collecting app', () => {
  it('shows the token once, in the settings that ODK Collect scans; the database holds no token', async () => {
    const { token, setUp, deviceId } = await connect(robin, 'Robin’s phone')
    const settings = JSON.parse(inflateSync(Buffer.from(setUp, 'base64')).toString('utf8'))
    expect(settings.general).toMatchObject({ server_url: 'https://attune.example.org', username: 'attune', password: token, delete_send: true })
    expect(settings.admin).toMatchObject({ view_sent: false, change_server: false })
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const list = await robin.get('/api/devices')
    expect(list.body.devices).toContainEqual(expect.objectContaining({ deviceId, name: 'Robin’s phone', usedOn: null }))
    expect(list.text).not.toContain(token)
    const stored = await askDatabase<{ row: string }>(test, 'select t::text as row from accounts.device_tokens t', [], 'accounts')
    expect(stored.length).toBeGreaterThan(0)
    for (const { row } of stored) {
      expect(row).not.toContain(token)
      expect(row).not.toContain(Buffer.from(token).toString('hex'))
      expect(row).not.toContain('Robin')
    }
  })

  it('needs a sign-in from the last five minutes, a name, and stops at ten apps', async () => {
    const busy = await readyPractitioner(test)
    test.clock.pass(6 * 60_000)
    expect((await busy.post('/api/devices', { name: 'Late' })).body.code).toBe('step-up-needed')
    expect((await busy.post('/api/devices', { name: '  ' })).status).toBe(400)
    const fresh = await readyPractitioner(test)
    for (let count = 0; count < 10; count++) await connect(fresh, `Phone ${count}`)
    expect((await fresh.post('/api/devices', { name: 'One more' })).body.code).toBe('device-limit')
  })
})

describe('a connected app', () => {
  let phone: Connection
  beforeAll(async () => {
    robin = await readyPractitioner(test)
    phone = await connect(robin)
  })

  it('gets the list, the exact form and its manifest, and sends a session that is a record of its owner', async () => {
    const list = await phone.app.formList()
    expect(list.map(({ formId, version }) => ({ formId, version }))).toEqual([{ formId: form().id, version: form().version }])
    expect(await phone.app.download(list[0]!)).toBe(form().xml)
    expect(await phone.app.manifest(list[0]!)).toEqual([])
    const instanceId = randomUUID()
    expect(await phone.app.send(session({}, { instanceId }))).toMatchObject({ ok: true, statuses: [201] })
    const [kept] = await askDatabase<{ account_id: string; service_id: string }>(
      test,
      'select p.account_id, r.service_id from answers.records r join identity.record_authors a using (service_id, record_id) join identity.practitioners p using (practitioner_id) where r.record_id = $1',
      [instanceId],
    )
    expect(kept).toEqual({ account_id: robin.accountId, service_id: 'north' })
    const [event] = await askDatabase<{ detail: object }>(
      test,
      "select detail from log.events where action = 'device.submit' order by at desc limit 1",
    )
    expect(event!.detail).toEqual({ recordId: instanceId, deviceId: phone.deviceId, repeated: false })
    expect((await robin.get('/api/devices')).body.devices[0].usedOn).toBe('2025-11-21')
  })

  it('waits for the challenge before it shows its token, and then shows it with every request', async () => {
    const { app } = await connect(robin)
    await app.formList()
    await app.send(session())
    expect(app.asked.map(({ withToken }) => withToken)).toEqual([false, true, true, true])
    const quiet = await fetchRaw('/formList', { 'sec-fetch-mode': 'cors' })
    expect([quiet.statusCode, quiet.headers['www-authenticate']]).toEqual([401, undefined])
  })

  it('that sends again is told so; another content under the same id is refused and the first one stays', async () => {
    const instanceId = randomUUID()
    const first = session({ goal_1: 'Read together' }, { instanceId })
    expect((await phone.app.send(first)).statuses).toEqual([201])
    expect((await phone.app.send(first)).statuses).toEqual([202])
    const changed = await phone.app.send(session({ goal_1: 'Sleep through' }, { instanceId }))
    expect(changed).toMatchObject({ ok: false, statuses: [409] })
    expect(changed.message).toContain('sent before with other answers')
    expect((await phone.app.send(first)).statuses).toEqual([202])
  })

  it('reads nothing: every other address is shut to its token', async () => {
    for (const url of ['/api/records', '/api/session', '/api/standing', '/api/devices', '/api/forms', '/api/people', '/api/events']) {
      const reply = await fetchRaw(url, { ...basic(phone.token), 'attune-purpose': 'retrieve' })
      expect([reply.statusCode, reply.json().code], url).toEqual([401, 'not-signed-in'])
    }
    expect((await fetchRaw('/api/devices', { ...basic(phone.token), origin: 'https://attune.example.org' }, 'POST')).statusCode).toBe(401)
    const before = await rows()
    const reply = await phone.app.send(session())
    expect(reply.ok).toBe(true)
    expect(await rows()).toBe(before + 1)
  })

  it('signs no consent: that is done in Attune itself, whatever the app sends', async () => {
    const standing = (await robin.get('/api/standing')).body.prefill
    const consent = getFormOfKind(test.attune.programme, 'practitioner-consent')
    const xml = toXml(consent, consentGiven({ email: standing.business_email, serviceName: standing.service_name }))
    const reply = await phone.app.send({ name: 'Consent', xml })
    expect(reply).toMatchObject({ ok: false, statuses: [403] })
    expect(reply.message).toContain('session records only')
  })
})

describe('every gate of the browser holds for an app', () => {
  it('without the practitioner’s own consent, training, or the client’s consent nothing is stored', async () => {
    const newcomer = await test.as('practitioner')
    const { app } = await connect(newcomer)
    const before = await rows()
    const unsigned = await app.send(session())
    expect([unsigned.statuses, unsigned.message]).toEqual([[403], expect.stringContaining('consent')])
    const { app: ready } = await connect(await readyPractitioner(test))
    const refused = await ready.send(session({ client_consented: 'no', signed_on: undefined, held_by_service: undefined }))
    expect([refused.ok, refused.statuses[0]]).toEqual([false, 422])
    expect((await ready.send(session({ client_code: 'Robin Smith', code_source: 'service' }))).statuses).toEqual([422])
    expect(await rows()).toBe(before)
  })

  it('a service that is closed and a form that is closed take nothing', async () => {
    await test.addService('west')
    const { app } = await connect(await readyPractitioner(test, 'west'))
    expect((await app.send(session())).ok).toBe(true)
    const before = await rows()
    await askDatabase(test, "update policy.services set status = 'closed' where service_id = 'west'")
    expect((await app.send(session())).statuses).toEqual([409])
    await askDatabase(test, "update policy.services set status = 'live' where service_id = 'west'")
    expect((await app.send(session())).ok).toBe(true)
    await askDatabase(test, "update policy.form_versions set status = 'closed' where form_id = $1", [form().id])
    refreshShelf(test.attune)
    try {
      expect(await app.formList()).toEqual([])
      const closed = await app.send(session())
      expect([closed.statuses, closed.message]).toEqual([[403], expect.stringContaining('no longer takes answers')])
    } finally {
      await askDatabase(test, "update policy.form_versions set status = 'published' where form_id = $1", [form().id])
      refreshShelf(test.attune)
    }
    expect(await rows()).toBe(before + 1)
  })
})

describe('what ends an app', () => {
  it('its owner disconnects it: the next request is refused, asks for a token, and is noted', async () => {
    const owner = await readyPractitioner(test)
    const { app, deviceId } = await connect(owner)
    expect((await app.send(session())).ok).toBe(true)
    expect((await owner.request('DELETE', `/api/devices/${deviceId}`)).body).toEqual({ done: true })
    expect((await app.send(session())).statuses).toEqual([401])
    await expect(app.formList()).rejects.toThrow('401 This app is not connected')
    const events = await askDatabase<{ action: string; outcome: string }>(
      test,
      `select action, outcome from log.events where detail ->> 'deviceId' = $1 order by event_id`,
      [deviceId],
    )
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'device.connect done',
      'device.submit done',
      'device.disconnect done',
      'device.use refused',
      'device.use refused',
    ])
  })

  it('nobody disconnects the app of somebody else, except who looks after that person', async () => {
    const owner = await readyPractitioner(test)
    const { app, deviceId } = await connect(owner, 'Tablet')
    expect((await (await readyPractitioner(test)).request('DELETE', `/api/devices/${deviceId}`)).status).toBe(404)
    const elsewhere = await test.as('service-lead', { serviceId: 'south' })
    expect((await elsewhere.get('/api/service-devices')).text).not.toContain(deviceId)
    expect((await elsewhere.request('DELETE', `/api/service-devices/${deviceId}`)).status).toBe(404)
    expect((await app.send(session())).ok).toBe(true)
    const lead = await test.as('service-lead')
    const listed = (await lead.get('/api/service-devices')).body.devices
    expect(listed).toContainEqual(expect.objectContaining({ deviceId, name: 'Tablet', owner: 'A Person', serviceId: 'north' }))
    expect((await lead.request('DELETE', `/api/service-devices/${deviceId}`)).body).toEqual({ done: true })
    expect((await app.send(session())).statuses).toEqual([401])
  })

  it('the grant that it hangs on ends: so does the app, at once', async () => {
    const owner = await readyPractitioner(test)
    const { app } = await connect(owner)
    expect((await app.send(session())).ok).toBe(true)
    await askDatabase(test, 'update policy.access_grants set ended_at = now() where account_id = $1', [owner.accountId])
    expect((await app.send(session())).statuses).toEqual([401])
  })

  it('the account is shut, or half a year is over', async () => {
    const owner = await readyPractitioner(test)
    const { app } = await connect(owner)
    await askDatabase(test, 'update accounts.accounts set disabled_at = now() where account_id = $1', [owner.accountId], 'accounts')
    expect((await app.send(session())).statuses).toEqual([401])
    const other = await connect(await readyPractitioner(test))
    await askDatabase(
      test,
      'update accounts.device_tokens set ends_at = $2 where device_id = $1',
      [other.deviceId, test.clock.now().toISOString()],
      'accounts',
    )
    expect((await other.app.send(session())).statuses).toEqual([401])
  })

  it('wrong tokens open nothing, whatever they look like, and their number is limited per address', async () => {
    const wrong = ['', 'x', 'A'.repeat(43), "' or '1'='1", '\0', 'ü'.repeat(43), 'B'.repeat(5_000)]
    for (const token of wrong) expect((await fetchRaw('/formList', basic(token))).statusCode, token).toBe(401)
    for (const authorization of ['Basic', 'Basic !!!', 'Bearer abc', `Basic ${Buffer.from('nocolon').toString('base64')}`])
      expect((await fetchRaw('/formList', { authorization })).statusCode, authorization).toBe(401)
    const statuses: number[] = []
    for (let tries = 0; tries < 32; tries++) statuses.push((await fetchRaw('/formList', basic('C'.repeat(43)))).statusCode)
    expect(statuses.at(-1)).toBe(429)
    // An app that is connected is not kept out by what others at the same address try.
    const { token } = await connect(await readyPractitioner(test))
    expect((await fetchRaw('/formList', basic(token))).statusCode).toBe(200)
  })

  it('a token never travels in the open: without TLS the answer is a refusal before it is looked at', async () => {
    const { token } = await connect(await readyPractitioner(test))
    const plain = await test.app.inject({ method: 'HEAD', url: '/submission', headers: { host: 'attune.example.org', ...basic(token) } })
    expect(plain.statusCode).toBe(308)
    const posted = await test.app.inject({ method: 'POST', url: '/submission', headers: { host: 'attune.example.org', ...basic(token) } })
    expect(posted.statusCode).toBe(403)
  })

  it('ninety days after it was disconnected nothing of it is left but its number in the log', async () => {
    const owner = await readyPractitioner(test)
    const { deviceId } = await connect(owner, 'Old phone')
    await owner.request('DELETE', `/api/devices/${deviceId}`)
    const left = async () =>
      (
        await askDatabase<{ n: number }>(test, 'select count(*)::int as n from accounts.device_tokens where device_id = $1', [deviceId], 'accounts')
      )[0]!.n
    const sweep = (days: number) =>
      withActor(test.attune.databases.accounts, { role: 'door' }, 'clean-up', (trx) =>
        sweepSessions(trx, new Date(test.clock.now().getTime() + days * 86_400_000)),
      )
    await sweep(89)
    expect(await left()).toBe(1)
    await sweep(91)
    expect(await left()).toBe(0)
  })
})

describe('a form that starts with what was answered in the one before', () => {
  it('comes to an app with an empty record in that place: an app would keep a whole record in the clear', async () => {
    const administrators = [await test.as('administrator'), await test.as('administrator')] as const
    const cells = {
      type: 'select_one yes_no',
      name: 'on_time',
      label: 'Did it start on time?',
      welsh: 'A ddechreuodd ar amser?',
    }
    const declared = `| fields | | | | | | |
| | name | label | purposes | sensitivity | justification | about_session |
| | on_time | Sessions on time | guide-practice | ordinary | Late starts explain shorter work. | yes |`
    const added = changedClientForm({
      version: '2025-06.recall',
      addAfter: ['age_group', `${toSurveyRow(cells)} \${last-saved#on_time} |`],
      sheets: declared,
    })
    const published = await publishForm(administrators, added.replace(/^(\| \| type \| name \|.*)$/m, '$1 default |'))
    expect(published.body.state, published.text).toBe('published')
    const { app } = await connect(await readyPractitioner(test))
    const listed = (await app.formList()).find(({ version }) => version === '2025-06.recall')
    const given = await app.download(listed!)
    expect(given).toContain("instance('__last-saved')")
    expect(given).toContain('<instance id="__last-saved"><data/></instance>')
    expect(given).not.toContain('jr://instance/last-saved')
  })
})
