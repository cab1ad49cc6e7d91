// What people are told about an incident. Services get client codes and words that they can hand on; the operator reaches no client, and does not
// know one (D17). Practitioners are told directly.
import type { Attune } from '../../attune.ts'
import { findAccountIds } from '../../store/practitioners.ts'
import { withReader } from '../../store/with-actor.ts'
import type { SentNotice } from '../../store/breaches/breaches.ts'
import { findAffectedPeople } from '../../store/breaches/affected-records.ts'
import { withActor } from '../../store/with-actor.ts'
import { writeLetter, type LetterPart } from '../mail/write-letter.ts'
import { instantWords } from '../london-day.ts'
import { findAccountsToWriteTo, findRecipients } from '../person/find-recipients.ts'
import { openCodes } from '../record/open-codes.ts'

const system = { role: 'system' } as const
type Told = { readonly breachId: string; readonly reference: string; readonly kindWords: string; readonly foundOn: string; readonly at: Date }

/** To the leads of a service: which codes, and words for clients. `first` when it was found, `tell-clients` once it is decided that clients hear of it. */
export async function tellService(attune: Attune, serviceId: string, told: Told, what: 'first' | 'tell-clients'): Promise<SentNotice[]> {
  const { clients } = await withActor(attune.databases.attune, system, 'breach', (trx) => findAffectedPeople(trx, told.breachId, serviceId))
  if (clients.length === 0) return []
  const codes = await openCodes(
    attune,
    clients.map((clientId) => ({ serviceId, clientId })),
  )
  const sent: SentNotice[] = []
  for (const { accountId, email, displayName } of await findRecipients(attune, ['service-lead'], serviceId)) {
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: what === 'first' ? 'breach' : 'breach-tell-clients',
        name: displayName,
        parts: [
          `${told.reference}: on ${told.foundOn} it was found that ${told.kindWords}. Records of these clients of your service may be concerned:`,
          [...codes.values()].sort(),
          what === 'first'
            ? 'We are finding out what it means for them and will write again. Please do not tell clients yet; if one asks, say that we are looking into it. When they are to be told, these words can be used:'
            : 'It is decided that the people concerned are told. Please tell these clients now, in your own way; you know who they are, we do not. These words can be used:',
          templateFor(attune, told),
        ],
      }),
    )
    sent.push({ serviceId, toRole: 'service-lead', what, accountId, records: clients.length, sentAt: told.at })
  }
  return sent
}

/** Words for a client, as Article 34(2) asks: what happened, whom to ask, what may follow, what is done about it. */
function templateFor({ programme }: Attune, { foundOn, kindWords }: Told): LetterPart {
  const { policy } = programme
  return `“Some of what was written down in your sessions is kept by ${policy.operator.name} under a code, without your name. On ${foundOn} it was found that ${kindWords}. Your name, address and birthday were not part of it. What we are doing about it: ________. What you can do: ________. You can ask us, or complain to the ${policy.regulator.name} (${policy.regulator.phone}, ${policy.regulator.website}).”`
}

/** To the practitioners whose names stand on the records. */
export async function tellPractitioners(attune: Attune, serviceId: string, told: Told): Promise<SentNotice[]> {
  const { practitioners } = await withActor(attune.databases.attune, system, 'breach', (trx) => findAffectedPeople(trx, told.breachId, serviceId))
  const accounts = await withReader(attune.databases.attune, system, 'breach', (trx) => findAccountIds(trx as never, serviceId, practitioners))
  const sent: SentNotice[] = []
  for (const { accountId, email, displayName } of await findAccountsToWriteTo(attune, [...accounts.values()])) {
    const { policy } = attune.programme
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: 'breach-practitioner',
        name: displayName,
        parts: [
          `${told.reference}: on ${told.foundOn} it was found that ${told.kindWords}. Your name, work e-mail address and service stand on records that may be concerned.`,
          'Be careful with letters that seem to come from Attune. Your sign-in itself is kept apart and is not part of this.',
          `You can ask us, or complain to the ${policy.regulator.name} (${policy.regulator.website}).`,
        ],
      }),
    )
    sent.push({ serviceId, toRole: 'practitioner', what: 'practitioner', accountId, records: 0, sentAt: told.at })
  }
  return sent
}

/** To administrators: the clock of an incident has run out. */
export async function tellOverdue(attune: Attune, reference: string, dueAt: string): Promise<void> {
  for (const { email, displayName } of await findRecipients(attune, ['administrator'], 'operator'))
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: 'breach-overdue',
        name: displayName,
        parts: [
          `${reference} should have been reported to the ${attune.programme.policy.regulator.name} by ${instantWords(new Date(dueAt))}, or its risk found to be unlikely.`,
          'Report it now, with the reasons for the delay, and note it under Incidents in Attune.',
        ],
      }),
    )
}
