// The tables of the main database as Kysely sees them. A test compares this file with the database (attune-tables.test.ts).
import type { Generated, JSONColumnType } from 'kysely'
import type { Role } from '@attune/policy'
import type { AuditTables } from './audits/audit-tables.ts'
import type { BreachTables } from './breaches/breach-tables.ts'
import type { RightsTables } from './rights/rights-tables.ts'
import type { WebhookTables } from './webhooks/webhook-tables.ts'

export type AttuneTables = AuditTables &
  BreachTables &
  RightsTables &
  WebhookTables & {
    'policy.services': {
      service_id: string
      name: string
      former_names: Generated<string[]>
      code_pattern: string | null
      email_domains: Generated<string[]>
      status: Generated<'operator' | 'draft' | 'live' | 'closed'>
      processor_terms_version: string | null
      processor_terms_on: string | null
      processor_terms_by: string | null
      link_list_place: string | null
      link_list_keeper: string | null
      online_agreed: Generated<boolean>
      version: Generated<number>
      opened_at: Generated<Date>
    }
    'policy.access_grants': {
      service_id: string
      grant_id: string
      account_id: string
      role: Role
      seat: number | null
      granted_by: string | null
      granted_at: Generated<Date>
      review_on: string | null
      review_opened_at: Generated<Date | null>
      review_late_at: Generated<Date | null>
      nomination_id: Generated<string | null>
      ended_at: Date | null
      ended_by: string | null
    }
    'policy.policy_versions': { policy_version: string; programme_id: string; edition: string; recorded_at: Generated<Date> }
    'policy.form_versions': {
      form_id: string
      form_version: string
      programme_id: string
      kind: string
      xml: string
      xml_hash: string
      outline: JSONColumnType<object>
      questions: JSONColumnType<object>
      status: Generated<'published' | 'closed'>
      published_at: Generated<Date>
      for_service: string | null
      additions: JSONColumnType<object, string | undefined, string>
      draft_id: string | null
      published_by: string | null
      closed_at: Date | null
      closed_by: string | null
    }
    'policy.file_contents': { sha256: string; bytes: Buffer }
    'policy.form_files': {
      form_id: string
      form_version: string
      name: string
      kind: 'image' | 'audio' | 'video' | 'list'
      media_type: string
      size: number
      sha256: string
      md5: string
      row_count: number | null
    }
    'policy.form_drafts': {
      service_id: string
      draft_id: string
      programme_id: string
      form_id: string
      form_version: string
      kind: string
      title: string
      file_name: string
      workbook: JSONColumnType<object>
      xml: string
      xml_hash: string
      outline: JSONColumnType<object>
      questions: JSONColumnType<object>
      additions: JSONColumnType<object>
      warnings: JSONColumnType<object>
      files: JSONColumnType<object, string | undefined, string>
      review: JSONColumnType<object> | null
      state: Generated<'draft' | 'published' | 'withdrawn'>
      proposed_by: string
      proposed_at: Date
      decided_by: string | null
      decided_at: Date | null
    }
    'policy.backups': {
      backup_id: string
      kind: 'data' | 'accounts' | 'keyring'
      cycle: 'platform' | 'offsite'
      made_at: Date
      destination: string
      name: string
      bytes: number | null
      sha256: Buffer | null
      counts: JSONColumnType<{ [table: string]: number }, string | undefined, string>
      state: Generated<'making' | 'verified' | 'failed' | 'removed'>
      problem: string | null
      verified_at: Date | null
      removed_at: Date | null
      asked_by: string | null
    }
    'policy.restorations': {
      restoration_id: Generated<string>
      backup_id: string
      backup_at: Date
      from_batch: number
      people: JSONColumnType<object[], string | undefined, string>
      loaded_at: Generated<Date>
      incident: string | null
      approvers: string[] | null
      finished_at: Date | null
      report: JSONColumnType<object> | null
    }
    'policy.installation': { only_row: Generated<boolean>; mode: 'demo' | 'real'; opened_at: Generated<Date> }
    'identity.practitioners': {
      service_id: string
      practitioner_id: string
      account_id: string
      /** Null once nothing may be known any more of who it was. */
      sealed: Buffer | null
      status: Generated<'active' | 'left'>
      since: Generated<Date>
      left_on: string | null
      asked_active_on: string | null
      restricted_at: Date | null
      version: Generated<number>
    }
    'identity.practitioner_consents': {
      service_id: string
      consent_id: string
      practitioner_id: string
      policy_version: string
      edition: string
      terms_version: string
      purposes: string[]
      form_version: string
      sealed: Buffer | null
      signature_kind: 'drawn' | 'typed'
      signed_at: Date
      withdrawn_at: Date | null
      removed_at: Date | null
      proof_hash: Buffer
      notice_sha256: Buffer | null
      summary_sha256: Buffer | null
      terms_sha256: Buffer | null
    }
    'identity.training_records': {
      service_id: string
      practitioner_id: string
      course: string
      course_version: string
      score: number
      out_of: number
      passed_at: Generated<Date>
    }
    'identity.code_requests': {
      service_id: string
      request_id: string
      reference: string
      practitioner_id: string
      account_id: string
      session_on: string
      asked_at: Date
      operator_on: string
      state: Generated<'waiting' | 'found' | 'none'>
      client_id: string | null
      answered_at: Date | null
      answered_by: string | null
    }
    'identity.record_authors': {
      service_id: string
      record_id: string
      practitioner_id: string
      session_on: string
      sealed: Buffer | null
      blanked_at: Date | null
    }
    'answers.clients': {
      service_id: string
      client_id: string
      code_hash: Buffer
      code_sealed: Buffer
      code_source: 'service' | 'form'
      first_at: Generated<Date>
      restricted_at: Date | null
    }
    'answers.records': {
      service_id: string
      record_id: string
      client_id: string
      programme_id: string
      form_id: string
      form_version: string
      policy_version: string
      session_on: string
      received_at: Generated<Date>
      xml_sealed: Buffer
      answers_sealed: Buffer
      content_hash: Buffer
      service_copy: boolean
      restricted_at: Date | null
      review_state: Generated<'received' | 'agreed' | 'differs'>
      review_places: JSONColumnType<object, string | undefined, string>
      reviewed_at: Date | null
      audited_in: string | null
      aggregate_run: string | null
    }
    'answers.attachments': { service_id: string; record_id: string; name_hash: Buffer; name_sealed: Buffer; sealed: Buffer; content_hash: Buffer }
    'scores.record_scores': {
      service_id: string
      record_id: string
      client_id: string
      programme_id: string
      session_on: string
      received_at: Date
      time_point: 'before' | 'during' | 'after'
      age_group: string
      scales: string[]
      scores: number[]
      choices: string[]
      counted: Generated<boolean>
    }
    'sums.change_sums': SumsPlace & {
      measure: string
      scale: string
      pair: 'before' | 'kept' | 'before-during' | 'before-after'
      n: number
      sx: number
      sy: number
      sxx: number
      syy: number
      sxy: number
    }
    'sums.change_counts': SumsPlace & { measure: string; scale: string; pair: 'before-during' | 'before-after'; change: number; n: number }
    'sums.episode_counts': SumsPlace & { sessions: number; clients: number }
    'sums.choice_counts': SumsPlace & { question: string; choice: string; clients: number }
    'sums.arrived': { service_id: string; client_id: string; record_id: string }
    'sums.pending': SumsPlace & {
      pending_id: Generated<number>
      sign: -1 | 1
      sessions: number
      choices: string[]
      scales: string[]
      pairs: string[]
      periods: string[]
      xs: number[]
      ys: number[]
    }
    'jobs.schedules': {
      job: string
      due_at: Date
      held_by: string | null
      held_until: Date | null
      begun_at: Date | null
      ended_at: Date | null
      outcome: 'done' | 'failed' | null
      failures: Generated<number>
    }
    'sums.theme_counts': {
      service_id: Generated<string>
      coding_id: string
      theme: string
      programme_id: string
      question: string
      from_period: string
      until_period: string
      texts_read: number
      n: number
      saved_at: Date
    }
    'answers.export_orders': {
      service_id: string
      order_id: string
      title: string | null
      options: JSONColumnType<object, string, string>
      made_at: Date
    }
    'sums.report_layouts': {
      service_id: string
      layout_id: string
      title: string
      parts: string[]
      measures: string[]
      from_period: string
      until_period: string
      made_by: string
      made_at: Date
    }
    'sums.releases': {
      service_id: string
      release_id: Generated<number>
      programme_id: string
      edition: string
      from_period: string
      until_period: string
      age_group: string
      mode: string
      support: string
      outcome: 'released' | 'refused'
      because: Generated<string>
      figures: JSONColumnType<object, string, string>
      figures_hash: string
      released_at: Date
    }
    'log.events': {
      service_id: string
      event_id: Generated<number>
      at: Generated<Date>
      account_id: string | null
      role: string
      action: string
      purpose: Generated<string>
      outcome: 'done' | 'refused' | 'failed'
      detail: JSONColumnType<object, object | undefined, object>
      /** Number of the transaction that wrote it; for the sealer. */
      xact: Generated<string>
    }
    'log.batches': {
      batch: number
      sealed_at: Date
      upto: string
      event_ids: number[]
      leaf_hashes: Buffer
      total: number
      batch_root: Buffer
      tree_root: Buffer
      frontier: Buffer[]
      signature: Buffer
    }
    'log.anchors': { batch: number; destination: string; anchored_at: Generated<Date>; outcome: 'done' | 'failed' }
    'log.verifications': {
      verification_id: Generated<string>
      verified_at: Generated<Date>
      batches: number
      events: number
      anchors: number
      findings: JSONColumnType<object[]>
    }
  }

/** Where in the sums somebody stands: quarter, age group of the first session, how sessions were held, other support ("a b"). */
type SumsPlace = { service_id: string; programme_id: string; period: string; age_group: string; mode: string; support: string }
