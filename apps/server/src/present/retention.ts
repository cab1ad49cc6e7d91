import type { RetentionDecisionRow, RetentionView } from '@attune/contract'
import { retentionSentence, type Policy } from '@attune/policy'

type Decision = {
  readonly decision_id: string
  readonly service_id: string
  readonly serviceName: string
  readonly kind: 'put-off' | 'dispose-early'
  readonly session_from: string
  readonly session_until: string
  readonly until_on: string | null
  readonly reason: string
  readonly records: number
  readonly state: 'asked' | 'agreed' | 'refused'
  readonly asked_at: Date
  readonly decided_at: Date | null
  readonly own: boolean
}

export function presentRetentionDecision(decision: Decision): RetentionDecisionRow {
  return {
    decisionId: decision.decision_id,
    serviceId: decision.service_id,
    serviceName: decision.serviceName,
    kind: decision.kind,
    sessionFrom: decision.session_from,
    sessionUntil: decision.session_until,
    untilOn: decision.until_on,
    reason: decision.reason,
    records: decision.records,
    state: decision.state,
    askedAt: decision.asked_at.toISOString(),
    decidedAt: decision.decided_at?.toISOString() ?? null,
    own: decision.own,
  }
}

type Retention = {
  readonly today: string
  readonly held: number
  readonly eligible: number
  readonly named: number
  readonly warnings: readonly {
    serviceId: string
    serviceName: string
    sessionFrom: string
    sessionUntil: string
    records: number
    warnedAt: Date
    disposeOn: string
  }[]
  readonly decisions: readonly Decision[]
  readonly runs: readonly {
    run_on: string
    ended_at: Date | null
    warned: number
    disposed: number
    blanked: number
    removed: number
    asked: number
  }[]
}

export function presentRetention(policy: Policy, { today, held, eligible, named, warnings, decisions, runs }: Retention): RetentionView {
  return {
    today,
    rules: policy.retention.map((rule) => ({ id: rule.id, label: rule.label, sentence: retentionSentence(rule) })),
    held,
    eligible,
    named,
    warnings: warnings.map(({ warnedAt, serviceId, serviceName, sessionFrom, sessionUntil, records, disposeOn }) => ({
      serviceId,
      serviceName,
      sessionFrom,
      sessionUntil,
      records,
      warnedAt: warnedAt.toISOString(),
      disposeOn,
    })),
    decisions: decisions.map(presentRetentionDecision),
    runs: runs.map((run) => ({
      runOn: run.run_on,
      endedAt: run.ended_at?.toISOString() ?? null,
      warned: run.warned,
      disposed: run.disposed,
      blanked: run.blanked,
      removed: run.removed,
      asked: run.asked,
    })),
  }
}
