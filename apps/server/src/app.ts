// The HTTP application: the contract's routes behind the door, refusals as problems, files for the web app. It listens nowhere by itself;
// main.ts and tests do that.
import { readFileSync } from 'node:fs'
import Fastify, { type FastifyInstance, type RouteShorthandOptions } from 'fastify'
import { routes, type Route, type RouteName } from '@attune/contract'
import type { Attune } from './attune.ts'
import { raise } from './problems.ts'
import type { Answers, Asked } from './routes/answers.ts'
import { checkShape } from './routes/check-shape.ts'
import { passDoor } from './routes/door.ts'
import { toOpenApi } from './routes/openapi.ts'
import { answerError, sendProblem } from './routes/problem-reply.ts'
import { rawSecurityHeaders } from './routes/security-headers.ts'
import { isPageRequest, registerStaticFiles, sendPage, webFolder } from './routes/static-files.ts'
import { getAnswers, registerOtherRoutes } from './routes/table.ts'
import { translateDatabaseError } from './store/postgres-errors.ts'

const jsonLimitBytes = 64 * 1024
const second = 1000

export type AppOptions = {
  webFolder?: string
  /** Hears of each route as it is added, whoever added it: what looks at all of them cannot forget one. */
  routeAdded?: (method: string, url: string) => void
}

/** Builds the application for what the server is made of. */
export async function buildApp(attune: Attune, { webFolder: folder = webFolder, routeAdded }: AppOptions = {}): Promise<FastifyInstance> {
  const { environment, faults, figures } = attune
  const { tls, proxies } = environment
  const options = {
    bodyLimit: jsonLimitBytes,
    // A list of proxies, never `true` or a number: those believe whatever a stranger writes into X-Forwarded-For.
    trustProxy: proxies.length > 0 ? proxies : false,
    requestTimeout: 120 * second,
    keepAliveTimeout: 65 * second,
    routerOptions: { maxParamLength: 200, caseSensitive: true },
    exposeHeadRoutes: true,
    clientErrorHandler: (_error: Error, socket: import('node:net').Socket) => {
      if (socket.writable) socket.end(`HTTP/1.1 400 Bad Request\r\n${rawSecurityHeaders}connection: close\r\ncontent-length: 0\r\n\r\n`)
      socket.destroy()
    },
    ...(tls !== undefined && { https: { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile), minVersion: 'TLSv1.2' as const } }),
  }
  const app = Fastify(options as object) as FastifyInstance
  app.setValidatorCompiler(checkShape as never)
  app.decorateRequest('signedIn', undefined)
  app.decorateRequest('acting', undefined)
  app.decorateRequest('device', undefined)
  app.decorateRequest('purpose', '')
  app.removeContentTypeParser('text/plain')
  if (routeAdded !== undefined)
    app.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routeAdded(each, url)
    })
  app.addHook('onRequest', (request, reply) => passDoor(attune, request, reply))
  app.addHook('onResponse', async ({ method, routeOptions, acting }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? 'unknown'
    figures.request(method, route, statusCode, elapsedTime / 1000)
    faults.request({ method, route, status: statusCode, milliseconds: elapsedTime, ...(acting && { role: acting.role }) })
  })
  app.setErrorHandler((error: Error, request, reply) => answerError(translateDatabaseError(error) as Error, request, reply, faults))

  await registerStaticFiles(app, folder)
  app.setNotFoundHandler((request, reply) => {
    if (isPageRequest(request)) return sendPage(reply, folder)
    return sendProblem(reply, methodsAt(request.url) ? 'method-unknown' : 'not-found')
  })

  const document = JSON.stringify(toOpenApi(attune.programme.title, attune.version))
  app.get('/api/openapi.json', { config: { door: 'open' } }, (_request, reply) => reply.type('application/json; charset=utf-8').send(document))
  registerTable(app, attune, getAnswers(attune))
  await registerOtherRoutes(app, attune)
  return app
}

/** Registers every route of the contract that has an answer. */
function registerTable(app: FastifyInstance, { clock }: Attune, answers: Answers): void {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const answer = answers[name] as ((asked: Asked<RouteName>) => Promise<unknown>) | undefined
    if (answer === undefined) continue
    const [method, url] = name.split(' ') as ['GET', string]
    const { params, query, body, bodyLimitBytes, reply: schema, status = 200 } = route
    const shape: RouteShorthandOptions = {
      config: { name },
      ...(bodyLimitBytes !== undefined && { bodyLimit: bodyLimitBytes }),
      schema: {
        ...(params && { params }),
        // A route without a query schema takes no query at all.
        querystring: query ?? { type: 'object', additionalProperties: false, properties: {} },
        ...(body && { body }),
        ...(typeof schema !== 'string' && { response: { [status]: schema } }),
      },
    }
    app.route({
      method,
      url,
      ...shape,
      handler: async (request, reply) => {
        if (body === undefined && request.body !== undefined && request.body !== null && Object.keys(request.body).length > 0)
          raise('request-invalid')
        const result = await answer({
          body: request.body as never,
          query: request.query as never,
          params: request.params as never,
          signedIn: request.signedIn as never,
          actor: request.acting as never,
          purpose: request.purpose,
          now: clock.now(),
          request,
          reply,
        })
        reply.code(status)
        // A route that hands out files of several kinds says itself which one this is.
        if (typeof schema === 'string' && reply.getHeader('content-type') === undefined) reply.type(schema)
        return result
      },
    })
  }
}

const known = Object.keys(routes).map((name) => name.split(' ')[1]!.split('/'))

/** Whether the contract answers this address with some method. */
function methodsAt(url: string): boolean {
  const parts = url.split('?', 1)[0]!.split('/')
  return known.some(
    (pattern) => pattern.length === parts.length && pattern.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at])),
  )
}
