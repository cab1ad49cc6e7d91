// The quarterly audit: texts without scores and without who wrote them, verdicts, findings, corrective actions.
import { Type, type Static } from 'typebox'
import { auditTokenIds, findingCategories, type AuditTokenId, type FindingCategory } from '@attune/policy'
import { closed, Day, Instant, ServiceId, Uuid } from './words.ts'

export const AuditOfService = closed({
  serviceId: ServiceId,
  serviceName: Type.String(),
  records: Type.Integer(),
  texts: Type.Integer(),
  flagged: Type.Integer(),
  sampled: Type.Integer(),
  findings: Type.Integer(),
  actionsOpen: Type.Integer(),
  actionsDone: Type.Integer(),
})
export type AuditOfService = Static<typeof AuditOfService>

export const AuditView = closed({
  auditId: Uuid,
  quarter: Type.String({ description: 'the calendar quarter that is audited, for example 2025-Q3' }),
  state: Type.Enum(['scanning', 'open', 'overdue', 'closed']),
  openedAt: Instant,
  dueOn: Day,
  closedAt: Type.Union([Instant, Type.Null()]),
  judged: Type.Integer(),
  toJudge: Type.Integer({ description: 'flagged texts and texts of the sample without a verdict' }),
  services: Type.Array(AuditOfService),
})
export type AuditView = Static<typeof AuditView>
export const AuditsQuery = closed({
  year: Type.Optional(Type.String({ pattern: '^\\d{4}$', description: 'the calendar year; the newest that has audits when left out' })),
  auditId: Type.Optional(Uuid),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: 'which page of services, by name' })),
})
export const AuditsPage = closed({
  audits: Type.Array(AuditView),
  years: Type.Array(Type.String()),
  year: Type.Union([Type.String(), Type.Null()]),
  page: Type.Integer(),
  pages: Type.Integer(),
  services: Type.Integer({ description: 'how many services there are on all pages' }),
})
export type AuditsPage = Static<typeof AuditsPage>

/** A stretch of a text, in UTF-16 code units; `end` is exclusive. */
const stretch = { start: Type.Integer({ minimum: 0 }), end: Type.Integer({ minimum: 1 }) }

export const AuditText = closed({
  textId: Uuid,
  question: Type.String({ description: 'what was asked, in words' }),
  text: Type.String(),
  because: Type.Enum(['flagged', 'sample']),
  marks: Type.Array(closed({ ...stretch, kind: Type.String(), says: Type.String() })),
})
export type AuditText = Static<typeof AuditText>
export const AuditTextsPage = closed({ texts: Type.Array(AuditText), left: Type.Integer() })
export type AuditTextsPage = Static<typeof AuditTextsPage>

export const AuditVerdict = closed({
  verdict: Type.Enum(['clear', 'replace']),
  spans: Type.Optional(Type.Array(closed({ ...stretch, as: Type.Enum(auditTokenIds as unknown as AuditTokenId[]) }), { minItems: 1, maxItems: 50 })),
})
export type AuditVerdict = Static<typeof AuditVerdict>
/** `text` is what the answer says from now on; null when nothing was replaced. */
export const AuditJudged = closed({ left: Type.Integer(), text: Type.Union([Type.String(), Type.Null()]) })
export type AuditJudged = Static<typeof AuditJudged>

export const FindingView = closed({
  findingId: Uuid,
  recordId: Uuid,
  serviceId: ServiceId,
  serviceName: Type.String(),
  code: Type.Union([Type.String(), Type.Null()], { description: 'the client code of the record; null once the client is erased' }),
  sessionOn: Day,
  question: Type.Union([Type.String(), Type.Null()]),
  category: Type.Enum(findingCategories as unknown as FindingCategory[]),
  foundAt: Instant,
  action: Type.Union([closed({ dueOn: Day, doneAt: Type.Union([Instant, Type.Null()]), overdue: Type.Boolean() }), Type.Null()]),
})
export type FindingView = Static<typeof FindingView>
export const FindingsPage = closed({ findings: Type.Array(FindingView) })
export type FindingsPage = Static<typeof FindingsPage>
