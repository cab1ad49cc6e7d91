import { addMonths, type Role } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { toLondonDay } from '../london-day.ts'

/** Roles that open records of others: each such access ends by itself unless somebody looks at it again (DCS-070). */
const reviewed: readonly Role[] = ['administrator', 'auditor', 'analyst', 'data-support']

/** The day by which an access given today is looked at again; nothing for roles that need none. */
export function toReview({ programme, clock }: Pick<Attune, 'programme' | 'clock'>, role: Role): { reviewOn?: string } {
  return reviewed.includes(role) ? { reviewOn: addMonths(toLondonDay(clock.now()), programme.policy.values.grantReviewMonths) } : {}
}
