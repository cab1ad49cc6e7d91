import type { FormView } from '@attune/contract'
import type { FindFormFile } from '@attune/forms/engine'
import { lookForFacts } from '../../guard/look-for-facts.ts'
import { programme } from '../../programme.ts'
import type { FormPorts } from '../form/form-ports.ts'

/** For trying a form out: nothing is kept, nothing is sent, and nothing about anybody is filled in. */
export function previewPorts(form: FormView, findFile: FindFormFile): FormPorts {
  return {
    findForm: () => Promise.resolve(form),
    findDraft: () => Promise.resolve(undefined),
    saveDraft: () => Promise.resolve(),
    removeDraft: () => Promise.resolve(),
    onLocking: () => () => undefined,
    send: () => Promise.resolve(),
    findLastSaved: () => Promise.resolve(undefined),
    keepLastSaved: () => Promise.resolve(),
    takeCopy: () => undefined,
    signCopy: () => Promise.resolve(undefined),
    isRoomShort: () => Promise.resolve(false),
    isCodeSeen: () => Promise.resolve(undefined),
    notice: () => Promise.resolve(undefined),
    prefill: () => Promise.resolve({}),
    codePattern: () => Promise.resolve(undefined),
    findFile: (_form, name) => findFile(name),
    map: () => programme.value?.map ?? undefined,
    look: lookForFacts,
    roster: () => [],
    homePath: '',
    receiptPath: () => '',
    now: () => new Date(),
  }
}
