// The vault of the person at the device: which one it is, whether it is open, and its key while it is.
// What lies in it is the business of drafts.ts, kept.ts and the outbox.
import { readonly, ref, shallowRef } from 'vue'
import { DiskAway, withDisk, type VaultRow } from './disk.ts'
import { findHeldKey, forgetHeldKey } from './held-key.ts'
import { toKeptBox } from './kept-box.ts'
import { closeLock, newDataKey, openLock, type LockSecret } from './locks.ts'
import { askToKeep } from './room.ts'
import { toWorkingKey } from './sealing.ts'

/** `none`: this person has no vault here yet. `unavailable`: this browser keeps nothing on the device. */
export type VaultState = 'unknown' | 'none' | 'locked' | 'open' | 'unavailable'
export type OpenVault = { readonly vaultId: string; readonly ownerMark: string; readonly key: CryptoKey }

/** Something needed the vault open and it is not. */
export class VaultLocked extends Error {
  constructor() {
    super('The drafts on this device are locked.')
    this.name = 'VaultLocked'
  }
}

const state = ref<VaultState>('unknown')
const candidates = shallowRef<readonly VaultRow[]>([])
const whileLocking = new Set<() => Promise<void> | void>()
const afterOpening = new Set<() => void>()
const tabs = typeof BroadcastChannel === 'function' ? new BroadcastChannel('attune-vault') : undefined
let opened: OpenVault | undefined
let owner: string | undefined
let attending: Promise<void> = Promise.resolve()

export const vaultState = readonly(state)
/** The ways in which the vault, or any vault of this device when nobody is signed in, can be opened. */
export const waysIn = (): { readonly passphrase: boolean; readonly credentialIds: readonly string[] } => {
  const locks = candidates.value.flatMap((row) => row.locks)
  return {
    passphrase: locks.some((lock) => lock.kind === 'passphrase'),
    credentialIds: locks.flatMap((lock) => (lock.kind === 'passkey' ? [lock.credentialId] : [])),
  }
}

/** The day on which the vault that is attended was made on this device; undefined while there is none. */
export const vaultMadeOn = (): string | undefined => candidates.value[0]?.madeOn

/** The open vault, or a VaultLocked fault. */
export function getOpenVault(): OpenVault {
  if (opened === undefined) throw new VaultLocked()
  return opened
}

export const findOpenVault = (): OpenVault | undefined => opened

/** Runs before the vault locks, so that what was just typed can still be sealed. Returns how to stop. */
export function onLocking(work: () => Promise<void> | void): () => void {
  whileLocking.add(work)
  return () => whileLocking.delete(work)
}

export function onOpened(work: () => void): () => void {
  afterOpening.add(work)
  return () => afterOpening.delete(work)
}

/**
 * Turns to the vault of an account, or, with no account (nobody is known and there is no connection), to all vaults of this device.
 * A vault of somebody else that is open is locked first.
 */
export function attendVault(accountId: string | undefined): Promise<void> {
  // One after the other: of two at a time one takes the held key, and the other would then say locked of a vault that is open.
  const turn = attending.then(() => attend(accountId))
  attending = turn.catch(() => undefined)
  return turn
}

async function attend(accountId: string | undefined): Promise<void> {
  const mark = accountId === undefined ? undefined : await toOwnerMark(accountId)
  if (opened !== undefined && mark !== undefined && mark !== opened.ownerMark) await lockVault()
  if (opened !== undefined) return
  owner = mark
  try {
    const rows = await withDisk('readonly', ({ vaults }) => vaults.all())
    candidates.value = rows.filter((row) => mark === undefined || row.ownerMark === mark)
    // The person may have opened it meanwhile.
    if (isOpen()) return
    state.value = candidates.value.length === 0 ? 'none' : 'locked'
  } catch (fault) {
    if (!(fault instanceof DiskAway)) throw fault
    state.value = 'unavailable'
    return
  }
  for (const row of candidates.value) {
    const key = await findHeldKey(row.vaultId)
    if (isOpen()) return
    if (key !== undefined) return becomeOpen({ vaultId: row.vaultId, ownerMark: row.ownerMark, key })
  }
}

/**
 * Makes the vault of an account on this device and opens it. Asks the browser to keep its storage. `known` is what the device has to know of
 * the person with no connection: it is written with the vault, so that no vault is ever there that cannot say whose it is.
 */
export async function createVault(accountId: string, secret: LockSecret, known?: unknown): Promise<void> {
  const dataKey = newDataKey()
  const vaultId = crypto.randomUUID()
  const row: VaultRow = {
    vaultId,
    ownerMark: await toOwnerMark(accountId),
    locks: [await closeLock(vaultId, dataKey, secret)],
    madeOn: new Date().toISOString().slice(0, 10),
  }
  const key = await toWorkingKey(dataKey)
  dataKey.fill(0)
  const box = known === undefined ? undefined : await toKeptBox({ vaultId, key }, 'session', known)
  await withDisk('readwrite', async ({ vaults, boxes }) => {
    await vaults.put(row)
    if (box !== undefined) await boxes.put(box)
  })
  await askToKeep()
  candidates.value = [row]
  becomeOpen({ vaultId, ownerMark: row.ownerMark, key })
}

/** Opens the vault. False when the secret is not the right one. */
export async function unlockVault(secret: LockSecret): Promise<boolean> {
  for (const row of candidates.value) {
    for (const lock of row.locks) {
      const dataKey = await openLock(row.vaultId, lock, secret)
      if (dataKey === undefined) continue
      await openWith(row, dataKey)
      return true
    }
  }
  return false
}

/** Locks the vault in this tab and in every other one. What others want to seal first is sealed. */
export async function lockVault(): Promise<void> {
  tabs?.postMessage('lock')
  await lockHere()
}

/** Wipes the vault: drafts, what waits, receipts and the wrapped keys, even while it is locked. Cannot be undone. */
export async function wipeVault(): Promise<void> {
  const gone = opened === undefined ? candidates.value.map((row) => row.vaultId) : [opened.vaultId]
  opened = undefined
  await withDisk('readwrite', async ({ vaults, boxes, attachments }) => {
    for (const vaultId of gone) {
      await vaults.remove(vaultId)
      await boxes.removeAll(vaultId)
      await attachments.removeAll(vaultId)
    }
  })
  await forgetHeldKey()
  tabs?.postMessage('lock')
  candidates.value = candidates.value.filter((row) => !gone.includes(row.vaultId))
  state.value = candidates.value.length === 0 ? 'none' : 'locked'
}

/** How many drafts and letters the attended vault holds; known even while it is locked. */
export async function countBoxes(): Promise<{ drafts: number; letters: number }> {
  const ids = opened === undefined ? candidates.value.map((row) => row.vaultId) : [opened.vaultId]
  if (ids.length === 0 || (opened === undefined && owner === undefined)) return { drafts: 0, letters: 0 }
  return withDisk('readonly', async ({ boxes }) => {
    let drafts = 0
    let letters = 0
    for (const vaultId of ids) {
      drafts += await boxes.count(vaultId, 'draft')
      letters += await boxes.count(vaultId, 'letter')
    }
    return { drafts, letters }
  })
}

async function openWith(row: VaultRow, dataKey: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = await toWorkingKey(dataKey)
  dataKey.fill(0)
  becomeOpen({ vaultId: row.vaultId, ownerMark: row.ownerMark, key })
}

const isOpen = (): boolean => opened !== undefined

function becomeOpen(vault: OpenVault): void {
  opened = vault
  owner = vault.ownerMark
  state.value = 'open'
  for (const work of afterOpening) work()
}

async function lockHere(): Promise<void> {
  if (opened === undefined) return
  await sealOpenWork()
  opened = undefined
  await forgetHeldKey()
  state.value = 'locked'
}

/** Lets every screen seal what it holds now: before locking, and before a reload. */
export async function sealOpenWork(): Promise<void> {
  // A screen that cannot seal in three seconds does not keep the vault open.
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 3000))
  await Promise.race([Promise.allSettled([...whileLocking].map(async (work) => work())), patience])
}

tabs?.addEventListener('message', ({ data }) => {
  if (data === 'lock') void lockHere().then(() => attendAgain())
})

async function attendAgain(): Promise<void> {
  const rows = await withDisk('readonly', ({ vaults }) => vaults.all())
  candidates.value = rows.filter((row) => owner === undefined || row.ownerMark === owner)
  if (candidates.value.length === 0) state.value = 'none'
}

async function toOwnerMark(accountId: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`attune-vault-owner-1|${accountId}`))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
