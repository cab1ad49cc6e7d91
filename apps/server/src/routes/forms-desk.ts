import type { Attune } from '../attune.ts'
import { closeVersion, getDraft, handInForm, listDesk, publishDraft, readDraft, withdrawDraft } from '../actions/form/desk.ts'
import { readFormFile } from '../actions/form/form-files.ts'
import { listMeasures, proposeMeasure, proposeRemoval } from '../actions/form/own-measures.ts'
import { readVersion } from '../actions/form/read-version.ts'
import { makeFormFile } from '../present/form-file.ts'
import { presentDesk, presentDraft, presentDraftSummary, presentMeasures, presentVersionView } from '../present/forms-desk.ts'
import type { Answers } from './answers.ts'
import { sendFile } from './send-form-file.ts'

export const formsDeskAnswers = (attune: Attune): Answers => ({
  'GET /api/form-desk': async ({ actor }) => {
    const { forms, drafts } = await listDesk(attune, actor)
    return presentDesk(attune.programme, forms, drafts)
  },
  'POST /api/form-drafts': async ({ actor, body }) =>
    presentDraft(
      attune.programme,
      await handInForm(attune, actor, {
        fileName: body.fileName,
        bytes: Buffer.from(body.content, 'base64'),
        files: (body.files ?? []).map(({ name, content }) => ({ name, content: Buffer.from(content, 'base64') })),
      }),
    ),
  'GET /api/form-drafts/:draftId': async ({ actor, params }) => presentDraft(attune.programme, await readDraft(attune, actor, params.draftId)),
  'GET /api/form-drafts/:draftId/files/:name': async ({ actor, params, reply }) => {
    const { form } = await getDraft(attune, actor, params.draftId)
    return sendFile(reply, await readFormFile(attune, actor, form.files, params.name), false)
  },
  'GET /api/form-versions/:formId/:version/files/:name': async ({ actor, params, reply }) => {
    const { form } = (await readVersion(attune, params.formId, params.version)).version
    return sendFile(reply, await readFormFile(attune, actor, form.files, params.name), true)
  },
  'POST /api/form-drafts/:draftId/publish': async ({ actor, params }) => presentDraftSummary(await publishDraft(attune, actor, params.draftId)),
  'DELETE /api/form-drafts/:draftId': async ({ actor, params }) => {
    await withdrawDraft(attune, actor, params.draftId)
    return { done: true }
  },
  'POST /api/forms/:formId/:version/close': async ({ actor, params }) => {
    await closeVersion(attune, actor, params.formId, params.version)
    return { done: true }
  },
  'GET /api/form-versions/:formId/:version': async ({ params }) =>
    presentVersionView(attune.programme, await readVersion(attune, params.formId, params.version)),
  'GET /api/form-versions/:formId/:version/workbook': async ({ params, now, reply }) => {
    const { form } = (await readVersion(attune, params.formId, params.version)).version
    const name = `${form.id}-${form.version}`.replace(/[^\w.+-]+/g, '')
    reply.header('content-disposition', `attachment; filename="${name}.xlsx"`)
    return (await makeFormFile(form.outline, now)) as never
  },
  'GET /api/measures': async ({ actor, query }) => presentMeasures(await listMeasures(attune, actor, query.serviceId)),
  'POST /api/measures': async ({ actor, body }) => presentDraftSummary(await proposeMeasure(attune, actor, body)),
  'POST /api/measures/:scaleId/removal': async ({ actor, params, body }) =>
    presentDraftSummary(await proposeRemoval(attune, actor, params.scaleId, body)),
  'DELETE /api/measures/:draftId': async ({ actor, params }) => {
    await withdrawDraft(attune, actor, params.draftId)
    return { done: true }
  },
})
