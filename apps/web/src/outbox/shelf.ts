// Letters and receipts on the disk, sealed with the vault's key.
import { withDisk, type AttachmentRow } from '../vault/disk.ts'
import type { DraftAttachment, KeptAttachment } from '../vault/draft.ts'
import { openBytes, openValue, sealBytes, sealValue } from '../vault/sealing.ts'
import type { OpenVault } from '../vault/vault.ts'
import type { KeptReceipt, Letter } from './letter.ts'

/** Puts a letter and its attachments on the disk in one step. */
export async function shelve(vault: OpenVault, letter: Omit<Letter, 'attachments'>, attachments: readonly DraftAttachment[]): Promise<Letter> {
  const rows: AttachmentRow[] = []
  const kept: KeptAttachment[] = []
  for (const { name, blob } of attachments) {
    const attachmentId = crypto.randomUUID()
    const bytes = new Uint8Array(await blob.arrayBuffer())
    rows.push({
      vaultId: vault.vaultId,
      ownerId: letter.instanceId,
      attachmentId,
      sealed: await sealBytes(vault.key, [vault.vaultId, 'attachment', letter.instanceId, attachmentId], bytes),
    })
    kept.push({ attachmentId, name, type: blob.type, bytes: blob.size })
  }
  const whole: Letter = { ...letter, attachments: kept }
  const sealed = await sealValue(vault.key, [vault.vaultId, 'letter', letter.instanceId], whole)
  await withDisk('readwrite', async (tables) => {
    await tables.attachments.removeAll(vault.vaultId, letter.instanceId)
    await tables.boxes.put({ vaultId: vault.vaultId, kind: 'letter', id: letter.instanceId, sealed, wipedOn: null })
    for (const row of rows) await tables.attachments.put(row)
  })
  return whole
}

/** Writes the letter's state anew, if it is still there: another tab may have sent it. */
export async function rewrite(vault: OpenVault, letter: Letter): Promise<void> {
  const sealed = await sealValue(vault.key, [vault.vaultId, 'letter', letter.instanceId], letter)
  await withDisk('readwrite', async ({ boxes }) => {
    if ((await boxes.get([vault.vaultId, 'letter', letter.instanceId])) !== undefined)
      await boxes.put({ vaultId: vault.vaultId, kind: 'letter', id: letter.instanceId, sealed, wipedOn: null })
  })
}

export type ShelvedLetters = { readonly letters: readonly Letter[]; readonly unreadable: readonly string[] }

/** Every letter, the one finished first in front. One that does not open is named by its id and does not hide the others. */
export async function readLetters(vault: OpenVault): Promise<ShelvedLetters> {
  const rows = await withDisk('readonly', ({ boxes }) => boxes.all(vault.vaultId, 'letter'))
  const letters: Letter[] = []
  const unreadable: string[] = []
  for (const row of rows) {
    try {
      letters.push((await openValue(vault.key, [vault.vaultId, 'letter', row.id], row.sealed)) as Letter)
    } catch {
      unreadable.push(row.id)
    }
  }
  return { letters: letters.sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1)), unreadable }
}

export async function readAttachments(vault: OpenVault, letter: Letter): Promise<DraftAttachment[]> {
  const rows = await withDisk('readonly', ({ attachments }) => attachments.all(vault.vaultId, letter.instanceId))
  return Promise.all(
    letter.attachments.map(async (kept) => {
      const row = rows.find((one) => one.attachmentId === kept.attachmentId)
      if (row === undefined) throw new Error('An attachment of a finished form is missing on this device.')
      return {
        name: kept.name,
        blob: new Blob([await openBytes(vault.key, [vault.vaultId, 'attachment', letter.instanceId, kept.attachmentId], row.sealed)], {
          type: kept.type,
        }),
      }
    }),
  )
}

/** After the server's acknowledgement: receipt in; letter, draft and attachments out; all or nothing. */
export async function swapForReceipt(vault: OpenVault, letter: Letter, receipt: KeptReceipt, today: string): Promise<void> {
  const sealed = await sealValue(vault.key, [vault.vaultId, 'receipt', receipt.instanceId], receipt)
  await withDisk('readwrite', async ({ boxes, attachments }) => {
    await boxes.put({ vaultId: vault.vaultId, kind: 'receipt', id: receipt.instanceId, sealed, wipedOn: today })
    await boxes.remove([vault.vaultId, 'letter', letter.instanceId])
    await attachments.removeAll(vault.vaultId, letter.instanceId)
    await boxes.remove([vault.vaultId, 'draft', letter.draftId])
    await attachments.removeAll(vault.vaultId, letter.draftId)
  })
}

/** Takes a letter off the shelf; its draft goes with it only when asked. */
export async function unshelve(vaultId: string, instanceId: string, draftId: string | undefined): Promise<void> {
  await withDisk('readwrite', async ({ boxes, attachments }) => {
    await boxes.remove([vaultId, 'letter', instanceId])
    await attachments.removeAll(vaultId, instanceId)
    if (draftId === undefined) return
    await boxes.remove([vaultId, 'draft', draftId])
    await attachments.removeAll(vaultId, draftId)
  })
}

export async function readReceipts(vault: OpenVault): Promise<KeptReceipt[]> {
  const rows = await withDisk('readonly', ({ boxes }) => boxes.all(vault.vaultId, 'receipt'))
  const receipts = await Promise.all(
    rows.map(async (row) => (await openValue(vault.key, [vault.vaultId, 'receipt', row.id], row.sealed)) as KeptReceipt),
  )
  return receipts.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
}

/** A letter as it lies on the disk, with the wrapped keys: opens only with what the person has. */
export async function readSealedCopy(vaultId: string, instanceId: string): Promise<Blob> {
  const copy = await withDisk('readonly', async ({ vaults, boxes, attachments }) => ({
    vault: await vaults.get(vaultId),
    letter: await boxes.get([vaultId, 'letter', instanceId]),
    attachments: await attachments.all(vaultId, instanceId),
  }))
  const text = JSON.stringify({ format: 'attune-sealed-letter-1', ...copy }, (_name, value: unknown) =>
    value instanceof Uint8Array ? { base64: toBase64(value) } : value,
  )
  return new Blob([text], { type: 'application/json' })
}

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += 0x8000) binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(binary)
}
