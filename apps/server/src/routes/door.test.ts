import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import { problemCodes, routeNames, routes, type Route, type RouteName } from '@attune/contract'
import { isServiceRole, may, roles, type Role } from '@attune/policy'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { getAnswers } from './table.ts'

let attune: TestAttune
// One person per role: a service has only two seats for data support.
const people = new Map<Role, Client>()
beforeAll(async () => {
  attune = await startAttune()
  for (const role of roles) people.set(role, await attune.as(role))
})
afterAll(() => attune.stop())

const uuid = '00000000-0000-4000-8000-000000000000'
const table = routeNames.map((name) => {
  const [method, pattern] = name.split(' ') as [string, string]
  const url = pattern
    .replace(':recordId', uuid)
    .replace(':draftId', uuid)
    .replace(':deviceId', uuid)
    .replace(':grantId', uuid)
    .replace(':requestId', uuid)
    .replace(':decisionId', uuid)
    .replace(':kind', 'decision')
    .replace(':auditId', uuid)
    .replace(':breachId', uuid)
    .replace(':textId', uuid)
    .replace(':nominationId', uuid)
    .replace(':layoutId', uuid)
    .replace(':formId', 'client-session')
    .replace(':version', '1')
    .replace(':serviceId', 'north')
  return { name, method, url, route: routes[name] as Route }
})
const guarded = table.filter(({ route }) => route.door !== 'open')
const full = table.filter(({ route }) => route.door === 'second-factor')
const knock = (client: Client, { method, url, route }: (typeof table)[number], purpose?: string) =>
  client.request(method, url, { ...(route.body !== undefined && { body: {} }), ...(purpose !== undefined && { purpose }) })

type Schema = {
  readonly type?: string
  readonly additionalProperties?: unknown
  readonly patternProperties?: object
  readonly [word: string]: unknown
}

/** A schema and those inside it, each with the names of the fields that lead there. */
function schemasIn(schema: unknown, place: readonly string[] = []): { readonly place: string; readonly schema: Schema }[] {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap((each) => schemasIn(each, place))
  const inside = Object.entries(schema as Schema).flatMap(([word, value]) =>
    word === 'properties' || word === 'patternProperties'
      ? Object.entries(value as object).flatMap(([field, of]) => schemasIn(of, [...place, field]))
      : schemasIn(value, place),
  )
  return [{ place: place.join('.'), schema: schema as Schema }, ...inside]
}

describe('the door', () => {
  it('has an answer behind every route of the contract', () => {
    expect(routeNames.filter((name) => getAnswers(attune.attune)[name] === undefined)).toEqual([])
  })

  it.each(guarded)('keeps a stranger out of $name', async (route) => {
    const reply = await knock(attune.stranger(), route)
    expect([reply.status, reply.body.code]).toEqual([401, 'not-signed-in'])
  })

  it.each(full)('keeps somebody without the second step out of $name (ASVS 6.3.3)', async (route) => {
    const reply = await knock(await attune.as('administrator', { assurance: 'password' }), route)
    expect([reply.status, reply.body.code]).toEqual([403, 'second-factor-needed'])
  })

  it('is shut on addresses that do not exist, however they are written', async () => {
    for (const url of [
      '/api/nothing',
      '/api',
      '/api/records/../events',
      '//api/records',
      '/%61pi/records',
      '/API/records',
      '/api/records/',
      '/submission/x',
    ]) {
      const reply = await attune.stranger().get(url)
      expect([401, 404], url).toContain(reply.status)
      expect(reply.text).not.toContain('<html')
      const half = await (await attune.as('analyst', { assurance: 'password' })).get(url)
      expect([403, 404], url).toContain(half.status)
    }
  })

  it('DCS-074: what the policy denies a role the API denies, with its sentence, on every route with an act; nothing else is denied (ASVS 8.2.1)', async () => {
    const { policy } = attune.attune.programme
    for (const role of roles) {
      const client = people.get(role)!
      const actor = { role, secondFactor: true, ...(isServiceRole(role) && { serviceId: 'north' }) }
      for (const entry of full.filter(({ route }) => route.act !== undefined)) {
        const decision = may(policy, actor, entry.route.act!, { own: true })
        const reply = await knock(client, entry)
        if (!decision.allowed)
          expect([reply.status, entry.name, role, reply.body.detail, reply.body.said]).toEqual([
            403,
            entry.name,
            role,
            decision.sentence,
            decision.said,
          ])
        // Operator roles may, but the report of one service is about a service that they are not in.
        else if (isServiceRole(role) || entry.route.act !== 'report.service')
          expect(reply.body?.code, `${role} ${entry.name}`).not.toBe('not-allowed')
      }
    }
  }, 90_000)

  it('lets data support change no record (ASVS 8.2.1): of the changing methods it may search, download, connect programs that read, save what its report shows, and file and confirm requests', async () => {
    const client = people.get('data-support')!
    const open: RouteName[] = []
    for (const entry of full.filter(({ method, route }) => method !== 'GET' && route.act !== undefined)) {
      const replies = await Promise.all(['retrieve', 'download', 'find-code'].map((purpose) => knock(client, entry, purpose)))
      if (replies.some((reply) => reply.status !== 403)) open.push(entry.name)
    }
    expect(open).toEqual([
      'POST /api/read-tokens',
      'DELETE /api/read-tokens/:deviceId',
      'POST /api/records/find-code',
      'POST /api/code-requests/:requestId/answer',
      'POST /api/downloads',
      'POST /api/report-layouts',
      'DELETE /api/report-layouts/:layoutId',
      'POST /api/rights',
      'POST /api/rights/:requestId/confirm',
      'POST /api/rights/:requestId/take-back',
    ])
  })

  it('refuses a purpose that the policy does not list, and notes it', async () => {
    const client = people.get('data-support')!
    for (const purpose of ['curiosity', 'Jo Smith of 7 Elm Row']) {
      const reply = await client.get('/api/records', { purpose })
      expect([reply.status, reply.body.code]).toEqual([403, 'purpose-refused'])
    }
    expect((await client.get('/api/records')).body.code).toBe('purpose-refused')
    const events = (await people.get('administrator')!.get('/api/events')).body.events
    expect(events).toContainEqual(expect.objectContaining({ action: 'record.list', outcome: 'refused' }))
    expect(JSON.stringify(events)).toContain('curiosity')
    expect(JSON.stringify(events)).not.toContain('Smith')
  })

  it('answers in the contract’s words: every reply and every refusal fits its schema (ASVS 8.2.3, 15.3.1)', async () => {
    const seen = new Set<string>()
    for (const role of roles) {
      const client = people.get(role)!
      for (const entry of table.filter(({ method, route }) => method === 'GET' && route.params === undefined)) {
        let reply = await knock(client, entry, entry.route.needsPurpose ? 'retrieve' : undefined)
        for (const purpose of ['download', 'practitioner-audit', 'analyse', 'find-code'])
          if (reply.status === 403 && entry.route.needsPurpose) reply = await knock(client, entry, purpose)
        if (reply.status === 200) {
          expect([...Compile(entry.route.reply as TSchema).Errors(reply.body)], entry.name).toEqual([])
          seen.add(entry.name)
        } else expect(problemCodes, entry.name).toContain(reply.body.code)
      }
    }
    expect([...seen].sort()).toEqual(
      table
        .filter(({ method, route }) => method === 'GET' && route.params === undefined)
        .map(({ name }) => name)
        .sort(),
    )
  }, 90_000)

  it('has a contract that names every field, in and out: what is open are lists by key and what passkey libraries say (ASVS 8.2.3, 15.3.1, 15.3.3)', () => {
    const isOpen = (schema: Schema) => schema.type === 'object' && schema.additionalProperties !== false
    const findOpen = (part: 'params' | 'query' | 'body' | 'reply') =>
      table.flatMap(({ name, route }) =>
        schemasIn(route[part] as Schema).flatMap(({ place, schema }) => (isOpen(schema) ? [{ name, place, schema }] : [])),
      )
    const requests = (['params', 'query', 'body'] as const).flatMap(findOpen)
    expect(requests.map(({ name, place }) => `${name} ${place}`).sort()).toEqual([
      'POST /api/factors/passkey response',
      'POST /api/records/:recordId/correction answers',
      'POST /api/session/passkey response',
      'POST /api/training answers',
    ])
    // A reply with fields of its own has no others; a list by key says of what kind its values are.
    const replies = findOpen('reply').filter(({ schema }) => schema.patternProperties === undefined)
    expect(replies.map(({ name, place }) => `${name} ${place}`).sort()).toEqual([
      'POST /api/factors/passkey/options options',
      'POST /api/session/passkey/options options',
    ])
  })

  it('refuses a field that it does not know beside those that it does, at any depth, and does not repeat it (ASVS 15.3.3)', async () => {
    const sound: [url: string, body: object][] = [
      ['/api/session', { email: 'a@b.example', password: 'x' }],
      ['/api/session/provider/begin', { purpose: 'join', invitation: { token: 'x'.repeat(43), displayName: 'Ana', noticeRead: '1' } }],
    ]
    for (const [url, body] of sound) {
      expect((await attune.stranger().post(url, body)).body.code, url).not.toBe('request-invalid')
      const inside = Object.entries(body).find(([, value]) => typeof value === 'object')
      const odd = [{ ...body, planted: 1 }, ...(inside === undefined ? [] : [{ ...body, [inside[0]]: { ...(inside[1] as object), planted: 1 } }])]
      for (const each of odd) {
        const reply = await attune.stranger().post(url, each)
        expect([reply.status, reply.body.code], url).toEqual([400, 'request-invalid'])
        expect(reply.text).not.toContain('planted')
      }
    }
  })

  it.each(table.filter(({ route }) => route.body !== undefined))('refuses a field that $name does not know (ASVS 15.3.3)', async (entry) => {
    for (const role of ['administrator', 'service-lead'] as const) {
      const client = people.get(role)!
      for (const body of [{ surprise: 'planted words' }, [], 'text', null]) {
        const reply = await client.request(entry.method, entry.url, {
          body: typeof body === 'string' || body === null ? JSON.stringify(body) : body,
          headers: { 'content-type': 'application/json' },
          purpose: 'retrieve',
        })
        expect(reply.status, `${role} ${JSON.stringify(body)}`).toBeGreaterThanOrEqual(400)
        expect(reply.status, `${role} ${JSON.stringify(body)}`).toBeLessThan(500)
        expect(reply.text).not.toContain('planted')
      }
    }
  })
})
