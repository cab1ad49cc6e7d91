// The policy's own codes in plain words, for printing.
import { capitalise, countOf, joinWords } from './wording.ts'
import { dayWords } from '../day.ts'
import type { Article6Basis, Article9Condition, Basis, Policy, Purpose, Sensitivity } from '../policy.ts'
import { addPeriod, type Period, type RetentionRule, type RetentionStart } from '../retention.ts'
import { roleLabels, type Role } from '../role.ts'

const article6Words: { readonly [basis in Article6Basis]: string } = {
  consent: 'consent (UK GDPR Article 6(1)(a))',
  contract: 'a contract (UK GDPR Article 6(1)(b))',
  'legal-obligation': 'a duty in law (UK GDPR Article 6(1)(c))',
  'vital-interests': 'protecting life (UK GDPR Article 6(1)(d))',
  'public-task': 'a public task (UK GDPR Article 6(1)(e))',
  'recognised-legitimate-interest': 'a recognised legitimate interest (UK GDPR Article 6(1)(ea))',
  'legitimate-interest': 'a legitimate interest (UK GDPR Article 6(1)(f))',
}

const article9Words: { readonly [condition in Article9Condition]: string } = {
  'explicit-consent': 'explicit consent (Article 9(2)(a))',
  'health-or-social-care': 'health or social care (Article 9(2)(h))',
  'substantial-public-interest': 'a substantial public interest (Article 9(2)(g))',
  'archiving-research-statistics': 'research and statistics (Article 9(2)(j))',
}

export const sensitivityWords: { readonly [sensitivity in Sensitivity]: string } = {
  ordinary: 'ordinary',
  health: 'about health or wellbeing',
  identity: 'says who a person is',
  'free-text': 'in own words',
}

const startWords: { readonly [start in RetentionStart]: string } = {
  session: 'the session',
  signing: 'signing',
  leaving: 'leaving',
  submission: 'sending',
  'last-edit': 'the last change',
  received: 'the day it came in',
  made: 'the day it was made',
  ended: 'the day it ended',
}

const endWords: { readonly [end in RetentionRule['then']]: string } = {
  dispose: 'then disposed of',
  blank: 'then blanked',
  remove: 'then removed',
  wipe: 'then wiped from the device',
  review: 'then looked at again',
}

export function basisWords(basis: Basis): string {
  const first = article6Words[basis.article6]
  return basis.article9 === undefined ? first : `${first} and ${article9Words[basis.article9]}`
}

/** The basis of a purpose, and those that it rested on before, the newest first. */
export function purposeBasisWords({ earlier, ...purpose }: Purpose): string {
  const before = [...earlier].sort((one, other) => (one.until < other.until ? 1 : -1))
  return [basisWords(purpose), ...before.map((basis) => `until ${dayWords(basis.until)}: ${basisWords(basis)}`)].join('; ')
}

export function periodWords(period: Period): string {
  if ('years' in period) return countOf(period.years, 'year')
  if ('months' in period) return countOf(period.months, 'month')
  if ('days' in period) return countOf(period.days, 'day')
  return countOf(period.workingDays, 'working day')
}

/** A retention rule as one sentence without its label. */
export function retentionWords(rule: RetentionRule): string {
  const from = `from ${startWords[rule.starts]}`
  const least =
    rule.atLeast === undefined
      ? undefined
      : `at least ${periodWords(rule.atLeast)} ${from}${rule.releasedByAggregation ? ', or until it has been added up for analysis' : ''}`
  const most = rule.atMost === undefined ? undefined : `at most ${periodWords(rule.atMost)} ${from}`
  const length = [rule.whileActive ? 'for as long as the person takes part' : undefined, least, most].filter((part) => part !== undefined)
  const kept = length.length === 0 ? 'kept until someone decides otherwise' : `kept ${joinWords(length)}`
  return `${capitalise(kept)}, ${endWords[rule.then]}${rule.leaves === undefined ? '' : `; what stays: ${rule.leaves}`}.`
}

/** How a rule works out for something that starts on a day: for examples in print. */
export function retentionExample(rule: RetentionRule, startedOn: string): string | undefined {
  const period = rule.atMost ?? rule.atLeast
  return period === undefined ? undefined : `From ${dayWords(startedOn)} that is until ${dayWords(addPeriod(startedOn, period))}.`
}

export function rolesWords(roles: readonly Role[]): string {
  return roles.length === 0 ? 'nobody' : joinWords(roles.map((role) => roleLabels[role]))
}

/** Who may open a field's rows: the roles with a rule to read that carries one of the field's purposes. */
export function readersOf(policy: Policy, purposes: readonly string[]): readonly Role[] {
  const reading = new Set(['record.list', 'record.read', 'record.download', 'text.audit', 'record.correct', 'consent.read', 'practitioner.list'])
  const found = policy.roleRules
    .filter((rule) => reading.has(rule.act) && rule.purposes.some((code) => purposes.includes(code)))
    .map((rule) => rule.role)
  return [...new Set(found)]
}
