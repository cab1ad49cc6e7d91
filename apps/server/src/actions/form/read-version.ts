// What the desk shows of a version that was published, and of the records that versions are in use for. Counts only; no record is opened.
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { countRecords, type PublishedForm } from '../../store/forms.ts'
import { withReader } from '../../store/with-actor.ts'
import { readShelf } from './form-shelf.ts'

/** Records sent with a form so far, and the versions of it that are taken in today. */
export type Running = { readonly records: number; readonly versions: readonly string[] }
export type ReadVersion = { readonly version: PublishedForm; readonly versions: readonly PublishedForm[]; readonly records: number }

/** A version by its name, open or closed, with the others of its form. */
export async function readVersion(attune: Attune, formId: string, version: string): Promise<ReadVersion> {
  const versions = (await readShelf(attune)).filter(({ form, programmeId }) => programmeId === attune.programme.id && form.id === formId)
  const found = versions.find(({ form }) => form.version === version) ?? raise('not-found')
  return { version: found, versions, records: (await countByVersion(attune, formId)).get(version) ?? 0 }
}

/** What a new version of a form would come on top of; for a service's own form, its own versions and those for everybody. */
export async function findRunning(attune: Attune, formId: string, serviceId?: string): Promise<Running> {
  const versions = (await readShelf(attune)).filter(
    ({ form, programmeId }) =>
      programmeId === attune.programme.id &&
      form.id === formId &&
      (serviceId === undefined || (form.additions?.serviceId ?? serviceId) === serviceId),
  )
  const counts = await countByVersion(attune, formId)
  return {
    records: versions.reduce((sum, { form }) => sum + (counts.get(form.version) ?? 0), 0),
    versions: versions.filter(({ status }) => status === 'published').map(({ form }) => form.version),
  }
}

function countByVersion({ databases, programme }: Attune, formId: string): Promise<ReadonlyMap<string, number>> {
  return withReader(databases.attune, { role: 'system' }, 'publish', (trx) => countRecords(trx, programme.id, formId))
}
