// Who a client is stays with the service: nothing here takes it in, holds it or gives it out.
import { randomUUID } from 'node:crypto'
import { downloadFormats, routeNames, routes, type Route } from '@attune/contract'
import { getFormOfKind } from '@attune/programme'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAttune, type Client, type TestAttune } from '../../test/attune.ts'
import { readSav } from '../../test/read-sav.ts'
import { newCode, readyPractitioner, sendSession, sendXml, sessionGiven, toXml } from '../../test/submission.ts'
import { unzip, unzipReply } from '../../test/unzip.ts'
import { databaseNames, withClient, type DatabaseName } from '../store/postgres-databases.ts'

let test: TestAttune
let practitioner: Client
let support: Client
const code = newCode()
beforeAll(async () => {
  test = await startAttune()
  practitioner = await readyPractitioner(test, 'north', { firstName: 'Nell', surname: 'Aldous' })
  support = await test.as('data-support', { serviceId: 'north' })
  await sendSession(test, practitioner, { client_code: code })
})
afterAll(() => test.stop())

type Schema = { readonly properties?: Record<string, Schema>; readonly items?: Schema; readonly anyOf?: readonly Schema[] }
const namesIn = (schema: unknown): string[] => {
  const { properties = {}, items, anyOf = [] } = (schema ?? {}) as Schema
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => [name, ...namesIn(inner)]),
    ...(items === undefined ? [] : namesIn(items)),
    ...anyOf.flatMap(namesIn),
  ]
}
/** Words that a client could be told by. */
const tellsWho = /name|person|birth|address|postcode|phone|e?mail|nhs|surname|initial|identi(?!tyCheck)/i
const codeNames = new Set(['code', 'clientCode', 'client_code', 'clientId'])

describe('names of clients', () => {
  it('DCS-045: no route that takes a client’s code takes anything that says who the client is, and one that is sent along is refused', async () => {
    const takers = routeNames.filter((name) => {
      const { body, query, params } = routes[name] as Route
      return [body, query, params].flatMap(namesIn).some((one) => codeNames.has(one))
    })
    // The code of an authenticator app is called code as well; those routes know nobody but who signs in.
    const about = takers.filter((name) => !/^POST \/api\/(session|factors)\//.test(name))
    expect(about).toEqual([
      'POST /api/client-codes/seen',
      'GET /api/records',
      'POST /api/code-requests/:requestId/answer',
      'POST /api/rights',
      'POST /api/rights/:requestId/confirm',
    ])
    for (const name of about) {
      const { body, query, params } = routes[name] as Route
      expect(
        [body, query, params].flatMap(namesIn).filter((one) => tellsWho.test(one)),
        name,
      ).toEqual([])
    }
    const more = { clientName: 'Planted Person', name: 'Planted Person' }
    const replies = [
      await practitioner.post('/api/client-codes/seen', { code, ...more }),
      await support.get(`/api/records?code=${code}&clientName=Planted`, { purpose: 'retrieve' }),
      await support.post(`/api/code-requests/${randomUUID()}/answer`, { code, ...more }, { purpose: 'find-code' }),
      await support.post('/api/rights', { type: 'access', code, identityCheck: 'document-seen', ...more }),
    ]
    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    // The one place for words of a request is looked through before anything of it is kept.
    const words = 'This code stands for Ffion Prydderch of LS6 1LF.'
    const named = await support.post('/api/rights', { type: 'access', code, identityCheck: 'document-seen', words })
    expect([named.status, named.body.code]).toEqual([422, 'request-names-person'])
    const form = getFormOfKind(test.attune.programme, 'client-record')
    const sent = await sendXml(practitioner, toXml(form, sessionGiven({ client_code: code }), { extra: '<client_name>Planted Person</client_name>' }))
    expect([sent.status, sent.body.code]).toEqual([422, 'submission-invalid'])
  })

  it('DCS-045: no table has a column that could hold who a code stands for; a planted one is found', async () => {
    const found = async () => Object.fromEntries(await Promise.all(databaseNames.map(async (name) => [name, await columnsBesideClients(name)])))
    expect(await found()).toEqual(expected)
    await ask('attune', 'alter table answers.clients add column known_as text')
    try {
      expect((await found())['attune']).not.toEqual(expected.attune)
    } finally {
      await ask('attune', 'alter table answers.clients drop column known_as')
    }
  })

  it('DCS-086: a download is keyed by the code, and no format has a column or a value that says who a client is', async () => {
    for (const format of downloadFormats) {
      const reply = await support.post('/api/downloads', { format, acceptResponsibility: true }, { purpose: 'download' })
      const files = unzipReply(reply)
      const bytes = files.get(`records.${format}`)!
      const codebook = files.get('codebook.csv')!.toString('utf8').slice(1).split('\r\n').slice(1, -1)
      const columns = codebook.map((line) => line.split(',')[0]!)
      expect(columns, format).toContain('client_code')
      expect(
        columns.filter((name) => tellsWho.test(name) && !name.startsWith('practitioner_')),
        format,
      ).toEqual([])
      const text =
        format === 'sav'
          ? JSON.stringify(readSav(bytes).rows)
          : format === 'xlsx'
            ? Buffer.concat([...unzip(bytes).values()]).toString('utf8')
            : bytes.toString('utf8')
      expect(text, format).toContain(code)
    }
  })

  it('DCS-086: to attach a client’s name to a code has no route, whoever asks', async () => {
    const people = [practitioner, support, await test.as('service-lead'), await test.as('administrator'), await test.as('auditor')]
    for (const client of people)
      for (const [method, address] of [
        ['POST', '/api/clients'],
        ['PUT', `/api/clients/${code}`],
        ['PUT', `/api/client-codes/${code}`],
        ['POST', `/api/client-codes/${code}/name`],
        ['POST', '/api/link-list'],
        ['GET', `/api/clients?name=Planted`],
        ['GET', `/api/client-codes/${code}/name`],
      ] as const) {
        const reply = await client.request(method, address, { ...(method !== 'GET' && { body: { code, name: 'Planted Person' } }) })
        expect([404, 405], `${method} ${address}`).toContain(reply.status)
      }
  })
})

const ask = <T extends object>(database: DatabaseName, question: string) =>
  withClient(test.databases.admin[database], async (client) => (await client.query<T>(question)).rows)

/** Of every table with a row per client, or per something of a client: the columns that take words or bytes. */
async function columnsBesideClients(database: DatabaseName): Promise<Record<string, string>> {
  const rows = await ask<{ place: string; columns: string }>(
    database,
    `select c.table_schema || '.' || c.table_name as place, string_agg(c.column_name, ' ' order by c.column_name) as columns
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
       and (c.data_type in ('text', 'character varying', 'bytea', 'jsonb', 'json', 'ARRAY', 'character', 'name', 'xml', 'USER-DEFINED') and c.column_name <> 'service_id')
       and exists (select from information_schema.columns k where k.table_schema = c.table_schema and k.table_name = c.table_name
         and k.column_name in ('client_id', 'code_hash', 'code_sealed', 'subject_id', 'client_ids'))
     group by 1`,
  )
  return Object.fromEntries(rows.map(({ place, columns }) => [place, columns]))
}

// Codes and answers are sealed; hashes are keyed; the rest are closed lists, versions and references. Words of a request are looked through
// for names before they are kept (request-names-person).
const expected: { readonly [database in DatabaseName]: Record<string, string> } = {
  attune: {
    'answers.clients': 'code_hash code_sealed code_source',
    'answers.records': 'answers_sealed content_hash form_id form_version policy_version programme_id review_places review_state xml_sealed',
    'audit.findings': 'after_hash before_hash category question',
    'audit.texts': 'marks question verdict',
    'breach.affected_records': 'certainty',
    'identity.code_requests': 'reference state',
    'log.exports': 'client_ids sha256',
    'rights.requests':
      'certificate clock_sealed code_hash code_sealed decision_sealed ground identity_check outcome pauses reference state subject treated_as type words_sealed',
    'scores.record_scores': 'age_group choices programme_id scales scores time_point',
  },
  accounts: {},
  keyring: { 'keyring.client_keys': 'wrapped' },
}
