import type { AuditsPage, AuditText, AuditView, FindingView } from '@attune/contract'
import type { FindingCategory } from '@attune/policy'

type AuditFacts = Omit<AuditView, 'openedAt' | 'closedAt' | 'toJudge' | 'services'> & {
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly left: number
  readonly services: readonly AuditView['services'][number][]
}

export function presentAudit({ auditId, quarter, state, openedAt, dueOn, closedAt, judged, left, services }: AuditFacts): AuditView {
  return {
    auditId,
    quarter,
    state,
    openedAt: openedAt.toISOString(),
    dueOn,
    closedAt: closedAt?.toISOString() ?? null,
    judged,
    toJudge: left,
    services: services.map(({ serviceId, serviceName, records, texts, flagged, sampled, findings, actionsOpen, actionsDone }) => ({
      serviceId,
      serviceName,
      records,
      texts,
      flagged,
      sampled,
      findings,
      actionsOpen,
      actionsDone,
    })),
  }
}

type PageFacts = Omit<AuditsPage, 'audits' | 'years' | 'year'> & {
  readonly audits: readonly AuditFacts[]
  readonly years: readonly string[]
  readonly year: string | undefined
}

export function presentAudits({ audits, years, year, page, pages, services }: PageFacts): AuditsPage {
  return { audits: audits.map(presentAudit), years: [...years], year: year ?? null, page, pages, services }
}

type TextFacts = {
  readonly row: { readonly textId: string; readonly marks: readonly { start: number; end: number; type: string; because: string }[] }
  readonly text: string
  readonly label: string
}

/** A text, its question and where the detector stopped: nothing of who wrote it, when, or how the client was doing. */
export function presentAuditText({ row, text, label }: TextFacts): AuditText {
  return {
    textId: row.textId,
    question: label,
    text,
    because: row.marks.length > 0 ? 'flagged' : 'sample',
    marks: row.marks.map(({ start, end, type, because }) => ({ start, end, kind: type, says: because })),
  }
}

type FindingFacts = {
  readonly findingId: string
  readonly recordId: string
  readonly serviceId: string
  readonly serviceName: string
  readonly code: string | undefined
  readonly sessionOn: string
  readonly question: string | null
  readonly category: FindingCategory
  readonly foundAt: Date
  readonly action: { readonly dueOn: string; readonly doneAt: Date | null } | undefined
  readonly overdue: boolean
}

export function presentFinding({ code, foundAt, action, overdue, ...finding }: FindingFacts): FindingView {
  const { findingId, recordId, serviceId, serviceName, sessionOn, question, category } = finding
  return {
    findingId,
    recordId,
    serviceId,
    serviceName,
    code: code ?? null,
    sessionOn,
    question,
    category,
    foundAt: foundAt.toISOString(),
    action: action === undefined ? null : { dueOn: action.dueOn, doneAt: action.doneAt?.toISOString() ?? null, overdue },
  }
}
