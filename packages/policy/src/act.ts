// Everything that can be asked of the system, as noun.verb. The words finish the sentence "A practitioner may not …".
// What each role may do is a policy's business (access.ts); this file only says which acts exist and which rows they touch.

const words = {
  'record.submit': 'send a session record',
  'record.check-code': 'ask whether a client code was seen before in the service',
  'record.ask-code': 'ask for a lost client code',
  'record.find-code': 'look up a lost client code',
  'record.list-code-requests': 'see who waits for a lost client code',
  'record.list': 'list session records',
  'record.read': 'open a session record',
  'record.download': 'download session records',
  'record.correct': 'correct a session record',
  'record.redact': 'take a name out of a session record',
  'record.restrict': 'put a hold on session records',
  'record.transfer': 'pass session records on',
  'record.erase': 'erase session records',
  'record.dispose': 'dispose of records that are past their time',
  'text.audit': 'read free text for an audit',
  'text.code': 'count themes in free text',
  'report.service': 'see the report of a service',
  'report.national': 'see the national report',
  'report.published': 'see published reports',
  'report.release': 'release a report',
  'report.aggregate': 'add records up for analysis',
  'consent.sign': 'sign the practitioner consent',
  'consent.read': 'read signed practitioner consents',
  'consent.read-own': 'read your own signed consent',
  'consent.withdraw': 'withdraw your own consent',
  'training.take': 'take the training',
  'training.set': 'ask someone to train again',
  'person.invite': 'invite a person',
  'person.list': 'see who takes part',
  'practitioner.list': 'see the practitioners of a service',
  'person.remove': 'remove a person',
  'person.leave': 'say that you are leaving',
  'person.move': 'move a person to another service',
  'nominee.propose': 'nominate data support',
  'grant.give': 'give access',
  'grant.end': 'end access',
  'grant.read': 'see who has access',
  'service.read': 'see how a service is set up',
  'service.accept-terms': 'accept the processor terms for a service',
  'service.change': 'change how a service is set up',
  'service.open': 'open a service',
  'service.close': 'close a service',
  'package.ask': 'ask for all the data of a service',
  'package.seal': 'seal a package for someone who asked',
  'form.open': 'open the forms',
  'form.propose': 'propose a form',
  'form.publish': 'publish a form',
  'measure.propose': 'propose a measure',
  'measure.publish': 'publish a measure',
  'policy.read': 'read the policy',
  'policy.publish': 'publish the policy',
  'audit.open': 'open an audit',
  'audit.judge': 'judge an audit finding',
  'audit.close': 'close an audit',
  'audit.read-findings': 'read the audit findings of a service',
  'log.read': 'read the log',
  'mail.read': 'read letters that wait to be sent',
  'assurance.read': 'see which clauses are proven',
  'right.file': 'file a rights request',
  'right.confirm': 'confirm who is asking',
  'right.decide': 'decide a rights request',
  'retention.read': 'see what is due to go',
  'retention.decide': 'decide to extend or to dispose early',
  'breach.record': 'record a breach',
  'breach.read': 'read the breach register',
  'breach.decide': 'decide who is told about a breach',
  'webhook.read': 'see which programs are told of records',
  'webhook.change': 'have a program told of records',
  'backup.read': 'see the state of the backups',
  'backup.make': 'make a backup now',
  'backup.restore': 'put data back from a backup',
} as const

export type Act = keyof typeof words

/** The closed list of acts. An act that is not in it cannot be asked for, and a rule that names it is an issue in the policy file. */
export const acts: readonly Act[] = Object.keys(words) as Act[]

/** What each act is called in a sentence. */
export const actWords: { readonly [act in Act]: string } = words

export function isAct(word: unknown): word is Act {
  return typeof word === 'string' && Object.hasOwn(words, word)
}

// Acts that show nobody's data and change nobody's data but one's own. Everything else needs a sign-in with a second factor, whatever a policy says.
const withoutSecondFactor: readonly Act[] = ['policy.read', 'report.published', 'training.take', 'right.file', 'person.leave']

/** True when the act needs a sign-in that passed a second factor. No policy can switch this off. */
export function isSecondFactorNeeded(act: Act): boolean {
  return !withoutSecondFactor.includes(act)
}
