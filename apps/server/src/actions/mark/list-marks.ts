// What waits for somebody, by screen. Each desk adds a row: the screen, the act that opens it, and how many wait and are overdue.
import { may, type Act } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findWaitingCodeRequests } from '../../store/code-requests.ts'
import { countActions } from '../../store/audits/findings.ts'
import { withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { countRunningAudits } from '../audit/list-audits.ts'
import { runningBreaches } from '../breach/running-breaches.ts'
import { countNominations } from '../person/nominations.ts'
import { runningReviews } from '../person/run-grant-reviews.ts'
import { toLondonDay } from '../london-day.ts'

export type Count = { readonly open: number; readonly overdue: number }
type Desk = {
  readonly place: string
  readonly act: Act
  readonly purpose?: string
  readonly count: (attune: Attune, acting: Acting) => Promise<Count>
}

const desks: readonly Desk[] = [
  { place: '/audits', act: 'audit.read-findings', count: countAudits },
  { place: '/people', act: 'grant.give', count: countAccess },
  { place: '/find-code', act: 'record.list-code-requests', purpose: 'find-code', count: countLostCodes },
  { place: '/incidents', act: 'breach.read', count: (attune, acting) => runningBreaches(attune, acting, attune.clock.now()) },
]

/** Counts for the desks that the actor may see. */
export async function listMarks(attune: Attune, acting: Acting): Promise<({ readonly place: string } & Count)[]> {
  const open = desks.filter(
    ({ act, purpose }) => may(attune.programme.policy, { ...acting, secondFactor: true }, act, purpose === undefined ? {} : { purpose }).allowed,
  )
  return Promise.all(open.map(async ({ place, count }) => ({ place, ...(await count(attune, acting)) })))
}

/** Accesses to look at again, and people whom services have put forward. */
async function countAccess(attune: Attune, acting: Acting): Promise<Count> {
  const [{ open, overdue }, nominated] = await Promise.all([runningReviews(attune, acting), countNominations(attune)])
  return { open: open + nominated, overdue }
}

/** Audits that are open; for a service lead, training tasks of the own practitioners. */
function countAudits(attune: Attune, acting: Acting): Promise<Count> {
  if (acting.role !== 'service-lead') return countRunningAudits(attune, acting)
  return withReader(attune.databases.attune, acting, 'audit', (trx) => countActions(trx as never, toLondonDay(attune.clock.now())))
}

/** Practitioners who wait for a lost code: for a service those that have come to the operator are late. */
async function countLostCodes(attune: Attune, acting: Acting): Promise<Count> {
  const today = toLondonDay(attune.clock.now())
  const isOperator = acting.serviceId === 'operator'
  const waiting = await withReader(attune.databases.attune, acting, 'find-code', (trx) =>
    findWaitingCodeRequests(trx as never, isOperator ? today : undefined),
  )
  return { open: waiting.length, overdue: isOperator ? 0 : waiting.filter((row) => row.operator_on <= today).length }
}
