// The rights desk: requests about clients (by code alone), practitioners' own requests, and a service's request for all of its data.
import { SaidWire } from './told.ts'
import { Type, type Static } from 'typebox'
import {
  identityChecks,
  letterKinds,
  requestStates,
  requestTypes,
  restrictionGrounds,
  rightOutcomes,
  type IdentityCheck,
  type LetterKind,
  type RequestState,
  type RequestType,
  type RestrictionGround,
  type RightOutcome,
} from '@attune/policy'
import type { Route } from './route.ts'
import { ClientCode, closed, Day, Done, Instant, ServiceId, Uuid } from './words.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const RequestTypeName = Type.Enum(requestTypes as unknown as RequestType[])
const Outcome = Type.Enum(rightOutcomes as unknown as RightOutcome[])
const Ground = Type.Enum(restrictionGrounds as unknown as RestrictionGround[])
const Identity = Type.Enum(identityChecks as unknown as IdentityCheck[])
const Words = Type.String({ maxLength: 2000 })

export const RequestNew = closed({
  type: RequestTypeName,
  code: Type.Optional(ClientCode),
  serviceId: Type.Optional(ServiceId),
  receivedOn: Type.Optional(Day),
  hold: Type.Optional(Type.Boolean()),
  ground: Type.Optional(Ground),
  words: Type.Optional(Words),
  identityCheck: Type.Optional(Identity),
})
export type RequestNew = Static<typeof RequestNew>

/** What a client sends without an account: to which service and which right, and nothing that says who. */
export const ClientRequestNew = closed({ serviceId: ServiceId, type: RequestTypeName, hold: Type.Optional(Type.Boolean()) })
export const ClientRequestFiled = closed({ reference: Type.String(), dueOn: Nullable(Day), sentence: Type.String(), said: Type.Optional(SaidWire) })

const Step = closed({ may: Type.Boolean(), sentence: Type.String(), said: Type.Optional(SaidWire) })

export const RequestRow = closed({
  requestId: Uuid,
  reference: Type.String(),
  serviceId: ServiceId,
  serviceName: Type.String(),
  type: RequestTypeName,
  label: Type.String(),
  subject: Type.Enum(['client', 'practitioner', 'service']),
  code: Nullable(Type.String()),
  state: Type.Enum(requestStates as unknown as RequestState[]),
  receivedOn: Day,
  dueOn: Nullable(Day),
  urgency: Type.Enum(['overdue', 'soon', 'in-time', 'standing', 'ended']),
  holding: Type.Boolean(),
  outcome: Nullable(Outcome),
})
export type RequestRow = Static<typeof RequestRow>

export const RequestsPage = closed({ requests: Type.Array(RequestRow), next: Nullable(Type.String()) })
export type RequestsPage = Static<typeof RequestsPage>
export const RequestsQuery = closed({
  ended: Type.Optional(Type.Boolean()),
  after: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})

export const RequestView = closed({
  ...RequestRow.properties,
  means: Type.String(),
  explanation: Type.String(),
  treatedBecause: Nullable(Type.String()),
  words: Nullable(Type.String()),
  ground: Nullable(Ground),
  identityCheck: Nullable(Identity),
  practitioner: Nullable(Type.String({ description: 'name of whose own data it is about, for administrators' })),
  filedAt: Instant,
  confirmedAt: Nullable(Instant),
  decidedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  reasons: Nullable(Type.String()),
  recipient: Nullable(Type.String()),
  proposedByMe: Type.Boolean(),
  linked: Type.Array(closed({ requestId: Uuid, reference: Type.String() })),
  records: Nullable(Type.Integer({ description: 'records that the request is about, while they are here' })),
  corrections: Type.Integer(),
  letters: Type.Array(Type.Enum(letterKinds as unknown as LetterKind[])),
  packages: Type.Array(
    closed({
      packageId: Uuid,
      sha256: Type.String(),
      records: Type.Integer(),
      withheld: Type.Integer(),
      madeAt: Instant,
      takenAt: Nullable(Instant),
    }),
  ),
  steps: closed({ confirm: Step, pause: Step, resume: Step, extend: Step, decide: Step, agree: Step, takeBack: Step, lift: Step }),
  secondPersonFor: Type.Array(Outcome),
})
export type RequestView = Static<typeof RequestView>

export const RequestConfirm = closed({ identityCheck: Identity, code: Type.Optional(ClientCode) })
export const RequestClock = closed({
  step: Type.Enum(['pause', 'resume', 'extend']),
  reasons: Type.Optional(
    Type.String({ maxLength: 2000, description: 'what the person is asked (pause), or why it takes longer (extend); printed in the letter' }),
  ),
})
export const Recipient = closed({
  name: Type.String({ minLength: 2, maxLength: 120 }),
  ageKey: Type.String({ pattern: '^age1[0-9a-z]{20,2000}$', description: "the recipient's public age key" }),
})
export const RequestDecision = closed({
  outcome: Outcome,
  reasons: Words,
  ground: Type.Optional(Ground),
  recipient: Type.Optional(Recipient),
  toServiceId: Type.Optional(ServiceId),
})
export type RequestDecision = Static<typeof RequestDecision>
export const RequestAgreement = closed({ agrees: Type.Boolean(), reasons: Type.Optional(Words) })
export const RequestLift = closed({ reasons: Words })

export const RightsSummary = closed({
  overdue: Type.Integer(),
  soon: Type.Integer(),
  open: Type.Integer(),
  unconfirmed: Type.Integer(),
  notices: Type.Array(
    closed({ kind: Type.String(), at: Instant, reference: Nullable(Type.String()), day: Nullable(Day), count: Nullable(Type.Integer()) }),
  ),
})
export type RightsSummary = Static<typeof RightsSummary>

export const Correction = closed({
  requestId: Uuid,
  reason: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S' }),
  answers: Type.Record(Type.String({ maxLength: 80 }), Nullable(Type.String({ maxLength: 4000 }))),
})
export const CorrectionMade = closed({ recordId: Uuid, fields: Type.Array(Type.String()) })

/** One corrected answer: which, why, by whom and when. What stood there is kept nowhere; two keyed marks show that it changed. */
export const CorrectionRow = closed({
  correctionId: Uuid,
  recordId: Uuid,
  sessionOn: Day,
  field: Type.String(),
  label: Type.String(),
  reason: Type.String(),
  madeAt: Instant,
  madeBy: Nullable(Type.String({ description: 'name of who corrected it, for administrators' })),
  mine: Type.Boolean(),
  beforeMark: Type.String({ description: 'first half of a keyed hash' }),
  afterMark: Type.String(),
})
export type CorrectionRow = Static<typeof CorrectionRow>
export const CorrectionsPage = closed({ corrections: Type.Array(CorrectionRow) })

const LetterBlock = Type.Unknown({ description: 'a Block of packages/policy' })
export const LetterView = closed({
  id: Type.String(),
  title: Type.String(),
  audience: Type.String(),
  operator: Type.String(),
  edition: Type.String(),
  lastChangedOn: Type.String(),
  sections: Type.Array(closed({ heading: Type.String(), blocks: Type.Array(LetterBlock) })),
  footer: Type.String(),
})

const requestParams = closed({ requestId: Uuid })
const door = 'second-factor' as const

export const rightsRoutes = {
  'GET /api/rights/summary': { summary: 'What waits at the rights desk', door, act: 'right.file', reply: RightsSummary },
  'GET /api/rights': { summary: 'Requests that I may see', door, act: 'right.file', query: RequestsQuery, reply: RequestsPage },
  'POST /api/rights': {
    summary: 'File a request: for a client by code, or about one’s own data',
    door,
    act: 'right.file',
    body: RequestNew,
    status: 201,
    reply: RequestView,
  },
  'POST /api/client-requests': {
    summary: 'A client asks a service, without an account and without saying who',
    door: 'open',
    body: ClientRequestNew,
    status: 201,
    reply: ClientRequestFiled,
  },
  'GET /api/rights/:requestId': { summary: 'One request', door, act: 'right.file', params: requestParams, reply: RequestView },
  'GET /api/rights/:requestId/corrections': {
    summary: 'What was corrected for a request, why and by whom',
    door,
    act: 'right.file',
    params: requestParams,
    reply: CorrectionsPage,
  },
  'POST /api/rights/:requestId/confirm': {
    summary: 'Say that it was made sure who asks',
    door,
    act: 'right.confirm',
    params: requestParams,
    body: RequestConfirm,
    reply: RequestView,
  },
  'POST /api/rights/:requestId/clock': {
    summary: 'Stop the clock, start it again, or add time',
    door,
    act: 'right.decide',
    params: requestParams,
    body: RequestClock,
    reply: RequestView,
  },
  'POST /api/rights/:requestId/decision': {
    summary: 'Decide, with reasons',
    door,
    act: 'right.decide',
    params: requestParams,
    body: RequestDecision,
    reply: RequestView,
  },
  'POST /api/rights/:requestId/agreement': {
    summary: 'Agree to a colleague’s decision, or not',
    door,
    act: 'right.decide',
    params: requestParams,
    body: RequestAgreement,
    reply: RequestView,
  },
  'POST /api/rights/:requestId/lift': {
    summary: 'End a restriction',
    door,
    act: 'right.decide',
    params: requestParams,
    body: RequestLift,
    reply: RequestView,
  },
  'POST /api/rights/:requestId/take-back': { summary: 'Take a request back', door, act: 'right.file', params: requestParams, reply: RequestView },
  'GET /api/rights/:requestId/letters/:kind': {
    summary: 'A letter about a request, printed from the policy',
    door,
    act: 'right.file',
    params: closed({ requestId: Uuid, kind: Type.Enum(letterKinds as unknown as LetterKind[]) }),
    reply: LetterView,
  },
  'GET /api/rights/:requestId/package': {
    summary: 'The sealed package: it can be passed on, not opened',
    door,
    act: 'right.file',
    params: requestParams,
    reply: 'application/octet-stream',
  },
  'POST /api/records/:recordId/correction': {
    summary: 'Correct named answers for a request',
    door,
    act: 'right.decide',
    params: closed({ recordId: Uuid }),
    body: Correction,
    reply: CorrectionMade,
  },
  'POST /api/leaving': { summary: 'I am leaving', door, act: 'person.leave', body: closed({ leaving: Type.Literal(true) }), reply: Done },
} as const satisfies { readonly [route: string]: Route }
