// Pages for those who have to account for the data: record of processing, retention schedule, inventory, security page.
import { contactLine, list, paragraph, table, type PolicyDocument } from './document.ts'
import { makeDocument } from './make-document.ts'
import { purposeBasisWords, readersOf, retentionExample, retentionWords, rolesWords, sensitivityWords } from './words.ts'
import { joinWords } from './wording.ts'
import { controllersOf, getContact, type Field, type Policy } from '../policy.ts'

const labelOf = (policy: Policy, subject: string) => policy.subjects.find((one) => one.id === subject)?.label ?? subject

// No form asks about those who only sign in: what is held about them is their account, which the policy describes with the subject.
const accountWords = (policy: Policy, subject: string) => policy.subjects.find((one) => one.id === subject)?.knownAs ?? ''
const accountRules = (policy: Policy) =>
  policy.retention
    .filter((rule) => rule.id === 'account' || rule.id === 'log')
    .map((rule) => rule.label)
    .join('; ')

/** The record of processing activities, UK GDPR Article 30(1): one row a purpose. */
export function recordOfProcessing(policy: Policy): PolicyDocument {
  const rows = policy.purposes.map((purpose) => {
    const fields = policy.fields.filter((field) => field.purposes.includes(purpose.code))
    const keep = [...new Set(fields.map((field) => field.keep))].flatMap((id) =>
      policy.retention.filter((rule) => rule.id === id).map((rule) => rule.label),
    )
    return [
      purpose.label,
      purposeBasisWords(purpose),
      labelOf(policy, purpose.subject),
      fields.length === 0 ? accountWords(policy, purpose.subject) : fields.map((field) => field.label).join('; '),
      rolesWords(purpose.actors),
      fields.length === 0 ? accountRules(policy) : keep.join('; '),
    ]
  })
  return makeDocument(policy, {
    id: 'record-of-processing',
    title: 'Record of processing',
    audience: 'data protection officers and the regulator',
    sections: [
      {
        heading: 'Who answers',
        blocks: [
          list([
            `Controller: ${joinWords(controllersOf(policy).map((party) => party.name))}`,
            ...policy.parties.filter((party) => party.role === 'processor').map((party) => `Processor: ${party.name}. ${party.answersFor}`),
            `Contact: ${contactLine(getContact(policy))}`,
          ]),
        ],
      },
      { heading: 'What is done', blocks: [table('Processing by purpose', ['Purpose', 'Lawful basis', 'People', 'Data', 'Done by', 'Kept'], rows)] },
      {
        heading: 'Recipients and places',
        blocks: [
          policy.recipients.length === 0
            ? paragraph('There are no recipients outside.')
            : table(
                'Recipients',
                ['Recipient', 'Category', 'Place', 'What', 'Safeguard'],
                policy.recipients.map((one) => [one.name, one.category, one.region, one.what, one.safeguard]),
              ),
          paragraph(`Data is kept in ${joinWords(policy.regions.map((region) => region.label))} only.`),
        ],
      },
      { heading: 'Security', blocks: [list(policy.security.map((measure) => measure.text))] },
    ],
  })
}

/** How long each thing is kept, with an example worked out from the edition's own day. */
export function retentionSchedule(policy: Policy): PolicyDocument {
  const rows = policy.retention.map((rule) => {
    const held = policy.fields.filter((field) => field.keep === rule.id).map((field) => field.label)
    return [
      rule.label,
      held.length === 0 ? '–' : held.join('; '),
      retentionWords(rule),
      retentionExample(rule, policy.editionOn) ?? 'No day ends it.',
    ]
  })
  return makeDocument(policy, {
    id: 'retention-schedule',
    title: 'Retention schedule',
    audience: 'data protection officers and services',
    sections: [
      { heading: 'Rules', blocks: [table('What is kept for how long', ['Rule', 'Holds for', 'How long', 'Example'], rows)] },
      {
        heading: 'At the end',
        blocks: [
          paragraph(
            `A service is warned ${policy.values.disposalWarningDays} days before its records go; they are gone ${policy.values.disposalWindowDays} days after their time at the latest. Each disposal is written down with its reason.`,
          ),
          paragraph('A request to delete beats every minimum.'),
        ],
      },
    ],
  })
}

/** Where a field is taken: the form that asks for it, or the server that adds it to what a form sends (DCS-096). */
const sourceWords = ({ form, origin }: Field) => (origin === 'stamped' ? `Added by the system to ${form}` : `The form ${form}`)

/** "What we hold": every field with its purpose, place, readers and time (DCS-008). */
export function inventory(policy: Policy): PolicyDocument {
  const sections = policy.subjects.map((subject) => {
    const rows = policy.fields
      .filter((field) => field.subject === subject.id)
      .map((field) => [
        field.label,
        field.justification,
        sourceWords(field),
        field.purposes.map((code) => policy.purposes.find((purpose) => purpose.code === code)?.label ?? code).join('; '),
        sensitivityWords[field.sensitivity],
        field.partition,
        rolesWords(readersOf(policy, field.purposes)),
        policy.retention.find((rule) => rule.id === field.keep)?.label ?? field.keep,
      ])
    const heading = `About ${subject.label}`
    if (rows.length === 0)
      return {
        heading,
        blocks: [
          paragraph(`Only the account with which they sign in: ${subject.knownAs}. Kept: ${accountRules(policy)}.`),
          paragraph('The page “Your account: what is kept about you” says the rest.'),
        ],
      }
    return {
      heading,
      blocks: [
        table(
          `What is held about ${subject.label}`,
          ['What', 'Why it is needed', 'Comes from', 'Used for', 'Kind', 'Place', 'Opened by', 'Kept'],
          rows,
        ),
      ],
    }
  })
  return makeDocument(policy, { id: 'inventory', title: 'What we hold', audience: 'everybody', sections })
}

/** How a measure stands now, by its id. Whoever has not looked leaves it out. */
export type MeasureStates = ReadonlyMap<string, 'in-order' | 'attention' | 'unknown'>

/** What protects the data, by level. A measure that is not in force at this moment is not claimed: it stands by itself, first (DCS-060). */
export function securityPage(policy: Policy, states: MeasureStates = new Map()): PolicyDocument {
  const isOff = ({ id }: { readonly id: string }) => states.get(id) === 'attention'
  const off = policy.security.filter(isOff)
  const levels = [
    { level: 'platform', heading: 'The platform' },
    { level: 'form', heading: 'The form and the device' },
    { level: 'access', heading: 'Access' },
  ] as const
  return makeDocument(policy, {
    id: 'security',
    title: 'How the data is kept safe',
    audience: 'everybody',
    sections: [
      ...(off.length === 0
        ? []
        : [
            {
              heading: 'Not in force at this moment',
              blocks: [
                paragraph('The system checks itself. Just now it finds that this does not hold; we are working on it.'),
                list(off.map(({ text }) => text)),
              ],
            },
          ]),
      ...levels.map(({ level, heading }) => ({
        heading,
        blocks: [list(policy.security.filter((measure) => measure.level === level && !isOff(measure)).map((measure) => measure.text))],
      })),
    ],
  })
}
