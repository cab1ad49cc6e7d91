import { daysLeft, isPastTime, toDraftContent, wipeDay, type Draft, type DraftContent, type DraftSummary, type KeptAttachment } from './draft.ts'
import { withDisk, type AttachmentRow, type BoxRow } from './disk.ts'
import { openBytes, openValue, sealBytes, sealValue, type Place } from './sealing.ts'
import { getOpenVault, type OpenVault } from './vault.ts'

// Until the programme has said otherwise; its policy's value is set by `setDraftKeepDays`.
let keepDays = 14
const alreadySealed = new WeakMap<Blob, { readonly draftId: string; readonly kept: KeptAttachment }>()
const listeners = new Set<() => void>()

export function setDraftKeepDays(days: number): void {
  keepDays = days
}

/** The day on which a draft that was last touched at this instant goes, YYYY-MM-DD. */
export const draftWipeDay = (at: Date): string => wipeDay(at.toISOString(), keepDays)

/** Calls back after drafts on this device changed. Returns how to stop. */
export function onDraftsChanged(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export function noteDraftsChanged(): void {
  for (const tell of listeners) tell()
}

/** Seals a draft and its attachments. When it returns, they are on the disk; an attachment that was sealed before is not written again. */
export async function saveDraft(draft: Draft): Promise<void> {
  const vault = getOpenVault()
  const fresh: AttachmentRow[] = []
  const attachments: KeptAttachment[] = []
  for (const { name, blob } of draft.attachments) {
    const known = alreadySealed.get(blob)
    if (known?.draftId === draft.draftId && known.kept.name === name) {
      attachments.push(known.kept)
      continue
    }
    const kept: KeptAttachment = { attachmentId: crypto.randomUUID(), name, type: blob.type, bytes: blob.size }
    const bytes = new Uint8Array(await blob.arrayBuffer())
    fresh.push({
      vaultId: vault.vaultId,
      ownerId: draft.draftId,
      attachmentId: kept.attachmentId,
      sealed: await sealBytes(vault.key, toAttachmentPlace(vault, draft.draftId, kept.attachmentId), bytes),
    })
    attachments.push(kept)
    alreadySealed.set(blob, { draftId: draft.draftId, kept })
  }
  const content: DraftContent = {
    format: 2,
    formId: draft.formId,
    formVersion: draft.formVersion,
    xml: draft.xml,
    updatedAt: draft.updatedAt,
    label: draft.label ?? '',
    earlier: draft.earlier ?? '',
    attachments,
  }
  const sealed = await sealValue(vault.key, toDraftPlace(vault, draft.draftId), content)
  const current = new Set(attachments.map((one) => one.attachmentId))
  await withDisk('readwrite', async (tables) => {
    await tables.boxes.put({ vaultId: vault.vaultId, kind: 'draft', id: draft.draftId, sealed, wipedOn: wipeDay(draft.updatedAt, keepDays) })
    for (const row of fresh) await tables.attachments.put(row)
    for (const row of await tables.attachments.all(vault.vaultId, draft.draftId))
      if (!current.has(row.attachmentId)) await tables.attachments.remove([row.vaultId, row.ownerId, row.attachmentId])
  }).catch((fault: unknown) => {
    for (const { blob } of draft.attachments)
      if (fresh.some((row) => row.attachmentId === alreadySealed.get(blob)?.kept.attachmentId)) alreadySealed.delete(blob)
    throw fault
  })
  noteDraftsChanged()
}

/** The drafts of the person whose vault is open, the last changed first. */
export async function listDrafts(): Promise<DraftSummary[]> {
  const vault = getOpenVault()
  const rows = await withDisk('readonly', ({ boxes }) => boxes.all(vault.vaultId, 'draft'))
  const summaries = await Promise.all(
    rows.map(async (row) => toSummary(row, toDraftContent(await openValue(vault.key, toDraftPlace(vault, row.id), row.sealed)))),
  )
  return summaries.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
}

/** A draft with its attachments, or undefined when there is none of that id. */
export async function getDraft(draftId: string): Promise<Draft | undefined> {
  const vault = getOpenVault()
  const { row, parts } = await withDisk('readonly', async ({ boxes, attachments }) => ({
    row: await boxes.get([vault.vaultId, 'draft', draftId]),
    parts: await attachments.all(vault.vaultId, draftId),
  }))
  if (row === undefined) return undefined
  const content = toDraftContent(await openValue(vault.key, toDraftPlace(vault, draftId), row.sealed))
  const attachments = await Promise.all(
    content.attachments.map(async (kept) => {
      const part = parts.find((one) => one.attachmentId === kept.attachmentId)
      if (part === undefined) throw new Error('An attachment of a draft is missing on this device.')
      const blob = new Blob([await openBytes(vault.key, toAttachmentPlace(vault, draftId, kept.attachmentId), part.sealed)], { type: kept.type })
      alreadySealed.set(blob, { draftId, kept })
      return { name: kept.name, blob }
    }),
  )
  return {
    draftId,
    formId: content.formId,
    formVersion: content.formVersion,
    xml: content.xml,
    attachments,
    updatedAt: content.updatedAt,
    label: content.label,
    earlier: content.earlier,
  }
}

/** Wipes a draft and its attachments from the device. Wiping one that is not there is no fault. */
export async function removeDraft(draftId: string): Promise<void> {
  const { vaultId } = getOpenVault()
  await withDisk('readwrite', async ({ boxes, attachments }) => {
    await boxes.remove([vaultId, 'draft', draftId])
    await attachments.removeAll(vaultId, draftId)
  })
  noteDraftsChanged()
}

/** Wipes whatever is past its day in every vault of this device, locked ones too. Returns how many things went. */
export async function wipePastTime(today: string): Promise<number> {
  return withDisk('readwrite', async ({ boxes, attachments }) => {
    const past = (await boxes.all()).filter((row) => row.wipedOn !== null && isPastTime(row.wipedOn, today))
    for (const row of past) {
      await boxes.remove([row.vaultId, row.kind, row.id])
      await attachments.removeAll(row.vaultId, row.id)
    }
    return past.length
  })
}

function toSummary(row: BoxRow, content: DraftContent): DraftSummary {
  const wipedOn = row.wipedOn ?? wipeDay(content.updatedAt, keepDays)
  const today = new Date().toISOString().slice(0, 10)
  const { formId, formVersion, updatedAt, label } = content
  return {
    draftId: row.id,
    formId,
    formVersion,
    updatedAt,
    label,
    wipedOn,
    daysLeft: daysLeft(wipedOn, today),
    attachmentCount: content.attachments.length,
  }
}

const toDraftPlace = (vault: OpenVault, draftId: string): Place => [vault.vaultId, 'draft', draftId]
const toAttachmentPlace = (vault: OpenVault, draftId: string, attachmentId: string): Place => [vault.vaultId, 'attachment', draftId, attachmentId]
