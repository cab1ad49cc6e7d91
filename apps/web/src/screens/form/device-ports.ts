import type { FormView } from '@attune/contract'
import { vault } from '../../vault/index.ts'
import { findRoom, roomWarningBytes } from '../../vault/room.ts'
import { call } from '../../api.ts'
import { findCopyKeys, forgetOpenedCopy, openedCopy, readCertificate, signCopy } from '../../progress-copy/index.ts'
import { outbox } from '../../outbox/index.ts'
import { findPolicy, forms, getForm, loadForms, loadProgramme, loadStanding, programme, standing } from '../../programme.ts'
import { lookForFacts } from '../../guard/look-for-facts.ts'
import { person } from '../../session/session.ts'
import { findFormFile } from './form-files.ts'
import type { FormPorts } from './form-ports.ts'

/** The real ones: vault, outbox and the programme kept on this device. */
export function devicePorts(): FormPorts {
  return {
    async findForm(formId, version) {
      if (version !== undefined) return getForm(formId, version).catch(() => undefined)
      if (forms.value.length === 0) await loadForms()
      const summary = forms.value.find((form) => form.formId === formId)
      return summary === undefined ? undefined : getForm(formId, summary.version).catch(() => undefined)
    },
    findDraft: (draftId) => vault.getDraft(draftId),
    saveDraft: (draft) => vault.saveDraft(draft),
    removeDraft: (draftId) => vault.removeDraft(draftId),
    onLocking: (save) => vault.onLocking(save),
    send: (finished) => outbox.queue(finished),
    findLastSaved: async (formId) => {
      const kept = await vault.findKept(`last-saved ${formId}`)
      return typeof kept === 'string' ? kept : undefined
    },
    keepLastSaved: (formId, record) => vault.keepAsDrafts(`last-saved ${formId}`, record),
    async notice() {
      if (programme.value === undefined) await loadProgramme()
      const facts = programme.value
      if (facts === undefined) return undefined
      const { name, organisation, email } = facts.contact
      return {
        programmeId: facts.programmeId,
        programme: facts.title,
        operator: facts.operator,
        edition: facts.edition,
        contact: `${name}, ${organisation}, ${email}`,
        demo: facts.demo,
        rights: (await findPolicy())?.rights.map(({ label, means }) => `${label}. ${means}`) ?? [],
      }
    },
    takeCopy(form: FormView) {
      const copy = openedCopy.value
      if (copy?.formId !== form.formId) return undefined
      forgetOpenedCopy()
      return copy
    },
    async signCopy(copy) {
      const keys = await findCopyKeys()
      return keys === undefined || readCertificate(keys).until < copy.madeOn ? undefined : JSON.stringify(await signCopy(copy, keys))
    },
    isRoomShort: () =>
      findRoom().then(
        (room) => room !== undefined && room.leftBytes < roomWarningBytes,
        () => false,
      ),
    isCodeSeen: (code) =>
      call('POST /api/client-codes/seen', { body: { code }, patience: 6000 }).then(
        ({ seen }) => seen,
        () => undefined,
      ),
    async prefill(form: FormView) {
      if (form.kind !== 'practitioner-consent') return {}
      await loadStanding()
      return standing.value?.prefill ?? {}
    },
    async codePattern() {
      if (standing.value === undefined) await loadStanding()
      return standing.value?.codePattern ?? undefined
    },
    findFile: ({ formId, version }, name) => findFormFile(formId, version, name),
    map: () => programme.value?.map ?? undefined,
    look: lookForFacts,
    roster: () => (person.value === undefined ? [] : [person.value.displayName]),
    homePath: '/',
    receiptPath: (instanceId) => `/receipt/${instanceId.replace(/^uuid:/, '')}`,
    now: () => new Date(),
  }
}
