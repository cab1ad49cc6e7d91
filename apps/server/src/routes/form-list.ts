// The list of forms and the forms themselves, for collecting apps. https://docs.getodk.org/openrosa-form-list/
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Attune } from '../attune.ts'
import { getDeviceForm, listDeviceForms } from '../actions/form/device-forms.ts'
import { readFormFile } from '../actions/form/form-files.ts'
import { presentFileHeaders } from '../present/form-file-reply.ts'
import { presentFormList, presentManifest } from '../present/form-list.ts'
import { toServer } from './connection.ts'

const config = { door: 'second-factor', act: 'form.open', foreignClients: 'collect' } as const
type Of = { Params: { formId: string; version: string } }

export async function registerFormList(app: FastifyInstance, attune: Attune): Promise<void> {
  app.get('/formList', { config }, async (request, reply) => {
    const forms = await listDeviceForms(attune, request.acting!.serviceId)
    return sendXml(reply, presentFormList(forms, toServer(request, attune.environment.origin)))
  })
  app.get<Of>('/formList/:formId/:version/form.xml', { config }, async (request, reply) => {
    const { formId, version } = request.params
    const { bytes, md5 } = await getDeviceForm(attune, request.acting!.serviceId, formId, version)
    return sendXml(reply.header('etag', `"${md5}"`), bytes)
  })
  app.get<Of>('/formList/:formId/:version/manifest.xml', { config }, async (request, reply) => {
    const { formId, version } = request.params
    const form = await getDeviceForm(attune, request.acting!.serviceId, formId, version)
    return sendXml(reply, presentManifest(form, toServer(request, attune.environment.origin)))
  })
  app.get<Of & { Params: { name: string } }>('/formList/:formId/:version/files/:name', { config }, async (request, reply) => {
    const { formId, version, name } = request.params
    const acting = request.acting!
    const { files } = await getDeviceForm(attune, acting.serviceId, formId, version)
    const file = await readFormFile(attune, acting, files, name)
    return reply.header('x-openrosa-version', '1.0').headers(presentFileHeaders(file, true)).send(file.content)
  })
}

/** Without `X-OpenRosa-Version` the app takes the answer for a sign-in page of the network that it is in. */
function sendXml(reply: FastifyReply, xml: string | Buffer): FastifyReply {
  return reply.header('x-openrosa-version', '1.0').type('text/xml; charset=utf-8').send(xml)
}
