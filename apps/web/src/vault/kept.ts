// Small sealed facts about the person that the device needs with no connection: who they are, what still stands in their way.
import { withDisk } from './disk.ts'
import { draftWipeDay } from './drafts.ts'
import { openKeptBox, toKeptBox } from './kept-box.ts'
import { findOpenVault, getOpenVault } from './vault.ts'

export function keepSealed(name: string, value: unknown): Promise<void> {
  return write(name, value, null)
}

/** As `keepSealed`, for as long as the policy lets a draft lie that nobody works on, and no longer. */
export function keepAsDrafts(name: string, value: unknown): Promise<void> {
  return write(name, value, draftWipeDay(new Date()))
}

async function write(name: string, value: unknown, wipedOn: string | null): Promise<void> {
  const vault = getOpenVault()
  const box = await toKeptBox(vault, name, value, wipedOn)
  await withDisk('readwrite', async ({ boxes }) => {
    await boxes.put(box)
  })
}

/** What was kept under a name, or undefined when nothing was or the vault is locked. */
export async function findSealed(name: string): Promise<unknown> {
  const vault = findOpenVault()
  if (vault === undefined) return undefined
  const row = await withDisk('readonly', ({ boxes }) => boxes.get([vault.vaultId, 'kept', name]))
  return row === undefined ? undefined : openKeptBox(vault, row)
}
