import type { RecordRow } from '@attune/contract'
import type { Scale, Score } from '@attune/measures'
import { describe, expect, it } from 'vitest'
import type { KnownScore } from './known-scores.ts'
import { toTrajectories } from './trajectories.ts'

const total: Score = {
  id: 'total',
  name: 'Total',
  items: [],
  from: [],
  combine: 'sum',
  missing: { atLeast: 9, confidence: 'high' },
  roundTo: 0,
  min: 0,
  max: 27,
  direction: 'lower',
  scoreFactor: 1,
  reliableChange: [
    { points: 5, rule: 'more-than', confidence: 'recall', source: 'memory' },
    { points: 6, rule: 'at-least', confidence: 'high', source: 'NHS Talking Therapies manual' },
  ],
}
const scale: Scale = {
  id: 'phq-9',
  name: 'PHQ-9',
  version: '1',
  about: '',
  entry: 'items',
  items: [],
  options: [],
  scoreFactor: 1,
  direction: 'lower',
  total,
  subscales: [],
  risks: [],
  licence: { itemText: 'ship', terms: '' },
  confidence: 'high',
  sources: [],
  cautions: [],
}
const known = new Map<string, KnownScore>([['phq-9', { scale, score: total, name: 'PHQ-9', fullName: 'PHQ-9' }]])

function session(sessionOn: string, scores: Record<string, number>): RecordRow {
  return {
    recordId: `00000000-0000-4000-8000-${sessionOn.replaceAll('-', '').padStart(12, '0')}`,
    code: 'HART-27',
    sessionOn,
    sessionNo: null,
    timePoint: 'during',
    sessionMode: 'online',
    ageGroup: '0-2',
    practitionerId: null,
    scores,
    receivedAt: `${sessionOn}T10:00:00Z`,
    serviceCopy: true,
    reviewState: 'none',
  }
}

describe('scores of one client over time', () => {
  it('a session without the measure is a gap, and only a confirmed threshold makes a change real', () => {
    const sessions = [session('2026-01-05', { 'phq-9': 18 }), session('2026-02-05', {}), session('2026-03-05', { 'phq-9': 10 })]
    expect(toTrajectories(sessions, known)).toEqual([
      {
        key: 'phq-9',
        name: 'PHQ-9',
        chart: {
          points: [
            { label: '5 Jan 2026', score: 18 },
            { label: '5 Feb 2026', score: null },
            { label: '5 Mar 2026', score: 10 },
          ],
          min: 0,
          max: 27,
          direction: 'lower',
          realChange: { points: 6, rule: 'at-least' },
        },
      },
    ])
  })
  it('one score draws no line, and a measure of unknown range is left out', () => {
    expect(toTrajectories([session('2026-01-05', { 'phq-9': 18, odd: 3 }), session('2026-02-05', { odd: 4 })], known)).toEqual([])
  })
})
