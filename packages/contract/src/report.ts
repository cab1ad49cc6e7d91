// Aggregates only: what has left suppression. A hidden cell says why.
import { Type, type Static } from 'typebox'
import { closed, Instant, Uuid } from './words.ts'

const Hidden = closed({ hidden: Type.Literal(true), because: Type.String() })
const Shown = <T extends ReturnType<typeof Type.Number> | ReturnType<typeof Type.Integer>>(number: T) =>
  Type.Union([closed({ hidden: Type.Literal(false), value: number }), Hidden])
export const CountCell = Shown(Type.Integer())
export type CountCell = Static<typeof CountCell>
export const NumberCell = Shown(Type.Number())
export type NumberCell = Static<typeof NumberCell>

/** A share in whole per cent with its 95 % interval (Wilson), worked out from the rounded counts beside it. */
export const ShareCell = Type.Union([
  closed({ hidden: Type.Literal(false), value: Type.Integer(), low: Type.Integer(), high: Type.Integer() }),
  closed({
    hidden: Type.Literal(true),
    because: Type.String(),
    atLeast: Type.Optional(Type.Integer({ description: 'where only the few others are hidden' })),
  }),
])
export type ShareCell = Static<typeof ShareCell>

export const MeasureChange = closed({
  measure: Type.String(),
  scale: Type.String(),
  label: Type.String(),
  direction: Type.Enum(['higher', 'lower']),
  range: Type.Tuple([Type.Number(), Type.Number()]),
  nBefore: CountCell,
  nPaired: CountCell,
  meanBefore: NumberCell,
  meanAfter: NumberCell,
  meanChange: NumberCell,
  low: NumberCell,
  high: NumberCell,
  effect: NumberCell,
  followedUp: ShareCell,
  /** Mean change had nobody without a later score changed at all: the careful end. */
  ifLostUnchanged: NumberCell,
  effectName: Type.String({ description: 'the standardiser, always named, for example "d pre (Becker 1988), Hedges corrected"' }),
  improved: CountCell,
  unchanged: CountCell,
  worse: CountCell,
  improvedShare: ShareCell,
  threshold: Type.Union([closed({ value: Type.Number(), source: Type.String() }), Type.Null()]),
})
export type MeasureChange = Static<typeof MeasureChange>

const Choice = closed({
  choice: Type.String(),
  label: Type.String(),
  labels: Type.Record(Type.String(), Type.String(), { description: 'the same in the languages of the form, by code: en, cy' }),
  count: CountCell,
})

/** What a report was made for. `hash` is that of the released figures: every figure of every section is out of that one file. */
export const ReportFor = closed({
  id: Type.String(),
  label: Type.String(),
  use: Type.String(),
  sections: Type.Array(
    closed({ id: Type.String(), label: Type.String(), use: Type.String(), parts: Type.Array(Type.String()), hash: Type.String() }),
  ),
})

/** How far the national sample has come. `count` is the rounded number of clients with complete work. */
export const SampleView = closed({
  count: Type.Integer(),
  target: Type.Integer(),
  percent: Type.Integer(),
  reached: Type.Boolean(),
  expectedIn: Type.Union([Type.String(), Type.Null()], { description: 'the quarter in which it is expected to be met, as 2029-Q2' }),
  says: Type.String(),
})

export const ReportLayoutNew = closed({
  title: Type.String({ minLength: 2, maxLength: 80, pattern: '\\S' }),
  parts: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
  measures: Type.Optional(Type.Array(Type.String({ maxLength: 80 }), { maxItems: 60, uniqueItems: true })),
  from: Type.Optional(Type.String({ maxLength: 10 })),
  until: Type.Optional(Type.String({ maxLength: 10 })),
})
export const ReportLayoutView = closed({
  layoutId: Uuid,
  title: Type.String(),
  parts: Type.Array(Type.String()),
  measures: Type.Array(Type.String()),
  from: Type.String(),
  until: Type.String(),
  madeAt: Instant,
})
export type ReportLayoutView = Static<typeof ReportLayoutView>
export const ReportLayoutsPage = closed({ layouts: Type.Array(ReportLayoutView) })

export const Report = closed({
  scope: Type.Enum(['national', 'service']),
  title: Type.String(),
  period: closed({ from: Type.String(), until: Type.String(), closed: Type.Boolean() }),
  ageGroup: Type.Union([Type.String(), Type.Null()]),
  mode: Type.Union([Type.String(), Type.Null()]),
  withSupport: Type.Union([Type.String(), Type.Null()]),
  timePoints: Type.Enum(['before-after', 'before-during']),
  released: closed({
    on: Type.String({ description: 'day on which these figures were released; they stay as they are' }),
    hash: Type.String({ description: 'SHA-256 of the released figures' }),
    notice: Type.String({ description: 'why something older or nothing is shown; empty otherwise' }),
  }),
  periods: Type.Array(Type.String(), { description: 'periods that can be asked for' }),
  clients: CountCell,
  sessions: CountCell,
  complete: CountCell,
  incomplete: CountCell,
  completion: ShareCell,
  support: Type.Array(Choice),
  practitioners: closed({ active: Type.Integer(), trained: Type.Integer() }),
  helped: Type.Array(Choice, { description: 'what clients said has helped' }),
  ageGroups: Type.Array(closed({ ageGroup: Type.String(), count: CountCell })),
  modes: Type.Array(Choice),
  measures: Type.Array(MeasureChange),
  madeFor: Type.Union([ReportFor, Type.Null()], { description: 'null: a whole report' }),
  sample: Type.Union([SampleView, Type.Null()], { description: 'on the whole national report; null elsewhere' }),
  operator: Type.String({ description: 'who runs the programme and answers for the figures' }),
  caveats: Type.Array(Type.String(), { description: 'what the design cannot show' }),
})
export type Report = Static<typeof Report>

export const ReportQuery = closed({
  from: Type.Optional(Type.String()),
  until: Type.Optional(Type.String()),
  ageGroup: Type.Optional(Type.String()),
  mode: Type.Optional(Type.String()),
  support: Type.Optional(Type.String()),
  timePoints: Type.Optional(Type.String()),
  template: Type.Optional(Type.String({ maxLength: 40, description: 'a template of the policy' })),
  layout: Type.Optional(Uuid),
})
export type ReportQuery = Static<typeof ReportQuery>
