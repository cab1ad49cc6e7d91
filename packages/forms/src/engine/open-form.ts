import type { InstantiableLoadFormResult, OpaqueReactiveObjectFactory } from '@getodk/xforms-engine'
import { toFetchAttachment, type FindFormFile } from './form-files.ts'
import { markGuidance, withoutBiggerPictures } from './guidance.ts'
import { loadEngine } from './load-engine.ts'
import { toSession, type FormSession } from './session.ts'

export type Attachment = { readonly name: string; readonly blob: Blob }
/** A form half filled: everything needed to go on with it later. */
export type Draft = { readonly xml: string; readonly attachments: readonly Attachment[] }

export type FormOptions = {
  /** Makes the engine's state observable to the screen, for example Vue's `shallowReactive`. */
  readonly stateFactory?: <T extends object>(state: T) => T
  /** Lists that lie beside the form, by their names. One that is not there counts as empty. */
  readonly findFile?: FindFormFile
}

export type OpenForm = {
  /** Starts with an empty form. */
  createSession(): FormSession
  /** Goes on with a draft: same instanceID, attachments included. */
  restoreSession(draft: Draft): Promise<FormSession>
}

/** Why a form cannot be used at all: a mistake in the form, never in an answer. */
export class FormUnusable extends Error {
  override readonly name = 'FormUnusable'
}

/**
 * Loads a form into the engine. One session is open at a time per form: opening the next one ends the one before. Close every session,
 * because the engine keeps what it is not told to let go (2.5 MB each).
 * @throws FormUnusable when the engine refuses the form.
 */
export async function openForm(xml: string, options: FormOptions = {}): Promise<OpenForm> {
  const engine = await loadEngine()
  const settings = { stateFactory: options.stateFactory as OpaqueReactiveObjectFactory, instanceAttachments: { fileNameFactory: nameAttachment } }
  let loaded: InstantiableLoadFormResult | undefined = await load()
  let open: FormSession | undefined

  return {
    createSession: () => enter(withForm((form) => form.createInstance(settings).root)),
    restoreSession: async (draft) => {
      loaded ??= await load()
      const form = loaded
      try {
        const input = toInstanceData(draft)
        return enter((await form.restoreInstance({ data: [input] as never }, settings)).root)
      } catch (failure) {
        loaded = undefined
        throw new FormUnusable('The draft does not fit this form.', { cause: failure })
      }
    },
  }

  async function load(): Promise<InstantiableLoadFormResult> {
    const result = await engine.loadForm(withoutBiggerPictures(markGuidance(xml)), {
      missingResourceBehavior: 'BLANK',
      ...(options.findFile === undefined ? {} : { fetchFormAttachment: toFetchAttachment(options.findFile) }),
    })
    if (result.status === 'failure') throw new FormUnusable('The engine cannot load this form.', { cause: result.error })
    return result
  }

  function withForm<T>(use: (form: InstantiableLoadFormResult) => T): T {
    if (loaded === undefined) throw new FormUnusable('The form failed before and must be opened again.')
    try {
      return use(loaded)
    } catch (failure) {
      // A throw while an instance is made (an unknown function in the form, say) leaves the loaded form beyond use.
      loaded = undefined
      throw new FormUnusable('The engine cannot start this form.', { cause: failure })
    }
  }

  function enter(root: Parameters<typeof toSession>[0]): FormSession {
    open?.close()
    const session = toSession(root, () => {
      if (open === session) open = undefined
      withForm((form) => form.resetInstance())
    })
    open = session
    return session
  }
}

function toInstanceData(draft: Draft): FormData {
  const form = new FormData()
  form.set('xml_submission_file', new File([draft.xml], 'xml_submission_file', { type: 'text/xml' }))
  for (const { name, blob } of draft.attachments) form.set(name, new File([blob], name, { type: blob.type }))
  return form
}

const ownName = /^file-[0-9a-f]{8}-[0-9a-z]+$/

/** A person's own file names say too much ("Jane at home.jpg"); what is sent is named after the engine's id and the time. A restored file keeps its name. */
function nameAttachment(file: {
  readonly nodeId: string
  readonly writtenAt: Date
  readonly basename: string
  readonly extension: string | null
}): string | null {
  if (ownName.test(file.basename)) return null
  return `file-${file.nodeId.replace(/^node:/, '').slice(0, 8)}-${file.writtenAt.getTime().toString(36)}${file.extension?.toLowerCase() ?? ''}`
}
