// One client's scores over the sessions, as the chart takes them: one chart per measure with two scores at least.
import type { RecordRow } from '@attune/contract'
import type { TrajectoryInput } from '@attune/charts'
import type { KnownScore } from './known-scores.ts'
import { sayDay } from '../../words/say-day.ts'
import { isPartOf } from './score-groups.ts'

export type Trajectory = {
  readonly key: string
  readonly name: string
  readonly chart: Omit<TrajectoryInput, 'idPrefix' | 'title' | 'width' | 'words'>
}

/** Sessions oldest first. A measure whose range is not known here is left out: a line without its scale would mislead. */
export function toTrajectories(sessions: readonly RecordRow[], known: ReadonlyMap<string, KnownScore>): readonly Trajectory[] {
  const used = new Set(sessions.flatMap((row) => Object.keys(row.scores)))
  const keys = [...used].filter((key) => !isPartOf(key, used))
  return keys.flatMap((key) => {
    const about = known.get(key)
    const points = sessions.map((row) => ({ label: sayDay(row.sessionOn), score: row.scores[key] ?? null }))
    if (about === undefined || points.filter(({ score }) => score !== null).length < 2) return []
    const { min, max, direction, reliableChange } = about.score
    // A threshold from memory only is no ground to call a change real.
    const threshold = reliableChange.find(({ confidence }) => confidence !== 'recall')
    const realChange = threshold === undefined ? {} : { realChange: { points: threshold.points, rule: threshold.rule } }
    return [{ key, name: about.fullName, chart: { points, min, max, direction, ...realChange } }]
  })
}
