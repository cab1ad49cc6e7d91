import { tell } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { countLeft } from '../../store/audits/audit-texts.ts'
import { closeAuditRow, findAudits, findServiceCounts } from '../../store/audits/audits.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { noteReports } from './audit-letters.ts'
import { listAudits, type AuditFacts } from './list-audits.ts'

/** Closes an audit once every text has its verdict, and notes for each service its report. */
export async function closeAudit(attune: Attune, acting: Acting, auditId: string): Promise<AuditFacts> {
  const { databases, programme, clock } = attune
  const { role, accountId } = acting
  await withActor(databases.attune, { role: 'system' }, 'audit', async (trx) => {
    const [audit] = await findAudits(trx, programme.id, auditId)
    if (audit === undefined) raise('not-found')
    if (audit.closedAt !== null) raise('audit-closed')
    const left = await countLeft(trx, auditId)
    if (audit.scannedAt === null) raise('audit-unjudged', tell('audit.scanning'))
    if (left > 0) raise('audit-unjudged', tell('audit.left', { count: left }))
    const at = clock.now()
    if (!(await closeAuditRow(trx, { auditId, by: accountId, at }))) raise('audit-closed')
    // A thousand services have a thousand letters: they are noted here and sent by the clock (settle-outside.ts).
    await noteReports(trx, audit.quarter, await findServiceCounts(trx, [auditId]), at)
    await logEvent(trx, {
      serviceId: 'operator',
      accountId,
      role,
      action: 'audit.close',
      purpose: 'audit',
      outcome: 'done',
      detail: { auditId, quarter: audit.quarter },
    })
  })
  return (await listAudits(attune, acting, { auditId })).audits[0] ?? raise('not-found')
}
