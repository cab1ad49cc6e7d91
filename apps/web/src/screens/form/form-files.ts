// Files beside a form as this device keeps them: pictures, sounds and films of its words, and lists that choices come from. The service worker keeps
// them with the form, so that they are there with no network.
import type { FormView } from '@attune/contract'
import { callForFile } from '../../api.ts'

// A film over a weak signal takes long, and nobody waits for it.
const patience = 120_000

/** A file of a form's version by its name, for example "dog.png"; undefined when it is neither here nor to be had. */
export async function findFormFile(formId: string, version: string, name: string): Promise<Blob | undefined> {
  return callForFile('GET /api/forms/:formId/:version/files/:name', { params: { formId, version, name }, patience }).then(
    ({ file }) => file,
    () => undefined,
  )
}

/** Like `findFormFile`, of a draft at the desk. */
export async function findDraftFile(draftId: string, name: string): Promise<Blob | undefined> {
  return callForFile('GET /api/form-drafts/:draftId/files/:name', { params: { draftId, name }, patience }).then(
    ({ file }) => file,
    () => undefined,
  )
}

/** Like `findFormFile`, of any version, closed ones too, for people of the desk. */
export async function findVersionFile(formId: string, version: string, name: string): Promise<Blob | undefined> {
  return callForFile('GET /api/form-versions/:formId/:version/files/:name', { params: { formId, version, name }, patience }).then(
    ({ file }) => file,
    () => undefined,
  )
}

/** What a form is, its files included: two with the same words and another list are two. */
export function toFormKey({ hash, files }: Pick<FormView, 'hash' | 'files'>): string {
  return [hash, ...files.map(({ name, sha256 }) => `${name} ${sha256}`)].join('|')
}
