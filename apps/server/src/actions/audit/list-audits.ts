import type { AuditView } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import { countVerdicts, findAudits, findServiceCounts, type Audit, type Left, type ServiceCount } from '../../store/audits/audits.ts'
import { findFindings, type Finding } from '../../store/audits/findings.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { openCodes } from '../record/open-codes.ts'

export type AuditFacts = Audit & Left & { readonly state: AuditView['state']; readonly services: readonly ServiceCount[] }

/** Audits with the numbers of the services that the actor may see. A service lead is not told how far the reading has come. */
export async function listAudits({ databases, programme, clock }: Attune, acting: Acting, auditId?: string): Promise<AuditFacts[]> {
  const today = toLondonDay(clock.now())
  return withReader(databases.attune, acting, 'audit', async (trx) => {
    const audits = await findAudits(trx as never, programme.id, auditId)
    const verdicts = acting.role === 'service-lead' ? new Map<string, Left>() : await countVerdicts(trx as never)
    const counts = await findServiceCounts(trx as never, auditId)
    return audits.map((audit) => ({
      ...audit,
      ...(verdicts.get(audit.auditId) ?? { judged: 0, left: 0 }),
      state: stateOf(audit, today),
      services: counts.filter((count) => count.auditId === audit.auditId),
    }))
  })
}

/** Whether an audit is in time. Overdue is said whatever else there is to say. */
export function stateOf({ closedAt, dueOn, scannedAt }: Pick<Audit, 'closedAt' | 'dueOn' | 'scannedAt'>, today: string): AuditView['state'] {
  if (closedAt !== null) return 'closed'
  if (today > dueOn) return 'overdue'
  return scannedAt === null ? 'scanning' : 'open'
}

export type NamedFinding = Finding & { readonly code: string | undefined; readonly overdue: boolean }

/** What an audit found. Looking is an event, because client codes are shown. */
export async function listFindings(attune: Attune, acting: Acting, auditId: string): Promise<NamedFinding[]> {
  const { databases, programme, clock } = attune
  const { role, serviceId, accountId } = acting
  const today = toLondonDay(clock.now())
  const findings = await withActor(databases.attune, acting, 'audit', async (trx) => {
    if ((await findAudits(trx, programme.id, auditId)).length === 0) raise('not-found')
    const found = await findFindings(trx, auditId)
    await logEvent(trx, {
      serviceId,
      accountId,
      role,
      action: 'audit.read-findings',
      purpose: 'audit',
      outcome: 'done',
      detail: { auditId, rows: found.length },
    })
    return found
  })
  const codes = await openCodes(attune, findings)
  return findings.map((finding) => ({
    ...finding,
    code: codes.get(finding.clientId),
    overdue: finding.action !== undefined && finding.action.doneAt === null && today > finding.action.dueOn,
  }))
}
