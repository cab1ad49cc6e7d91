// Exports and export settings of Kobo's API v2, with a reading token of data support: ordered, listed, fetched, taken away. Spreadsheets that refresh
// themselves fetch by settings (`export-settings/…/data.csv`), scripts order an export and fetch its result.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { getFormOfKind, type ProgrammeForm } from '@attune/programme'
import type { Attune } from '../attune.ts'
import { findClientForms } from '../actions/form/form-shelf.ts'
import { toLondonDay } from '../actions/london-day.ts'
import {
  dropExportOrder,
  getExportOrder,
  keepExportOrder,
  listExportOrders,
  readExport,
  type ExportOrder,
  type OrderKind,
} from '../actions/record/export-orders.ts'
import { beginKoboExport, toExportSheets, type ExportOptions } from '../present/kobo-export.ts'
import { isFormNamed, toKoboId } from '../present/kobo.ts'
import { raise } from '../problems.ts'
import { toServer } from './connection.ts'
import { readExportOptions, toExportFilter } from './read-export-options.ts'

const config = { door: 'second-factor', act: 'record.download', foreignClients: 'read', purpose: 'download' } as const
const types = { csv: 'text/csv; charset=utf-8', xls: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const
const endings = { csv: 'csv', xls: 'xlsx' } as const
type Asked = { Params: { uid: string; order: string; file: string }; Querystring: Record<string, unknown>; Body: unknown }
type Request = FastifyRequest<Asked>

export async function registerKoboExports(app: FastifyInstance, attune: Attune): Promise<void> {
  const { sessionOn, timePoint } = getFormOfKind(attune.programme, 'client-record').questions
  const names = { sessionOn, timePoint }
  const formsOf = async ({ acting, params }: Request): Promise<readonly ProgrammeForm[]> => {
    const forms = await findClientForms(attune, acting!.serviceId)
    return forms[0] !== undefined && isFormNamed(params.uid, forms[0]) ? forms : raise('not-found')
  }
  const addressOf = (request: Request) =>
    `${toServer(request as FastifyRequest, attune.environment.origin)}/api/v2/assets/${encodeURIComponent(request.params.uid)}`
  const languagesOf = async (request: Request) => (await formsOf(request))[0]!.outline.languages
  const findOrder = (request: Request, kind: OrderKind) => getExportOrder(attune, request.device!, request.purpose, kind, request.params.order)

  const presentExport = (request: Request, { orderId, options, madeAt }: ExportOrder) => {
    const url = `${addressOf(request)}/exports/${orderId}/`
    const { type } = options as ExportOptions
    return {
      url,
      uid: orderId,
      // There is nothing to wait for: the file is made when it is fetched.
      status: 'complete',
      messages: {},
      date_created: madeAt.toISOString(),
      result: `${url}${request.params.uid}.${endings[type]}`,
      data: { source: `${addressOf(request)}/`, ...options },
    }
  }
  const presentSettings = (request: Request, { orderId, name, options, madeAt }: ExportOrder) => {
    const url = `${addressOf(request)}/export-settings/${orderId}/`
    return {
      uid: orderId,
      url,
      name: name ?? '',
      date_modified: madeAt.toISOString(),
      export_settings: options,
      data_url_csv: `${url}data.csv`,
      data_url_xlsx: `${url}data.xlsx`,
    }
  }
  const list = async (request: Request, kind: OrderKind) => {
    await formsOf(request)
    const orders = await listExportOrders(attune, request.device!, request.purpose, kind)
    const results = orders.map((order) => (kind === 'export' ? presentExport(request, order) : presentSettings(request, order)))
    return { count: results.length, next: null, previous: null, results }
  }

  async function sendExport(request: Request, reply: FastifyReply, options: ExportOptions): Promise<FastifyReply> {
    const forms = await formsOf(request)
    const { timePoint: wantedPoint, ...filter } = toExportFilter(options, names)
    const ids = new Set(options.submission_ids)
    const chunks: Uint8Array[] = []
    const write = async (content: string | Uint8Array) => void chunks.push(typeof content === 'string' ? Buffer.from(content) : content)
    const wish = {
      filter,
      ...(wantedPoint !== undefined && { timePoint: wantedPoint }),
      keeps: ({ recordId }: { recordId: string }) => ids.size === 0 || ids.has(toKoboId(recordId)),
      format: `kobo-${options.type}`,
    } as const
    await readExport(attune, request.device!, request.purpose, wish, () =>
      beginKoboExport(write, toExportSheets(forms, options), options, attune.clock.now()),
    )
    const name = `${request.params.uid}-${toLondonDay(attune.clock.now())}.${endings[options.type]}`
    reply.header('content-disposition', `attachment; filename="${name}"`)
    return reply.type(types[options.type]).send(Buffer.concat(chunks))
  }

  // Some clients send what they want as a web form; elsewhere forms of that kind are not taken.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 64 * 1024 }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  for (const end of ['', '/']) {
    const exports = `/api/v2/assets/:uid/exports${end}`
    app.get<Asked>(exports, { config }, (request) => list(request, 'export'))
    app.post<Asked>(exports, { config }, async (request, reply) => {
      const options = readExportOptions(request.body, await languagesOf(request), names)
      const order = await keepExportOrder(attune, request.device!, request.purpose, { name: undefined, options })
      return reply.code(201).send(presentExport(request, order))
    })
    const one = `/api/v2/assets/:uid/exports/:order${end}`
    app.get<Asked>(one, { config }, async (request) => {
      await formsOf(request)
      return presentExport(request, await findOrder(request, 'export'))
    })
    app.delete<Asked>(one, { config }, async (request, reply) => {
      await dropExportOrder(attune, request.device!, request.purpose, 'export', request.params.order)
      return reply.code(204).send()
    })

    const settings = `/api/v2/assets/:uid/export-settings${end}`
    app.get<Asked>(settings, { config }, (request) => list(request, 'settings'))
    app.post<Asked>(settings, { config }, async (request, reply) => {
      const { name, options } = readSettings(request.body, await languagesOf(request), names)
      const order = await keepExportOrder(attune, request.device!, request.purpose, {
        name: name ?? refuseName(),
        options: options ?? refuseOptions(),
      })
      return reply.code(201).send(presentSettings(request, order))
    })
    const setting = `/api/v2/assets/:uid/export-settings/:order${end}`
    app.get<Asked>(setting, { config }, async (request) => {
      await formsOf(request)
      return presentSettings(request, await findOrder(request, 'settings'))
    })
    app.patch<Asked>(setting, { config }, async (request) => {
      const { name, options } = readSettings(request.body, await languagesOf(request), names)
      const was = await findOrder(request, 'settings')
      const { orderId } = was
      const changed = { orderId, name: name ?? was.name, options: options ?? was.options }
      return presentSettings(request, await keepExportOrder(attune, request.device!, request.purpose, changed))
    })
    app.delete<Asked>(setting, { config }, async (request, reply) => {
      await dropExportOrder(attune, request.device!, request.purpose, 'settings', request.params.order)
      return reply.code(204).send()
    })
    app.get<Asked>(`/api/v2/assets/:uid/export-settings/:order/data${end}`, { config }, async (request, reply) => {
      const { options } = await findOrder(request, 'settings')
      return sendExport(request, reply, { ...(options as ExportOptions), type: readType(request.query['format']) })
    })
  }
  app.get<Asked>('/api/v2/assets/:uid/exports/:order/:file', { config }, async (request, reply) => {
    const { options } = await findOrder(request, 'export')
    return sendExport(request, reply, options as ExportOptions)
  })
  for (const [format, type] of Object.entries({ csv: 'csv', xlsx: 'xls' } as const))
    app.get<Asked>(`/api/v2/assets/:uid/export-settings/:order/data.${format}`, { config }, async (request, reply) => {
      const { options } = await findOrder(request, 'settings')
      return sendExport(request, reply, { ...(options as ExportOptions), type })
    })
}

const refuse = (place: string, why: string): never => raise('request-invalid', { fields: [{ place, why }] })
const refuseName = () => refuse('/name', 'is missing')
const refuseOptions = () => refuse('/export_settings', 'is missing')
const readType = (format: unknown): ExportOptions['type'] =>
  format === 'csv' ? 'csv' : format === 'xlsx' ? 'xls' : refuse('/format', 'is csv or xlsx')

/** The name and the options of settings, each as far as it was sent. */
function readSettings(body: unknown, languages: readonly string[], names: Parameters<typeof readExportOptions>[2]) {
  const { name, export_settings: options } = (typeof body === 'object' && body !== null ? body : {}) as { name?: unknown; export_settings?: unknown }
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '' || name.length > 255)) refuse('/name', 'is a text of 1 to 255 letters')
  return {
    name: name as string | undefined,
    options: options === undefined ? undefined : readExportOptions(options, languages, names),
  }
}
