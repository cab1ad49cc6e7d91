// The breach desk: every data incident, its clock and its two tracks. Words are for the register and the regulator; clients are in here by number only.
import { Type, type Static } from 'typebox'
import { breachKinds, breachRisks, breachTrackStates, type BreachKind, type BreachRisk, type BreachTrackState } from '@attune/policy'
import { closed, Day, Instant, ServiceId, Uuid } from './words.ts'

/** A reason or an account of something: at least a few words, never empty. */
const Words = Type.String({ minLength: 10, maxLength: 4000, pattern: '\\S' })
const Kind = Type.Enum(breachKinds as unknown as BreachKind[])
const Risk = Type.Enum(breachRisks as unknown as BreachRisk[])
const Track = Type.Enum(breachTrackStates as unknown as BreachTrackState[])
const maybe = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()])

export const BreachNew = closed({
  foundAt: Instant,
  happenedFrom: Day,
  happenedUntil: Day,
  kind: Kind,
  what: Words,
  services: Type.Array(ServiceId, { minItems: 1, maxItems: 10_000, uniqueItems: true }),
  accounts: Type.Array(Uuid, {
    maxItems: 50,
    uniqueItems: true,
    description: 'sign-in accounts that somebody else may have used; empty when it was not about one',
  }),
})
export const BreachRecorded = closed({ breachId: Uuid, reference: Type.String(), dueAt: Instant })
export type BreachRecorded = Static<typeof BreachRecorded>

const row = {
  breachId: Uuid,
  reference: Type.String(),
  kind: Kind,
  foundAt: Instant,
  dueAt: Instant,
  risk: Type.Union([Risk, Type.Null()]),
  regulator: Track,
  individuals: Track,
  services: Type.Array(Type.String()),
  records: Type.Integer(),
  closedAt: maybe(Instant),
}
export const BreachRow = closed(row)
export type BreachRow = Static<typeof BreachRow>
export const BreachesPage = closed({ breaches: Type.Array(BreachRow) })
export type BreachesPage = Static<typeof BreachesPage>

export const BreachView = closed({
  ...row,
  happenedFrom: Day,
  happenedUntil: Day,
  recordedAt: Instant,
  recordedBy: Type.String(),
  what: Type.String(),
  likelihood: Type.Union([Type.Integer(), Type.Null()]),
  severity: Type.Union([Type.Integer(), Type.Null()]),
  reasons: maybe(Type.String()),
  regulatorToldAt: maybe(Instant),
  regulatorReference: maybe(Type.String()),
  lateBecause: maybe(Type.String()),
  individualsToldAt: maybe(Instant),
  lessons: maybe(Type.String()),
  affected: Type.Array(
    closed({
      serviceId: ServiceId,
      serviceName: Type.String(),
      opened: Type.Integer(),
      withinReach: Type.Integer(),
      clients: Type.Integer(),
      practitioners: Type.Integer(),
    }),
  ),
  /** Services whose records have still to be looked through. */
  servicesLeft: Type.Integer(),
  letters: Type.Integer(),
  lettersSent: Type.Integer(),
  notices: Type.Array(closed({ to: Type.String(), serviceName: Type.String(), what: Type.String(), sentAt: Instant })),
})
export type BreachView = Static<typeof BreachView>

const Grade = Type.Integer({ minimum: 1, maximum: 5 })
export const BreachAssessment = closed({ likelihood: Grade, severity: Grade, risk: Risk, reasons: Words })
export const BreachToRegulator = closed({
  toldAt: Instant,
  reference: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  lateBecause: Type.Optional(Words),
})
export const BreachClosing = closed({ lessons: Words })
