// What people are told about an incident. Services get client codes and words that they can hand on; the operator reaches no client, and does not
// know one (D17). Practitioners are told directly. An incident may concern every service of a nation: the letters go one by one, by the clock.
import { dayWords } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findAffectedPeople } from '../../store/breaches/affected-records.ts'
import { findWaitingLetters, removeLetter, takeLetter, type WaitingLetter } from '../../store/breaches/incident-letters.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { toLondonDay } from '../london-day.ts'
import { writeLetter, type LetterPart, type LetterSubject } from '../mail/write-letter.ts'
import { findAccountsToWriteTo, findRecipients, type Recipient } from '../person/find-recipients.ts'
import { openCodes } from '../record/open-codes.ts'
import { kindWords, referenceOf } from './incident-words.ts'

const system = { role: 'system' } as const
const atOnce = 200

/**
 * Sends what waits and returns how many letters went. Each is marked in the transaction that puts it into the outbox, under an id of its own: broken
 * off anywhere and run again, everybody gets theirs once. A letter that fails keeps no other from going, and is raised at the end.
 */
export async function sendIncidentLetters(attune: Attune, signal?: AbortSignal): Promise<number> {
  const failures: unknown[] = []
  for (let sent = 0; ;) {
    const before = sent
    const waiting = await withReader(attune.databases.attune, system, 'breach', (trx) => findWaitingLetters(trx as never, atOnce))
    for (const group of toGroups(waiting)) {
      if (signal?.aborted === true) return sent
      sent += await sendGroup(attune, group, signal).catch((error: unknown) => (failures.push(error), 0))
    }
    if (waiting.length < atOnce || sent === before) {
      if (failures.length > 0) throw failures[0]
      return sent
    }
  }
}

/** Letters of one incident, one service and one kind have the same words. */
function toGroups(letters: readonly WaitingLetter[]): WaitingLetter[][] {
  const groups = new Map<string, WaitingLetter[]>()
  for (const letter of letters) {
    const key = `${letter.breachId} ${letter.serviceId} ${letter.what}`
    groups.set(key, [...(groups.get(key) ?? []), letter])
  }
  return [...groups.values()]
}

async function sendGroup(attune: Attune, group: readonly WaitingLetter[], signal: AbortSignal | undefined): Promise<number> {
  const { databases, mail, clock } = attune
  const { subject, parts } = group[0]!.what === 'practitioner' ? toPractitioners(attune, group[0]!) : await toLeads(attune, group[0]!)
  const people = parts.length === 0 ? new Map<string, Recipient>() : await findReachable(attune, group)
  let sent = 0
  for (const letter of group) {
    if (signal?.aborted === true) break
    const person = people.get(letter.accountId)
    await withActor(databases.attune, system, 'breach', async (trx) => {
      if (person === undefined) {
        const { breachId, serviceId, accountId, what } = letter
        if (await removeLetter(trx, letter))
          await logEvent(trx, {
            serviceId,
            role: 'system',
            action: 'breach.letter-void',
            outcome: 'done',
            detail: { breachId, what, person: accountId },
          })
        return
      }
      if (!(await takeLetter(trx, letter, clock.now()))) return
      await mail.send(writeLetter(attune, { to: person.email, subject, name: person.displayName, parts }), letter.noticeId)
      sent++
    })
  }
  return sent
}

/** Whoever can still be written to: leads while their access is in force, practitioners while they have an account. */
async function findReachable(attune: Attune, group: readonly WaitingLetter[]): Promise<ReadonlyMap<string, Recipient>> {
  const { what, serviceId } = group[0]!
  const found =
    what === 'practitioner'
      ? await findAccountsToWriteTo(
          attune,
          group.map(({ accountId }) => accountId),
        )
      : await findRecipients(attune, ['service-lead'], serviceId)
  return new Map(found.map((person) => [person.accountId, person]))
}

type Words = { readonly subject: LetterSubject; readonly parts: readonly LetterPart[] }
const foundOn = ({ foundAt }: WaitingLetter) => dayWords(toLondonDay(foundAt))

/** Which codes, and words for clients. Nothing when no client of these is left. */
async function toLeads(attune: Attune, letter: WaitingLetter): Promise<Words> {
  const { breachId, serviceId, what } = letter
  const { clients } = await withActor(attune.databases.attune, system, 'breach', (trx) => findAffectedPeople(trx, breachId, serviceId))
  const codes = await openCodes(
    attune,
    clients.map((clientId) => ({ serviceId, clientId })),
  )
  const isFirst = what === 'first'
  const parts = [
    `${referenceOf(letter)}: on ${foundOn(letter)} it was found that ${kindWords[letter.kind]}. Records of these clients of your service may be concerned:`,
    [...codes.values()].sort(),
    isFirst
      ? 'We are finding out what it means for them and will write again. Please do not tell clients yet; if one asks, say that we are looking into it. When they are to be told, these words can be used:'
      : 'It is decided that the people concerned are told. Please tell these clients now, in your own way; you know who they are, we do not. These words can be used:',
    templateFor(attune, letter),
  ]
  return { subject: isFirst ? 'breach' : 'breach-tell-clients', parts: codes.size === 0 ? [] : parts }
}

/** Words for a client, as Article 34(2) asks: what happened, whom to ask, what may follow, what is done about it. */
function templateFor({ programme }: Attune, letter: WaitingLetter): LetterPart {
  const { policy } = programme
  return `“Some of what was written down in your sessions is kept by ${policy.operator.name} under a code, without your name. On ${foundOn(letter)} it was found that ${kindWords[letter.kind]}. Your name, address and birthday were not part of it. What we are doing about it: ________. What you can do: ________. You can ask us, or complain to the ${policy.regulator.name} (${policy.regulator.phone}, ${policy.regulator.website}).”`
}

/** To the practitioners whose names stand on the records. */
function toPractitioners({ programme }: Attune, letter: WaitingLetter): Words {
  const { regulator } = programme.policy
  const parts = [
    `${referenceOf(letter)}: on ${foundOn(letter)} it was found that ${kindWords[letter.kind]}. Your name, work e-mail address and service stand on records that may be concerned.`,
    'Be careful with letters that seem to come from Attune. Your sign-in itself is kept apart and is not part of this.',
    `You can ask us, or complain to the ${regulator.name} (${regulator.website}).`,
  ]
  return { subject: 'breach-practitioner', parts }
}
