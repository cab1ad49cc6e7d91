// The audit's clock: opens an audit for each calendar quarter that has ended, scans it, and says when one is overdue. Run it as often as you like:
// what is done is not done again.
import { randomUUID } from 'node:crypto'
import { auditDueOn, daysOfQuarter, lastQuarterBefore, quarterOf } from '@attune/policy'
import type { Attune } from '../../attune.ts'
import { addAudit, findAudits, findFirstReceivedAt, noteOverdueTold } from '../../store/audits/audits.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import { startOfLondonDay, toLondonDay } from '../london-day.ts'
import { settleOutside } from '../right/settle-outside.ts'
import { noteForOperator } from './audit-letters.ts'
import { scanAudit } from './scan-audit.ts'

const system = { role: 'system' } as const

/** Opens, scans and reminds. Returns the quarters whose audits were opened now. */
export async function runAuditClock(attune: Attune, now: Date, signal?: AbortSignal): Promise<string[]> {
  const { databases, programme } = attune
  const opened: string[] = []
  for (const quarter of await findEndedQuarters(attune, now)) {
    const isNew = await openAudit(attune, quarter, now)
    if (isNew) opened.push(quarter)
  }
  const audits = await withReader(databases.attune, system, 'audit', (trx) => findAudits(trx as never, programme.id))
  for (const audit of [...audits].reverse()) {
    if (audit.scannedAt === null) await scanAudit(attune, audit, now, signal)
    if (audit.closedAt !== null || audit.overdueToldAt !== null || toLondonDay(now) <= audit.dueOn) continue
    await withActor(databases.attune, system, 'audit', async (trx) => {
      if (await noteOverdueTold(trx, audit.auditId, now)) await noteForOperator(trx, audit, 'overdue', now)
    })
  }
  await settleOutside(attune)
  return opened
}

/** Ended quarters since the first record came in; at least the last one. */
async function findEndedQuarters({ databases, programme }: Attune, now: Date): Promise<string[]> {
  const last = lastQuarterBefore(toLondonDay(now))
  const first = await withReader(databases.attune, system, 'audit', (trx) => findFirstReceivedAt(trx as never, programme.id))
  const quarters: string[] = []
  for (let quarter = first === undefined ? last : quarterOf(toLondonDay(first)); quarter <= last; quarter = quarterOf(daysOfQuarter(quarter).until))
    quarters.push(quarter)
  return quarters
}

async function openAudit({ databases, programme }: Attune, quarter: string, now: Date): Promise<boolean> {
  return withActor(databases.attune, system, 'audit', async (trx) => {
    const dueOn = auditDueOn(quarter, programme.policy.values)
    const auditId = await addAudit(trx, {
      programmeId: programme.id,
      quarter,
      untilAt: startOfLondonDay(daysOfQuarter(quarter).until),
      openedAt: now,
      dueOn,
      seed: randomUUID(),
    })
    if (auditId === undefined) return false
    await noteForOperator(trx, { quarter, dueOn }, 'open', now)
    await logEvent(trx, {
      serviceId: 'operator',
      role: 'system',
      action: 'audit.open',
      purpose: 'audit',
      outcome: 'done',
      detail: { auditId, quarter, policyVersion: programme.policyVersion.text },
    })
    return true
  })
}
