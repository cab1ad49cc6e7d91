// The doors whose form others laid down, for /api/openapi.json: OData 4.0, Kobo's read API and OpenRosa, with examples. A test asks the server what is
// written here and compares.
const uid = {
  name: 'uid',
  in: 'path',
  required: true,
  description: 'the id of the form, Kobo’s or its own',
  schema: { type: 'string' },
  example: 'atKK5kYZuDKD9BewymN6mZ',
}

type Parameter = {
  readonly name: string
  readonly description: string
  readonly type?: 'string' | 'integer' | 'boolean'
  readonly example?: string | number | boolean
}
const queries = (parameters: readonly Parameter[]) =>
  parameters.map(({ name, description, type = 'string', example }) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema: { type },
    ...(example !== undefined && { example }),
  }))

const odataQueries = queries([
  { name: '$top', description: 'at most so many records', type: 'integer', example: 100 },
  { name: '$skip', description: 'leave out so many, newest first', type: 'integer' },
  { name: '$count', description: 'tell how many there are', type: 'boolean', example: true },
  { name: '$select', description: 'only these properties', example: 'session_on,time_point' },
  { name: '$filter', description: 'by the day of the session and the time point', example: "session_on ge 2026-01-01 and time_point eq 'after'" },
  { name: '$skiptoken', description: 'where the page before ended; comes with @odata.nextLink' },
])
const koboQueries = queries([
  { name: 'start', description: 'leave out so many, newest first', type: 'integer', example: 0 },
  { name: 'limit', description: 'records a page, 1,000 at most and unless said', type: 'integer', example: 100 },
  {
    name: 'query',
    description: 'JSON: the day of the session, the time point, _submission_time',
    example: '{"_submission_time":{"$gt":"2026-01-01T00:00:00"}}',
  },
  { name: 'fields', description: 'JSON: only these keys', example: '["session/session_on","_uuid"]' },
  { name: 'sort', description: 'JSON: by the day of the session, newest first', example: '{"session_on":-1}' },
])

const asset = {
  url: 'https://attune.example.org/api/v2/assets/atKK5kYZuDKD9BewymN6mZ/',
  data: 'https://attune.example.org/api/v2/assets/atKK5kYZuDKD9BewymN6mZ/data/',
  uid: 'atKK5kYZuDKD9BewymN6mZ',
  name: 'Client session',
  asset_type: 'survey',
  owner__username: 'attune',
  date_created: '2026-01-05T09:00:00.000Z',
  date_modified: '2026-01-05T09:00:00.000Z',
  has_deployment: true,
  deployment__active: true,
  deployment__submission_count: 412,
  version_id: 'vpRdMdqnGR09pGfbO9SREX',
  deployed_version_id: 'vpRdMdqnGR09pGfbO9SREX',
  summary: {
    geo: false,
    labels: ['Has the client signed the consent sheet?'],
    columns: ['type', 'name', 'label', 'required'],
    languages: ['English (en)', 'Cymraeg (cy)'],
    row_count: 52,
    default_translation: 'English (en)',
  },
}
const version = {
  uid: 'vpRdMdqnGR09pGfbO9SREX',
  url: 'https://attune.example.org/api/v2/assets/atKK5kYZuDKD9BewymN6mZ/versions/vpRdMdqnGR09pGfbO9SREX/',
  date_deployed: '2026-01-05T09:00:00.000Z',
  date_modified: '2026-01-05T09:00:00.000Z',
}
const record = {
  _id: 46324178946021,
  _uuid: '2a21c0e1-7fe5-4c7e-9f0a-7d4f3f0b9a11',
  'meta/instanceID': 'uuid:2a21c0e1-7fe5-4c7e-9f0a-7d4f3f0b9a11',
  _submission_time: '2026-03-02T14:05:31',
  'session/session_on': '2026-03-02',
  'session/time_point': 'before',
}
const page = (results: readonly object[], count = results.length) => ({ count, next: null, previous: null, results })

type Door = {
  readonly summary: string
  readonly security: 'basic' | 'koboToken'
  readonly parameters?: readonly object[]
  readonly type?: string
  readonly example?: unknown
}

/** What can be read with a reading token of data support, by path. */
export const doorOperations: { readonly [path: string]: Door } = {
  '/odata/': {
    summary: 'OData: what there is to read',
    security: 'basic',
    example: { '@odata.context': 'https://attune.example.org/odata/$metadata', value: [{ name: 'records', kind: 'EntitySet', url: 'records' }] },
  },
  '/odata/$metadata': { summary: 'OData: names and types of the properties (EDMX)', security: 'basic', type: 'application/xml' },
  '/odata/records': {
    summary: 'OData: records of the service, in pages',
    security: 'basic',
    parameters: odataQueries,
    example: {
      '@odata.context': 'https://attune.example.org/odata/$metadata#records(session_on,time_point)',
      '@odata.count': 412,
      value: [{ session_on: '2026-03-02', time_point: 'after' }],
    },
  },
  '/api/v2/assets/': { summary: 'Kobo: the forms, of which there is one', security: 'koboToken', example: page([asset]) },
  '/api/v2/assets/{uid}/': {
    summary: 'Kobo: the form with its questions and choices',
    security: 'koboToken',
    parameters: [uid],
    example: {
      ...asset,
      content: { schema: '1', survey: [], choices: [], settings: {}, translated: ['label'], translations: ['English (en)', 'Cymraeg (cy)'] },
    },
  },
  '/api/v2/assets/{uid}/versions/': {
    summary: 'Kobo: versions of the form, newest first',
    security: 'koboToken',
    parameters: [uid],
    example: page([version]),
  },
  '/api/v2/assets/{uid}/files/': {
    summary: 'Kobo: files of the form, of which there are none',
    security: 'koboToken',
    parameters: [uid],
    example: page([]),
  },
  '/api/v2/assets/{uid}/exports/': {
    summary: 'Kobo: exports of the last day, newest first. POST orders one (options as in Kobo, JSON or a web form); its result is a file',
    security: 'koboToken',
    parameters: [uid],
    example: page([]),
  },
  '/api/v2/assets/{uid}/export-settings/': {
    summary: 'Kobo: settings of exports; data.csv and data.xlsx below each give the records as they are now. POST, PATCH and DELETE change them',
    security: 'koboToken',
    parameters: [uid],
    example: page([]),
  },
  '/api/v2/assets/{uid}/data.json': {
    summary: 'Kobo: records of the service, in pages',
    security: 'koboToken',
    parameters: [uid, ...koboQueries],
    example: page([record], 412),
  },
}

export const doorSecurity = {
  basic: { type: 'http', scheme: 'basic', description: 'Any user name; the password is a reading token of data support.' },
  koboToken: { type: 'apiKey', in: 'header', name: 'authorization', description: '“Token ” and a reading token of data support.' },
  collectToken: { type: 'http', scheme: 'basic', description: 'Any user name; the password is the token of a connected collecting app.' },
}

const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }

/** Paths of the doors as OpenAPI has them. */
export function toDoorPaths(): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {}
  for (const [path, { summary, security, parameters = [], type = 'application/json', example }] of Object.entries(doorOperations))
    paths[path] = {
      get: {
        summary,
        operationId: `door${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`.replace(/-$/, ''),
        security: [{ [security]: [] }],
        parameters,
        responses: {
          200: {
            description: summary,
            content: { [type]: { schema: { type: type === 'application/json' ? 'object' : 'string' }, ...(example !== undefined && { example }) } },
          },
          default: { description: 'A problem: no such token (401), a question that is not understood (400)', ...problem },
        },
      },
    }
  paths['/submission'] = {
    post: {
      summary: 'OpenRosa: send a form, with its files',
      operationId: 'door-submission',
      security: [{ session: [] }, { collectToken: [] }],
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['xml_submission_file'],
              properties: { xml_submission_file: { type: 'string', contentMediaType: 'text/xml' } },
            },
            example: { xml_submission_file: '<data id="client-session" version="2026-01">…<meta><instanceID>uuid:…</instanceID></meta></data>' },
          },
        },
      },
      responses: {
        201: { description: 'It is here' },
        202: { description: 'It was here before' },
        default: { description: 'A problem', ...problem },
      },
    },
  }
  return paths
}
