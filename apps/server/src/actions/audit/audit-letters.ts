// What people are told about an audit. A letter names records by the client's code, a kind of finding and a day, never the words that were found.
import { dayWords, type FindingCategory } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { Audit, ServiceCount } from '../../store/audits/audits.ts'
import { findAccountsToWriteTo, findRecipients } from '../person/find-recipients.ts'
import { writeLetter } from '../mail/write-letter.ts'

export const categoryWords: { readonly [category in FindingCategory]: string } = {
  'client-name': "the client's name in free text",
  'other-name': "somebody else's name in free text",
  contact: 'contact details in free text',
  date: 'a date in free text',
  place: 'a place in free text',
  'special-category': 'a private detail in free text',
  'wrong-field': 'an answer in the wrong place',
  'missing-consent': 'no valid practitioner consent on the day it was sent',
  'missing-training': 'no training on the day it was sent',
}

export type ToldFinding = { readonly code: string | undefined; readonly categories: readonly FindingCategory[]; readonly sessionOn: string }

/** To the leads of a service: which records, what kind, when. */
export async function tellLeads(attune: Attune, serviceId: string, findings: readonly ToldFinding[], dueOn: string): Promise<void> {
  if (findings.length === 0) return
  const lines = findings.map(
    ({ code, categories, sessionOn }) =>
      `${code ?? 'A code that is erased'}, session on ${dayWords(sessionOn)}: ${[...new Set(categories)].map((category) => categoryWords[category]).join('; ')}`,
  )
  for (const { email, displayName } of await findRecipients(attune, ['service-lead'], serviceId))
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: 'audit-finding',
        name: displayName,
        parts: [
          'The quarterly audit found this in records of your service:',
          lines,
          `Words that named somebody were replaced; the record is as it should be now. The practitioner is asked to take the training again by ${dayWords(dueOn)}.`,
          'Under Audits in Attune you see all findings and what follows from them.',
        ],
      }),
    )
}

/** To a practitioner: take the training again. */
export async function tellPractitioner(attune: Attune, accountId: string | undefined, dueOn: string): Promise<void> {
  if (accountId === undefined) return
  for (const { email, displayName } of await findAccountsToWriteTo(attune, [accountId]))
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: 'training-task',
        name: displayName,
        parts: [
          'The quarterly audit found something in a record that you sent that should not be there, or that something was missing when you sent it.',
          `Please take the short training again by ${dayWords(dueOn)}. You find it on your home page in Attune. After that day nothing can be sent until it is done.`,
        ],
      }),
    )
}

/** To auditors when an audit opens; to auditors and administrators when it is overdue. */
export async function tellOperator(attune: Attune, audit: Pick<Audit, 'quarter' | 'dueOn'>, what: 'open' | 'overdue'): Promise<void> {
  for (const { email, displayName } of await findRecipients(attune, what === 'open' ? ['auditor'] : ['auditor', 'administrator'], 'operator'))
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: what === 'open' ? 'audit-open' : 'audit-overdue',
        name: displayName,
        parts: [
          what === 'open'
            ? `The audit of the quarter ${audit.quarter} is open. It is closed by ${dayWords(audit.dueOn)} at the latest.`
            : `The audit of the quarter ${audit.quarter} should have been closed by ${dayWords(audit.dueOn)} and is still open.`,
          'Open Audits in Attune to go on with it.',
        ],
      }),
    )
}

/** To the leads of a service when an audit closes: its numbers. */
export async function reportToLeads(attune: Attune, quarter: string, count: ServiceCount): Promise<void> {
  const { texts, flagged, sampled, records, findings, actionsOpen, actionsDone } = count
  for (const { email, displayName } of await findRecipients(attune, ['service-lead'], count.serviceId))
    await attune.mail.send(
      writeLetter(attune, {
        to: email,
        subject: 'audit-report',
        name: displayName,
        parts: [
          `The audit of the quarter ${quarter} is closed. For ${count.serviceName}:`,
          [
            `records: ${records}`,
            `texts checked by machine: ${texts}`,
            `texts read by a person: ${flagged + sampled}`,
            `findings: ${findings}`,
            `training tasks done: ${actionsDone}, still to do: ${actionsOpen}`,
          ],
          'Under Audits in Attune you see the findings and how this compares with earlier quarters.',
        ],
      }),
    )
}
