import { describe, expect, it } from 'vitest'
import { groupScores, isPartOf } from './score-groups.ts'

describe('scores by measure', () => {
  it('parts stand under their total; a part without a total stands for itself', () => {
    expect(groupScores({ 'gbo.goal1': 4, gbo: 5, 'gbo.goal2': 6, 'mors-sf.warmth': 22 })).toEqual([
      {
        key: 'gbo',
        score: 5,
        parts: [
          { key: 'gbo.goal1', score: 4 },
          { key: 'gbo.goal2', score: 6 },
        ],
      },
      { key: 'mors-sf.warmth', score: 22, parts: [] },
    ])
  })
  it('a part is one only when its total was used', () => {
    expect(isPartOf('gbo.goal1', new Set(['gbo']))).toBe(true)
    expect(isPartOf('mors-sf.warmth', new Set(['gbo']))).toBe(false)
    expect(isPartOf('gbo', new Set(['gbo']))).toBe(false)
  })
})
