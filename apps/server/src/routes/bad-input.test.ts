// Bad input to every route that takes any: a problem with a code and a sentence, nothing of the input in it, and a database that has not changed.
import { randomUUID } from 'node:crypto'
import { problems, type ProblemCode } from '@attune/contract'
import type { Role } from '@attune/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { fingerprint } from '../../test/fingerprint.ts'

let test: TestAttune
const clients = new Map<Role, Client & { accountId: string }>()
beforeAll(async () => {
  test = await startAttune()
  for (const role of ['practitioner', 'service-lead', 'data-support', 'administrator', 'analyst'] as const) clients.set(role, await test.as(role))
  // The first look at the forms publishes those of the programme.
  await clients.get('practitioner')!.get('/api/forms')
})
afterAll(() => test.stop())

type Case = readonly [what: string, role: Role, method: string, url: string, body: unknown, status: number, purpose?: string]
const long = 'planted'.repeat(20_000)
const cases: readonly Case[] = [
  ['an unknown field', 'practitioner', 'POST', '/api/training', { course: 'a', version: '1', answers: {}, planted: 1 }, 400],
  ['answers of the wrong kind', 'practitioner', 'POST', '/api/training', { course: 'a', version: '1', answers: { q: 5 } }, 400],
  ['another course', 'practitioner', 'POST', '/api/training', { course: 'planted', version: '1', answers: {} }, 400],
  ['a code of the wrong kind', 'practitioner', 'POST', '/api/client-codes/seen', { code: 12345 }, 400],
  ['a code too long', 'practitioner', 'POST', '/api/client-codes/seen', { code: 'planted'.repeat(10) }, 400],
  ['a body too long', 'practitioner', 'POST', '/api/client-codes/seen', { code: long }, 413],
  ['a form that is not there', 'practitioner', 'GET', '/api/forms/planted/1', undefined, 404],
  ['a version that is not there', 'practitioner', 'GET', '/api/forms/client-session/planted', undefined, 422],
  ['an unknown query word', 'data-support', 'GET', '/api/records?planted=1', undefined, 400, 'retrieve'],
  ['a limit of zero', 'data-support', 'GET', '/api/records?limit=0', undefined, 400, 'retrieve'],
  ['a limit too high', 'data-support', 'GET', '/api/records?limit=2001', undefined, 400, 'retrieve'],
  ['a limit in words', 'data-support', 'GET', '/api/records?limit=planted', undefined, 400, 'retrieve'],
  ['a page end that is none', 'data-support', 'GET', '/api/records?after=planted', undefined, 400, 'retrieve'],
  [
    'a page end with a day that is none',
    'data-support',
    'GET',
    `/api/records?after=${Buffer.from(`2025-99-99|${randomUUID()}`).toString('base64url')}`,
    undefined,
    400,
    'retrieve',
  ],
  ['an id that is none', 'data-support', 'GET', '/api/records/planted', undefined, 400, 'retrieve'],
  ['an id of nothing', 'data-support', 'GET', `/api/records/${randomUUID()}`, undefined, 404, 'retrieve'],
  [
    'a quote in a code',
    'data-support',
    'GET',
    `/api/records?serviceId=${encodeURIComponent("x' or '1'='1")}&code=planted`,
    undefined,
    200,
    'retrieve',
  ],
  ['a day that is none', 'data-support', 'POST', '/api/records/find-code', { practitionerId: randomUUID(), sessionOn: 'planted' }, 400, 'find-code'],
  [
    'a day that does not exist',
    'data-support',
    'POST',
    '/api/records/find-code',
    { practitionerId: randomUUID(), sessionOn: '2025-02-31' },
    400,
    'find-code',
  ],
  ['no practitioner', 'data-support', 'POST', '/api/records/find-code', { sessionOn: '2025-02-03' }, 400, 'find-code'],
  ['an unknown format', 'data-support', 'POST', '/api/downloads', { format: 'planted', acceptResponsibility: true }, 400, 'download'],
  ['responsibility as text', 'data-support', 'POST', '/api/downloads', { format: 'csv', acceptResponsibility: 'true' }, 400, 'download'],
  [
    'a download from a day that does not exist',
    'data-support',
    'POST',
    '/api/downloads',
    { format: 'csv', acceptResponsibility: true, from: '2025-13-01' },
    400,
    'download',
  ],
  ['a purpose that is not listed', 'data-support', 'POST', '/api/downloads', { format: 'csv', acceptResponsibility: true }, 403, 'curiosity'],
  ['a quarter that is none', 'analyst', 'GET', '/api/reports/national?from=planted', undefined, 400],
  ['an age that is no group', 'analyst', 'GET', '/api/reports/national?ageGroup=planted', undefined, 400],
  ['a service id in capitals', 'administrator', 'POST', '/api/services', { serviceId: 'Planted', name: 'Planted' }, 400],
  ['a service without a name', 'administrator', 'POST', '/api/services', { serviceId: 'planted' }, 400],
  ['a service that exists', 'administrator', 'POST', '/api/services', { serviceId: 'north', name: 'Planted' }, 409],
  ['the operator as a service', 'administrator', 'PATCH', '/api/services/operator', { name: 'Planted' }, 404],
  ['a service that does not exist', 'administrator', 'PATCH', '/api/services/planted', { name: 'Planted' }, 404],
  ['a status that is none', 'administrator', 'PATCH', '/api/services/north', { status: 'planted' }, 400],
  ['a pattern without a digit', 'administrator', 'PATCH', '/api/services/north', { codePattern: 'AAAA' }, 400],
  ['terms that are not accepted', 'service-lead', 'POST', '/api/services/north/processor-terms', { version: '1', accept: false }, 400],
  ['an address that is none', 'administrator', 'POST', '/api/invitations', { email: 'planted', role: 'practitioner', serviceId: 'north' }, 400],
  ['a role that is none', 'administrator', 'POST', '/api/invitations', { email: 'a@example.org', role: 'planted', serviceId: 'north' }, 400],
  [
    'a service for an operator role',
    'administrator',
    'POST',
    '/api/invitations',
    { email: 'a@example.org', role: 'auditor', serviceId: 'north' },
    400,
  ],
  [
    'an invitation to nowhere',
    'administrator',
    'POST',
    '/api/invitations',
    { email: 'a@example.org', role: 'practitioner', serviceId: 'planted' },
    404,
  ],
  ['a role for nobody', 'administrator', 'POST', '/api/grants', { accountId: randomUUID(), role: 'practitioner', serviceId: 'north' }, 404],
  ['an account that is no id', 'administrator', 'POST', '/api/grants', { accountId: 'planted', role: 'practitioner', serviceId: 'north' }, 400],
  ['an end of nothing', 'administrator', 'DELETE', `/api/grants/${randomUUID()}`, undefined, 404],
  ['an end of something that is no id', 'administrator', 'DELETE', '/api/grants/planted', undefined, 400],
  ['an event number that is none', 'administrator', 'GET', '/api/events?before=planted', undefined, 400],
  ['more events than there may be', 'administrator', 'GET', '/api/events?limit=501', undefined, 400],
]

describe('bad input', () => {
  let untouched: string | undefined
  for (const [what, role, method, url, body, status, purpose] of cases)
    it(`${what} (${role}, ${method} ${url.slice(0, 60)}) is answered as a problem and changes nothing`, async () => {
      const before = (untouched ??= await fingerprint(test))
      const reply = await clients.get(role)!.request(method, url, { body, ...(purpose !== undefined && { purpose }) })
      expect([reply.status, reply.text.slice(0, 300)]).toEqual([status, expect.any(String)])
      if (status >= 400) {
        expect(reply.headers['content-type']).toContain('application/problem+json')
        const code = reply.body.code as ProblemCode
        expect([problems[code].title, problems[code].status]).toEqual([reply.body.title, status])
        expect(reply.text.toLowerCase()).not.toContain('planted')
      } else expect(reply.body).toEqual({ records: [], total: 0, next: null })
      expect(await fingerprint(test)).toBe(before)
    })

  const jsonRoutes = [
    ...new Set(
      cases
        .filter(([, , method]) => method === 'POST' || method === 'PATCH')
        .map(([, role, method, url, , , purpose]) => JSON.stringify([role, method, url, purpose])),
    ),
  ].map((text) => JSON.parse(text) as [Role, string, string, string | null])
  it.each(jsonRoutes)(
    '%s %s %s: JSON that is cut off, an array, a number, null and another content type are refused',
    async (role, method, url, purpose) => {
      const before = (untouched ??= await fingerprint(test))
      const more = purpose === null ? {} : { purpose }
      for (const body of ['{"planted": ', '[]', '5', 'null', '"planted"', '{"__proto__": {"planted": 1}}']) {
        const reply = await clients.get(role)!.request(method, url, { body, headers: { 'content-type': 'application/json' }, ...more })
        expect([400, 403], body).toContain(reply.status)
        expect(reply.text).not.toContain('planted')
      }
      expect(
        (
          await clients
            .get(role)!
            .request(method, url, { body: 'planted=1', headers: { 'content-type': 'application/x-www-form-urlencoded' }, ...more })
        ).status,
      ).toBe(purpose === 'curiosity' ? 403 : 415)
      expect(await fingerprint(test)).toBe(before)
    },
  )
})
