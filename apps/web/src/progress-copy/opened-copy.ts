// The copies that were opened on this device, in memory only: from the start page to the form, or to the progress sheet. Gone when the vault
// locks or somebody else is at the device.
import { readonly, shallowRef } from 'vue'
import { vault } from '../vault/index.ts'
import { findCopyKeys } from './copy-keys.ts'
import { attachmentLimitBytes, attachmentName, mergeSessions, type ProgressCopy } from './progress-copy.ts'
import { checkCopy, type CopyRefusal } from './signing.ts'

const opened = shallowRef<ProgressCopy>()

export const openedCopy = readonly(opened)

export function forgetOpenedCopy(): void {
  opened.value = undefined
}

vault.onLocking(forgetOpenedCopy)

const fileLimitBytes = 40 * 1024 * 1024

/** Reads files that somebody picked, dropped or shared, all on this device. Says why one of them cannot be used; then none is. */
export async function openFiles(files: readonly File[], code?: string): Promise<ProgressCopy | { readonly refused: CopyRefusal }> {
  const keys = await findCopyKeys()
  if (keys === undefined) return { refused: 'not-ready' }
  let whole: ProgressCopy | undefined
  for (const file of files) {
    if (file.size > fileLimitBytes) return { refused: 'too-large' }
    const { readAttachment } = await import('../pdf/index.ts')
    const json = await readAttachment(new Uint8Array(await file.arrayBuffer()), attachmentName, attachmentLimitBytes)
    if (json === undefined) return { refused: 'not-a-copy' }
    const verdict = await checkCopy(json, keys, whole?.code ?? code)
    if ('refused' in verdict) return verdict
    const { copy } = verdict
    whole = whole === undefined ? copy : { ...later(whole, copy), sessions: mergeSessions(whole.sessions, copy.sessions) }
  }
  return whole ?? { refused: 'not-a-copy' }
}

/** Keeps what was opened for the next screen; a copy of the same client that is open already is added to. */
export function takeOpened(copy: ProgressCopy): void {
  const before = opened.value
  opened.value =
    before === undefined || before.code !== copy.code ? copy : { ...later(before, copy), sessions: mergeSessions(before.sessions, copy.sessions) }
}

const later = (a: ProgressCopy, b: ProgressCopy): ProgressCopy => (a.madeOn > b.madeOn ? a : b)
