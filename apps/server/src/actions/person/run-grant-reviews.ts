// The daily look at access that comes up for review: opened some days ahead, told when late. An access that nobody looks at gives nothing from the
// day after on, so being late is safe for the families and a nuisance to whoever needs it: hence the letter and the red mark.
import { addDays } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { countReviews, markLateReviews, openReviews, type ReviewRow } from '../../store/grant-reviews.ts'
import { logEvent } from '../../store/log-event.ts'
import { addNotice } from '../../store/rights/notices.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { settleOutside } from '../right/settle-outside.ts'

const system = { role: 'system' } as const

/** Opens and marks what is due on the clock's day; a second run of the same day finds nothing. */
export async function runGrantReviews(attune: Attune): Promise<{ opened: number; late: number }> {
  const { databases, clock, programme } = attune
  const at = clock.now()
  const today = toLondonDay(at)
  const counts = await withActor(databases.attune, system, 'access-review', async (trx) => {
    const opened = await openReviews(trx, addDays(today, programme.policy.values.grantReviewNoticeDays), at)
    const late = await markLateReviews(trx, today, at)
    const told = [
      ['grant-review', 'grant.review-open', opened],
      ['grant-review-overdue', 'grant.review-overdue', late],
    ] as const
    for (const [kind, action, rows] of told) {
      for (const { grantId, serviceId, reviewOn } of rows)
        await logEvent(trx, { serviceId, role: 'system', action, outcome: 'done', detail: { grant: grantId, reviewOn } })
      if (rows.length > 0)
        await addNotice(trx, {
          serviceId: 'operator',
          kind,
          about: `${today} ${rows[0]!.grantId}`,
          toRole: 'administrator',
          facts: { count: rows.length, day: earliest(rows) },
          at,
        })
    }
    return { opened: opened.length, late: late.length }
  })
  await settleOutside(attune)
  return counts
}

const earliest = (rows: readonly ReviewRow[]): string => rows.map(({ reviewOn }) => reviewOn).sort()[0]!

/** Accesses that wait to be looked at, and how many are late: the mark on the home screen. */
export function runningReviews({ databases, clock, programme }: Attune, acting: Acting): Promise<{ open: number; overdue: number }> {
  const today = toLondonDay(clock.now())
  const until = addDays(today, programme.policy.values.grantReviewNoticeDays)
  return withReader(databases.attune, acting, '', (trx) => countReviews(trx as never, { today, until }))
}
