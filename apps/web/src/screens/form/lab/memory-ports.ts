import type { FormView, MapView } from '@attune/contract'
import { lookForFacts } from '../../../guard/look-for-facts.ts'
import type { FinishedForm, FormPorts, KeptDraft } from '../form-ports.ts'

export type Lab = {
  readonly ports: FormPorts
  readonly drafts: Map<string, KeptDraft>
  readonly sent: FinishedForm[]
  readonly remembered: Map<string, string>
  saves: number
}

/** Keeps drafts and finished forms in memory, where a test can look at them. */
export function memoryPorts(form: FormView, files: Readonly<Record<string, Blob>> = {}, map?: MapView): Lab {
  const drafts = new Map<string, KeptDraft>()
  const sent: FinishedForm[] = []
  const lab: Lab = {
    drafts,
    sent,
    remembered: new Map(),
    saves: 0,
    ports: {
      findForm: (formId) => Promise.resolve(formId === form.formId ? form : undefined),
      findDraft: (draftId) => Promise.resolve(drafts.get(draftId)),
      saveDraft: (draft) => {
        lab.saves++
        drafts.set(draft.draftId, draft)
        return Promise.resolve()
      },
      removeDraft: (draftId) => {
        drafts.delete(draftId)
        return Promise.resolve()
      },
      onLocking: () => () => undefined,
      send: (finished) => {
        sent.push(finished)
        return Promise.resolve()
      },
      findLastSaved: (formId) => Promise.resolve(lab.remembered.get(formId)),
      keepLastSaved: (formId, record) => {
        lab.remembered.set(formId, record)
        return Promise.resolve()
      },
      takeCopy: () => undefined,
      signCopy: () => Promise.resolve(undefined),
      isRoomShort: () => Promise.resolve(false),
      isCodeSeen: () => Promise.resolve(undefined),
      notice: () =>
        Promise.resolve({
          programmeId: 'lab',
          programme: 'VIG data collection',
          operator: 'Association for Video Interaction Guidance UK',
          edition: '2025-06',
          contact: 'Data protection lead, AVIGuk, data@example.org',
          demo: true,
          rights: ['See what is held: You get a copy of what is kept.'],
        }),
      prefill: () => Promise.resolve({ business_email: 'sam.field@example.org', service_name: 'Riverside' }),
      codePattern: () => Promise.resolve(undefined),
      findFile: (_form, name) => Promise.resolve(files[name]),
      map: () => map,
      look: lookForFacts,
      roster: () => ['Sam Field'],
      homePath: '/',
      receiptPath: (instanceId) => `/receipt/${instanceId}`,
      now: () => new Date(),
    },
  }
  return lab
}
