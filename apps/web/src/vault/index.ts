// The vault's front door: everything on this device that holds answers, sealed. See README in apps/web.
import { getDraft, listDrafts, onDraftsChanged, removeDraft, saveDraft, setDraftKeepDays, wipePastTime } from './drafts.ts'
import { findSealed, keepAsDrafts, keepSealed } from './kept.ts'
import {
  attendVault,
  countBoxes,
  createVault,
  lockVault,
  onLocking,
  onOpened,
  sealOpenWork,
  unlockVault,
  vaultMadeOn,
  vaultState,
  waysIn,
  wipeVault,
} from './vault.ts'

export type { Draft, DraftAttachment, DraftSummary } from './draft.ts'
export type { LockSecret } from './locks.ts'
export type { VaultState } from './vault.ts'
export { DiskAway, DiskFull } from './disk.ts'
export { SealBroken } from './sealing.ts'
export { VaultLocked } from './vault.ts'

export const vault = {
  state: vaultState,
  waysIn,
  madeOn: vaultMadeOn,
  attend: attendVault,
  create: createVault,
  unlock: unlockVault,
  lock: lockVault,
  wipe: wipeVault,
  onLocking,
  onOpened,
  sealOpenWork,
  countBoxes,
  saveDraft,
  listDrafts,
  getDraft,
  removeDraft,
  onDraftsChanged,
  setDraftKeepDays,
  wipePastTime,
  keep: keepSealed,
  keepAsDrafts,
  findKept: findSealed,
}
