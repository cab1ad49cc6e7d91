// The contract's route table as OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0. TypeBox schemas are JSON Schema already.
import { problems, Problem, routes, type Route } from '@attune/contract'
import { doorSecurity, toDoorPaths } from './door-operations.ts'

const params = /:([A-Za-z]+)/g

type JsonSchema = { properties?: Record<string, object>; required?: string[] }

/** The whole interface as one plain value. */
export function toOpenApi(title: string, version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const [method, path] = name.split(' ') as [string, string]
    const place = (paths[path.replaceAll(params, '{$1}')] ??= {})
    place[method.toLowerCase()] = toOperation(name, route)
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description: 'Refusals are application/problem+json; their codes are listed in components.schemas.Problem.' },
    paths: { ...paths, ...toDoorPaths() },
    components: {
      schemas: { Problem },
      securitySchemes: {
        ...doorSecurity,
        session: { type: 'apiKey', in: 'cookie', name: '__Host-attune', description: 'A session that passed both steps of signing in.' },
        firstStep: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-attune',
          description: 'A session that passed the first step; enough to finish signing in.',
        },
      },
    },
  }
}

function toOperation(name: string, { summary, door, act, needsPurpose, params: path, query, body, status = 200, reply }: Route): object {
  const security = { open: [], enrolment: [{ firstStep: [] }, { session: [] }], 'second-factor': [{ session: [] }] }[door]
  const purpose = { name: 'attune-purpose', in: 'header', required: true, description: 'A purpose of the policy.', schema: { type: 'string' } }
  const content =
    typeof reply === 'string' ? { [reply]: { schema: { type: 'string', contentEncoding: 'binary' } } } : { 'application/json': { schema: reply } }
  const refusals = [...new Set(Object.values(problems).map((problem) => problem.status))].sort()
  return {
    summary,
    operationId: name
      .replaceAll(/[^A-Za-z]+/g, '-')
      .toLowerCase()
      .replaceAll(/^-|-$/g, ''),
    security,
    ...(act !== undefined && { 'x-attune-act': act }),
    parameters: [...toParameters(path, 'path'), ...toParameters(query, 'query'), ...(needsPurpose === true ? [purpose] : [])],
    ...(body !== undefined && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      [status]: { description: summary, content },
      default: {
        description: `A problem (${refusals.join(', ')})`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function toParameters(schema: object | undefined, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = (schema ?? {}) as JsonSchema
  return Object.entries(properties).map(([name, of]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: of }))
}
