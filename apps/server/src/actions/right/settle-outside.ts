// What a decision calls for outside the main database: destroying keys, closing accounts, sending letters. The decision has noted all of it in its
// own transaction; here it is done, once, and whoever is interrupted is taken up again by the daily run.
import { randomUUID } from 'node:crypto'
import { getContact, isServiceRole, retentionSentence, type Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { toLetterId, type Letter } from '../../outside/mail.ts'
import { eraseAccount } from '../../store/accounts/accounts.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { findUnfinishedErasures, finishErasure, type UnfinishedErasure } from '../../store/rights/subjects.ts'
import { findUnsentNotices, takeNotice, type QueuedNotice } from '../../store/rights/notices.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import { findingParts } from '../audit/audit-letters.ts'
import { writeLetter } from '../mail/write-letter.ts'
import { findAccountsToWriteTo, findRecipients, type Recipient } from '../person/find-recipients.ts'
import { forgetKnownClient } from '../submission/known-clients.ts'
import { noticeParts, type NoticeKind } from './notice-letter.ts'

type Trx = Transaction<AttuneTables>
const system = { role: 'system' } as const
const door = { role: 'door' } as const

/** How much one request settles before it answers; the clock has no such bounds. */
const ofOneRequest = 20

/**
 * Destroys, closes and sends what is waiting, of every service. Safe to repeat and to run twice at once. What cannot be settled keeps nothing else
 * from it, and is raised at the end.
 */
export async function settleOutside(attune: Attune, signal?: AbortSignal): Promise<void> {
  const limit = 500
  while ((await settle(attune, { limit }, signal)) === limit && signal?.aborted !== true);
}

/**
 * The same for what a request has just decided at a service, so that whoever waits for it does not wait for the clock. The decision stands whatever
 * happens here: what could not be settled is a fault with a number, and the clock takes it up.
 */
export async function settleSoon(attune: Attune, serviceId: string): Promise<void> {
  await settle(attune, { serviceId, limit: ofOneRequest }).catch((error: unknown) => void attune.faults.fault(randomUUID(), error, 'settle'))
}

type Which = { readonly serviceId?: string; readonly limit: number }

/** Returns how many letters were looked at. */
async function settle(attune: Attune, which: Which, signal?: AbortSignal): Promise<number> {
  const failures: unknown[] = []
  const each = async <One>(waiting: readonly One[], finish: (one: One) => Promise<void>) => {
    for (const one of waiting) {
      if (signal?.aborted === true) return
      await finish(one).catch((error: unknown) => failures.push(error))
    }
  }
  const { attune: database } = attune.databases
  await each(await withActor(database, system, 'rights', (trx) => findUnfinishedErasures(trx, which)), (one) => finishOne(attune, one))
  const notices = await withReader(database, system, 'rights', (trx) => findUnsentNotices(trx as unknown as Trx, which))
  await each(notices, (one) => sendNotice(attune, one))
  if (failures.length > 0) throw failures[0]
  return notices.length
}

async function finishOne(attune: Attune, erasure: UnfinishedErasure): Promise<void> {
  const { databases, keyring, clock } = attune
  const { serviceId, kind, hash, outsideId } = erasure
  if (kind === 'sign-in') await closeSignIn(attune, outsideId)
  else if (kind === 'practitioner') {
    await withActor(databases.accounts, door, 'rights', (trx) => eraseAccount(trx, outsideId))
    await keyring.addTombstones([{ kind: 'account', serviceId: '', id: outsideId }])
  } else {
    await keyring.destroyClientKey(serviceId, outsideId)
    forgetKnownClient(attune, hash)
  }
  await withActor(databases.attune, system, 'rights', async (trx) => {
    await finishErasure(trx, erasure, clock.now())
    await logEvent(trx, {
      serviceId,
      role: 'system',
      action: kind === 'practitioner' || kind === 'sign-in' ? 'account.close' : 'key.destroy',
      outcome: 'done',
      detail: { kind },
    })
  })
}

/** Sessions, second steps and devices go with the account. Its owner is told at the address that goes as well. */
async function closeSignIn(attune: Attune, accountId: string): Promise<void> {
  const { databases, keyring, mail, programme } = attune
  const [owner] = await findAccountsToWriteTo(attune, [accountId])
  const rule = programme.policy.retention.find(({ id }) => id === 'account')
  const letterId = toLetterId('sign-in-closed', accountId)
  // The letter lies in the outbox from the moment at which the address is gone.
  await withActor(databases.accounts, door, 'retention', async (trx) => {
    if (!(await eraseAccount(trx, accountId)) || owner === undefined) return
    const parts = [
      'You have left, and your sign-in was removed: name, e-mail address, passkeys, authenticator and connected apps.',
      ...(rule === undefined ? [] : [`The policy says of it: ${retentionSentence(rule)}`]),
      'To take part again, ask your service for an invitation.',
    ]
    await mail.put(trx, writeLetter(attune, { to: owner.email, subject: 'sign-in-closed', name: owner.displayName, parts }), letterId)
  })
  await keyring.addTombstones([{ kind: 'sign-in', serviceId: '', id: accountId }])
  await mail.deliver(letterId)
}

async function sendNotice(attune: Attune, notice: QueuedNotice): Promise<void> {
  const { databases, mail, clock } = attune
  const letters = await lettersOf(attune, notice)
  // Marked together with the sending: whoever is broken off in between sends again, and a letter that is in the outbox already is not put twice.
  await withActor(databases.attune, system, 'rights', async (trx) => {
    if (!(await takeNotice(trx, notice, clock.now()))) return
    for (const letter of letters) await mail.send(letter, toLetterId(notice.noticeId, letter.to))
  })
}

async function lettersOf(attune: Attune, notice: QueuedNotice): Promise<Letter[]> {
  const { policy } = attune.programme
  const parts = notice.kind === 'audit-finding' ? await findingParts(attune, notice) : noticeParts(policy, notice)
  if (parts.length === 0) return []
  const write = (email: string, name: string) => writeLetter(attune, { to: email, subject: notice.kind as NoticeKind, name, parts })
  const letters = (await recipientsOf(attune, notice)).map(({ email, displayName }) => write(email, displayName))
  const { email, name } = getContact(policy)
  // The contact that is printed on everything gets a copy of each request: whoever wrote there finds it there (DCS-016). It also hears of what
  // no administrator can hear of, because nobody's access is in force.
  const toContact = notice.kind === 'request-filed' || (notice.toRole === 'administrator' && letters.length === 0)
  return toContact ? [...letters, write(email, name)] : letters
}

function recipientsOf(attune: Attune, { serviceId, toRole, toAccount }: QueuedNotice): Promise<Recipient[]> {
  if (toAccount !== null) return findAccountsToWriteTo(attune, [toAccount])
  const role = toRole as Role
  return findRecipients(attune, [role], isServiceRole(role) ? serviceId : 'operator')
}
