// One submission from bytes to receipt, in the order that costs least when it is refused: XML guard, form and version, shape, and then what the
// kind of form asks for. Nothing of it is kept unless all of it is.
import { readSubmission, type SubmissionReading } from '@attune/forms'
import type { ClientRecordForm, ConsentForm } from '@attune/programme'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { logEvent } from '../../store/log-event.ts'
import { findFileHashes } from '../../store/records/find-received.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { deviceFormKinds } from '../form/device-forms.ts'
import { getOpenForm } from '../form/form-shelf.ts'
import { toLatestDay } from '../london-day.ts'
import { checkFiles, requireFiles } from './check-files.ts'
import { noteArrival } from './last-arrival.ts'
import { readXml } from './read-xml.ts'
import { signConsent } from './sign-consent.ts'
import type { Accepted, Parcel, Submission } from './submission.ts'
import { submitClientRecord } from './submit-client-record.ts'

const uuidUrn = /^(?:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

/** Everything that is asked of a parcel before anybody looks whose it is: its shape, its form, its files. Raises the problem that says why not. */
export async function checkParcel(
  attune: Attune,
  acting: Acting,
  parcel: Parcel,
  deviceId?: string,
): Promise<Omit<Submission<ClientRecordForm | ConsentForm>, 'parcel'>> {
  const read = readXml(parcel.xml)
  if ('refused' in read) raise(read.refused === 'too-long' ? 'too-large' : 'submission-malformed')
  const { root } = read
  const form = await getOpenForm(attune, root.attributes['id'] ?? '', root.attributes['version'] ?? '', acting.serviceId)
  if (form.kind === 'practice') raise('form-closed')
  if (deviceId !== undefined && !deviceFormKinds.includes(form.kind)) raise('device-scope')
  const reading = readSubmission(form.outline, root, { latestDay: toLatestDay(attune.clock.now()) })
  if (reading.issues.length > 0) raise('submission-invalid', { fields: reading.issues.map(({ path, message }) => ({ place: path, why: message })) })
  const instanceId = uuidUrn.exec(reading.meta.instanceId)?.[1]?.toLowerCase()
  if (instanceId === undefined) raise('submission-invalid', { fields: [{ place: 'meta/instanceID', why: 'is not a uuid' }] })
  checkFiles(reading, parcel)
  await attune.scanner?.check(parcel.files.map(({ bytes }) => bytes))
  return { form, reading, instanceId }
}

/** Takes a parcel in, or raises the problem that says why not. `deviceId` is the collecting app that sent it, if one did. */
export async function receiveParcel(attune: Attune, acting: Acting, parcel: Parcel, deviceId?: string): Promise<Accepted> {
  noteArrival(attune)
  const { form, reading, instanceId } = await checkParcel(attune, acting, parcel, deviceId)
  if (form.kind !== 'client-record') {
    requireFiles(reading, parcel)
    return signConsent(attune, acting, { parcel, form, reading, instanceId })
  }
  if (!parcel.incomplete) requireFiles(reading, parcel, await findArrivedFiles(attune, acting, instanceId, reading, parcel))
  const accepted = await submitClientRecord(attune, acting, { parcel, form, reading, instanceId, ...(deviceId !== undefined && { deviceId }) })
  if (deviceId !== undefined && accepted.repeated) await noteRepeated(attune, acting, instanceId, deviceId)
  return accepted
}

// An app that splits its files sends each of them once: the last request holds the last ones only.
async function findArrivedFiles(
  { databases, keyring }: Attune,
  { serviceId, accountId }: Acting,
  instanceId: string,
  { attachments }: SubmissionReading,
  { files }: Parcel,
): Promise<readonly string[]> {
  const missing = attachments.filter((name) => !files.some((file) => file.name === name))
  if (missing.length === 0) return []
  const arrived = await findFileHashes(databases.attune, { serviceId, accountId }, instanceId)
  return missing.filter((name) => arrived.has(keyring.lookupHash('file-name', serviceId, name).toString('hex')))
}

/** An app that sends the same record again stores nothing; that it did so is noted all the same. */
async function noteRepeated({ databases }: Attune, { role, serviceId, accountId }: Acting, recordId: string, deviceId: string): Promise<void> {
  await withActor(databases.attune, { role, serviceId, accountId }, '', (trx) =>
    logEvent(trx, { serviceId, accountId, role, action: 'device.submit', outcome: 'done', detail: { recordId, deviceId, repeated: true } }),
  )
}
