// A sign-in goes when its owner has left (the rule `account` of the policy): nobody keeps a way in whom no service knows any more. What they stamped
// on records stays for its own time (DCS-134). Here it is decided and noted; settle-outside.ts closes the account and writes to its owner.
import { addDays, keepUntil, latestEnded } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { findAccountIds } from '../../store/accounts/accounts.ts'
import { logEvent } from '../../store/log-event.ts'
import { findLeavers } from '../../store/retention/leavers.ts'
import { addErasure, signInMark } from '../../store/rights/subjects.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { startOfLondonDay, toLondonDay } from '../london-day.ts'
import { getRules } from './rules.ts'

const system = { role: 'system' } as const
const pageAccounts = 1_000

/** Notes every sign-in whose time is over by the clock's day; returns how many. A programme without such a rule closes none. */
export async function closeSignIns(attune: Attune): Promise<number> {
  const { databases, keyring, clock } = attune
  const { accounts: rule } = getRules(attune)
  const leftUntil = rule && latestEnded(rule, toLondonDay(clock.now()))
  if (rule === undefined || leftUntil === undefined) return 0
  const leftBefore = startOfLondonDay(addDays(leftUntil, 1))
  let closed = 0
  for (let after: string | undefined; ;) {
    const page = await withReader(databases.accounts, { role: 'door' }, 'retention', (trx) => findAccountIds(trx as never, after, pageAccounts))
    const leavers = await withReader(databases.attune, system, 'retention', (trx) => findLeavers(trx as never, page, leftBefore))
    for (const { accountId, serviceId, leftAt } of leavers)
      await withActor(databases.attune, system, 'retention', async (trx) => {
        const at = clock.now()
        const leftOn = toLondonDay(leftAt)
        const hash = signInMark(keyring, accountId)
        // Noted before and not done yet: it is done below, and told once.
        if (!(await addErasure(trx, { serviceId, kind: 'sign-in', hash, at, request_id: null, outside_id: accountId }))) return
        await logEvent(trx, {
          serviceId,
          role: 'system',
          action: 'retention.close-sign-in',
          outcome: 'done',
          detail: { person: accountId, rule: rule.id, leftOn, dueOn: keepUntil(rule, leftOn) ?? leftOn },
        })
        closed++
      })
    after = page.at(-1)
    if (page.length < pageAccounts) return closed
  }
}
