import { findScore } from '@attune/measures'
import { getFormOfKind, measuresIn } from '@attune/programme'
import { describe, expect, it } from 'vitest'
import { readVigDcs } from '../../../../../packages/programme/test/vig-dcs.ts'
import { scoreAnswers } from './score-answers.ts'

const programme = readVigDcs()
const measures = measuresIn(programme, getFormOfKind(programme, 'client-record'))

describe('scores of a record', () => {
  it('every total that the form lets somebody type in is taken, from its lowest to its highest, also of a measure whose items could be asked', () => {
    const typed = measures.filter(({ items }) => Object.keys(items).length === 0)
    expect(typed.map(({ scale }) => scale.id)).toContain('core-10')
    for (const { scale, scores } of typed)
      for (const end of ['min', 'max'] as const) {
        const given = Object.fromEntries(Object.entries(scores).map(([id, question]) => [question, findScore(scale, id)![end]]))
        const scored = scoreAnswers(measures, given)
        expect([scored.refused, scored.scales.filter((name) => name.startsWith(`${scale.id}/`)).length > 0], `${scale.id} ${end}`).toEqual([[], true])
      }
  })

  it('a typed total that its items contradict is replaced, and one outside its range is refused by its question', () => {
    const items = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`phq9_${at + 1}`, '1']))
    expect(scoreAnswers(measures, { ...items, phq9_total: 27 }).answers['phq9_total']).toBe(9)
    expect(scoreAnswers(measures, { core10_total: 41 }).refused).toEqual(['core10_total'])
  })
})
