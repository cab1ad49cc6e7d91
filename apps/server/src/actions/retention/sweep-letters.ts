// Invitations and letters are about named people and go at the policy's time (the rules `invitation` and `letter`), whatever became of them. Beside
// it: an access that was given to somebody whose joining then broke off, and who never tried again, holds a place that nobody has.
import { addDays, latestEnded, type RetentionRule } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import type { AccountsTables } from '../../store/accounts/accounts-tables.ts'
import { findEndedUnused, removeInvitations } from '../../store/accounts/invitations.ts'
import { removeLetters } from '../../store/accounts/outbox.ts'
import { endGrantsWithoutAccount } from '../../store/grants.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader, type Transaction } from '../../store/with-actor.ts'
import { startOfLondonDay, toLondonDay } from '../london-day.ts'
import { getRules } from './rules.ts'

const system = { role: 'system' } as const
const door = { role: 'door' } as const

/** Removes what is due on the clock's day. A second run of the same day finds nothing; one that was broken off removes what is left. */
export async function sweepLetters(attune: Attune): Promise<{ invitations: number; letters: number; grants: number }> {
  const { invitations, letters } = getRules(attune)
  const grants = await endHalfGiven(attune)
  return {
    grants,
    invitations: await sweep(attune, invitations, 'retention.remove-invitations', async (trx, before) => ({
      invitations: await removeInvitations(trx, before),
    })).then((gone) => gone['invitations'] ?? 0),
    letters: await sweep(attune, letters, 'retention.remove-letters', removeLetters).then((gone) => gone['letters'] ?? 0),
  }
}

type Counts = Readonly<Record<string, number>>

/** The event is written before the removal is final: nothing goes without one. */
async function sweep(
  { databases, clock }: Attune,
  rule: RetentionRule,
  action: string,
  remove: (trx: Transaction<AccountsTables>, before: Date) => Promise<Counts>,
): Promise<Counts> {
  const ended = latestEnded(rule, toLondonDay(clock.now()))
  if (ended === undefined) return {}
  return withActor(databases.accounts, door, 'retention', async (accounts) => {
    const counts = await remove(accounts, startOfLondonDay(addDays(ended, 1)))
    if (Object.values(counts).some((count) => count > 0))
      await withActor(databases.attune, system, 'retention', (trx) =>
        logEvent(trx, { serviceId: 'operator', role: 'system', action, outcome: 'done', detail: { ...counts, rule: rule.id, madeUntil: ended } }),
      )
    return counts
  })
}

/** A new account has its invitation's id, so an access of an invitation that ended unused belongs to nobody. */
async function endHalfGiven({ databases, clock }: Attune): Promise<number> {
  const at = clock.now()
  const unused = await withReader(databases.accounts, door, 'retention', (trx) => findEndedUnused(trx as never, at))
  if (unused.length === 0) return 0
  return withActor(databases.attune, system, 'retention', async (trx) => {
    const ended = await endGrantsWithoutAccount(trx, unused, at)
    for (const { serviceId, grantId } of ended)
      await logEvent(trx, {
        serviceId,
        role: 'system',
        action: 'grant.end',
        outcome: 'done',
        detail: { grant: grantId, because: 'joining-broke-off' },
      })
    return ended.length
  })
}
