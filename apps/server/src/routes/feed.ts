// The OData feed: for Excel, Power BI and whatever else reads OData 4.0, with a reading token as the password.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { getFormOfKind } from '@attune/programme'
import type { Attune } from '../attune.ts'
import { findClientForms } from '../actions/form/form-shelf.ts'
import { readFeed, type FeedPage } from '../actions/record/read-feed.ts'
import { entitySet, presentFeed, presentMetadata, presentService, toFeedProperties } from '../present/odata.ts'
import { toServer } from './connection.ts'
import { readFeedQuery } from './read-feed-query.ts'

const config = { door: 'second-factor', act: 'record.download', foreignClients: 'read', purpose: 'download' } as const
type Asked = { Querystring: Record<string, unknown> }

export async function registerFeed(app: FastifyInstance, attune: Attune): Promise<void> {
  const { sessionOn, timePoint } = getFormOfKind(attune.programme, 'client-record').questions
  const rootOf = (request: FastifyRequest) => `${toServer(request, attune.environment.origin)}/odata/`
  const propertiesOf = async ({ acting }: FastifyRequest) => toFeedProperties(attune.programme, await findClientForms(attune, acting!.serviceId))
  for (const place of ['/odata', '/odata/']) app.get(place, { config }, async (request, reply) => sendJson(reply, presentService(rootOf(request))))
  app.get('/odata/$metadata', { config }, async (request, reply) => {
    const xml = presentMetadata(await propertiesOf(request), [sessionOn, timePoint])
    return reply.header('odata-version', '4.0').type('application/xml; charset=utf-8').send(xml)
  })
  app.get<Asked>(`/odata/${entitySet}`, { config }, async (request, reply) => {
    const all = await propertiesOf(request as FastifyRequest)
    const { query, select } = readFeedQuery(
      request.query,
      { sessionOn, timePoint },
      all.map(({ name }) => name),
    )
    const shown = select === undefined ? all : all.filter(({ name }) => select.includes(name))
    const root = rootOf(request as FastifyRequest)
    const context = `${root}$metadata#${entitySet}${select === undefined ? '' : `(${shown.map(({ name }) => name).join(',')})`}`
    const pageSize = readPageSize(request.headers.prefer)
    if (pageSize !== undefined) reply.header('preference-applied', `odata.maxpagesize=${pageSize}`)
    const wanted = { ...query, ...(pageSize !== undefined && { pageSize }) }
    const body = await readFeed(attune, request.device!, request.purpose, wanted, ({ rows, count, next }) =>
      presentFeed({ context, count, next: next === undefined ? undefined : toNextLink(root, request.query, next) }, shown, rows),
    )
    return sendJson(reply, body)
  })
}

function readPageSize(prefer: unknown): number | undefined {
  const [, size] = /(?:^|[,;\s])(?:odata\.)?maxpagesize="?([1-9]\d{0,5})\b/.exec(typeof prefer === 'string' ? prefer : '') ?? []
  return size === undefined ? undefined : Number(size)
}

/** The same question from where the page ended. The count was told with the first page. */
function toNextLink(root: string, given: Readonly<Record<string, unknown>>, { after, top }: NonNullable<FeedPage['next']>): string {
  const kept = ['$filter', '$select', '$format'].flatMap((option) => (typeof given[option] === 'string' ? [[option, given[option]] as const] : []))
  const options = [...kept, ...(top === undefined ? [] : [['$top', String(top)] as const]), ['$skiptoken', after] as const]
  return `${root}${entitySet}?${options.map(([option, value]) => `${option}=${encodeURIComponent(value)}`).join('&')}`
}

const sendJson = (reply: FastifyReply, body: string): FastifyReply =>
  reply.header('odata-version', '4.0').type('application/json; odata.metadata=minimal; charset=utf-8').send(body)
