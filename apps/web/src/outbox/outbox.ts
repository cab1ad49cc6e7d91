// The outbox of the person whose vault is open: when to send, and what the screens show of it.
import type { KeptFacts, ShownDocuments } from '@attune/contract'
import { readonly, shallowReactive } from 'vue'
import { connection, onReachable } from '../connection.ts'
import { noteDraftsChanged } from '../vault/drafts.ts'
import type { DraftAttachment } from '../vault/draft.ts'
import { findOpenVault, getOpenVault, onOpened } from '../vault/vault.ts'
import { vault } from '../vault/index.ts'
import type { KeptReceipt, Letter, LetterSummary } from './letter.ts'
import { sendRound } from './post.ts'
import { readLetters, readReceipts, readSealedCopy, shelve, unshelve } from './shelf.ts'

/** A finished form. `code` and `title` are only what the person knows it by. */
export type Finished = {
  readonly draftId: string
  readonly instanceId: string
  readonly formId: string
  readonly xml: string
  readonly attachments: readonly DraftAttachment[]
  readonly title?: string
  readonly code?: string
  readonly keptFacts?: KeptFacts
  readonly shown?: ShownDocuments | undefined
}

type OutboxState = {
  waiting: readonly LetterSummary[]
  receipts: readonly KeptReceipt[]
  /** Instance id of the one being sent now. */
  sending: string
  needsSignIn: boolean
  /** Why nothing went in the last round, for the sentence on the screen; undefined when nothing stood in the way. */
  trouble: 'offline' | 'portal' | 'signed-out' | 'server' | undefined
  /** Letters on the disk of a vault that is locked: a number only. */
  lockedCount: number
}

const state = shallowReactive<OutboxState>({ waiting: [], receipts: [], sending: '', needsSignIn: false, trouble: undefined, lockedCount: 0 })
const tabs = typeof BroadcastChannel === 'function' ? new BroadcastChannel('attune-outbox') : undefined
const arrivals = new Set<(receipt: KeptReceipt) => void>()
let rounds: Promise<unknown> = Promise.resolve()
let timer: ReturnType<typeof setTimeout> | undefined

export const outboxState = readonly(state)

/** Reads the shelf anew for the screens. */
export async function refreshOutbox(): Promise<void> {
  const open = findOpenVault()
  if (open === undefined) {
    state.waiting = []
    state.receipts = []
    state.lockedCount = (await vault.countBoxes()).letters
    return
  }
  state.waiting = (await readLetters(open)).letters.map(toSummary)
  state.receipts = await readReceipts(open)
  state.lockedCount = 0
}

/** Puts a finished form in the outbox; from then on it is sent whenever that is possible. Its draft stays until the server has acknowledged. */
export async function queueFinished(finished: Finished): Promise<void> {
  const { draftId, instanceId, formId, xml, attachments, title = '', code = '', keptFacts = {}, shown } = finished
  await shelve(
    getOpenVault(),
    {
      format: 1,
      instanceId: toPlainId(instanceId),
      draftId,
      formId,
      title,
      code,
      keptFacts,
      ...(shown !== undefined && { shown }),
      xml,
      finishedAt: new Date().toISOString(),
      tries: 0,
      nextTryAt: '',
      parked: null,
    },
    attachments,
  )
  await changed()
  void askBackgroundSync()
  void sendWaiting()
}

/** Sends what is due, or with `all` whatever may go. One round at a time, in one tab at a time. Resolves when the round is over. */
export function sendWaiting(all = false): Promise<void> {
  const next = rounds.then(() => sendInTurn(all))
  rounds = next.catch(() => undefined)
  return next
}

async function sendInTurn(all: boolean): Promise<void> {
  if (findOpenVault() === undefined || !navigator.onLine) return
  if (navigator.locks === undefined) return runRound(all)
  await navigator.locks.request('attune-outbox', { ifAvailable: true }, async (lock) => {
    // Another tab's round is under way; it may have begun before the newest letter.
    if (lock === null) later(3000)
    else await runRound(all)
  })
}

async function runRound(all: boolean): Promise<void> {
  const open = findOpenVault()
  if (open === undefined) return
  const round = await sendRound(open, all, {
    begins: (letter) => {
      state.sending = letter.instanceId
    },
    changed: () => void changed(),
  }).finally(() => {
    state.sending = ''
  })
  state.needsSignIn = round.blocked === 'signed-out'
  state.trouble = round.blocked ?? (round.faulty ? 'server' : undefined)
  await changed()
  for (const receipt of round.arrived) for (const tell of arrivals) tell(receipt)
  if (round.nextTryAt !== '') later(Math.max(1000, Date.parse(round.nextTryAt) - Date.now()))
}

function later(waitMs: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void sendWaiting(), waitMs)
}

/** Takes a record back out of the outbox so that its draft can be changed. Returns the draft's id. */
export async function reopenLetter(instanceId: string): Promise<string | undefined> {
  const letter = state.waiting.find((one) => one.instanceId === instanceId)
  if (letter === undefined || state.sending === instanceId) return undefined
  await unshelve(getOpenVault().vaultId, instanceId, undefined)
  await changed()
  return letter.draftId
}

/** Wipes one record and its draft from this device; the others stay. It is not sent. */
export async function discardLetter(instanceId: string): Promise<void> {
  const letter = state.waiting.find((one) => one.instanceId === instanceId)
  await unshelve(getOpenVault().vaultId, instanceId, letter?.draftId)
  await changed()
}

export async function exportSealed(instanceId: string): Promise<Blob> {
  return readSealedCopy(getOpenVault().vaultId, instanceId)
}

/** Calls back for each record that arrived. Returns how to stop. */
export function onArrival(tell: (receipt: KeptReceipt) => void): () => void {
  arrivals.add(tell)
  return () => arrivals.delete(tell)
}

/** Starts watching for moments to send: connection back, page in view again, vault opened, another tab or the service worker asks. */
export function watchOutbox(): void {
  const soon = (): void => void sendWaiting()
  onReachable(soon)
  onOpened(() => void refreshOutbox().then(soon))
  window.addEventListener('online', () => void sendWaiting(true))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && state.waiting.length > 0) void sendWaiting(connection.value !== 'reached')
  })
  tabs?.addEventListener('message', () => void refreshOutbox().then(noteDraftsChanged))
  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    if (data === 'send-waiting') void sendWaiting(true)
  })
  void refreshOutbox()
}

async function changed(): Promise<void> {
  tabs?.postMessage('changed')
  await refreshOutbox()
  noteDraftsChanged()
}

async function askBackgroundSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  if (registration !== undefined && 'sync' in registration)
    await (registration.sync as { register(tag: string): Promise<void> }).register('attune-outbox').catch(() => undefined)
}

const toPlainId = (instanceId: string): string => instanceId.replace(/^uuid:/, '')

function toSummary(letter: Letter): LetterSummary {
  const { instanceId, draftId, formId, title, code, finishedAt, tries, nextTryAt, parked } = letter
  return { instanceId, draftId, formId, title, code, finishedAt, tries, nextTryAt, parked }
}
