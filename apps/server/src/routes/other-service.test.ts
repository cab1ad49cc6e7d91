// Things of another service, asked for by their id: through every route that takes one, and straight from the database as the application's login.
// Whoever asks learns no more than of an id that nothing has.
import { randomUUID } from 'node:crypto'
import { routeNames, routes, type Route } from '@attune/contract'
import type { Role } from '@attune/policy'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askDatabase } from '../../test/ask-database.ts'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { proposal } from '../../test/handing-in.ts'
import { newCode, readyPractitioner, sendSession } from '../../test/submission.ts'

type Person = Client & { accountId: string }
let test: TestAttune
const north = new Map<Role, Person>()
/** What south has, by the name of its place in an address. */
const south: { [place: string]: string } = {}

const only = async (question: string) => {
  const [row] = await askDatabase<{ id: string }>(test, question)
  if (row === undefined) throw new Error(`south has nothing: ${question}`)
  return row.id
}

beforeAll(async () => {
  test = await startAttune()
  for (const role of ['service-lead', 'data-support'] as const) north.set(role, await test.as(role, { serviceId: 'north' }))
  north.set('practitioner', await readyPractitioner(test, 'north'))
  const lead = await test.as('service-lead', { serviceId: 'south' })
  const support = await test.as('data-support', { serviceId: 'south' })
  const practitioner = await readyPractitioner(test, 'south')
  south['serviceId'] = 'south'
  south['recordId'] = randomUUID()
  expect((await sendSession(test, practitioner, {}, { instanceId: south['recordId'] })).status).toBe(201)
  south['requestId'] = (await lead.post('/api/rights', { type: 'pause', code: newCode(), identityCheck: 'known-in-person' })).body.requestId
  south['deviceId'] = (await practitioner.post('/api/devices', { name: 'Phone' })).body.device.deviceId
  south['readTokenId'] = (
    await support.post('/api/read-tokens', { name: 'Excel', acceptResponsibility: true }, { purpose: 'download' })
  ).body.device.deviceId
  south['codeRequestId'] = (await practitioner.post('/api/code-requests', { sessionOn: '2025-07-10' })).body.requestId
  south['layoutId'] = (await lead.post('/api/report-layouts', { title: 'Goals', parts: ['goals'] })).body.layoutId
  south['nominationId'] = (
    await lead.post('/api/nominations', { email: 'nominee@example.org', displayName: 'Nominee', jobTitle: 'Service lead' })
  ).body.nominationId
  south['grantId'] = await only(`select grant_id::text as id from policy.access_grants where account_id = '${practitioner.accountId}'`)
  expect((await lead.post('/api/measures', proposal({ serviceId: 'south' }))).status).toBeLessThan(300)
  south['draftId'] = await only(`select draft_id::text as id from policy.form_drafts where service_id = 'south'`)
})
afterAll(() => test.stop())

type Knock = readonly [name: (typeof routeNames)[number], role: Role, place: string, options?: { body?: object; purpose?: string }]
const knocks: readonly Knock[] = [
  ['DELETE /api/measures/:draftId', 'service-lead', 'draftId'],
  ['DELETE /api/devices/:deviceId', 'practitioner', 'deviceId'],
  ['DELETE /api/read-tokens/:deviceId', 'data-support', 'readTokenId', { purpose: 'download' }],
  ['DELETE /api/service-devices/:deviceId', 'service-lead', 'deviceId'],
  ['DELETE /api/service-devices/:deviceId', 'service-lead', 'readTokenId'],
  ['GET /api/records/:recordId', 'data-support', 'recordId', { purpose: 'retrieve' }],
  [
    'POST /api/services/:serviceId/processor-terms',
    'service-lead',
    'serviceId',
    { body: { version: '1', accept: true, linkListPlace: 'A locked cabinet', linkListKeeper: 'The service lead' } },
  ],
  ['DELETE /api/grants/:grantId', 'service-lead', 'grantId'],
  ['POST /api/code-requests/:requestId/answer', 'data-support', 'codeRequestId', { body: { code: null }, purpose: 'find-code' }],
  ['DELETE /api/report-layouts/:layoutId', 'service-lead', 'layoutId'],
  ['DELETE /api/nominations/:nominationId', 'service-lead', 'nominationId'],
  ['GET /api/rights/:requestId', 'service-lead', 'requestId'],
  ['GET /api/rights/:requestId', 'data-support', 'requestId'],
  ['GET /api/rights/:requestId', 'practitioner', 'requestId'],
  ['POST /api/rights/:requestId/confirm', 'service-lead', 'requestId', { body: { identityCheck: 'known-in-person' } }],
  ['POST /api/rights/:requestId/take-back', 'service-lead', 'requestId'],
  ['GET /api/rights/:requestId/letters/:kind', 'service-lead', 'requestId'],
  ['GET /api/rights/:requestId/package', 'service-lead', 'requestId'],
  ['GET /api/rights/:requestId/corrections', 'service-lead', 'requestId'],
]
/** Routes with an id that people of a service have no act for: the door refuses them, whatever the id. */
const operatorsOnly = [
  'GET /api/form-drafts/:draftId',
  'GET /api/form-drafts/:draftId/files/:name',
  'PATCH /api/services/:serviceId',
  'POST /api/form-drafts/:draftId/publish',
  'DELETE /api/form-drafts/:draftId',
  'POST /api/forms/:formId/:version/close',
  'POST /api/grants/:grantId/review',
  'DELETE /api/analysis-tokens/:deviceId',
  'GET /api/webhooks/:webhookId',
  'POST /api/webhooks/:webhookId/test',
  'DELETE /api/webhooks/:webhookId',
  'GET /api/audits/:auditId/texts',
  'POST /api/audit-texts/:textId/verdict',
  'POST /api/audits/:auditId/close',
  'GET /api/breaches/:breachId',
  'POST /api/breaches/:breachId/assessment',
  'POST /api/breaches/:breachId/regulator',
  'POST /api/breaches/:breachId/individuals',
  'POST /api/breaches/:breachId/close',
  'POST /api/rights/:requestId/clock',
  'POST /api/rights/:requestId/decision',
  'POST /api/rights/:requestId/agreement',
  'POST /api/rights/:requestId/lift',
  'POST /api/records/:recordId/correction',
  'POST /api/retention/decisions/:decisionId/agreement',
]
/** An edition of a form, a scale and an audit belong to everybody: what they show is the asker's own part. */
const everybodys = [
  'GET /api/forms/:formId/:version',
  'GET /api/forms/:formId/:version/files/:name',
  'GET /api/form-versions/:formId/:version',
  'GET /api/form-versions/:formId/:version/files/:name',
  'GET /api/form-versions/:formId/:version/workbook',
  'GET /api/audits/:auditId/findings',
  'POST /api/measures/:scaleId/removal',
]

async function ask([name, role, , { body, purpose } = {}]: Knock, id: string) {
  const [method, pattern] = name.split(' ') as [string, string]
  const url = pattern.replace(/:[A-Za-z]+Id/, id).replace(':kind', 'acknowledgement')
  return north.get(role)!.request(method, url, { ...(body && { body }), ...(purpose && { purpose }) })
}

describe('what belongs to another service', () => {
  it('is asked for on every route that takes an id', () => {
    const withId = routeNames.filter((name) => (routes[name] as Route).params !== undefined)
    expect([...new Set([...knocks.map(([name]) => name), ...operatorsOnly, ...everybodys])].sort()).toEqual([...withId].sort())
  })

  it.each(knocks.map((knock) => ({ name: knock[0], role: knock[1], knock })))(
    '$name by $role: the same answer as for an id that nothing has, and nothing changes (ASVS 8.2.2, 8.4.1)',
    async ({ knock }) => {
      const place = knock[2]
      const nobodys = place === 'serviceId' ? 'nowhere' : randomUUID()
      const before = await fingerprint()
      const theirs = await ask(knock, south[place]!)
      const nothing = await ask(knock, nobodys)
      expect(theirs.status).toBe(404)
      expect([theirs.status, theirs.body]).toEqual([nothing.status, nothing.body])
      expect(await fingerprint()).toBe(before)
    },
  )

  it('is refused at the door where people of a service have no act at all', async () => {
    for (const name of operatorsOnly) {
      const [method, pattern] = name.split(' ') as [string, string]
      const route = routes[name as keyof typeof routes] as Route
      for (const [role, client] of north) {
        const reply = await client.request(
          method,
          pattern
            .replace(':serviceId', 'south')
            .replaceAll(/:[A-Za-z]+Id/g, randomUUID())
            .replace(':version', '1'),
          {
            ...(route.body && { body: {} }),
            purpose: 'retrieve',
          },
        )
        expect([403, 400], `${role} ${name}`).toContain(reply.status)
        expect(reply.status === 403 || route.body !== undefined, `${role} ${name}`).toBe(true)
      }
    }
  })

  it('is invisible in raw SQL as the application’s login acting for north (ASVS 8.2.2, 8.4.1)', async () => {
    const client = new pg.Client({ ...test.databases.admin.attune, user: 'attune_app', password: test.databases.loginPassword })
    await client.connect()
    const places: readonly [role: string, table: string, column: string, id: string][] = [
      ['data_support', 'answers.records', 'record_id', south['recordId']!],
      ['practitioner', 'answers.records', 'record_id', south['recordId']!],
      ['data_support', 'scores.record_scores', 'record_id', south['recordId']!],
      ['service_lead', 'rights.requests', 'request_id', south['requestId']!],
      ['service_lead', 'policy.access_grants', 'grant_id', south['grantId']!],
      ['service_lead', 'policy.form_drafts', 'draft_id', south['draftId']!],
      ['service_lead', 'policy.services', 'service_id', 'south'],
    ]
    const find = async (role: string, service: string, table: string, column: string, id: string) => {
      await client.query(
        `begin read only; set local role acting_${role}; set local app.service = '${service}'; set local app.account = '${north.get('service-lead')!.accountId}'; set local app.purpose = 'retrieve'`,
      )
      const found = await client.query(`select from ${table} where ${column}::text = $1`, [id])
      await client.query('rollback')
      return found.rowCount
    }
    for (const [role, table, column, id] of places) {
      expect(await find(role, 'north', table, column, id), table).toBe(0)
      // The same question from south finds it, so it is the service that hides it; what a practitioner wrote is for nobody's list.
      if (role !== 'practitioner') expect(await find(role, 'south', table, column, id), table).toBe(1)
    }
    await client.end()
  })
})

async function fingerprint(): Promise<string> {
  const [row] = await askDatabase<{ print: string }>(
    test,
    `select (select count(*) from rights.requests where state = 'received')::text || '/' || (select count(*) from policy.access_grants where ended_at is null)
      || '/' || (select count(*) from sums.report_layouts) || '/' || (select count(*) from policy.form_drafts) || '/' || (select string_agg(s::text, ',' order by service_id) from policy.services s) as print`,
  )
  const [devices] = await askDatabase<{ print: string }>(
    test,
    `select string_agg(t::text, ',' order by t::text) as print from accounts.device_tokens t`,
    [],
    'accounts',
  )
  return `${row!.print} ${devices!.print}`
}
