// One page for a family: the notice in a dozen sentences.
import { contactLine, list, paragraph, type PolicyDocument } from './document.ts'
import { makeDocument } from './make-document.ts'
import { retentionWords } from './words.ts'
import { joinWords } from './wording.ts'
import { controllersOf, getContact, type Policy } from '../policy.ts'

export function summarySheet(policy: Policy): PolicyDocument {
  const { values } = policy
  const ids = new Set(policy.fields.filter((field) => field.subject === 'client').map((field) => field.keep))
  const kept = policy.retention.filter((rule) => ids.has(rule.id)).map((rule) => `${rule.label}: ${retentionWords(rule)}`)
  return makeDocument(policy, {
    id: 'summary',
    title: 'Your data in short',
    audience: 'families',
    sections: [
      {
        heading: 'What we write down, and what we do not',
        blocks: [
          list([
            'Your practitioner writes down how things are at the start and how they have changed: your goals, some questionnaires and what you say about your child.',
            'Your name, address and birthday are never asked for. You are known by a code. The list that says whose code it is stays with your service.',
            'We ask for an age group, not for an age.',
          ]),
        ],
      },
      {
        heading: 'Who can see it',
        blocks: [
          list([
            `At most ${values.nomineesPerServiceMaximum} people in your service, and only to look.`,
            `${joinWords(controllersOf(policy).map((party) => party.name))} adds the numbers of many families together. Small numbers are left out, so that nobody can be recognised.`,
            'Every look at a record is written down.',
          ]),
        ],
      },
      { heading: 'How long it is kept', blocks: [list(kept)] },
      {
        heading: 'What you can do',
        blocks: [
          list([
            'Say no, at any time, without giving a reason. It does not change the help you get.',
            'Ask your practitioner for a copy before it is sent.',
            `Ask your service to have your record deleted. It is gone within ${values.deletionWorkingDays} working days.`,
            ...policy.rights.filter((right) => right.type === 'access' || right.type === 'rectify').map((right) => `${right.label}: ${right.means}`),
          ]),
        ],
      },
      {
        heading: 'Whom to ask',
        blocks: [paragraph('Ask your practitioner or your service first: they know who you are.'), paragraph(contactLine(getContact(policy)))],
      },
    ],
  })
}
