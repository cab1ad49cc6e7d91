// What people are told about an audit. It is noted in the transaction that decides it and sent afterwards (settle-outside.ts). A note holds ids, days
// and counts; a letter names records by the client's code, a kind of finding and a day, never the words that were found.
import { dayWords, type FindingCategory } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { Audit, ServiceCount } from '../../store/audits/audits.ts'
import { findToldFindings } from '../../store/audits/findings.ts'
import type { AttuneTables } from '../../store/attune-tables.ts'
import { addNotice, addNotices, type QueuedNotice } from '../../store/rights/notices.ts'
import { withReader, type Transaction } from '../../store/with-actor.ts'
import { openCodes } from '../record/open-codes.ts'
import type { LetterPart } from '../mail/write-letter.ts'

type Trx = Transaction<AttuneTables>

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

type Found = {
  readonly serviceId: string
  readonly auditId: string
  /** The text that was judged; without it, what the audit found missing around records. */
  readonly text?: { readonly textId: string; readonly recordId: string; readonly question: string }
  readonly dueOn: string
  readonly at: Date
}

/** Notes that the leads of a service are to be told what was found. */
export async function noteFindings(trx: Trx, { serviceId, auditId, text, dueOn, at }: Found): Promise<void> {
  await addNotice(trx, {
    serviceId,
    kind: 'audit-finding',
    about: `${auditId} ${text?.textId ?? 'missing'}`,
    toRole: 'service-lead',
    facts: { audit: auditId, day: dueOn, ...(text !== undefined && { record: text.recordId, question: text.question }) },
    at,
  })
}

/** Notes that a practitioner is to take the training again. */
export async function noteTrainingTask(
  trx: Trx,
  { serviceId, actionId, accountId, dueOn, at }: { serviceId: string; actionId: string; accountId: string | undefined; dueOn: string; at: Date },
): Promise<void> {
  if (accountId === undefined) return
  await addNotice(trx, {
    serviceId,
    kind: 'training-task',
    about: `${actionId} ${at.toISOString()}`,
    toRole: 'practitioner',
    toAccount: accountId,
    facts: { day: dueOn },
    at,
  })
}

/** Notes for auditors that an audit is open; for auditors and administrators that it is overdue. */
export async function noteForOperator(
  trx: Trx,
  { quarter, dueOn }: Pick<Audit, 'quarter' | 'dueOn'>,
  what: 'open' | 'overdue',
  at: Date,
): Promise<void> {
  for (const toRole of what === 'open' ? (['auditor'] as const) : (['auditor', 'administrator'] as const))
    await addNotice(trx, { serviceId: 'operator', kind: `audit-${what}`, about: quarter, toRole, facts: { quarter, day: dueOn }, at })
}

/** Notes for the leads of each service its numbers in an audit that is closed. */
export async function noteReports(trx: Trx, quarter: string, counts: readonly ServiceCount[], at: Date): Promise<void> {
  await addNotices(
    trx,
    counts.map(({ serviceId, auditId, serviceName, records, texts, flagged, sampled, findings, actionsDone, actionsOpen }) => ({
      serviceId,
      kind: 'audit-report',
      about: auditId,
      toRole: 'service-lead',
      facts: { quarter, service: serviceName, records, texts, read: flagged + sampled, findings, done: actionsDone, open: actionsOpen },
      at,
    })),
  )
}

/** The words for the leads: which records, what kind, when. Nothing when none of it is there any more. */
export async function findingParts(attune: Attune, { serviceId, facts }: Pick<QueuedNotice, 'serviceId' | 'facts'>): Promise<readonly LetterPart[]> {
  const text = typeof facts['record'] === 'string' ? { recordId: facts['record'], question: String(facts['question']) } : undefined
  const found = await withReader(attune.databases.attune, { role: 'system' }, 'audit', (trx) =>
    findToldFindings(trx as never, { serviceId, auditId: String(facts['audit']), ...(text && { text }) }),
  )
  if (found.length === 0) return []
  const codes = await openCodes(attune, found)
  const lines = found.map(
    ({ clientId, categories, sessionOn }) =>
      `${codes.get(clientId) ?? 'A code that is erased'}, session on ${dayWords(sessionOn)}: ${categories.map((category) => categoryWords[category]).join('; ')}`,
  )
  return [
    'The quarterly audit found this in records of your service:',
    lines,
    `Words that named somebody were replaced; the record is as it should be now. The practitioner is asked to take the training again by ${dayWords(String(facts['day']))}.`,
    'Under Audits in Attune you see all findings and what follows from them.',
  ]
}
