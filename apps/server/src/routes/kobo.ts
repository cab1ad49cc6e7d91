// Kobo's API v2 for reading, as far as its clients need it to fetch one form and its records, with a reading token of data support.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { getFormOfKind } from '@attune/programme'
import type { Attune } from '../attune.ts'
import { findClientForms, readShelf } from '../actions/form/form-shelf.ts'
import { filesIn, readAttachment } from '../actions/record/read-attachment.ts'
import { readFeed, type FeedQuery } from '../actions/record/read-feed.ts'
import {
  presentAsset,
  presentAssetDetail,
  presentAttachment,
  presentKoboRecord,
  isFormNamed,
  presentVersion,
  toKoboVersion,
  type KoboForm,
  type KoboPlace,
} from '../present/kobo.ts'
import { raise } from '../problems.ts'
import { findBasicToken } from './basic-token.ts'
import { toServer } from './connection.ts'
import { readKoboQuery } from './read-kobo-query.ts'

const config = { door: 'second-factor', act: 'record.download', foreignClients: 'read', purpose: 'download' } as const
const recordId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
type Asked = { Params: { uid: string }; Querystring: Record<string, unknown> }

export async function registerKobo(app: FastifyInstance, attune: Attune): Promise<void> {
  const { sessionOn, timePoint } = getFormOfKind(attune.programme, 'client-record').questions
  const serverOf = (request: FastifyRequest) => toServer(request, attune.environment.origin)
  const placeOf = (request: FastifyRequest): KoboPlace => ({
    server: serverOf(request),
    ending: request.url.split('?', 1)[0]!.endsWith('.json') ? '.json' : '/',
  })
  /** Every version that the service's records may have, the newest first. */
  const versionsOf = async ({ acting }: FastifyRequest): Promise<readonly KoboForm[]> => {
    const forms = await findClientForms(attune, acting!.serviceId)
    const [newest] = forms
    if (newest === undefined) return raise('not-found')
    const shelf = (await readShelf(attune)).filter(({ programmeId, form }) => programmeId === attune.programme.id && form.id === newest.id)
    const [first] = shelf
    return forms.flatMap((form) => {
      const published = shelf.find((one) => one.form.id === form.id && one.form.version === form.version)
      return published === undefined || first === undefined ? [] : [{ form, firstAt: first.publishedAt, publishedAt: published.publishedAt }]
    })
  }
  const formOf = async (request: FastifyRequest): Promise<KoboForm> => (await versionsOf(request))[0] ?? raise('not-found')
  const read = (request: FastifyRequest, query: Omit<FeedQuery, 'format'>, toBody: Parameters<typeof readFeed>[4]) =>
    readFeed(attune, request.device!, request.purpose, { ...query, format: 'kobo' }, toBody)
  /** Addresses below a form go by the id by which it was asked for. */
  const addressOf = (request: FastifyRequest<Asked>) =>
    `${serverOf(request as FastifyRequest)}/api/v2/assets/${encodeURIComponent(request.params.uid)}`
  const ofForm = async (request: FastifyRequest<Asked>) => {
    const found = await formOf(request as FastifyRequest)
    return isFormNamed(request.params.uid.replace(/\.json$/, ''), found.form) ? found : raise('not-found')
  }

  // Some scripts ask for their token by name and password (robotoolbox's `kobo_token`); here the password is the token.
  for (const place of ['/token', '/token/']) app.get(place, { config }, (request) => ({ token: findBasicToken(request) }))

  for (const place of ['/api/v2/assets', '/api/v2/assets/', '/api/v2/assets.json'])
    app.get<{ Querystring: Record<string, unknown> }>(place, { config }, async (asked, reply) => {
      const request = asked as FastifyRequest
      const found = await formOf(request)
      const { offset = '0', limit } = asked.query
      // There is one form: who asks for those after it gets none.
      const isListed = !(Number(offset) > 0) && !(limit !== undefined && Number(limit) === 0)
      const body = await read(request, { top: 0, count: true }, ({ count = 0 }) =>
        JSON.stringify({ count: 1, next: null, previous: null, results: isListed ? [presentAsset(found, placeOf(request), count)] : [] }),
      )
      return reply.type('application/json').send(body)
    })
  for (const place of ['/api/v2/assets/:uid', '/api/v2/assets/:uid/'])
    app.get<Asked>(place, { config }, async (request, reply) => {
      const found = await ofForm(request)
      const place = placeOf(request as FastifyRequest)
      const body = await read(request as FastifyRequest, { top: 0, count: true }, ({ count = 0 }) =>
        JSON.stringify(presentAssetDetail(found, place, count)),
      )
      return reply.type('application/json').send(body)
    })
  for (const place of ['/api/v2/assets/:uid/versions', '/api/v2/assets/:uid/versions/', '/api/v2/assets/:uid/versions.json'])
    app.get<Asked>(place, { config }, async (request) => {
      await ofForm(request)
      const versions = await versionsOf(request as FastifyRequest)
      const results = versions.map((version) => presentVersion(version, serverOf(request as FastifyRequest), 'brief'))
      return { count: results.length, next: null, previous: null, results }
    })
  for (const place of ['/api/v2/assets/:uid/versions/:version', '/api/v2/assets/:uid/versions/:version/'])
    app.get<Asked & { Params: { version: string } }>(place, { config }, async (request) => {
      await ofForm(request as FastifyRequest<Asked>)
      const versions = await versionsOf(request as FastifyRequest)
      const found =
        versions.find(({ form }) => [form.version, toKoboVersion(form.id, form.version)].includes(request.params.version)) ?? raise('not-found')
      return presentVersion(found, serverOf(request as FastifyRequest), 'content')
    })
  // A form of ours brings no files of its own, and clients ask.
  for (const place of ['/api/v2/assets/:uid/files', '/api/v2/assets/:uid/files/', '/api/v2/assets/:uid/files.json'])
    app.get<Asked>(place, { config }, async (request) => {
      await ofForm(request)
      return { count: 0, next: null, previous: null, results: [] }
    })
  for (const place of ['/api/v2/assets/:uid/data', '/api/v2/assets/:uid/data/', '/api/v2/assets/:uid/data.json'])
    app.get<Asked>(place, { config }, async (request, reply) => {
      await ofForm(request)
      const { start, limit, fields, filter } = readKoboQuery(request.query, { sessionOn, timePoint })
      const link = (at: number) => {
        const kept = ['query', 'fields', 'format'].flatMap((name) =>
          typeof request.query[name] === 'string' ? [[name, request.query[name]] as const] : [],
        )
        const options = [...kept, ['start', String(at)] as const, ['limit', String(limit)] as const]
        const address = `${addressOf(request)}/data.json`
        return `${address}?${options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
      }
      const body = await read(request as FastifyRequest, { ...filter, skip: start, top: limit, count: true }, ({ rows, count = 0 }) =>
        JSON.stringify({
          count,
          next: start + rows.length < count && rows.length > 0 ? link(start + rows.length) : null,
          previous: start > 0 ? link(Math.max(0, start - limit)) : null,
          results: rows.map((row) => {
            const files = row.form === undefined ? [] : filesIn(row.form.outline.children, row.answers)
            return presentKoboRecord(
              row,
              fields,
              files.map((file, at) => presentAttachment(file, row.recordId, at, addressOf(request))),
            )
          }),
        }),
      )
      return reply.type('application/json').send(body)
    })
  for (const place of ['/api/v2/assets/:uid/data/:record/attachments/:file', '/api/v2/assets/:uid/data/:record/attachments/:file/'])
    app.get<Asked & { Params: { record: string; file: string } }>(place, { config }, async (request, reply) => {
      await ofForm(request as FastifyRequest<Asked>)
      const { record, file } = request.params
      if (!recordId.test(record) || !/^[1-9]\d{0,5}$/.test(file)) return raise('not-found')
      const found = await readAttachment(attune, request.device!, request.purpose, { recordId: record, at: Number(file) - 1 })
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`)
      return reply.type(found.type).send(found.bytes)
    })
}
