// Letters about a rights request, printed from the policy. They name no client: they carry the reference, and the service that knows the person
// passes them on. Complaint and regulator stand in every decision (UK GDPR Articles 12(4) and 13(2)(d)).
import { list, paragraph, contactLine, type DocumentSection, type PolicyDocument } from './document.ts'
import { dayWords } from '../day.ts'
import { makeDocument } from './make-document.ts'
import { countOf } from './wording.ts'
import { periodWords } from './words.ts'
import { getContact, type Day, type Policy } from '../policy.ts'
import { explainDue, ruleOfRequest, type RequestFacts } from '../request.ts'
import type { RightOutcome } from '../right.ts'

export const letterKinds = ['acknowledgement', 'question', 'more-time', 'decision', 'certificate'] as const
export type LetterKind = (typeof letterKinds)[number]

/** What was carried out, in numbers and marks that say nothing about anybody. */
export type Certificate = {
  readonly on: Day
  readonly records: number
  readonly files: number
  /** The keyed mark that stays, in hexadecimal. */
  readonly mark?: string
  /** Copies that the service took earlier: day and SHA-256 of each file. */
  readonly copies: readonly { readonly on: Day; readonly sha256: string }[]
  /** The sealed package that was made, if one was. */
  readonly package?: { readonly sha256: string; readonly recipient: string }
  readonly movedTo?: string
}

/** What stands in the letters that a turn of the clock calls for. */
export type ClockWords = {
  /** What the person was asked, while the clock stands still. */
  readonly asked?: string
  /** Why two more months are needed (UK GDPR Article 12(3)). */
  readonly longerBecause?: string
}

export type LetterFacts = RequestFacts &
  ClockWords & {
    readonly reference: string
    readonly subject: 'client' | 'practitioner' | 'service'
    readonly hold: boolean
    readonly outcome?: RightOutcome
    readonly reasons?: string
    readonly treatedBecause?: string
    readonly decidedOn?: Day
    readonly certificate?: Certificate
  }

/** One letter about a request. */
export function requestLetter(policy: Policy, kind: LetterKind, facts: LetterFacts): PolicyDocument {
  const rule = ruleOfRequest(policy, facts.type)
  return makeDocument(policy, {
    id: `request-${kind}`,
    title: `${titles[kind]}: ${rule.label}`,
    audience: facts.subject === 'client' ? 'The person who asked, through their service' : 'Whoever asked',
    sections: [
      { heading: `Reference ${facts.reference}`, blocks: [paragraph(`You asked: ${rule.label}. ${rule.means}`)] },
      ...bodies[kind](policy, facts),
      { heading: 'If you disagree', blocks: disagree(policy) },
    ],
  })
}

const titles: { readonly [kind in LetterKind]: string } = {
  acknowledgement: 'We have your request',
  question: 'We need something from you',
  'more-time': 'We need more time',
  decision: 'Our decision',
  certificate: 'What was done',
}

const disagree = (policy: Policy) => [
  paragraph(`Write to us: ${contactLine(getContact(policy))}. You do not have to give a reason, and complaining costs nothing.`),
  paragraph(`You can also complain to the regulator at any time: ${contactLine(policy.regulator)}. You can go to a court as well.`),
]

const outcomeWords: { readonly [outcome in RightOutcome]: string } = {
  grant: 'We do what you asked.',
  partly: 'We do part of what you asked.',
  refuse: 'We do not do what you asked.',
}

const bodies: { readonly [kind in LetterKind]: (policy: Policy, facts: LetterFacts) => readonly DocumentSection[] } = {
  acknowledgement: (policy, facts) => [
    {
      heading: 'When you hear from us',
      blocks: [
        paragraph(explainDue(policy, facts)),
        ...(facts.hold
          ? [paragraph('Until we have decided, the data is kept but not used: it is left out of lists, downloads, reports and analysis.')]
          : []),
        ...(facts.treatedBecause === undefined ? [] : [paragraph(facts.treatedBecause)]),
      ],
    },
  ],
  question: (policy, facts) => [
    {
      heading: 'What we need',
      blocks: [
        paragraph('We need to know more before we can answer, so that nobody else gets what is yours.'),
        ...(facts.asked === undefined ? [] : [paragraph(facts.asked)]),
        paragraph(explainDue(policy, facts)),
      ],
    },
  ],
  'more-time': (policy, facts) => [
    ...(facts.longerBecause === undefined ? [] : [{ heading: 'Why it takes longer', blocks: [paragraph(facts.longerBecause)] }]),
    { heading: 'The new day', blocks: [paragraph(explainDue(policy, facts))] },
  ],
  decision: (_policy, { outcome, reasons, treatedBecause, decidedOn }) => [
    {
      heading: outcome === undefined ? 'Not decided yet' : outcomeWords[outcome],
      blocks: [
        ...(reasons === undefined ? [] : [paragraph(reasons)]),
        ...(treatedBecause === undefined ? [] : [paragraph(treatedBecause)]),
        ...(decidedOn === undefined ? [] : [paragraph(`Decided on ${dayWords(decidedOn)}.`)]),
      ],
    },
  ],
  certificate: (policy, { certificate, type, subject }) =>
    certificate === undefined
      ? []
      : [
          { heading: `Done on ${dayWords(certificate.on)}`, blocks: [list(doneWords(policy, certificate, type, subject))] },
          ...copiesSection(certificate),
        ],
}

function doneWords(policy: Policy, certificate: Certificate, type: LetterFacts['type'], subject: LetterFacts['subject']): string[] {
  const { records, files, mark, movedTo } = certificate
  const words: string[] = []
  if (mark !== undefined) {
    words.push(
      subject === 'client'
        ? `${countOf(records, 'record')} and ${countOf(files, 'file')} were erased, and the key that opened them was destroyed.`
        : `Your consent form, your name and your address were erased, ${countOf(records, 'record')} no longer carry your name, and your account is closed.`,
      `A keyed mark stays, from which nobody can be told: ${mark}.`,
      `Sealed backups made before may hold what was erased for ${longestBackup(policy)}. It cannot be opened there, and it does not come back when a backup is put back.`,
    )
  }
  if (certificate.package !== undefined)
    words.push(
      `A package with ${countOf(records, 'record')} was sealed for ${certificate.package.recipient}. Only they can open it. Its fingerprint (SHA-256) is ${certificate.package.sha256}.`,
    )
  if (movedTo !== undefined) words.push(`${countOf(records, 'record')} were passed on to ${movedTo}.`)
  if (words.length === 0) words.push(type === 'restrict' || type === 'pause' ? 'The data is kept and not used.' : 'The request was answered.')
  return words
}

function longestBackup(policy: Policy): string {
  const rule = policy.retention.find((one) => one.id === 'backup')
  return `at most ${periodWords(rule?.atMost ?? { days: policy.values.offsiteBackupEveryDays * policy.values.backupGenerationsKept })}`
}

function copiesSection({ copies }: Certificate): DocumentSection[] {
  return [
    {
      heading: 'Copies that your service holds',
      blocks: [
        paragraph('Your service may hold copies of its own and answers for them. Please ask there as well.'),
        ...(copies.length > 0
          ? [list(copies.map(({ on, sha256 }) => `Copy taken on ${dayWords(on)}, fingerprint (SHA-256) ${sha256}`))]
          : [paragraph('We know of no copy.')]),
      ],
    },
  ]
}

/** The letters that a request has by now. */
export function lettersOf({ pauses, extended, outcome, state, certificate }: LetterFacts): LetterKind[] {
  return [
    'acknowledgement',
    ...(pauses.some((pause) => pause.until === undefined) ? (['question'] as const) : []),
    ...(extended ? (['more-time'] as const) : []),
    ...(outcome !== undefined && state !== 'proposed' ? (['decision'] as const) : []),
    ...(certificate !== undefined ? (['certificate'] as const) : []),
  ]
}
