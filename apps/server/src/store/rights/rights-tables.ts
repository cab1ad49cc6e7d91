// Tables of the rights desk and of retention as Kysely sees them.
import type { Generated, JSONColumnType } from 'kysely'
import type { Certificate, IdentityCheck, Pause, RequestState, RequestType, RestrictionGround, RightOutcome } from '@attune/policy'

export type RequestSubject = 'client' | 'practitioner' | 'service'

export type RightsTables = {
  'rights.requests': {
    service_id: string
    request_id: string
    reference: string
    type: RequestType
    subject: RequestSubject
    code_hash: Buffer | null
    code_sealed: Buffer | null
    client_id: string | null
    practitioner_id: string | null
    account_id: string | null
    ground: RestrictionGround | null
    words_sealed: Buffer | null
    decision_sealed: Buffer | null
    clock_sealed: Buffer | null
    received_on: string
    filed_at: Date
    filed_by: string | null
    state: RequestState
    pauses: JSONColumnType<readonly Pause[], string | undefined, string>
    extended: Generated<boolean>
    due_on: string | null
    holding: Generated<boolean>
    identity_check: IdentityCheck | null
    confirmed_by: string | null
    confirmed_at: Date | null
    outcome: RightOutcome | null
    treated_as: string | null
    proposed_by: string | null
    proposed_at: Date | null
    agreed_by: string | null
    decided_at: Date | null
    linked_to: string | null
    certificate: JSONColumnType<Certificate, string | null, string | null> | null
    ended_at: Date | null
    version: Generated<number>
  }
  'rights.erasures': {
    service_id: string
    kind: 'client' | 'practitioner' | 'record' | 'spent' | 'sign-in'
    keyed_hash: Buffer
    at: Date
    request_id: string | null
    outside_id: string | null
    outside_done_at: Date | null
  }
  'rights.packages': {
    service_id: string
    package_id: string
    request_id: string
    subject: RequestSubject
    sealed: Buffer
    sha256: string
    records: number
    withheld: number
    made_at: Date
    made_by: string
    taken_at: Date | null
  }
  'rights.notices': {
    service_id: string
    notice_id: string
    told_once: string
    kind: string
    to_role: string
    to_account: string | null
    facts: JSONColumnType<NoticeFacts, string | undefined, string>
    queued_at: Date
    sent_at: Date | null
  }
  'retention.warnings': {
    service_id: string
    warning_id: string
    session_from: string
    session_until: string
    records: number
    warned_at: Date
    dispose_on: string
  }
  'retention.decisions': {
    service_id: string
    decision_id: string
    kind: 'put-off' | 'dispose-early'
    session_from: string
    session_until: string
    until_on: string | null
    reason: string
    records: number
    state: 'asked' | 'agreed' | 'refused'
    asked_by: string
    asked_at: Date
    decided_by: string | null
    decided_at: Date | null
  }
  'retention.day_counts': { session_on: string; records: number; named: number; counted_at: Date }
  'retention.runs': {
    run_on: string
    started_at: Date
    ended_at: Date | null
    warned: Generated<number>
    disposed: Generated<number>
    blanked: Generated<number>
    removed: Generated<number>
    asked: Generated<number>
  }
  'sums.aggregate_runs': {
    run_id: string
    programme_id: string
    session_from: string
    session_until: string
    records: number
    cells: JSONColumnType<object, string | undefined, string>
    made_by: string
    made_at: Date
  }
  'log.exports': {
    service_id: string
    export_id: string
    at: Date
    account_id: string
    sha256: string
    records: number
    withheld: number
    client_ids: string[]
  }
  'answers.corrections': {
    service_id: string
    correction_id: string
    record_id: string
    request_id: string
    field: string
    before_hash: Buffer | null
    after_hash: Buffer | null
    reason_sealed: Buffer
    made_by: string
    made_at: Date
  }
}

/** References, days and counts: never a name, an address or a client code. */
export type NoticeFacts = { readonly [name: string]: string | number }
