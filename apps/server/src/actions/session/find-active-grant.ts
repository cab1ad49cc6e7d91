// The grant that a request acts under: the one that the header names, else the session's own. Ended grants end at once: this is asked on
// every request.
import type { Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { toLondonDay } from '../london-day.ts'
import { findLivingGrant } from '../../store/grants.ts'

export type GrantInUse = { grantId: string; role: Role; serviceId: string }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export async function findActiveGrant(
  { databases, clock }: Attune,
  held: { readonly accountId: string; readonly grantId: string | undefined },
  asked: string | undefined,
): Promise<GrantInUse | undefined> {
  const grantId = asked ?? held.grantId
  if (grantId === undefined || !uuid.test(grantId) || !uuid.test(held.accountId)) return undefined
  return findLivingGrant(databases.attune, { grantId, accountId: held.accountId, today: toLondonDay(clock.now()) })
}
