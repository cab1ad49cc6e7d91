// The shape of a checked policy. A policy is plain JSON: it is read from policy.yaml by packages/programme, travels to the device as it is,
// and every access check, gate, clock and printed page reads from it. There is no second copy of a rule.
import type { Act } from './act.ts'
import type { Connector } from './agreement.ts'
import type { GateName } from './gate.ts'
import type { ReportTemplate } from './report-template.ts'
import type { RetentionRule } from './retention.ts'
import type { RightRule } from './right.ts'
import type { Role } from './role.ts'
import type { PolicyValues } from './values.ts'

/** A calendar day in Europe/London as YYYY-MM-DD. */
export type Day = string

export const partyRoles = ['controller', 'joint-controller', 'processor', 'funder', 'partner', 'authority'] as const
export type PartyRole = (typeof partyRoles)[number]

export type Party = {
  readonly id: string
  readonly name: string
  readonly role: PartyRole
  /** What this party answers for, in one sentence. */
  readonly answersFor: string
}

/** A kind of person the records are about. `vulnerable` raises the smallest count that may be shown. */
export type Subject = { readonly id: string; readonly label: string; readonly vulnerable: boolean; readonly knownAs: string }

/** Lawful bases of UK GDPR Article 6(1), by letter, including (ea) recognised legitimate interests of the Data (Use and Access) Act 2025. */
export const article6Bases = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'recognised-legitimate-interest',
  'legitimate-interest',
] as const
export type Article6Basis = (typeof article6Bases)[number]

/** Conditions of UK GDPR Article 9(2) that a programme may rest on. */
export const article9Conditions = [
  'explicit-consent',
  'health-or-social-care',
  'substantial-public-interest',
  'archiving-research-statistics',
] as const
export type Article9Condition = (typeof article9Conditions)[number]

export type Basis = { readonly article6: Article6Basis; readonly article9?: Article9Condition }

export type Purpose = Basis & {
  readonly code: string
  readonly label: string
  /** The roles that may act under this purpose. */
  readonly actors: readonly Role[]
  readonly subject: string
  /** True when rows may be opened for it only with a linked rights request. */
  readonly needsRequest: boolean
  /** True when it concerns each field about its subject, as correcting and deleting do: fields need not name it one by one. */
  readonly everyField: boolean
  /** Bases that applied earlier, oldest first, each up to and including `until`. */
  readonly earlier: readonly (Basis & { readonly until: Day })[]
}

export const sensitivities = ['ordinary', 'health', 'identity', 'free-text'] as const
export type Sensitivity = (typeof sensitivities)[number]

export const partitions = ['accounts', 'identity', 'answers', 'scores', 'sums', 'log', 'keyring', 'media', 'device', 'policy'] as const
export type Partition = (typeof partitions)[number]

/** One thing that is collected: the question (or stamp) `name` of `form`, why, how sensitive it is, where it lives and how long it is kept. */
export type Field = {
  readonly name: string
  readonly form: string
  readonly subject: string
  readonly label: string
  readonly purposes: readonly string[]
  readonly sensitivity: Sensitivity
  readonly partition: Partition
  /** Id of the retention rule. */
  readonly keep: string
  readonly justification: string
  /** True when a person could be named here by accident: these are the fields that audits read and devices warn about. */
  readonly disclosureRisk: boolean
  /** True for answers about how a session is run and not about its client: only those may be filled in again in the next form. Left out otherwise. */
  readonly aboutSession?: true
  /** 'asked' by the form, or 'stamped' by the server and never typed. */
  readonly origin: 'asked' | 'stamped'
}

export const scopes = ['own', 'own-service', 'every-service'] as const
export type Scope = (typeof scopes)[number]

/** One permission. Everything without a rule is refused. */
export type RoleRule = {
  readonly role: Role
  readonly act: Act
  /** 'own': the person's own things; 'own-service': rows of the person's service; 'every-service': all of them. */
  readonly scope: Scope
  /** When given, a purpose out of this list must be named. */
  readonly purposes: readonly string[]
  /** True when a rights request must be linked. */
  readonly needsRequest: boolean
  /** True when a second person must agree. */
  readonly needsSecondPerson: boolean
}

export type Contact = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly address?: string
  readonly phone?: string
  readonly website?: string
}

export type Regulator = { readonly name: string; readonly address: string; readonly phone: string; readonly website: string }

/** A place where data may be. `code` is what a server says of itself, for example "eu-west-1". */
export type Region = { readonly code: string; readonly label: string }

/** Somebody outside who holds or sees data. A processor works only under a current agreement. */
export type Recipient = {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly region: string
  readonly what: string
  readonly safeguard: string
  /** Which of the program's own ways out, or in, lead to it. */
  readonly connects: readonly Connector[]
  readonly agreement?: { readonly reference: string; readonly from: Day; readonly reviewOn: Day }
}

/** Protection is built at three levels: the platform, the form's design, and who gets access (DCS-115). */
export const securityLevels = ['platform', 'form', 'access'] as const
export type SecurityLevel = (typeof securityLevels)[number]

/** Live checks that a security measure may rest on: what they find now is said beside it. */
export const measureChecks = ['row-security', 'traffic', 'backup-platform', 'backup-offsite'] as const
export type MeasureCheck = (typeof measureChecks)[number]

/** One way in which data is kept safe: the clauses that it serves, where in the code it is, and the live check that looks at it. */
export type SecurityControl = {
  readonly id: string
  readonly level: SecurityLevel
  readonly text: string
  readonly clauses: readonly string[]
  readonly code: string
  readonly check?: MeasureCheck
}

export type ChangeNote = { readonly edition: string; readonly on: Day; readonly what: string; readonly material: boolean }

export type Terms = { readonly version: string; readonly statements: readonly { readonly id: string; readonly text: string }[] }

/** The short training before first use. A unit is passed when enough of its questions are answered rightly; every unit must be passed. */
export type TrainingUnit = {
  readonly id: string
  readonly label: string
  readonly lesson: readonly string[]
  readonly passPercent: number
  readonly questions: readonly TrainingQuestion[]
}
/** `right` and `because` stay on the server until the question is answered. */
export type TrainingQuestion = {
  readonly id: string
  readonly text: string
  readonly choices: readonly { readonly id: string; readonly text: string }[]
  readonly right: string
  readonly because: string
}
export type Training = { readonly course: string; readonly version: string; readonly title: string; readonly units: readonly TrainingUnit[] }

export type Policy = {
  readonly id: string
  readonly title: string
  /** Year and month of the edition, for example "2025-06". */
  readonly edition: string
  readonly editionOn: Day
  readonly operator: { readonly name: string; readonly party: string }
  /** What the programme is for and what it covers, in a few plain sentences for the notice. */
  readonly about: readonly string[]
  readonly parties: readonly Party[]
  readonly subjects: readonly Subject[]
  readonly purposes: readonly Purpose[]
  readonly fields: readonly Field[]
  readonly roleRules: readonly RoleRule[]
  readonly gates: { readonly [formKind: string]: readonly GateName[] }
  readonly retention: readonly RetentionRule[]
  readonly rights: readonly RightRule[]
  readonly regions: readonly Region[]
  readonly recipients: readonly Recipient[]
  readonly contacts: readonly Contact[]
  /** Id of the contact that is printed on every form, copy and notice and gets every rights request. */
  readonly contact: string
  readonly regulator: Regulator
  readonly security: readonly SecurityControl[]
  /** What reports are made for; whole reports need none. */
  readonly reports: readonly ReportTemplate[]
  /** Domains at which anybody can have a mailbox: no work address is there. */
  readonly freeMailDomains: readonly string[]
  readonly terms: Terms
  readonly training: Training
  readonly values: PolicyValues
  readonly changes: readonly ChangeNote[]
}

export function findContact(policy: Policy, id: string): Contact | undefined {
  return policy.contacts.find((contact) => contact.id === id)
}

/** The contact that is printed everywhere. A checked policy always has it. */
export function getContact(policy: Policy): Contact {
  const contact = findContact(policy, policy.contact)
  if (contact === undefined) throw new Error(`The policy names the contact "${policy.contact}" but does not describe it`)
  return contact
}

/** The people that a count about clients must reach to be shown: where they are vulnerable the higher number holds. */
export function smallestCount({ subjects, values }: Pick<Policy, 'subjects' | 'values'>): number {
  const isVulnerable = subjects.some((subject) => subject.id === 'client' && subject.vulnerable)
  return isVulnerable ? Math.max(values.smallCellCount, values.smallCellCountVulnerable) : values.smallCellCount
}

/** The controllers of a programme, in the order of the file. A checked policy has at least one. */
export function controllersOf(policy: Policy): readonly Party[] {
  return policy.parties.filter((party) => party.role === 'controller' || party.role === 'joint-controller')
}
