import type { FormView } from '@attune/contract'
import { openForm, type FormSession, type OpenForm } from '@attune/forms/engine'
import { shallowReactive } from 'vue'
import { uiLanguage } from '../../messages/index.ts'
import { readEarlier, toCarriedAnswers, type Earlier } from './earlier.ts'
import { findFormLanguage } from './form-language.ts'
import { toFormKey } from './form-files.ts'
import type { FormPorts } from './form-ports.ts'
import { recallsAnswers, toRecallingXml } from './last-saved.ts'
import { prefill } from './use-form-run.ts'

export type StartedForm = {
  readonly form: FormView
  readonly session: FormSession
  readonly draftId: string
  readonly codePattern: string | undefined
  readonly earlier: Earlier | undefined
  readonly resumed: boolean
}
export type StartFailure = 'no-form' | 'no-draft' | 'unusable'

// The last form opened stays in the engine: a second session with it starts in a tenth of the time.
let lastOpened: { readonly key: string; readonly form: OpenForm } | undefined

/** Opens a form, new or where its draft left off. With `fromCopy` the copy that was opened before fills it in. */
export async function startForm(
  ports: FormPorts,
  formId: string,
  draftId: string | undefined,
  fromCopy = false,
): Promise<StartedForm | StartFailure> {
  const draft = draftId === undefined ? undefined : await ports.findDraft(draftId)
  if (draftId !== undefined && draft === undefined) return 'no-draft'
  const form = await ports.findForm(formId, draft?.formVersion)
  if (form === undefined) return 'no-form'
  try {
    // A draft has its answers already; what was sent since does not change them.
    const remembered = draft === undefined && recallsAnswers(form) ? await ports.findLastSaved(formId) : undefined
    const open = await findOpen(form, toRecallingXml(form, remembered), ports)
    const session = draft === undefined ? open.createSession() : await open.restoreSession(draft)
    const language = findFormLanguage(session.languages, uiLanguage())
    if (language !== undefined) session.setLanguage(language)
    const copy = draft === undefined && fromCopy ? ports.takeCopy(form) : undefined
    if (draft === undefined) prefill(session, { ...(await ports.prefill(form)), ...(copy === undefined ? {} : toCarriedAnswers(form, copy)) })
    const earlier = copy ?? readEarlier(draft?.earlier)
    const codePattern = await ports.codePattern().catch(() => undefined)
    return {
      form,
      session,
      draftId: draftId ?? crypto.randomUUID(),
      codePattern,
      earlier: earlier === undefined ? undefined : { code: earlier.code, sessions: earlier.sessions },
      resumed: draft !== undefined,
    }
  } catch {
    lastOpened = undefined
    return 'unusable'
  }
}

async function findOpen(form: FormView, xml: string, ports: FormPorts): Promise<OpenForm> {
  // The same form with other remembered answers is another one.
  const key = `${toFormKey(form)}|${xml === form.xml ? '' : xml}`
  // With a list that could not be had the form would stay without it for as long as this page is open.
  let isWhole = true
  const findFile = async (name: string): Promise<Blob | undefined> => {
    const file = await ports.findFile(form, name)
    isWhole &&= file !== undefined
    return file
  }
  if (lastOpened?.key !== key) {
    const opened = await openForm(xml, { stateFactory: shallowReactive, findFile })
    if (!isWhole) return opened
    lastOpened = { key, form: opened }
  }
  return lastOpened.form
}
