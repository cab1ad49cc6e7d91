// Other programs that are told of records: what they get, that it is signed and tried again, and that this server knocks on no inner door.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { openDesk, type Desk } from '../../test/rights-desk.ts'
import { newCode, readyPractitioner } from '../../test/submission.ts'
import { forgetDeliveries, retryWaitsMs, sendDeliveries } from '../actions/webhook/send-deliveries.ts'

type Message = { headers: Record<string, string>; body: { type: string; timestamp: string; data: { service: string; record?: string } }; raw: string }

let desk: Desk
let server: Server
let address = ''
let status = 200
const heard: Message[] = []
beforeAll(async () => {
  server = createServer((request, reply) => {
    let raw = ''
    request.on('data', (part) => (raw += String(part)))
    request.on('end', () => {
      heard.push({ headers: request.headers as Record<string, string>, body: JSON.parse(raw), raw })
      reply.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('thank you')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  desk = await openDesk('2025-11-21T10:00:00Z')
  desk.test.attune.environment.webhookOrigins.push(address)
})
afterAll(async () => {
  server.close()
  await desk.test.stop()
})

const send = () => sendDeliveries(desk.test.attune, new AbortController().signal)
const add = (more: object = {}) =>
  desk.administrator.post('/api/webhooks', {
    serviceId: 'north',
    address: `${address}/told?key=theirs`,
    kinds: ['record.created', 'record.changed', 'record.erased'],
    ...more,
  })

describe('a program of a service', () => {
  let webhookId = ''
  let secret = ''

  it('is added by an administrator, whose secret is shown once and lies sealed', async () => {
    const added = await add()
    expect([added.status, added.body?.webhook]).toEqual([
      201,
      expect.objectContaining({ serviceId: 'north', address: `${address}/told`, last: null }),
    ])
    ;({ secret } = added.body)
    ;({ webhookId } = added.body.webhook)
    const list = await desk.administrator.get('/api/webhooks')
    expect(list.text).toContain(webhookId)
    const [row] = await askDatabase<{ shown: string; sealed: Buffer }>(desk.test, 'select w::text as shown, sealed from hooks.webhooks w')
    const kept = row!.shown + row!.sealed.toString('latin1')
    for (const secretWord of [secret, 'theirs', address]) {
      expect(kept).not.toContain(secretWord)
      if (secretWord !== address) expect(list.text).not.toContain(secretWord)
    }
    for (const other of [desk.lead, desk.support, desk.practitioner]) expect((await other.get('/api/webhooks')).status).toBe(403)
  })

  it('hears of each record that came, changed and went, signed, with ids and kinds and not one answer', async () => {
    const code = newCode()
    const recordId = await desk.sent(code, { narrative_child: 'Looks for a shared smile.' })
    await desk.sent(newCode(), {}, await readyPractitioner(desk.test, 'south'))
    expect(await send()).toEqual({ delivered: 1, failed: 0, givenUp: 0 })
    const corrected = await desk.file({ type: 'rectify', code, identityCheck: 'known-in-person' })
    await correct(corrected.requestId, recordId)
    await send()
    await desk.grant({ type: 'delete', code })
    await send()
    const about = heard.filter(({ body }) => body.data.record === recordId)
    expect(about.map(({ body }) => body.type)).toEqual(['record.created', 'record.changed', 'record.erased'])
    for (const { headers, raw, body } of about) {
      expect(Object.keys(body.data)).toEqual(['service', 'record'])
      expect(raw).not.toMatch(new RegExp(`${code}|smile`))
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      const signed = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${raw}`).digest('base64')
      expect(headers['webhook-signature']).toBe(`v1,${signed}`)
    }
    expect(new Set(about.map(({ headers }) => headers['webhook-id'])).size).toBe(3)
  })

  it('is told again later and later with the same id, until it is given up, and the log says so', async () => {
    status = 500
    heard.length = 0
    await desk.sent(newCode())
    expect(await send()).toEqual({ delivered: 0, failed: 1, givenUp: 0 })
    expect(await send()).toEqual({ delivered: 0, failed: 0, givenUp: 0 })
    for (const wait of retryWaitsMs) {
      desk.test.clock.pass(wait - 1)
      expect((await send()).failed + (await send()).givenUp).toBe(0)
      desk.test.clock.pass(1)
      await send()
    }
    expect(heard).toHaveLength(retryWaitsMs.length + 1)
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const [event] = await askDatabase<{ detail: object }>(desk.test, `select detail from log.events where action = 'webhook.give-up'`)
    expect(event!.detail).toMatchObject({ webhookId, because: '500' })
    const page = (await (await desk.test.as('administrator')).get(`/api/webhooks/${webhookId}`)).body
    expect(page.deliveries[0]).toMatchObject({ state: 'given-up', status: 500, tries: retryWaitsMs.length + 1, nextAt: null })
    status = 200
  })

  it('is tested and stopped; what is over is forgotten after a month', async () => {
    const administrator = await desk.test.as('administrator')
    heard.length = 0
    expect((await administrator.post(`/api/webhooks/${webhookId}/test`)).status).toBe(200)
    await send()
    expect(heard.map(({ body }) => body)).toEqual([{ type: 'test', timestamp: expect.any(String), data: { service: 'north' } }])
    const lead = await desk.test.as('service-lead', { serviceId: 'north' })
    expect((await lead.request('DELETE', `/api/webhooks/${webhookId}`)).status).toBe(403)
    expect((await administrator.request('DELETE', `/api/webhooks/${webhookId}`)).status).toBe(200)
    await desk.sent(newCode(), {}, await readyPractitioner(desk.test, 'north'))
    await send()
    expect(heard).toHaveLength(1)
    expect((await administrator.get('/api/webhooks')).body.webhooks).toEqual([])
    expect(await forgetDeliveries(desk.test.attune)).toBe(0)
    desk.test.clock.pass(31 * 24 * 60 * 60_000)
    expect(await forgetDeliveries(desk.test.attune)).toBe(5)
  })

  it('is told although another one has been away for long, with more waiting for it than goes out at once', async () => {
    const administrator = await desk.test.as('administrator')
    const addFor = async (serviceId: string, to: string) =>
      (await administrator.post('/api/webhooks', { serviceId, address: to, kinds: ['record.created'] })).body.webhook.webhookId as string
    const [away, there] = [await addFor('north', `${address}/away`), await addFor('south', `${address}/there`)]
    await askDatabase(
      desk.test,
      `insert into hooks.deliveries (service_id, webhook_id, kind, occurred_at) select 'north', $1, 'test', now() - interval '9 years' from generate_series(1, 300)`,
      [away],
    )
    expect((await administrator.post(`/api/webhooks/${there}/test`)).status).toBe(200)
    status = 500
    await send()
    status = 200
    const shown = async (webhookId: string) => (await administrator.get(`/api/webhooks/${webhookId}`)).body.deliveries
    expect(await shown(there)).toMatchObject([{ kind: 'test', tries: 1 }])
    for (const webhookId of [away, there]) await administrator.request('DELETE', `/api/webhooks/${webhookId}`)
  })

  it('that asks not to be told again is not', async () => {
    const administrator = await desk.test.as('administrator')
    const { webhook } = (await administrator.post('/api/webhooks', { serviceId: 'south', address: `${address}/`, kinds: ['record.created'] })).body
    status = 410
    await administrator.post(`/api/webhooks/${webhook.webhookId}/test`)
    expect(await send()).toEqual({ delivered: 0, failed: 0, givenUp: 1 })
    expect((await administrator.get('/api/webhooks')).body.webhooks).toEqual([])
    status = 200
  })
})

describe('the address of a program', () => {
  it.each([
    ['http://example.org/x', 'begins with https'],
    ['https://user:word@example.org/', 'is not an address'],
    ['ftp://example.org/', 'is not an address'],
    ['https://127.0.0.1/', 'lies inside a network'],
    ['https://169.254.169.254/latest/meta-data', 'lies inside a network'],
    ['https://[::1]/', 'lies inside a network'],
    ['https://[::ffff:10.0.0.1]/', 'lies inside a network'],
    ['https://0x7f000001/', 'lies inside a network'],
    ['https://example.org:25/', 'has a port that is not the web’s'],
  ])('%s is refused', async (wrong, why) => {
    const reply = await (await desk.test.as('administrator')).post('/api/webhooks', { serviceId: 'north', address: wrong, kinds: ['record.created'] })
    expect([reply.status, reply.body.fields]).toEqual([400, [{ place: '/address', why: expect.stringContaining(why) }]])
  })
})

/** Puts another rating into a record for a request. */
async function correct(requestId: string, recordId: string): Promise<void> {
  const reply = await desk.administrator.post(`/api/records/${recordId}/correction`, {
    requestId,
    reason: 'The service found a slip of the pen.',
    answers: { goal_1_rating: '7' },
  })
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)])
}
