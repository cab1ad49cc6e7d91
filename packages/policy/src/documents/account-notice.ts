// The notice about accounts: what is kept about whoever signs in, read before the account is made (DCS-113). It is a page of its own because the
// accounts are held apart from everything that they give access to (DCS-112).
import { contactLine, list, paragraph, type PolicyDocument } from './document.ts'
import { makeDocument } from './make-document.ts'
import { basisWords, retentionWords } from './words.ts'
import { joinWords } from './wording.ts'
import { controllersOf, getContact, type Policy } from '../policy.ts'

export function accountNotice(policy: Policy): PolicyDocument {
  const subject = policy.subjects.find((one) => one.id === 'nominee')
  const purposes = policy.purposes.filter((purpose) => purpose.subject === 'nominee')
  const kept = policy.retention.filter((rule) => rule.id === 'account' || rule.id === 'log')
  return makeDocument(policy, {
    id: 'account-notice',
    title: 'Your account: what is kept about you',
    audience: 'everybody who signs in',
    sections: [
      {
        heading: 'What is kept',
        blocks: [
          list([
            ...(subject === undefined ? [] : [`${subject.label}: ${subject.knownAs.toLowerCase()}.`]),
            'How you sign in: passkeys and authenticator secrets are sealed; of a password only a fingerprint is kept.',
            'What you do with the data of others: who, when, for which purpose and with what outcome. It holds no answer and no name of a client.',
            'If your service puts you forward to look after its data: your name, your e-mail address and your job title.',
          ]),
          paragraph('Accounts are kept in a database of their own. They are in no download and in no backup of the data.'),
        ],
      },
      {
        heading: 'What for, and by which right',
        blocks: [list(purposes.map((purpose) => `${purpose.label}: ${basisWords(purpose)}.`))],
      },
      { heading: 'How long', blocks: [list(kept.map((rule) => `${rule.label}: ${retentionWords(rule)}`))] },
      {
        heading: 'What we ask of you',
        blocks: [
          list([
            'The account is yours alone. Nobody else may use it, and it cannot be passed on.',
            'You sign in with two steps whenever the data of others can be reached.',
            `An access to records ends after ${policy.values.grantReviewMonths} months unless somebody looks at it again.`,
          ]),
        ],
      },
      {
        heading: 'Whom to ask',
        blocks: [
          paragraph(
            `${joinWords(controllersOf(policy).map((party) => party.name))} answers for your account. You can ask to see what is kept, to have it put right or deleted: ${contactLine(getContact(policy))}.`,
          ),
          paragraph(`You can also complain to the regulator: ${contactLine(policy.regulator)}.`),
        ],
      },
    ],
  })
}
