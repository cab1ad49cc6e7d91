import type { CorrectionRow, LetterView, RequestRow, RequestView, RightsSummary } from '@attune/contract'
import {
  explainDue,
  lettersOf,
  requestLetter,
  rightOutcomes,
  needsSecondPerson,
  ruleOfRequest,
  type Decision,
  type LetterFacts,
  type LetterKind,
  type Policy,
  type RequestFacts,
  type RequestType,
  type Urgency,
} from '@attune/policy'
import type { Static } from 'typebox'

type Listed = {
  readonly row: {
    readonly request_id: string
    readonly reference: string
    readonly service_id: string
    readonly type: RequestType
    readonly subject: 'client' | 'practitioner' | 'service'
    readonly state: RequestFacts['state']
    readonly received_on: string
    readonly due_on: string | null
    readonly holding: boolean
    readonly outcome: RequestRow['outcome']
  }
  readonly serviceName: string
  readonly code: string | null
  readonly urgency: Urgency
}

export function presentRequestRow(policy: Policy, { row, serviceName, code, urgency }: Listed): RequestRow {
  return {
    requestId: row.request_id,
    reference: row.reference,
    serviceId: row.service_id,
    serviceName,
    type: row.type,
    label: ruleOfRequest(policy, row.type).label,
    subject: row.subject,
    code,
    state: row.state,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    urgency,
    holding: row.holding,
    outcome: row.outcome,
  }
}

type Detail = Listed & {
  readonly row: Listed['row'] & {
    readonly ground: RequestView['ground']
    readonly identity_check: RequestView['identityCheck']
    readonly filed_at: Date
    readonly confirmed_at: Date | null
    readonly decided_at: Date | null
    readonly ended_at: Date | null
  }
  readonly words: string | null
  readonly decision: { readonly reasons: string; readonly recipient?: { readonly name: string }; readonly treatedBecause?: string } | undefined
  readonly practitioner: string | null
  readonly linked: readonly { readonly requestId: string; readonly reference: string }[]
  readonly records: number | null
  readonly corrections: number
  readonly packages: readonly {
    readonly package_id: string
    readonly sha256: string
    readonly records: number
    readonly withheld: number
    readonly made_at: Date
    readonly taken_at: Date | null
  }[]
  readonly steps: { readonly [step in keyof RequestView['steps']]: Decision }
  readonly proposedByMe: boolean
  readonly letter: LetterFacts
}

const toStep = (decision: Decision) =>
  decision.allowed
    ? { may: true, sentence: '' }
    : { may: false, sentence: decision.sentence, ...(decision.said !== undefined && { said: decision.said }) }

export function presentRequest(policy: Policy, detail: Detail): RequestView {
  const { row, steps } = detail
  return {
    ...presentRequestRow(policy, detail),
    means: ruleOfRequest(policy, row.type).means,
    explanation: explainDue(policy, detail.letter),
    treatedBecause: detail.decision?.treatedBecause ?? null,
    words: detail.words,
    ground: row.ground,
    identityCheck: row.identity_check,
    practitioner: detail.practitioner,
    filedAt: row.filed_at.toISOString(),
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    reasons: detail.decision?.reasons ?? null,
    recipient: detail.decision?.recipient?.name ?? null,
    proposedByMe: detail.proposedByMe,
    linked: detail.linked.map(({ requestId, reference }) => ({ requestId, reference })),
    records: detail.records,
    corrections: detail.corrections,
    letters: lettersOf(detail.letter),
    packages: detail.packages.map((made) => ({
      packageId: made.package_id,
      sha256: made.sha256,
      records: made.records,
      withheld: made.withheld,
      madeAt: made.made_at.toISOString(),
      takenAt: made.taken_at?.toISOString() ?? null,
    })),
    steps: {
      confirm: toStep(steps.confirm),
      pause: toStep(steps.pause),
      resume: toStep(steps.resume),
      extend: toStep(steps.extend),
      decide: toStep(steps.decide),
      agree: toStep(steps.agree),
      takeBack: toStep(steps.takeBack),
      lift: toStep(steps.lift),
    },
    secondPersonFor: rightOutcomes.filter((outcome) => needsSecondPerson(policy, row.type, outcome)),
  }
}

type Corrected = Pick<CorrectionRow, 'correctionId' | 'recordId' | 'sessionOn' | 'field' | 'label' | 'reason' | 'mine'> & {
  readonly beforeHash: Buffer | null
  readonly afterHash: Buffer | null
  readonly madeAt: Date
  readonly maker: string | null
}

const toMark = (hash: Buffer | null) => hash?.toString('hex').slice(0, 32) ?? ''

export function presentCorrection({ correctionId, recordId, sessionOn, field, label, reason, mine, ...more }: Corrected): CorrectionRow {
  return {
    correctionId,
    recordId,
    sessionOn,
    field,
    label,
    reason,
    mine,
    madeAt: more.madeAt.toISOString(),
    madeBy: more.maker,
    beforeMark: toMark(more.beforeHash),
    afterMark: toMark(more.afterHash),
  }
}

/** A letter, when the request has come that far. */
export function presentLetter(policy: Policy, kind: LetterKind, letter: LetterFacts): Static<typeof LetterView> | undefined {
  if (!lettersOf(letter).includes(kind)) return undefined
  const page = requestLetter(policy, kind, letter)
  return { ...page, sections: page.sections.map(({ heading, blocks }) => ({ heading, blocks: [...blocks] })) }
}

type Summary = Omit<RightsSummary, 'notices'> & {
  readonly notices: readonly { readonly kind: string; readonly queuedAt: Date; readonly facts: { readonly [name: string]: string | number } }[]
}

export function presentSummary({ open, overdue, soon, unconfirmed, notices }: Summary): RightsSummary {
  return {
    open,
    overdue,
    soon,
    unconfirmed,
    notices: notices.map(({ kind, queuedAt, facts }) => ({
      kind,
      at: queuedAt.toISOString(),
      reference: typeof facts['reference'] === 'string' ? facts['reference'] : null,
      day: typeof facts['day'] === 'string' ? facts['day'] : null,
      count: typeof facts['count'] === 'number' ? facts['count'] : null,
    })),
  }
}
