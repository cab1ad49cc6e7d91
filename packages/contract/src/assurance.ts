// The assurance page: every clause with its control, the tests that prove it, and how the controls stand at this moment.
import { Type, type Static } from 'typebox'
import { closed, Instant } from './words.ts'

export const clauseStates = ['proven', 'attested', 'not-proven'] as const
export const liveStates = ['in-order', 'attention', 'unknown'] as const

export const ClauseView = closed({
  id: Type.String(),
  section: Type.String(),
  says: Type.String(),
  control: Type.String(),
  proof: Type.String(),
  priority: Type.Enum(['must', 'should', 'could']),
  kind: Type.String(),
  state: Type.Enum(clauseStates as unknown as (typeof clauseStates)[number][]),
  why: Type.String({ description: 'why it is not proven, or who attests it; empty when it is proven' }),
  tests: Type.Array(closed({ name: Type.String(), file: Type.String(), passed: Type.Boolean() })),
  live: Type.Array(Type.String(), { description: 'ids of the live checks that look at its control' }),
})
export type ClauseView = Static<typeof ClauseView>

export const LiveCheck = closed({
  id: Type.String(),
  title: Type.String(),
  state: Type.Enum(liveStates as unknown as (typeof liveStates)[number][]),
  says: Type.String(),
  clauses: Type.Array(Type.String()),
})
export type LiveCheck = Static<typeof LiveCheck>

/** A control of the running programme, at one of the three levels of protection. It passes when its clauses are proven or attested and nothing that looks at it now says otherwise. */
export const ControlView = closed({
  id: Type.String(),
  says: Type.String(),
  code: Type.String({ description: 'where it is, from the top of the tree' }),
  clauses: Type.Array(
    closed({ id: Type.String(), state: Type.Enum(clauseStates as unknown as (typeof clauseStates)[number][]), tests: Type.Integer() }),
  ),
  passing: Type.Boolean(),
})
export type ControlView = Static<typeof ControlView>
export const LevelView = closed({ level: Type.Enum(['platform', 'form', 'access']), controls: Type.Array(ControlView) })

export const AssurancePage = closed({
  results: Type.Union([closed({ madeAt: Instant, commit: Type.String(), remarks: Type.Array(Type.String()) }), Type.Null()], {
    description: 'the test results that came with the release; null when none did',
  }),
  programmes: Type.Array(
    closed({
      id: Type.String(),
      title: Type.String(),
      running: Type.Boolean(),
      ledgers: Type.Array(closed({ title: Type.String(), clauses: Type.Array(ClauseView) })),
    }),
  ),
  levels: Type.Array(LevelView),
  live: Type.Array(LiveCheck),
  lookedAt: Instant,
})
export type AssurancePage = Static<typeof AssurancePage>
