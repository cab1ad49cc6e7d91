import type { AuditView } from '@attune/contract'
import type { Attune } from '../../attune.ts'
import { raise } from '../../problems.ts'
import {
  countVerdicts,
  findAuditedServices,
  findAudits,
  findServiceCounts,
  type Audit,
  type Left,
  type ServiceCount,
} from '../../store/audits/audits.ts'
import { findFindings, type Finding } from '../../store/audits/findings.ts'
import { logEvent } from '../../store/log-event.ts'
import { withActor, withReader } from '../../store/with-actor.ts'
import type { Acting } from '../acting.ts'
import { toLondonDay } from '../london-day.ts'
import { openCodes } from '../record/open-codes.ts'

export type AuditFacts = Audit & Left & { readonly state: AuditView['state']; readonly services: readonly ServiceCount[] }

const servicesOnPage = 50

export type AuditsAsked = { readonly auditId?: string | undefined; readonly year?: string | undefined; readonly page?: number | undefined }
export type AuditsShown = {
  readonly audits: readonly AuditFacts[]
  /** Years that have audits, newest first, and the one that is shown. */
  readonly years: readonly string[]
  readonly year: string | undefined
  readonly page: number
  readonly pages: number
  /** How many services there are on all pages. */
  readonly services: number
}

/**
 * The audits of one year, or the one of an id, with the numbers of a page of services; an audit that is not closed is shown with every year. A
 * service lead is not told how far the reading has come.
 */
export async function listAudits({ databases, programme, clock }: Attune, acting: Acting, asked: AuditsAsked = {}): Promise<AuditsShown> {
  const today = toLondonDay(clock.now())
  return withReader(databases.attune, acting, 'audit', async (trx) => {
    const all = await findAudits(trx as never, programme.id)
    const years = [...new Set(all.map(({ quarter }) => quarter.slice(0, 4)))]
    const year = asked.year ?? years[0]
    const audits = all.filter(({ auditId, quarter, closedAt }) =>
      asked.auditId === undefined ? closedAt === null || quarter.startsWith(`${year}-`) : auditId === asked.auditId,
    )
    const ids = audits.map(({ auditId }) => auditId)
    const verdicts = acting.role === 'service-lead' ? new Map<string, Left>() : await countVerdicts(trx as never, ids)
    const page = asked.page ?? 1
    const { serviceIds, services } = await findAuditedServices(trx as never, ids, { offset: (page - 1) * servicesOnPage, limit: servicesOnPage })
    const counts = serviceIds.length === 0 ? [] : await findServiceCounts(trx as never, ids, serviceIds)
    return {
      audits: audits.map((audit) => ({
        ...audit,
        ...(verdicts.get(audit.auditId) ?? { judged: 0, left: 0 }),
        state: stateOf(audit, today),
        services: counts.filter((count) => count.auditId === audit.auditId),
      })),
      years,
      year,
      page,
      pages: Math.max(1, Math.ceil(services / servicesOnPage)),
      services,
    }
  })
}

/** How many audits are not closed, and how many of them are late. */
export async function countRunningAudits({ databases, programme, clock }: Attune, acting: Acting): Promise<{ open: number; overdue: number }> {
  const audits = await withReader(databases.attune, acting, 'audit', (trx) => findAudits(trx as never, programme.id))
  const running = audits.filter(({ closedAt }) => closedAt === null)
  const today = toLondonDay(clock.now())
  return { open: running.length, overdue: running.filter((audit) => stateOf(audit, today) === 'overdue').length }
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
