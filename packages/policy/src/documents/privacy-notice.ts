// The privacy notice, UK GDPR Articles 13 and 14: what has to be told, in the order in which people ask.
import { contactLine, list, paragraph, table, type DocumentSection, type PolicyDocument } from './document.ts'
import { dayWords } from '../day.ts'
import { makeDocument } from './make-document.ts'
import { purposeBasisWords, retentionWords, rolesWords } from './words.ts'
import { capitalise, joinWords } from './wording.ts'
import { controllersOf, getContact, smallestCount, type Policy } from '../policy.ts'
import { mayUseRight, type RightRule } from '../right.ts'

export function privacyNotice(policy: Policy): PolicyDocument {
  return makeDocument(policy, {
    id: 'privacy-notice',
    title: `Privacy notice: ${policy.title}`,
    audience: 'clients, practitioners and everybody else',
    sections: [
      { heading: 'What this is about', blocks: policy.about.map(paragraph) },
      whoAnswers(policy),
      ...policy.subjects.map((subject) => whatIsCollected(policy, subject.id)),
      whyAndOnWhatBasis(policy),
      whoSees(policy),
      where(policy),
      howLong(policy),
      yourRights(policy),
      howItIsKeptSafe(policy),
      changes(policy),
      contacts(policy),
    ],
  })
}

function whoAnswers(policy: Policy): DocumentSection {
  return {
    heading: 'Who answers for the data',
    blocks: [
      paragraph(`${joinWords(controllersOf(policy).map((party) => party.name))} decides what is collected and answers for it (the controller).`),
      list(policy.parties.map((party) => `${party.name} (${party.role.replaceAll('-', ' ')}): ${party.answersFor}`)),
    ],
  }
}

function whatIsCollected(policy: Policy, subject: string): DocumentSection {
  const who = policy.subjects.find((one) => one.id === subject)
  const fields = policy.fields.filter((field) => field.subject === subject)
  return {
    heading: `What is collected about ${who?.label ?? subject}`,
    blocks: [
      ...(who === undefined ? [] : [paragraph(`In these records you are known by: ${who.knownAs}.`)]),
      fields.length === 0
        ? paragraph('Nothing is collected about you.')
        : list(fields.map((field) => `${field.label}${field.origin === 'stamped' ? ' (added by the system, not asked)' : ''}`)),
    ],
  }
}

function whyAndOnWhatBasis(policy: Policy): DocumentSection {
  return {
    heading: 'Why it is used, and what allows it',
    blocks: [
      paragraph('The data is used for these purposes and for nothing else. The program refuses every other purpose and writes the refusal down.'),
      table(
        'Purposes and lawful bases',
        ['Purpose', 'About', 'Used by', 'Allowed by'],
        policy.purposes.map((purpose) => [
          purpose.label,
          policy.subjects.find((one) => one.id === purpose.subject)?.label ?? purpose.subject,
          rolesWords(purpose.actors),
          purposeBasisWords(purpose),
        ]),
      ),
    ],
  }
}

function whoSees(policy: Policy): DocumentSection {
  const outside = policy.recipients.map((recipient) => `${recipient.name} (${recipient.region}): ${recipient.what}. ${recipient.safeguard}`)
  return {
    heading: 'Who can see it',
    blocks: [
      paragraph(
        `At most ${policy.values.nomineesPerServiceMaximum} people of a service can see the records of that service, read-only and with two sign-in steps. Practitioners cannot read back what they have sent.`,
      ),
      paragraph(
        `Counts are shown only from ${smallestCount(policy)} people up and averages only from ${policy.values.statisticPairsMinimum} pairs of scores, so that no family can be recognised.`,
      ),
      outside.length === 0 ? paragraph('Nobody outside gets the data.') : list(outside),
    ],
  }
}

function where(policy: Policy): DocumentSection {
  return {
    heading: 'Where it is kept',
    blocks: [paragraph(`Only here: ${joinWords(policy.regions.map((region) => region.label))}. A server in another place does not start.`)],
  }
}

function howLong(policy: Policy): DocumentSection {
  return { heading: 'How long it is kept', blocks: [list(policy.retention.map((rule) => `${rule.label}. ${retentionWords(rule)}`))] }
}

function clockWords(policy: Policy, right: RightRule): string {
  const { values } = policy
  switch (right.clock) {
    case 'reply':
      return `answered within ${values.rightsReplyMonths} calendar month`
    case 'deletion':
      return `carried out within ${values.deletionWorkingDays} working days`
    case 'complaint':
      return `acknowledged within ${values.complaintAcknowledgeDays} days`
    case 'at-once':
      return 'takes effect at once'
  }
}

function yourRights(policy: Policy): DocumentSection {
  const bases = [...new Set(policy.purposes.map((purpose) => purpose.article6))]
  const items = policy.rights.map((right) => {
    const refusals = bases.map((basis) => mayUseRight(right.type, basis)).flatMap((decision) => (decision.allowed ? [] : [decision.sentence]))
    const limited = refusals.length === bases.length ? ` ${refusals[0]}` : ''
    return `${right.label}: ${right.means} This is ${clockWords(policy, right)}${right.hold ? '; while it is looked at, the data is on hold' : ''}.${limited}`
  })
  return {
    heading: 'Your rights',
    blocks: [
      list(items),
      paragraph('Clients ask through their service, which knows who they are; we know a client only by a code. Practitioners write to us.'),
      paragraph(`You can also complain to the regulator at any time: ${contactLine(policy.regulator)}.`),
    ],
  }
}

function howItIsKeptSafe(policy: Policy): DocumentSection {
  return { heading: 'How it is kept safe', blocks: [list(policy.security.map((measure) => capitalise(measure.text)))] }
}

function changes(policy: Policy): DocumentSection {
  const newestFirst = [...policy.changes].sort((one, other) => (one.on < other.on ? 1 : -1))
  const rows = newestFirst.map((change) => [dayWords(change.on), change.edition, change.what, change.material ? 'yes' : 'no'])
  return { heading: 'What has changed', blocks: [table('Changes to this notice', ['Day', 'Edition', 'What', 'Signed again'], rows)] }
}

function contacts(policy: Policy): DocumentSection {
  return { heading: 'Whom to ask', blocks: [paragraph(contactLine(getContact(policy)))] }
}
