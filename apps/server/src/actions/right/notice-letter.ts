// The words of the letters about requests and retention. A letter holds a reference, days and counts: no name, no code, no answer.
import { dayWords, type Policy } from '@attune/policy'
import type { QueuedNotice } from '../../store/rights/notices.ts'
import type { LetterPart, LetterSubject } from '../mail/write-letter.ts'

type Facts = QueuedNotice['facts']
type NoticeKind = Extract<
  LetterSubject,
  | 'code-asked'
  | `request-${string}`
  | `client-${string}`
  | `grant-review${string}`
  | 'second-person'
  | 'disposal-ahead'
  | 'still-active'
  | 'leaver'
  | 'nomination-lapsed'
  | 'whole-service-due'
  | 'audit-open'
  | 'audit-overdue'
  | 'audit-report'
  | 'training-task'
  | 'breach-overdue'
  | 'backup-late'
>

const day = (facts: Facts) => (typeof facts['day'] === 'string' ? dayWords(facts['day']) : '')
const reference = (facts: Facts) => String(facts['reference'] ?? '')
const accesses = (facts: Facts) => `${facts['count'] ?? 0} ${facts['count'] === 1 ? 'access' : 'accesses'}`
const count = (facts: Facts) => `${facts['count'] ?? 0} ${facts['count'] === 1 ? 'record' : 'records'}`

const words: { readonly [kind in NoticeKind]: (facts: Facts, policy: Policy, toRole: string) => readonly LetterPart[] } = {
  'code-asked': (facts) => [`Request ${reference(facts)}: a practitioner has lost a client code. Find it under “Find a lost code” and answer there.`],
  'request-filed': (facts) => [`Request ${reference(facts)} has come in.`, `It is due by ${day(facts)}.`],
  'request-at-service': (facts) => [
    `Request ${reference(facts)} is waiting for your service: make sure who is asking, and add the client code.`,
    `It is due by ${day(facts)}.`,
  ],
  'request-confirmed': (facts) => [`The service has confirmed who is asking in request ${reference(facts)}. It can be decided now.`],
  'request-soon': (facts) => [`Request ${reference(facts)} is due by ${day(facts)}.`],
  'request-overdue': (facts) => [`Request ${reference(facts)} was due by ${day(facts)}. Answer it now.`],
  'second-person': (facts) => [`A decision about request ${reference(facts)} waits for somebody else to agree.`],
  'request-news': (facts, _policy, toRole) => [
    toRole === 'practitioner'
      ? `There is news about your request ${reference(facts)}. The letter is under “My data” in Attune.`
      : `There is news about request ${reference(facts)}. The letter is on the rights desk: please pass it on.`,
  ],
  'client-deleted': (facts) => [
    `The data of the client in request ${reference(facts)} was deleted on ${day(facts)}. The certificate is on the rights desk: please pass it on.`,
    'Copies that your service took remain yours to answer for. If the client wants those deleted as well, they will ask you.',
  ],
  'client-moved': (facts) => [`The records of the client in request ${reference(facts)} were passed on to another service.`],
  'client-arrived': (facts) => [`The records of a client were passed on to your service under request ${reference(facts)}.`],
  'disposal-ahead': (facts) => [
    `${count(facts)} of your service with sessions until ${typeof facts['until'] === 'string' ? dayWords(facts['until']) : ''} reach the end of their time.`,
    `They are disposed of from ${day(facts)} on. Download what you still need before, or write to us with a reason why it has to stay longer.`,
  ],
  'still-active': (facts, policy) => [
    `You have sent no record for ${policy.values.inactivityPromptMonths} months (since ${day(facts)}).`,
    'If you have stopped, please say so under “My data”: your consent form is then removed. If you go on, you need not do anything.',
  ],
  leaver: (facts) => [`A practitioner has left on ${day(facts)}. Their consent form was removed; a keyed mark stays as proof.`],
  'nomination-lapsed': (facts, policy) => [
    `Your service put somebody forward as data support on ${day(facts)}, and nobody has acted on it for ${policy.values.nominationKeepDays} days. The nomination has lapsed, and what it said of the person is gone.`,
    'If you still want them to look after your data, nominate them again under “People”.',
  ],
  'grant-review': (facts) => [
    `${accesses(facts)} to records ${facts['count'] === 1 ? 'has' : 'have'} to be looked at again, the first by ${day(facts)}.`,
    'Open “People”: let it go on, or end it. An access that nobody has looked at ends by itself.',
  ],
  'grant-review-overdue': (facts) => [
    `${accesses(facts)} to records ${facts['count'] === 1 ? 'has' : 'have'} ended: nobody looked at ${facts['count'] === 1 ? 'it' : 'them'} by ${day(facts)}.`,
    'Open “People”: let it go on, or end it for good.',
  ],
  'whole-service-due': (_facts, policy) => [
    `It is ${policy.values.wholeServiceRequestMonths} months or more since your service took its data. You can ask for all of it on the rights desk.`,
  ],
  'audit-open': (facts) => [
    `The audit of the quarter ${facts['quarter']} is open. It is closed by ${day(facts)} at the latest.`,
    'Open Audits in Attune to go on with it.',
  ],
  'audit-overdue': (facts) => [
    `The audit of the quarter ${facts['quarter']} should have been closed by ${day(facts)} and is still open.`,
    'Open Audits in Attune to go on with it.',
  ],
  'audit-report': (facts) => [
    `The audit of the quarter ${facts['quarter']} is closed. For ${facts['service']}:`,
    [
      `records: ${facts['records']}`,
      `texts checked by machine: ${facts['texts']}`,
      `texts read by a person: ${facts['read']}`,
      `findings: ${facts['findings']}`,
      `training tasks done: ${facts['done']}, still to do: ${facts['open']}`,
    ],
    'Under Audits in Attune you see the findings and how this compares with earlier quarters.',
  ],
  'training-task': (facts) => [
    'The quarterly audit found something in a record that you sent that should not be there, or that something was missing when you sent it.',
    `Please take the short training again by ${day(facts)}. You find it on your home page in Attune. After that day nothing can be sent until it is done.`,
  ],
  'breach-overdue': (facts, policy) => [
    `${reference(facts)} should have been reported to the ${policy.regulator.name} by ${facts['due']}, or its risk found to be unlikely.`,
    'Report it now, with the reasons for the delay, and note it under Incidents in Attune.',
  ],
  'backup-late': (facts) => [
    'These backups should have been made and were not:',
    String(facts['lines']).split('\n'),
    'Look at Backups in Attune, run "npx attune doctor" on the server, and do what it says. You get this letter each day until they are made.',
  ],
}

export type { NoticeKind }

/** What a notice says, in paragraphs; its kind is its subject. */
export function noticeParts(policy: Policy, { kind, facts, toRole }: Pick<QueuedNotice, 'kind' | 'facts' | 'toRole'>): readonly LetterPart[] {
  return words[kind as NoticeKind](facts, policy, toRole)
}
