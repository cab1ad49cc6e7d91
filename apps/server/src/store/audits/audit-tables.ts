import type { Generated, JSONColumnType } from 'kysely'
import type { FindingCategory } from '@attune/policy'

/** Where the detector stopped in a text, and why, without the text. */
export type Mark = { readonly start: number; readonly end: number; readonly type: string; readonly because: string }

/** The tables of the schema `audit` as Kysely sees them. */
export type AuditTables = {
  'audit.audits': {
    service_id: Generated<string>
    audit_id: string
    programme_id: string
    quarter: string
    until_at: Date
    opened_at: Date
    due_on: string
    seed: string
    scanned_at: Date | null
    overdue_told_at: Date | null
    closed_at: Date | null
    closed_by: string | null
  }
  'audit.texts': {
    service_id: string
    audit_id: string
    text_id: string
    record_id: string
    client_id: string
    question: string
    marks: JSONColumnType<object, string | undefined, string>
    confidence: number
    rank: number
    chosen: boolean
    verdict: 'clear' | 'replaced' | null
    judged_by: string | null
    judged_at: Date | null
  }
  'audit.service_counts': {
    service_id: string
    audit_id: string
    records: number
    texts: number
    flagged: number
    sampled: number
    reported_at: Date | null
  }
  'audit.corrective_actions': {
    service_id: string
    action_id: string
    audit_id: string
    practitioner_id: string
    opened_at: Date
    due_on: string
    done_at: Date | null
  }
  'audit.findings': {
    service_id: string
    finding_id: string
    audit_id: string
    record_id: string
    client_id: string
    session_on: string
    question: string | null
    category: FindingCategory
    span_length: number | null
    before_hash: Buffer | null
    after_hash: Buffer | null
    found_at: Date
    found_by: string | null
    action_id: string | null
  }
}
