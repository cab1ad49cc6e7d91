// Retention: what is due, what will be due, and the decisions that put it off or bring it forward.
import { Type, type Static } from 'typebox'
import type { Route } from './route.ts'
import { closed, Day, Instant, ServiceId, Uuid } from './words.ts'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const door = 'second-factor' as const

export const RetentionDecisionRow = closed({
  decisionId: Uuid,
  serviceId: ServiceId,
  serviceName: Type.String(),
  kind: Type.Enum(['put-off', 'dispose-early']),
  sessionFrom: Day,
  sessionUntil: Day,
  untilOn: Nullable(Day),
  reason: Type.String(),
  records: Type.Integer(),
  state: Type.Enum(['asked', 'agreed', 'refused']),
  askedAt: Instant,
  decidedAt: Nullable(Instant),
  own: Type.Boolean({ description: 'asked by whoever looks: somebody else has to agree' }),
})
export type RetentionDecisionRow = Static<typeof RetentionDecisionRow>

export const RetentionView = closed({
  today: Day,
  rules: Type.Array(closed({ id: Type.String(), label: Type.String(), sentence: Type.String() })),
  held: Type.Integer(),
  eligible: Type.Integer(),
  named: Type.Integer({ description: 'records that still carry the name of their practitioner' }),
  warnings: Type.Array(
    closed({
      serviceId: ServiceId,
      serviceName: Type.String(),
      sessionFrom: Day,
      sessionUntil: Day,
      records: Type.Integer(),
      warnedAt: Instant,
      disposeOn: Day,
    }),
  ),
  decisions: Type.Array(RetentionDecisionRow),
  runs: Type.Array(
    closed({
      runOn: Day,
      endedAt: Nullable(Instant),
      warned: Type.Integer(),
      disposed: Type.Integer(),
      blanked: Type.Integer(),
      removed: Type.Integer(),
      asked: Type.Integer(),
    }),
  ),
})
export type RetentionView = Static<typeof RetentionView>

export const ForesightView = closed({
  from: Day,
  countedAt: Nullable(Instant),
  foreseen: Type.Array(
    closed({ month: Type.String(), kind: Type.Enum(['warn', 'eligible', 'dispose', 'blank']), records: Type.Integer(), firstOn: Day }),
  ),
})
export type ForesightView = Static<typeof ForesightView>

export const RetentionDecisionNew = closed({
  serviceId: ServiceId,
  kind: Type.Enum(['put-off', 'dispose-early']),
  sessionFrom: Day,
  sessionUntil: Day,
  untilOn: Type.Optional(Day),
  reason: Type.String({ maxLength: 1000 }),
})
export type RetentionDecisionNew = Static<typeof RetentionDecisionNew>

export const AggregateRunNew = closed({ sessionFrom: Day, sessionUntil: Day })
export const AggregateRunMade = closed({ runId: Uuid, records: Type.Integer() })

export const PersonMove = closed({
  accountId: Uuid,
  fromServiceId: ServiceId,
  toServiceId: Type.Union([ServiceId, Type.Null()], { description: 'null: to a service outside, which counts as leaving' }),
})

export const retentionRoutes = {
  'GET /api/retention': { summary: 'What is kept, what may go, and who decided', door, act: 'retention.read', reply: RetentionView },
  'GET /api/retention/foresight': {
    summary: 'What the rules will do in the months ahead',
    door,
    act: 'retention.read',
    query: closed({ months: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })), serviceId: Type.Optional(ServiceId) }),
    reply: ForesightView,
  },
  'POST /api/retention/decisions': {
    summary: 'Ask to put a disposal off, or to bring it forward',
    door,
    act: 'retention.read',
    body: RetentionDecisionNew,
    status: 201,
    reply: RetentionDecisionRow,
  },
  'POST /api/retention/decisions/:decisionId/agreement': {
    summary: 'Agree to it as the second person, or not',
    door,
    act: 'retention.read',
    params: closed({ decisionId: Uuid }),
    body: closed({ agrees: Type.Boolean() }),
    reply: RetentionDecisionRow,
  },
  'POST /api/aggregations': {
    summary: 'Add records up for analysis: their totals stay',
    door,
    act: 'report.aggregate',
    needsPurpose: true,
    body: AggregateRunNew,
    status: 201,
    reply: AggregateRunMade,
  },
  'POST /api/moves': {
    summary: 'Move a practitioner to another service',
    door,
    act: 'person.move',
    body: PersonMove,
    reply: closed({ done: Type.Literal(true) }),
  },
} as const satisfies { readonly [route: string]: Route }
