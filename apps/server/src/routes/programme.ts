import type { Attune } from '../attune.ts'
import { readControls } from '../actions/assurance/controls.ts'
import { readFormFile } from '../actions/form/form-files.ts'
import { findOpenForms, getOpenForm } from '../actions/form/form-shelf.ts'
import { getPolicyInPrint } from '../actions/policy-in-print.ts'
import { certifyDevice } from '../actions/progress-copy/certify-device.ts'
import { describeStanding } from '../actions/standing/describe-standing.ts'
import { takeTraining } from '../actions/standing/take-training.ts'
import { isCodeSeen } from '../actions/submission/is-code-seen.ts'
import { presentForm, presentFormSummary, presentPolicy, presentProgramme } from '../present/programme.ts'
import { presentStanding } from '../present/standing.ts'
import type { Answers } from './answers.ts'
import { sendFile } from './send-form-file.ts'

export const programmeAnswers = (attune: Attune): Answers => ({
  'GET /api/programme': async () =>
    presentProgramme(attune.programme, {
      demo: attune.mode === 'demo',
      signInProvider: attune.provider?.name ?? null,
      map: attune.environment.map ?? null,
    }),
  'GET /api/policy': async () => presentPolicy(await getPolicyInPrint(attune)),
  'GET /api/controls': async () => ({ controls: await readControls(attune) }),
  'GET /api/forms': async ({ actor }) => ({ forms: (await findOpenForms(attune, actor.serviceId)).map(presentFormSummary) }),
  'GET /api/forms/:formId/:version': async ({ actor, params }) =>
    presentForm(attune.programme, await getOpenForm(attune, params.formId, params.version, actor.serviceId)),
  'GET /api/forms/:formId/:version/files/:name': async ({ actor, params, reply }) => {
    const { files } = await getOpenForm(attune, params.formId, params.version, actor.serviceId)
    return sendFile(reply, await readFormFile(attune, actor, files, params.name), true)
  },
  'GET /api/standing': async ({ actor }) => presentStanding(await describeStanding(attune, actor)),
  'POST /api/training': async ({ actor, body }) => {
    await takeTraining(attune, actor, body)
    return presentStanding(await describeStanding(attune, actor))
  },
  'POST /api/progress-keys': ({ actor, body }) => certifyDevice(attune, actor, body),
  'POST /api/client-codes/seen': async ({ actor, body }) => ({ seen: await isCodeSeen(attune, actor, body.code) }),
})
