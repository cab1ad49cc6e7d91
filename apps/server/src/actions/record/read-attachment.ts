// One file of a record for a program that reads. It is a copy that the service keeps, so the rules are those of a download (read-feed.ts).
import { createHash } from 'node:crypto'
import type { Answers, OutlineNode } from '@attune/forms'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { open } from '../../store/keyring/seal.ts'
import { logEvent } from '../../store/log-event.ts'
import { findAttachment } from '../../store/records/find-attachment.ts'
import { addExport } from '../../store/records/exports.ts'
import { attachmentPlace } from '../../store/records/places.ts'
import { findRecordRows } from '../../store/records/record-rows.ts'
import { withActor } from '../../store/with-actor.ts'
import type { DeviceActing } from '../device/find-device-acting.ts'
import { findFileType } from '../submission/check-files.ts'
import { findKeys, openRows } from './open-rows.ts'

/** A file that an answer names, and where: groups in front, rows of a repeat counted from 1 ("home/visits[2]/photo"). */
export type NamedFile = { readonly name: string; readonly place: string }

/** The files that a record's answers name, in the order of the form. */
export function filesIn(nodes: readonly OutlineNode[], answers: Answers, above = ''): readonly NamedFile[] {
  return nodes.flatMap((node): readonly NamedFile[] => {
    const place = `${above}${node.name}`
    if (node.kind === 'group') return filesIn(node.children, answers, `${place}/`)
    const value = answers[node.name] ?? answers[place.replaceAll(/\[\d+\]/g, '')]
    if (value === undefined) return []
    if (node.kind === 'repeat') return (value as readonly Answers[]).flatMap((row, at) => filesIn(node.children, row, `${place}[${at + 1}]/`))
    return node.valueType === 'binary' && typeof value === 'string' ? [{ name: value, place }] : []
  })
}

/** The file at a place (counted from 0) among those that a record names. Raises `not-found` where the service holds no such copy. */
export async function readAttachment(
  attune: Attune,
  acting: DeviceActing,
  purpose: string,
  { recordId, at }: { readonly recordId: string; readonly at: number },
): Promise<{ readonly name: string; readonly type: string; readonly bytes: Buffer }> {
  const { databases, keyring, clock, programme } = attune
  const { role, serviceId, accountId, deviceId } = acting
  return withActor(databases.attune, acting, purpose, async (trx) => {
    const rows = await findRecordRows(trx, { recordId, serviceCopy: true }, 1)
    const keys = await findKeys(attune, rows)
    const [row] = await openRows(attune, rows, keys)
    const { name } = (row?.form === undefined ? undefined : filesIn(row.form.outline.children, row.answers)[at]) ?? raise('not-found')
    const { clientId } = row!
    const nameHash = keyring.lookupHash('file-name', serviceId, name)
    const sealed = (await findAttachment(trx, { serviceId, recordId, nameHash })) ?? raise('not-found')
    const bytes = open(keys.get(`${row!.serviceId}/${clientId}`)!, attachmentPlace({ recordId, clientId }, nameHash, 'content'), sealed)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await addExport(trx, { serviceId, accountId, at: clock.now(), sha256, records: 1, withheld: 0, clientIds: [clientId] })
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'record.download',
      purpose,
      outcome: 'done',
      detail: { rows: 1, files: 1, withheld: 0, format: 'kobo-file', sha256, deviceId, policyVersion: programme.policyVersion.text },
    })
    return { name, type: findFileType({ name, bytes }) ?? 'application/octet-stream', bytes }
  })
}
