import type { Generated, JSONColumnType } from 'kysely'
import type { BreachKind, BreachRisk } from '@attune/policy'
import type { AffectedCounts } from './affected-records.ts'

export type BreachNotice = 'first' | 'tell-clients' | 'practitioner'

/** The tables of the schema `breach` as Kysely sees them. */
export type BreachTables = {
  'breach.breaches': {
    service_id: Generated<string>
    breach_id: string
    number: number
    kind: BreachKind
    found_at: Date
    happened_from: string
    happened_until: string
    services: string[]
    accounts: string[]
    sealed: Buffer
    services_left: Generated<string[]>
    affected: JSONColumnType<readonly AffectedCounts[], string | undefined, string>
    recorded_by: string
    recorded_at: Date
    likelihood: number | null
    severity: number | null
    risk: BreachRisk | null
    assessed_by: string | null
    assessed_at: Date | null
    regulator_told_at: Date | null
    individuals_told_at: Date | null
    overdue_told_at: Date | null
    closed_at: Date | null
    closed_by: string | null
  }
  'breach.affected_records': {
    service_id: string
    breach_id: string
    record_id: string
    client_id: string
    practitioner_id: string | null
    certainty: 'opened' | 'within-reach'
  }
  'breach.notices': {
    service_id: string
    breach_id: string
    notice_id: string
    to_role: string
    what: BreachNotice
    account_id: string
    records: number
    queued_at: Date
    sent_at: Date | null
  }
}
