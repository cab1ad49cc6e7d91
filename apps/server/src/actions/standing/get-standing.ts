// Where a practitioner stands: the facts, and the gates that the policy makes of them. Kept in memory for speed and decided again whenever the
// database says that the versions moved on, which it checks inside every submission.
import { consentNow, shutGates, type Attestation, type GateName, type GateState, type ShutGate } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { openPractitioner, type AuthorStamp } from '../../store/practitioners.ts'
import { keepRecent, type Recent } from '../../store/recent.ts'
import { findStanding, type StandingFacts } from '../../store/standing.ts'
import { toLondonDay } from '../london-day.ts'

export type Who = { readonly serviceId: string; readonly accountId: string }
export type Standing = StandingFacts & { readonly author: AuthorStamp | undefined }

const limit = 5_000
const kept = new WeakMap<Attune, Recent<string, Standing>>()

/** The facts, from memory unless `fresh` asks for the database. */
export async function getStanding(attune: Attune, who: Who, fresh = false): Promise<Standing> {
  let standings = kept.get(attune)
  if (standings === undefined) kept.set(attune, (standings = keepRecent(limit)))
  const key = `${who.serviceId}/${who.accountId}`
  const known = standings.find(key)
  if (known !== undefined && !fresh) return known
  const facts = (await findStanding(attune.databases.attune, who)) ?? raise('not-allowed')
  const { practitioner } = facts
  const standing = { ...facts, author: practitioner?.sealed && openPractitioner(attune.keyring, practitioner.id, practitioner.sealed) }
  standings.keep(key, standing)
  return standing
}

/** What the policy's gates are asked with. Who reaches this holds a running practitioner grant; `left` ends it all the same. */
export function toGateState({ programme, clock }: Attune, standing: Standing, attestation?: Attestation): GateState {
  const consent = consentNow(standing.consents)
  const training = standing.trainings.findLast(({ course }) => course === programme.policy.training.course)
  const today = toLondonDay(clock.now())
  return {
    today,
    programmeOpen: programme.open,
    serviceLive: standing.service.status === 'live',
    enrolled: standing.practitioner?.status !== 'left',
    consent,
    correctiveActionOverdue: standing.tasks.some(({ dueOn }) => today > dueOn),
    ...(consent.state === 'live' && { termsVersion: consent.termsVersion }),
    ...(training !== undefined && { trainingVersion: training.version }),
    ...(attestation !== undefined && { attestation }),
  }
}

const clientGates: readonly string[] = ['client-consent', 'attestation-day', 'attestation-edition', 'attestation-held'] satisfies GateName[]

/** The gates of the client form that are about the practitioner and not about one client, with those that are shut. */
export function practitionerGates(attune: Attune, standing: Standing): { gate: string; shut: ShutGate | undefined }[] {
  const { policy } = attune.programme
  const shut = new Map(shutGates(policy, 'client-record', toGateState(attune, standing)).map((gate) => [gate.gate as string, gate]))
  return (policy.gates['client-record'] ?? []).filter((gate) => !clientGates.includes(gate)).map((gate) => ({ gate, shut: shut.get(gate) }))
}
