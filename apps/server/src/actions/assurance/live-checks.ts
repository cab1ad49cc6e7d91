// How the controls stand now, each in a sentence. A check says "unknown" when it cannot look, never "in order".
import { addDays, mayHold } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { countActions } from '../../store/audits/findings.ts'
import { countWithoutFactor, findLastVerification, findUnguardedTables, readLiveFacts, type LiveFacts } from '../../store/live-facts.ts'
import { withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { countRunningAudits } from '../audit/list-audits.ts'
import { runningBreaches } from '../breach/running-breaches.ts'
import { instantWords, toLondonDay } from '../london-day.ts'

export type Live = {
  readonly id: string
  readonly title: string
  readonly state: 'in-order' | 'attention' | 'unknown'
  readonly says: string
  readonly clauses: readonly string[]
}

const system = { role: 'system' } as const
const hour = 3_600_000

/** Every check. Looking at them opens no record. */
export async function runLiveChecks(attune: Attune, acting: Acting): Promise<Live[]> {
  const { databases, programme, clock } = attune
  const now = clock.now()
  const today = toLondonDay(now)
  const facts = await withReader(databases.attune, system, 'assurance', (trx) =>
    readLiveFacts(trx as never, { today, edition: programme.policy.edition }),
  )
  // Each looks in a place of its own; together they take as long as the slowest.
  const [tables, factors, log, audits, breaches] = await Promise.all([
    checkTables(attune),
    checkFactors(attune, facts),
    checkLog(attune, acting),
    checkAudits(attune, acting, today),
    checkBreaches(attune, now),
  ])
  return [
    tables,
    factors,
    checkReviews(facts),
    ...checkBackups(attune, facts, now),
    log,
    audits,
    breaches,
    checkRequests(facts),
    checkRetention(facts, now),
    checkNotice(attune, facts),
    checkConsents(facts),
    checkServices(facts),
    checkAgreements(attune, today),
    checkRegion(attune),
    checkTraffic(attune),
  ]
}

const live = (id: string, title: string, clauses: readonly string[], isFine: boolean, fine: string, not: string): Live => ({
  id,
  title,
  clauses,
  state: isFine ? 'in-order' : 'attention',
  says: isFine ? fine : not,
})
const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`)

export async function checkTables({ databases }: Attune): Promise<Live> {
  const bare = (
    await Promise.all([
      findUnguardedTables(databases.attune, 'system'),
      findUnguardedTables(databases.accounts, 'door'),
      findUnguardedTables(databases.keyring, 'keys'),
    ])
  ).flat()
  const clauses = ['DCS-017', 'DCS-074', 'DCS-078', 'DCS-114', 'DCS-125']
  return live(
    'row-security',
    'Row security',
    clauses,
    bare.length === 0,
    'Every table of the three databases forces row security.',
    `Without it: ${bare.join(', ')}.`,
  )
}

async function checkFactors({ databases }: Attune, { accounts }: LiveFacts): Promise<Live> {
  const without = await countWithoutFactor(databases.accounts, accounts)
  const not = `${many(without, 'account has', 'accounts have')} no second step yet. They see no data until they have.`
  return live(
    'second-factors',
    'Second step at sign-in',
    ['DCS-081', 'DCS-114'],
    without === 0,
    'Everybody with a role has a second step at sign-in.',
    not,
  )
}

function checkReviews({ grantsToReview }: LiveFacts): Live {
  const not = `${many(grantsToReview, 'grant is', 'grants are')} past the day on which somebody should have looked again.`
  return live('grant-reviews', 'Review of access', ['DCS-070', 'DCS-109', 'DCS-124'], grantsToReview === 0, 'No access is past its review.', not)
}

export function checkBackups({ programme }: Attune, { lastBackups }: LiveFacts, now: Date): Live[] {
  const rules = [
    { id: 'backup-platform', cycle: 'platform', title: 'Daily backup', hours: 26, clauses: ['DCS-068'] },
    {
      id: 'backup-offsite',
      cycle: 'offsite',
      title: 'Off-site backup',
      hours: programme.policy.values.offsiteBackupEveryDays * 24 + 12,
      clauses: ['DCS-065', 'DCS-066'],
    },
  ]
  return rules.map(({ id, cycle, title, hours, clauses }) => {
    const last = lastBackups.find((backup) => backup.cycle === cycle)
    if (last === undefined) return { id, title, clauses, state: 'attention', says: 'There is no backup yet.' } as const
    const age = Math.floor((now.getTime() - last.madeAt.getTime()) / hour)
    const fine = last.state === 'verified' && age <= hours
    return live(
      id,
      title,
      clauses,
      fine,
      `The last one is ${many(age, 'hour', 'hours')} old and was verified.`,
      `The last one is ${many(age, 'hour', 'hours')} old${last.state === 'verified' ? '.' : ' and failed its verification.'}`,
    )
  })
}

async function checkLog({ databases }: Attune, acting: Acting): Promise<Live> {
  const last = await withReader(databases.attune, acting, '', (trx) => findLastVerification(trx as never))
  const [id, title, clauses] = ['log', 'Log', ['DCS-114']] as const
  if (last === undefined) return { id, title, clauses, state: 'unknown', says: 'The log has not been verified yet (npx attune audit verify).' }
  const when = instantWords(last.verifiedAt)
  return live(
    id,
    title,
    clauses,
    last.findings === 0,
    `Verified on ${when} without a finding.`,
    `${many(last.findings, 'finding', 'findings')} when it was verified on ${when}.`,
  )
}

async function checkAudits(attune: Attune, acting: Acting, today: string): Promise<Live> {
  const { overdue } = await countRunningAudits(attune, acting)
  const actions = await withReader(attune.databases.attune, system, 'assurance', (trx) => countActions(trx as never, today))
  const not = `${many(overdue, 'audit is', 'audits are')} overdue; ${many(actions.overdue, 'training task is', 'training tasks are')} overdue.`
  return live('audits', 'Quarterly audit', ['DCS-053', 'DCS-057'], overdue + actions.overdue === 0, 'No audit and no training task is overdue.', not)
}

async function checkBreaches(attune: Attune, now: Date): Promise<Live> {
  const { open, overdue } = await runningBreaches(attune, system, now)
  const fine = open === 0 ? 'No incident is open.' : `${many(open, 'incident is', 'incidents are')} open, none past its time.`
  return live(
    'incidents',
    'Incidents',
    ['DCS-116'],
    overdue === 0,
    fine,
    `${many(overdue, 'incident is', 'incidents are')} past the time to tell the regulator.`,
  )
}

function checkRequests({ requests: { open, overdue } }: LiveFacts): Live {
  const fine = open === 0 ? 'No request waits for an answer.' : `${many(open, 'request waits', 'requests wait')} for an answer, none past its day.`
  const not = `${many(overdue, 'request is', 'requests are')} past the day on which it was due.`
  return live('requests', 'Rights requests', ['DCS-153', 'DCS-144'], overdue === 0, fine, not)
}

/** It runs each night; a day without it and some hours is a day on which something was kept too long. */
function checkRetention({ retentionRanAt }: LiveFacts, now: Date): Live {
  const [id, title, clauses] = ['retention', 'Retention', ['DCS-126', 'DCS-131', 'DCS-134']] as const
  if (retentionRanAt === undefined) return { id, title, clauses, state: 'unknown', says: 'It has not run yet; it runs each night.' }
  const age = Math.floor((now.getTime() - retentionRanAt.getTime()) / hour)
  return live(
    id,
    title,
    clauses,
    age <= 26,
    `It last ran ${many(age, 'hour', 'hours')} ago.`,
    `It last ran ${many(age, 'hour', 'hours')} ago; it should run each night.`,
  )
}

function checkNotice({ programme }: Attune, { editionsWithTwoTexts }: LiveFacts): Live {
  const drifted = editionsWithTwoTexts.includes(programme.policy.edition)
  const not = `The rules of edition ${programme.policy.edition} were changed after it was first used: papers printed before say something else. Give the policy a new edition.`
  const fine = `What is printed for edition ${programme.policy.edition} is what the rules say.`
  return live('notice', 'Printed notice and rules', ['DCS-001', 'DCS-052', 'DCS-137', 'DCS-138'], !drifted, fine, not)
}

function checkConsents({ practitioners, practitionersToSign }: LiveFacts): Live {
  const fine = `${many(practitioners, 'practitioner has', 'practitioners have')} signed the edition in force.`
  const not = `${practitionersToSign} of ${many(practitioners, 'practitioner', 'practitioners')} still have to sign the edition in force; they can send nothing until then.`
  return live('consents', 'Practitioner consents', ['DCS-015', 'DCS-052', 'DCS-136'], practitionersToSign === 0, fine, not)
}

function checkServices({ liveWithoutTerms }: LiveFacts): Live {
  const not = `${many(liveWithoutTerms, 'service is', 'services are')} switched on without accepted processor terms.`
  return live(
    'processor-terms',
    'Processor terms',
    ['DCS-010'],
    liveWithoutTerms === 0,
    'Every service that is switched on has accepted the processor terms.',
    not,
  )
}

function checkAgreements({ programme }: Attune, today: string): Live {
  const stale = programme.policy.recipients.filter((recipient) => !mayHold(recipient, today).allowed)
  const soon = programme.policy.recipients.filter(
    ({ agreement }) => agreement !== undefined && agreement.reviewOn >= today && agreement.reviewOn < addDays(today, 60),
  )
  const fine =
    soon.length === 0
      ? 'Every processor has an agreement that is in force.'
      : `In force; to be looked at soon: ${soon.map(({ name }) => name).join(', ')}.`
  return live(
    'agreements',
    'Agreements with processors',
    ['DCS-061', 'DCS-058'],
    stale.length === 0,
    fine,
    `Without an agreement in force: ${stale.map(({ name, connects }) => (connects.length === 0 ? name : `${name} (stopped: ${connects.join(', ')})`)).join(', ')}.`,
  )
}

/** What is declared is compared at the start, which a wrong place ends; that the declaration is true only the hosting contract can say. */
function checkRegion({ environment, programme }: Attune): Live {
  const [id, title, clauses] = ['region', 'Where the data is', ['DCS-059']] as const
  if (environment.region === undefined)
    return {
      id,
      title,
      clauses,
      state: 'unknown',
      says: 'Nobody has said where this server stands (ATTUNE_REGION), so it is not compared with the policy.',
    }
  const place = programme.policy.regions.find(({ code }) => code === environment.region)
  return live(
    id,
    title,
    clauses,
    place !== undefined,
    `This server says that it stands in ${place?.label ?? ''}.`,
    'This server stands in a place that the policy does not list.',
  )
}

export function checkTraffic({ mode, environment }: Attune): Live {
  const isEncrypted = environment.origin?.startsWith('https:') === true || environment.tls !== undefined
  const not = mode === 'demo' ? 'This is the demo, on this machine only: nothing is encrypted on the way.' : 'No https address is set.'
  return live('traffic', 'Encrypted traffic', ['DCS-027', 'DCS-097'], isEncrypted, 'People reach this server over https only.', not)
}
