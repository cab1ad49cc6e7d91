// What is signed: by the client on paper, kept by the service; by the practitioner on the screen.
import { contactLine, line, list, paragraph, ticks, type DocumentSection, type PolicyDocument } from './document.ts'
import { makeDocument } from './make-document.ts'
import { basisWords, retentionWords } from './words.ts'
import { getContact, type Policy } from '../policy.ts'

const subjectIs = (policy: Policy, subject: string) => policy.purposes.filter((purpose) => purpose.subject === subject)

/** The client's consent on paper. It never reaches us: the service keeps it, the practitioner attests that it is signed. */
export function clientConsentSheet(policy: Policy): PolicyDocument {
  const client = policy.subjects.find((subject) => subject.id === 'client') ?? policy.subjects[0]
  const purposes = subjectIs(policy, client?.id ?? '')
  const health = policy.fields.some((field) => field.subject === client?.id && field.sensitivity === 'health')
  return makeDocument(policy, {
    id: 'client-consent',
    title: 'Client consent',
    audience: 'clients; the signed paper stays with the service',
    sections: [
      {
        heading: 'What you are asked',
        blocks: [
          ...policy.about.map(paragraph),
          paragraph('Your answers are used for:'),
          list(purposes.map((purpose) => `${purpose.label} (${basisWords(purpose)})`)),
          ...(health
            ? [paragraph('Some questions are about how you feel. The law protects such answers more, so we ask for your clear agreement to them.')]
            : []),
          paragraph('Saying no, now or later, does not change the help you get.'),
        ],
      },
      {
        heading: 'Your answer',
        blocks: [
          ticks('I have read or been told about the privacy notice and could ask questions.', ['yes']),
          ticks('My practitioner may record my answers under a code and send them as the notice says, including answers about how I feel.', [
            'yes',
            'no',
          ]),
          ticks('My service may keep and use its own copy of these answers under its own rules.', ['yes', 'no']),
          line('Name'),
          line('Signature'),
          line('Day'),
        ],
      },
      {
        heading: 'For the service',
        blocks: [
          // No line for the code: a sheet with a name and a code on it would be a list that links the two (DCS-139).
          paragraph('Keep this sheet. Do not send it and do not attach it. Do not write the client code on it.'),
        ],
      },
      {
        heading: 'Changing your mind',
        blocks: [paragraph(`Tell your service, or write to ${contactLine(getContact(policy))}. Tell us your code, not your name.`)],
      },
    ],
  })
}

const termsSection = ({ terms }: Policy): DocumentSection => ({
  heading: `Terms, version ${terms.version}`,
  blocks: [list(terms.statements.map((statement) => statement.text))],
})

function summarySections(policy: Policy): readonly DocumentSection[] {
  const fields = policy.fields.filter((field) => field.subject === 'practitioner')
  const rules = policy.retention.filter((rule) => fields.some((field) => field.keep === rule.id))
  return [
    { heading: 'What we hold about you', blocks: [list(fields.map((field) => field.label))] },
    {
      heading: 'What it is used for',
      blocks: [list(subjectIs(policy, 'practitioner').map((purpose) => `${purpose.label} (${basisWords(purpose)})`))],
    },
    { heading: 'How long', blocks: [list(rules.map((rule) => `${rule.label}. ${retentionWords(rule)}`))] },
  ]
}

/** The policy in short for practitioners: what is held about them, what for and how long. */
export function practitionerSummary(policy: Policy): PolicyDocument {
  return makeDocument(policy, {
    id: 'practitioner-summary',
    title: 'Your data as a practitioner, in short',
    audience: 'practitioners',
    sections: summarySections(policy),
  })
}

/** What a practitioner agrees to keep to. */
export function termsOfUse(policy: Policy): PolicyDocument {
  return makeDocument(policy, { id: 'terms-of-use', title: 'Terms of use', audience: 'practitioners', sections: [termsSection(policy)] })
}

/** What a practitioner reads before signing, on one page. */
export function practitionerConsentPage(policy: Policy): PolicyDocument {
  return makeDocument(policy, {
    id: 'practitioner-consent',
    title: 'Practitioner consent and terms',
    audience: 'practitioners',
    sections: [...summarySections(policy), termsSection(policy)],
  })
}
