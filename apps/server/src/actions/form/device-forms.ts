// The forms that a collecting app may fill in: session records, nothing else. Consent is signed and forms are practised in Attune itself.
import { createHash } from 'node:crypto'
import { withoutLastSaved, type FormFile } from '@attune/forms'
import type { ProgrammeForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { findOpenForms, getOpenForm } from './form-shelf.ts'

export const deviceFormKinds: readonly ProgrammeForm['kind'][] = ['client-record']

/** A form as an app fetches it: the exact bytes and the hash of them by which the app sees that a new version is there. */
export type DeviceForm = {
  readonly formId: string
  readonly version: string
  readonly title: string
  readonly bytes: Buffer
  readonly md5: string
  /** What lies beside it. */
  readonly files: readonly FormFile[]
}

const kept = new WeakMap<ProgrammeForm, DeviceForm>()

/** The OpenRosa form list knows MD5 only; it tells versions apart and protects nothing. */
function toDeviceForm(form: ProgrammeForm): DeviceForm {
  let made = kept.get(form)
  if (made === undefined) {
    // An app would keep the whole last record, in the clear, to fill in the few answers that the form asks of it.
    const bytes = Buffer.from(withoutLastSaved(form.xml, form.outline.rootName), 'utf8')
    // The OpenRosa protocol asks for this one, to tell whether a form has changed; nothing is kept safe by it.
    // eslint-disable-next-line no-restricted-syntax
    const md5 = createHash('md5').update(bytes).digest('hex')
    made = { formId: form.id, version: form.version, title: form.title, bytes, md5, files: form.files ?? [] }
    kept.set(form, made)
  }
  return made
}

export async function listDeviceForms(attune: Attune, serviceId: string): Promise<readonly DeviceForm[]> {
  return (await findOpenForms(attune, serviceId)).filter(({ kind }) => deviceFormKinds.includes(kind)).map(toDeviceForm)
}

/** Any version that still takes answers: an app may be in the middle of the one before. */
export async function getDeviceForm(attune: Attune, serviceId: string, formId: string, version: string): Promise<DeviceForm> {
  const form = await getOpenForm(attune, formId, version, serviceId)
  if (!deviceFormKinds.includes(form.kind)) raise('device-scope')
  return toDeviceForm(form)
}
