// Brings letters to the server, one after the other, each exactly once: the server knows a record by its instance id, so a reply that was
// lost on the way costs nothing but another try. One record that the server refuses never holds up the others.
import { sendSubmission } from '../api.ts'
import { say } from '../messages/index.ts'
import { Refusal } from '../refusal.ts'
import type { OpenVault } from '../vault/vault.ts'
import { backOffMs, isDue, isWorthAnotherTry, longestAskedMs, type KeptReceipt, type Letter } from './letter.ts'
import { readAttachments, readLetters, rewrite, swapForReceipt } from './shelf.ts'

export type Round = {
  readonly arrived: readonly KeptReceipt[]
  /** The way is blocked for every letter: no connection, or nobody is signed in. */
  readonly blocked: 'offline' | 'portal' | 'signed-out' | undefined
  /** The server was reached and could not take what was sent, for a reason of its own. */
  readonly faulty: boolean
  /** When to try again at the latest; an instant, empty when nothing is left to send. */
  readonly nextTryAt: string
}

export type Watch = { begins(letter: Letter): void; changed(): void }

/** One round over all letters. `all` also takes those that were not due yet and those put aside for a reason that may have passed. */
export async function sendRound(vault: OpenVault, all: boolean, watch: Watch): Promise<Round> {
  const arrived: KeptReceipt[] = []
  let blocked: Round['blocked']
  let faulty = false
  for (const letter of (await readLetters(vault)).letters) {
    const now = new Date().toISOString()
    const wanted = isDue(letter, now) || (all && (letter.parked === null || isWorthAnotherTry(letter.parked)))
    if (!wanted) continue
    watch.begins(letter)
    const outcome = await sendOne(vault, letter)
    watch.changed()
    if (outcome.is === 'arrived') arrived.push(outcome.receipt)
    if (outcome.is === 'later') faulty = true
    if (outcome.is === 'blocked') {
      blocked = outcome.by
      break
    }
  }
  const waiting = (await readLetters(vault)).letters.filter((letter) => letter.parked === null)
  const soonest = waiting.map((letter) => letter.nextTryAt).sort()[0] ?? ''
  const afterBlock = new Date(Date.now() + backOffMs(5, Math.random())).toISOString()
  return { arrived, blocked, faulty, nextTryAt: waiting.length === 0 ? '' : blocked === undefined && soonest !== '' ? soonest : afterBlock }
}

type Outcome =
  | { readonly is: 'arrived'; readonly receipt: KeptReceipt }
  | { readonly is: 'blocked'; readonly by: 'offline' | 'portal' | 'signed-out' }
  | { readonly is: 'later' }
  | { readonly is: 'parked' }

async function sendOne(vault: OpenVault, letter: Letter): Promise<Outcome> {
  try {
    const reply = await sendSubmission(letter.xml, await readAttachments(vault, letter), letter)
    const receipt: KeptReceipt = {
      instanceId: letter.instanceId,
      formId: letter.formId,
      code: reply.code ?? letter.code,
      receivedAt: reply.receivedAt,
      repeated: reply.repeated,
    }
    await swapForReceipt(vault, letter, receipt, new Date().toISOString().slice(0, 10))
    return { is: 'arrived', receipt }
  } catch (thrown) {
    if (!(thrown instanceof Refusal))
      return park(vault, letter, { code: 'unreadable', title: say('error.unexpected'), next: say('error.unexpectedNext'), fields: [] })
    if (thrown.kind === 'offline' || thrown.kind === 'portal') return { is: 'blocked', by: thrown.kind }
    if (thrown.kind === 'signed-out' || thrown.kind === 'second-step') return { is: 'blocked', by: 'signed-out' }
    if (thrown.kind === 'server' || thrown.status === 429 || thrown.status === 408) {
      const asked = Math.min(longestAskedMs, (thrown.retryAfterSeconds ?? 0) * 1000)
      const waitMs = Math.max(backOffMs(letter.tries + 1, Math.random()), asked)
      await rewrite(vault, { ...letter, parked: null, tries: letter.tries + 1, nextTryAt: new Date(Date.now() + waitMs).toISOString() })
      return { is: 'later' }
    }
    return park(vault, letter, { code: thrown.code ?? 'refused', title: thrown.title, next: thrown.next, fields: thrown.fields })
  }
}

async function park(vault: OpenVault, letter: Letter, parked: NonNullable<Letter['parked']>): Promise<Outcome> {
  await rewrite(vault, { ...letter, tries: letter.tries + 1, nextTryAt: '', parked })
  return { is: 'parked' }
}
