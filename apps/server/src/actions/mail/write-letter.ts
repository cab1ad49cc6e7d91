// Letters as people get them: plain text and HTML from the same words. A subject is one of a short list, so that nothing about a person can stand
// in the line that every screen on the way shows. In the text, people are client codes or initials; an answer or a score is never in a letter.
import { getContact } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { Letter } from '../../outside/mail.ts'

export const letterSubjects = {
  invitation: 'You are invited to Attune',
  'sign-in-changed': 'Your Attune sign-in has changed',
  'audit-open': 'A quarterly audit is open',
  'audit-overdue': 'A quarterly audit is overdue',
  'audit-finding': 'The audit found something in a record of your service',
  'audit-report': 'The report of the quarterly audit for your service',
  'training-task': 'There is a training task for you',
  breach: 'A data incident touches your service',
  'breach-overdue': 'A data incident has to be reported now',
  'breach-tell-clients': 'Please tell your clients about a data incident',
  'breach-practitioner': 'A data incident touches data about you',
  'backup-late': 'A backup is late',
  'grant-review': 'Access is due to be looked at again',
  'grant-review-overdue': 'Access has ended because nobody has looked at it again',
  'code-asked': 'A practitioner has lost a client code',
  'request-filed': 'A rights request has come in',
  'request-at-service': 'Somebody asks your service about their data',
  'request-confirmed': 'A rights request can be decided',
  'request-soon': 'A rights request is due soon',
  'request-overdue': 'A rights request is overdue',
  'request-news': 'There is news about a rights request',
  'second-person': 'A decision waits for a second person',
  'client-deleted': 'Data of a client was deleted',
  'client-moved': 'Records of a client were passed on',
  'client-arrived': 'Records of a client have come to you',
  'disposal-ahead': 'Records will soon be disposed of',
  'still-active': 'Do you still take part?',
  leaver: 'Somebody has left',
  'nomination-lapsed': 'A nomination has lapsed',
  'sign-in-closed': 'Your Attune sign-in was removed',
  'whole-service-due': 'Your service can ask for all of its data',
} as const
export type LetterSubject = keyof typeof letterSubjects

/** A paragraph, a list, or a link that stands alone. */
export type LetterPart = string | readonly string[] | { readonly label: string; readonly address: string }

/** Puts a letter together, signed by the operator with the contact that is printed everywhere. */
export function writeLetter(
  { programme }: Pick<Attune, 'programme'>,
  {
    to,
    subject,
    name,
    parts,
  }: { readonly to: string; readonly subject: LetterSubject; readonly name?: string; readonly parts: readonly LetterPart[] },
): Letter {
  const { policy } = programme
  const contact = getContact(policy)
  const title = letterSubjects[subject]
  const closing = `${policy.operator.name}, ${policy.title}. Questions: ${contact.email}`
  const all: readonly LetterPart[] = [`Hello${name === undefined ? '' : ` ${name}`},`, ...parts]
  return {
    to,
    subject: title,
    text: `${all.map(toText).join('\n\n')}\n\n${closing}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head><body style="margin:0;padding:24px;font:17px/1.5 'Atkinson Hyperlegible Next',Verdana,sans-serif;color:#1d2829;background:#fbf8f2"><div style="max-width:560px;margin:0 auto">${all.map(toHtml).join('')}<p style="margin-top:32px;padding-top:12px;border-top:1px solid #ddd5c6;color:#515c5b;font-size:15px">${escape(closing)}</p></div></body></html>`,
  }
}

function toText(part: LetterPart): string {
  if (typeof part === 'string') return part
  return 'address' in part ? `${part.label}:\n${part.address}` : part.map((item) => `- ${item}`).join('\n')
}

function toHtml(part: LetterPart): string {
  if (typeof part === 'string') return `<p>${escape(part)}</p>`
  if ('address' in part) return `<p><a href="${escape(part.address)}" style="color:#0b5a5c;font-weight:bold">${escape(part.label)}</a></p>`
  return `<ul>${part.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
