// What a decision calls for outside the main database: destroying keys, closing accounts, sending letters. The decision has noted all of it in its
// own transaction; here it is done, once, and whoever is interrupted is taken up again by the daily run.
import { getContact, retentionSentence, type Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { Letter } from '../../outside/mail.ts'
import { eraseAccount } from '../../store/accounts/accounts.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { logEvent } from '../../store/log-event.ts'
import { findUnfinishedErasures, finishErasure } from '../../store/rights/subjects.ts'
import { findUnsentNotices, takeNotice, type QueuedNotice } from '../../store/rights/notices.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import { writeLetter } from '../mail/write-letter.ts'
import { findAccountsToWriteTo, findRecipients, type Recipient } from '../person/find-recipients.ts'
import { forgetKnownClient } from '../submission/known-clients.ts'
import { noticeParts, type NoticeKind } from './notice-letter.ts'

type Trx = Transaction<AttuneTables>
const system = { role: 'system' } as const
const door = { role: 'door' } as const

/** Destroys, closes and sends what is waiting. Safe to repeat and to run twice at once. */
export async function settleOutside(attune: Attune): Promise<void> {
  await finishErasures(attune)
  await sendNotices(attune)
}

async function finishErasures(attune: Attune): Promise<void> {
  const { databases, keyring, clock } = attune
  const unfinished = await withActor(databases.attune, system, 'rights', findUnfinishedErasures)
  for (const erasure of unfinished) {
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
}

/** Sessions, second steps and devices go with the account. Its owner is told at the address that goes as well. */
async function closeSignIn(attune: Attune, accountId: string): Promise<void> {
  const { databases, keyring, mail, programme } = attune
  const [owner] = await findAccountsToWriteTo(attune, [accountId])
  await withActor(databases.accounts, door, 'retention', (trx) => eraseAccount(trx, accountId))
  await keyring.addTombstones([{ kind: 'sign-in', serviceId: '', id: accountId }])
  if (owner === undefined) return
  const rule = programme.policy.retention.find(({ id }) => id === 'account')
  await mail.send(
    writeLetter(attune, {
      to: owner.email,
      subject: 'sign-in-closed',
      name: owner.displayName,
      parts: [
        'You have left, and your sign-in was removed: name, e-mail address, passkeys, authenticator and connected apps.',
        ...(rule === undefined ? [] : [`The policy says of it: ${retentionSentence(rule)}`]),
        'To take part again, ask your service for an invitation.',
      ],
    }),
  )
}

async function sendNotices(attune: Attune): Promise<void> {
  const { databases, mail, clock } = attune
  for (const notice of await withReader(databases.attune, system, 'rights', (trx) => findUnsentNotices(trx as unknown as Trx))) {
    const letters = await lettersOf(attune, notice)
    // Marked together with the sending: whoever is broken off in between sends again. Twice is better than never.
    await withActor(databases.attune, system, 'rights', async (trx) => {
      if (!(await takeNotice(trx, notice, clock.now()))) return
      for (const letter of letters) await mail.send(letter)
    })
  }
}

async function lettersOf(attune: Attune, notice: QueuedNotice): Promise<Letter[]> {
  const { policy } = attune.programme
  const write = (email: string, name: string) =>
    writeLetter(attune, { to: email, subject: notice.kind as NoticeKind, name, parts: noticeParts(policy, notice) })
  const letters = (await recipientsOf(attune, notice)).map(({ email, displayName }) => write(email, displayName))
  // The contact that is printed on everything gets a copy of each request: whoever wrote there finds it there (DCS-016).
  const { email, name } = getContact(policy)
  return notice.kind === 'request-filed' ? [...letters, write(email, name)] : letters
}

function recipientsOf(attune: Attune, { serviceId, toRole, toAccount }: QueuedNotice): Promise<Recipient[]> {
  if (toAccount !== null) return findAccountsToWriteTo(attune, [toAccount])
  return findRecipients(attune, [toRole as Role], toRole === 'administrator' ? 'operator' : serviceId)
}
